"""Bringing a version of a rubric as a draft, putting it in force, discarding a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines import rubrics as engine
from lontar.stars import policies
from lontar.stars.models import Rubric, RubricBand, RubricGate, RubricItem, RubricOption
from lontar.stars.queries.rubrics import content_of, newest_version
from lontar.stars.rules import GATES
from lontar.stars.states import RUBRIC_TRANSITIONS, Act, RubricState, Standing


class RubricRefused(Refused):
    """A rubric that cannot be kept or put in force; `faults` name line, column, value and cure."""

    def __init__(self, reason: str, faults: Sequence[engine.Fault] = ()) -> None:
        super().__init__(reason)
        self.faults = tuple(faults)


def draft_rubric(*, content: engine.Rubric, by: User, post: Post, at: datetime) -> Rubric:
    """Keep a version as a draft. Raises `RubricRefused` with every fault, also of words that only this app knows."""
    policies.check_manage_rubrics(post)
    faults = [*engine.faults_of(content), *_own_faults(content)]
    if faults:
        reason = _("Rubrik belum dapat dipakai: %(count)d hal perlu diperbaiki.") % {"count": len(faults)}
        raise RubricRefused(reason, faults)
    with recorded(Act.RUBRIC_DRAFTED, by=by, at=at, post=post, key=content.key, version=content.version):
        rubric = Rubric.objects.create(
            key=content.key, version=content.version, name=content.name, name_en=content.name_en,
            standing=content.standing, maximum=content.maximum, valid_from=content.valid_from,
            valid_until=content.valid_until, source=content.source, note=content.note, drafted_at=at, drafted_by=by,
            post=post,
        )  # fmt: skip
        _store(rubric, content)
    return rubric


def _own_faults(content: engine.Rubric) -> list[engine.Fault]:
    found = []
    if content.standing not in Standing.values:
        cure = _("Tulis salah satu: %s.") % ", ".join(Standing.values)
        found.append(engine.Fault("rubrik", "keadaan", "nama", content.standing, cure))
    if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in content.key):
        cure = _("Kunci hanya memakai huruf kecil, angka, dan tanda hubung, misalnya ntt.")
        found.append(engine.Fault("rubrik", "kunci", "nama", content.key, cure))
    newest = newest_version(content.key)
    if content.version <= newest:
        cure = _("Versi %(newest)d sudah ada; tulis versi %(next)d.") % {"newest": newest, "next": newest + 1}
        found.append(engine.Fault("rubrik", "versi", "nama", str(content.version), cure))
    cure = _("Syarat yang dikenal: %s.") % ", ".join(GATES)
    found += [
        engine.Fault("gerbang", gate.condition, "kode", gate.condition, cure)
        for gate in content.gates
        if gate.condition not in GATES
    ]
    return found


def _store(rubric: Rubric, content: engine.Rubric) -> None:
    RubricItem.objects.bulk_create(
        RubricItem(
            rubric=rubric, position=at, code=item.code, parent_code=item.parent, kind=item.kind.value, name=item.name,
            name_en=item.name_en, hint=item.hint, low=item.low, high=item.high, step=item.step, is_known=item.is_known,
        )
        for at, item in enumerate(content.items)
    )  # fmt: skip
    RubricOption.objects.bulk_create(
        RubricOption(
            rubric=rubric, item_code=item.code, points=option.points, label=option.label, label_en=option.label_en
        )
        for item in content.items
        for option in item.options
    )
    RubricBand.objects.bulk_create(
        RubricBand(rubric=rubric, stars=band.stars, low=band.low, label=band.label) for band in content.bands
    )
    RubricGate.objects.bulk_create(
        RubricGate(rubric=rubric, condition=gate.condition, cap=gate.cap, reason=gate.reason) for gate in content.gates
    )


def enforce_rubric(*, rubric_id: int, by: User, post: Post, at: datetime) -> Rubric:
    """Put a draft in force from its first day on; the version before ends that day, and both are frozen.

    Raises `RubricRefused` when something of it is unknown, when its first day is past, or when a newer one is in force.
    """
    policies.check_manage_rubrics(post)
    with recorded(Act.RUBRIC_ENFORCED, by=by, at=at, post=post):
        rubric = Rubric.objects.select_for_update(of=("self",)).get(pk=rubric_id)
        if RubricState.IN_FORCE not in RUBRIC_TRANSITIONS[RubricState(rubric.state)]:
            raise RubricRefused(_("Hanya konsep yang dapat diberlakukan."))
        if not content_of(rubric).is_scorable:
            raise RubricRefused(
                _("Rubrik ini memuat butir yang uraiannya belum diketahui, sehingga tidak dapat dipakai menilai.")
            )
        if rubric.valid_from < timezone.localdate(at):
            raise RubricRefused(
                _("Tanggal mulai berlaku sudah lewat. Unggah lagi dengan tanggal hari ini atau sesudahnya.")
            )
        _end_earlier(rubric)
        rubric.state, rubric.enforced_at, rubric.enforced_by = RubricState.IN_FORCE, at, by
        rubric.save(update_fields=["state", "enforced_at", "enforced_by"])
    return rubric


def _end_earlier(rubric: Rubric) -> None:
    for earlier in Rubric.objects.select_for_update().filter(key=rubric.key, state=RubricState.IN_FORCE):
        if earlier.valid_from >= rubric.valid_from:
            raise RubricRefused(
                _("Versi %(version)d mulai berlaku pada tanggal yang sama atau sesudahnya.")
                % {"version": earlier.version}
            )
        earlier.valid_until = min(earlier.valid_until or rubric.valid_from, rubric.valid_from)
        earlier.state = RubricState.ENDED
        earlier.save(update_fields=["valid_until", "state"])


def discard_draft(*, rubric_id: int, by: User, post: Post, at: datetime) -> None:
    """Delete a draft that nobody used. Raises `RubricRefused` for anything else."""
    policies.check_manage_rubrics(post)
    with recorded(Act.RUBRIC_DISCARDED, by=by, at=at, post=post):
        rubric = Rubric.objects.select_for_update(of=("self",)).get(pk=rubric_id)
        if rubric.state != RubricState.DRAFT or rubric.drafted_by_id is None:
            raise RubricRefused(_("Hanya konsep yang diunggah pengguna yang dapat dihapus."))
        rubric.delete()
