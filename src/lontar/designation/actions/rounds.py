"""Rounds of the locus selection: open, rank, move by hand, close. Ranking is by the first candidate of each village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused, require_region
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.models import LocusEntry, LocusMove, LocusRound, RoundQuota
from lontar.designation.queries.loci import VillageStanding, villages_for_round
from lontar.designation.states import ROUND_TRANSITIONS, Act, LocusGate, Place, RoundState

# Where a village may be moved by hand: one that failed a gate stays out.
MOVES: dict[Place, tuple[Place, ...]] = {
    Place.CHOSEN: (Place.WAITING, Place.LEFT),
    Place.WAITING: (Place.CHOSEN, Place.LEFT),
    Place.LEFT: (Place.WAITING,),
    Place.OUT: (),
}


class RoundUnclear(Refused):
    """The name is taken, or a quota, gate or source is missing."""


class RoundElsewhere(Refused):
    """The round is not where this can be done."""


def open_round(
    *,
    name: str,
    set_key: str,
    set_name: str,
    gates: Sequence[LocusGate],
    quota: int,
    source: str,
    quotas: Mapping[str, int] | None = None,
    by: User,
    post: Post,
    at: datetime,
) -> LocusRound:
    """Open a round: which criteria set ranks, which gates stand, how many per kabupaten/kota and after which text.

    `quotas` are those of kabupaten/kota that differ, by code. Raises Refused for a post that may not and `RoundUnclear`.
    """
    policies.check_run_rounds(post)
    title, basis = " ".join(name.split())[:120], " ".join(source.split())[:300]
    if not title or not basis or quota < 1:
        raise RoundUnclear(_("Isi nama putaran, kuota paling sedikit satu, dan dasar kuotanya."))
    with recorded(Act.ROUND_OPENED, by=by, at=at, post=post):
        try:
            with transaction.atomic():
                found = LocusRound.objects.create(
                    name=title, region_id=settings.PROGRAMME_ROOT, set_key=set_key, set_name=set_name,
                    gates=[one.value for one in gates], quota=quota, source=basis, opened_at=at, moved_at=at,
                    opened_by=by, post=post,
                )  # fmt: skip
        except IntegrityError as problem:
            if "name" not in str(problem):
                raise
            raise RoundUnclear(_("Putaran dengan nama “%s” sudah ada. Pakai nama lain.") % title) from problem
        RoundQuota.objects.bulk_create(
            RoundQuota(round=found, regency_id=code, quota=number)
            for code, number in sorted((quotas or {}).items())
            if number != quota
        )
        return found


def rank_round(*, round_id: int, by: User, post: Post, at: datetime) -> LocusRound:
    """Rank every village of the region within its kabupaten/kota, put the first of each into the list and the rest on the
    waiting list; those that fail a gate are out, with the gate.

    May be done again until a village was moved by hand or a decree stands. Raises `RoundElsewhere`.
    """
    policies.check_run_rounds(post)
    day = timezone.localdate(at)
    with recorded(Act.ROUND_RANKED, by=by, at=at, post=post, round=round_id):
        found = held_round(round_id, RoundState.RANKED, post=post)
        if LocusMove.objects.filter(entry__round=found).exists():
            raise RoundElsewhere(
                _("Sudah ada desa yang dipindahkan dengan alasan; peringkat tidak disusun ulang. Buka putaran baru.")
            )
        LocusEntry.objects.filter(round=found).delete()
        gates = [LocusGate(one) for one in found.gates]
        quotas = dict(found.quotas.values_list("regency_id", "quota"))
        villages = villages_for_round(found.region_id, found.set_key, day=day)
        LocusEntry.objects.bulk_create(_entries(found, villages, gates=gates, quotas=quotas), batch_size=2_000)
        found.state, found.ranked_on, found.moved_at = RoundState.RANKED, day, at
        found.save(update_fields=["state", "ranked_on", "moved_at"])
        return found


def held_round(round_id: int, to: RoundState, *, post: Post) -> LocusRound:
    """The round, locked, when its state leads to `to`; raises `RoundElsewhere` otherwise."""
    found = LocusRound.objects.select_for_update().get(pk=round_id)
    require_region(post, found.region_id)
    state = RoundState(found.state)
    if to not in ROUND_TRANSITIONS[state]:
        raise RoundElsewhere(
            _("Putaran ini %(state)s; langkah ini tidak dapat dilakukan lagi.") % {"state": str(state.label).lower()}
        )
    return found


def _entries(
    found: LocusRound, villages: Sequence[VillageStanding], *, gates: list[LocusGate], quotas: Mapping[str, int]
) -> list[LocusEntry]:
    """Entries in the order of the villages: best first within each kabupaten/kota."""
    entries, taken = [], dict.fromkeys((one.code[:5] for one in villages), 0)
    for one in villages:
        failed = rules.failed_gates(one.facts, gates)
        regency = one.code[:5]
        place, position = Place.OUT, None
        if not failed:
            taken[regency] += 1
            position = taken[regency]
            place = Place.CHOSEN if position <= quotas.get(regency, found.quota) else Place.WAITING
        entries.append(
            LocusEntry(
                round=found,
                village_id=one.code,
                regency_id=regency,
                best=one.best[:160],
                score=_score(one.score),
                position=position,
                failed=[gate.value for gate in failed],
                place=place,
            )
        )
    return entries


def _score(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.000001"))


def move_entry(*, entry_id: int, to: Place, reason: str, by: User, post: Post, at: datetime) -> LocusEntry:
    """Move a village by hand, with a reason. Raises `RoundElsewhere` and `ReasonTooShort`."""
    policies.check_run_rounds(post)
    words = rules.read_reason(reason)
    with recorded(Act.ROUND_MOVED, by=by, at=at, post=post, entry=entry_id):
        round_id = LocusEntry.objects.values_list("round_id", flat=True).get(pk=entry_id)
        held_round(round_id, RoundState.RANKED, post=post)
        entry = LocusEntry.objects.select_for_update().get(pk=entry_id)
        if to not in MOVES[Place(entry.place)]:
            raise RoundElsewhere(
                _("Desa ini %(place)s dan tidak dapat dipindahkan ke sana.")
                % {"place": str(Place(entry.place).label).lower()}
            )
        shift(entry, to, reason=words, by=by, post=post, at=at)
        return entry


def shift(entry: LocusEntry, to: Place, *, reason: str, by: User, post: Post, at: datetime) -> None:
    """Put a held entry into another place and write down why."""
    LocusMove.objects.create(entry=entry, from_place=entry.place, to_place=to, reason=reason, at=at, by=by, post=post)
    entry.place, entry.is_moved = to, True
    entry.save(update_fields=["place", "is_moved"])


def close_round(*, round_id: int, to: RoundState, by: User, post: Post, at: datetime) -> LocusRound:
    """Close a decreed round, or drop one that was not decreed. Raises `RoundElsewhere`."""
    policies.check_run_rounds(post)
    if to not in (RoundState.CLOSED, RoundState.DROPPED):
        raise ValueError(to)
    with recorded(Act.ROUND_CLOSED, by=by, at=at, post=post, round=round_id):
        found = held_round(round_id, to, post=post)
        found.state, found.moved_at = to, at
        found.save(update_fields=["state", "moved_at"])
        return found
