"""A new version of the readiness rules: other numbers from a day on; plans that were made keep their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.priority import policies
from lontar.priority.models import LicenceNeed, PartRule, RuleSet
from lontar.priority.queries import readiness
from lontar.priority.rules.numbers import PartNumbers, RulesUnclear, Terms, check_parts, check_terms
from lontar.priority.states import Act, Part

__all__ = ["PartNumbers", "RulesUnclear", "Terms", "change_rules"]


def change_rules(
    *,
    parts: Mapping[Part, PartNumbers],
    terms: Terms,
    valid_from: date,
    source: str,
    by: User,
    post: Post,
    at: datetime,
) -> RuleSet:
    """End the open version on `valid_from` and open the next; agencies, advice, licences and units are taken over.

    Raises Refused for a post that may not, and `RulesUnclear`.
    """
    policies.check_rule(post)
    why = " ".join(source.split())[:300]
    if not why:
        raise RulesUnclear(_("Tuliskan alasan dan dasar perubahan."))
    check_terms(terms)
    check_parts(parts, days=terms.days)
    with recorded(Act.RULES_CHANGED, by=by, at=at, post=post):
        old = RuleSet.objects.select_for_update().get(valid_until__isnull=True)
        if valid_from <= max(old.valid_from, timezone.localdate(at)):
            raise RulesUnclear(_("Pilih hari sesudah hari ini dan sesudah versi terakhir mulai berlaku."))
        old.valid_until = valid_from
        old.save(update_fields=["valid_until"])
        made = RuleSet.objects.create(
            number=old.number + 1, valid_from=valid_from, days=terms.days, target_days=terms.target_days,
            reached_share=terms.reached_share, partly_share=terms.partly_share, least_weeks=terms.least_weeks, source=why,
            is_proposal=old.is_proposal,
        )  # fmt: skip
        _copy(old, made, parts=parts, why=why)
    readiness.forget()
    return made


def _copy(old: RuleSet, made: RuleSet, *, parts: Mapping[Part, PartNumbers], why: str) -> None:
    PartRule.objects.bulk_create(
        _next(one, parts[Part(one.part)], made=made, why=why) for one in old.parts.order_by("pk")
    )
    LicenceNeed.objects.bulk_create(
        LicenceNeed(
            rule_set=made, category=one.category, kinds=one.kinds, without_halal=one.without_halal, source=one.source
        )
        for one in old.needs.order_by("pk")
    )


def _next(one: PartRule, new: PartNumbers, *, made: RuleSet, why: str) -> PartRule:
    """The part in the next version. A mark that it never had stays away; as many levels as it had."""
    levels = list(new.levels) if new.levels is not None and len(new.levels) == len(one.levels) else one.levels
    return PartRule(
        rule_set=made, part=one.part, weight=new.weight, gap_cost=new.gap_cost,
        full=new.full if one.full is not None and new.full is not None else one.full,
        reach=new.reach if one.reach is not None and new.reach is not None else one.reach,
        levels=levels, unit=one.unit, agency_kind=one.agency_kind, advice=one.advice,
        due_day=one.due_day if new.due_day is None else new.due_day, source=why,
    )  # fmt: skip
