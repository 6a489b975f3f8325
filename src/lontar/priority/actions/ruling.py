"""A new version of the readiness rules: other weights and costs from a day on; plans that were made keep their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.priority import policies
from lontar.priority.models import LicenceNeed, PartRule, RuleSet
from lontar.priority.queries import readiness
from lontar.priority.states import Act, Part


class RulesUnclear(Refused):
    """Weights that do not sum to one, a day that is past, or no reason."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part in the new version: its weight (0 to 1) and what closing its whole gap costs in rupiah."""

    weight: Decimal
    gap_cost: Decimal


def change_rules(
    *, parts: Mapping[Part, PartChange], valid_from: date, source: str, by: User, post: Post, at: datetime
) -> RuleSet:
    """End the open version on `valid_from` and open the next; everything but weights and costs is taken over.

    Raises Refused for a post that may not, and `RulesUnclear`.
    """
    policies.check_rule(post)
    why = " ".join(source.split())[:300]
    if not why:
        raise RulesUnclear(_("Tuliskan alasan dan dasar perubahan."))
    if set(parts) != set(Part) or sum(one.weight for one in parts.values()) != 1:
        raise RulesUnclear(_("Jumlah bobot semua bagian harus 100."))
    with recorded(Act.RULES_CHANGED, by=by, at=at, post=post):
        old = RuleSet.objects.select_for_update().get(valid_until__isnull=True)
        if valid_from <= max(old.valid_from, timezone.localdate(at)):
            raise RulesUnclear(_("Pilih hari sesudah hari ini dan sesudah versi terakhir mulai berlaku."))
        old.valid_until = valid_from
        old.save(update_fields=["valid_until"])
        made = RuleSet.objects.create(
            number=old.number + 1, valid_from=valid_from, days=old.days, target_days=old.target_days,
            reached_share=old.reached_share, partly_share=old.partly_share, least_weeks=old.least_weeks, source=why,
            is_proposal=old.is_proposal,
        )  # fmt: skip
        _copy(old, made, parts=parts, why=why)
    readiness.forget()
    return made


def _copy(old: RuleSet, made: RuleSet, *, parts: Mapping[Part, PartChange], why: str) -> None:
    PartRule.objects.bulk_create(
        PartRule(
            rule_set=made, part=one.part, weight=parts[Part(one.part)].weight, full=one.full, reach=one.reach,
            levels=one.levels, unit=one.unit, gap_cost=parts[Part(one.part)].gap_cost, agency_kind=one.agency_kind,
            advice=one.advice, due_day=one.due_day, source=why,
        )
        for one in old.parts.order_by("pk")
    )  # fmt: skip
    LicenceNeed.objects.bulk_create(
        LicenceNeed(
            rule_set=made, category=one.category, kinds=one.kinds, without_halal=one.without_halal, source=one.source
        )
        for one in old.needs.order_by("pk")
    )
