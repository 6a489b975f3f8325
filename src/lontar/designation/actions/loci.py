"""Decrees that open the loci of a round, or end one and open the next of the waiting list."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.actions.decrees import Signing, check_seen, write_decree
from lontar.designation.actions.holding import hold_units
from lontar.designation.actions.rounds import RoundElsewhere, held_round, shift
from lontar.designation.models import Decree, DecreeLine, Locus, LocusEntry, LocusRound
from lontar.designation.queries.loci import quota_breaches
from lontar.designation.queries.preview import preview_change, preview_loci
from lontar.designation.states import Act, DecreeKind, Effect, Place, RoundState


def issue_loci(*, round_id: int, signing: Signing) -> Decree:
    """Decree the chosen villages of a round as loci. All or nothing.

    Raises as `issue_opening`, and `RoundElsewhere` when a kabupaten/kota has more chosen villages than its quota.
    """
    policies.check_decree(signing.post)
    rules.check_effective(signing.effective_date, today=timezone.localdate(signing.at))
    with recorded(Act.DECREED, by=signing.by, at=signing.at, post=signing.post, kind=DecreeKind.LOCI.value):
        found = held_round(round_id, RoundState.DECREED, post=signing.post)
        entries = {one.pk: one for one in LocusEntry.objects.filter(round=found, place=Place.CHOSEN)}
        hold_units(f"village:{one.village_id}" for one in entries.values())
        over = [one for one in quota_breaches(found) if one.chosen > one.quota]
        if over:
            raise RoundElsewhere(
                _("%(regency)s: %(chosen)d desa terpilih, kuotanya %(quota)d. Pindahkan salah satunya dahulu.")
                % {"regency": over[0].name, "chosen": over[0].chosen, "quota": over[0].quota}
            )
        preview = preview_loci(found, day=signing.effective_date)
        check_seen(preview, list(entries), signing.stamp)
        opened = Locus.objects.bulk_create(
            Locus(village_id=row.village_code, entry=entries[row.key], valid_from=signing.effective_date)
            for row in preview.rows
        )
        decree = write_decree(DecreeKind.LOCI, preview, signing, locus_round=found)
        _lines(decree, [(Effect.OPENS, one, "") for one in opened])
        found.state, found.moved_at = RoundState.DECREED, signing.at
        found.save(update_fields=["state", "moved_at"])
    return decree


def replace_locus(*, locus_id: int, entry_id: int, reason: str, signing: Signing) -> Decree:
    """Decree that a locus ends and a village of the waiting list takes its place, with a reason. Raises as `issue_opening`."""
    policies.check_decree(signing.post)
    rules.check_effective(signing.effective_date, today=timezone.localdate(signing.at))
    words = rules.read_reason(reason)
    with recorded(Act.DECREED, by=signing.by, at=signing.at, post=signing.post, kind=DecreeKind.LOCUS_CHANGE.value):
        old = Locus.objects.select_related("entry").get(pk=locus_id)
        new = LocusEntry.objects.select_related("village").get(pk=entry_id)
        hold_units([f"village:{old.village_id}", f"village:{new.village_id}"])
        old = Locus.objects.select_for_update(of=("self",)).select_related("entry").get(pk=locus_id)
        new = LocusEntry.objects.select_for_update(of=("self",)).select_related("village").get(pk=entry_id)
        preview = preview_change(old, new, day=signing.effective_date, reason=words)
        check_seen(preview, [new.pk], signing.stamp)
        old.valid_until = signing.effective_date
        old.save(update_fields=["valid_until"])
        opened = Locus.objects.create(
            village_id=new.village_id, entry=new, replaces=old, valid_from=signing.effective_date
        )
        who = {"by": signing.by, "post": signing.post, "at": signing.at}
        shift(old.entry, Place.LEFT, reason=words, **who)  # type: ignore[arg-type]  # user, post, instant
        shift(new, Place.CHOSEN, reason=words, **who)  # type: ignore[arg-type]  # as above
        found = LocusRound.objects.get(pk=new.round_id)
        decree = write_decree(DecreeKind.LOCUS_CHANGE, preview, signing, locus_round=found)
        _lines(decree, [(Effect.ENDS, old, words), (Effect.OPENS, opened, words)])
    return decree


def _lines(decree: Decree, lines: Sequence[tuple[Effect, Locus, str]]) -> None:
    DecreeLine.objects.bulk_create(
        DecreeLine(decree=decree, position=place, effect=effect, locus=locus, reason=reason)
        for place, (effect, locus, reason) in enumerate(lines, start=1)
    )
