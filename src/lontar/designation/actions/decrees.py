"""Signing decrees: what they open and end, the paper, and the steps of the proposals, in one transaction or not at all.

The order within it: hold the units, read the preview again, end what ends and open what opens (so that a constraint refuses
before anything is signed), have the paper drawn, numbered and signed, write decree and annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.actions import papers
from lontar.designation.actions.holding import hold_units
from lontar.designation.actions.moving import step_to
from lontar.designation.models import Decree, DecreeLine, Flagship, LocusRound, Proposal
from lontar.designation.queries.preview import Preview, preview_ending, preview_opening
from lontar.designation.states import IN_FORCE, Act, DecreeKind, Effect, Move
from lontar.engines.papers.signing import Signer


class ChangedSincePreview(Refused):
    """What would be signed is no longer what was seen."""


class NothingToDecree(Refused):
    """No row of the preview is free."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs when, as which post; what the decree is called, from which day it holds, and the stamp of what was seen.

    `base` is the address of the site, which the QR code leads to; `signer` else the one of the installation. `place` and
    `recalling` (the legal basis, a regulation per line) else those in force on the day of signing (`wording_as_at`).
    """

    by: User
    post: Post
    at: datetime
    about: str
    effective_date: date
    stamp: str
    base: str = ""
    signer: Signer | None = None
    is_demo: bool = False
    place: str = ""
    recalling: str = ""


Line = tuple[Effect, Flagship, str]


def issue_opening(*, ids: Sequence[int], signing: Signing) -> Decree:
    """Decree the flagships of these proposals; where a unit has one, it ends on the day the new one begins.

    All or nothing. Raises Refused for a post that may not, `NothingToDecree`, `ChangedSincePreview` (somebody moved a proposal,
    or decreed one of the units, since the preview), `EffectiveDateUnclear`, and what `documents.actions.publish` raises when
    the paper cannot be signed.
    """
    _check(signing)
    with recorded(Act.DECREED, by=signing.by, at=signing.at, post=signing.post, kind=DecreeKind.OPENING.value):
        hold_units(Proposal.objects.filter(pk__in=ids).values_list("unit_key", flat=True))
        proposals = {one.pk: one for one in Proposal.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        today = timezone.localdate(signing.at)
        preview = preview_opening(ids, day=signing.effective_date, today=today)
        check_seen(preview, ids, signing.stamp)
        lines: list[Line] = []
        for row in preview.rows:
            if row.ends_id is not None:
                lines.append((Effect.ENDS, _end_flagship(row.ends_id, signing), ""))
            lines.append((Effect.OPENS, _open_flagship(proposals[row.key], signing.effective_date), ""))
        decree = write_decree(DecreeKind.OPENING, preview, signing)
        write_lines(decree, lines)
        for proposal in proposals.values():
            step_to(proposal, Move.DECREED, reason="", by=signing.by, post=signing.post, at=signing.at)
    return decree


def issue_ending(*, ids: Sequence[int], reason: str, signing: Signing) -> Decree:
    """Decree that these flagships end without anything in their place, with one reason. Raises as `issue_opening`."""
    _check(signing)
    words = rules.read_reason(reason)
    with recorded(Act.DECREED, by=signing.by, at=signing.at, post=signing.post, kind=DecreeKind.ENDING.value):
        hold_units(Flagship.objects.filter(pk__in=ids).values_list("unit_key", flat=True))
        preview = preview_ending(ids, day=signing.effective_date, reason=words)
        check_seen(preview, ids, signing.stamp)
        lines = [(Effect.ENDS, _end_flagship(row.key, signing), words) for row in preview.rows]
        decree = write_decree(DecreeKind.ENDING, preview, signing)
        write_lines(decree, lines)
    return decree


def _check(signing: Signing) -> None:
    policies.check_decree(signing.post)
    rules.check_effective(signing.effective_date, today=timezone.localdate(signing.at))


def check_seen(preview: Preview, keys: Sequence[int], stamp: str) -> None:
    """Refuse unless every chosen row is there, free, and says what the preview said."""
    if not keys:
        raise NothingToDecree(_("Tidak ada baris yang dapat ditetapkan. Pilih usulan yang siap ditetapkan."))
    if preview.blocked:
        first = preview.blocked[0]
        raise ChangedSincePreview(
            _("%(unit)s: %(why)s Muat ulang pratinjau, lalu periksa lagi.")
            % {"unit": first.unit, "why": first.obstacles[0]}
        )
    if len(preview.rows) != len(set(keys)) or preview.stamp(keys) != stamp:
        raise ChangedSincePreview(
            _("Isi keputusan berubah sejak pratinjau dibuka. Muat ulang pratinjau, periksa lagi, lalu tetapkan.")
        )


def _end_flagship(pk: int, signing: Signing) -> Flagship:
    """End a flagship on the day the decree holds from, and with it the proposal that it came from."""
    old = Flagship.objects.select_for_update().get(pk=pk)
    old.valid_until = signing.effective_date
    old.save(update_fields=["valid_until"])
    proposal = Proposal.objects.select_for_update().get(pk=old.proposal_id)
    if proposal.state in IN_FORCE:
        step_to(proposal, Move.ENDED, reason=signing.about, by=signing.by, post=signing.post, at=signing.at)
    return old


def _open_flagship(proposal: Proposal, day: date) -> Flagship:
    return Flagship.objects.create(
        kind=proposal.kind, village_id=proposal.village_id, school_id=proposal.school_id,
        community_id=proposal.community_id, name=proposal.name, commodity_id=proposal.commodity_id,
        product_id=proposal.product_id, proposal=proposal, valid_from=day,
    )  # fmt: skip


def write_decree(
    kind: DecreeKind, preview: Preview, signing: Signing, *, locus_round: LocusRound | None = None
) -> Decree:
    """Have the paper drawn, numbered and signed, and write the decree beside it."""
    paper = papers.issue_paper(kind, preview, signing)
    return Decree.objects.create(
        kind=kind, paper=paper, about=signing.about, region_id=signing.post.region_code, round=locus_round,
        effective_date=signing.effective_date, issued_at=signing.at, issued_by=signing.by, post=signing.post,
        is_demo=paper.is_demo,
    )  # fmt: skip


def write_lines(decree: Decree, lines: Sequence[Line]) -> None:
    """The annex: each flagship opened or ended, in order."""
    DecreeLine.objects.bulk_create(
        DecreeLine(decree=decree, position=place, effect=effect, flagship=flagship, reason=reason)
        for place, (effect, flagship, reason) in enumerate(lines, start=1)
    )
