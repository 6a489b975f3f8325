"""Recording the shipped sets, and bringing weights into force as the next version of a set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.selection import policies
from lontar.selection.models import CriteriaSet, Criterion, Gate, SetVersion
from lontar.selection.rules.measures import measure_named
from lontar.selection.rules.shipped import SETS, START, Shipped
from lontar.selection.states import Act, WeightSource

_GRAIN = Decimal("0.00000001")


class WeightsInvalid(Refused):
    """Bobot tidak dapat diberlakukan."""


class SetMoved(Refused):
    """Set kriteria sudah berubah sejak bobot ini disusun."""


def ship_sets(*, by: User | None, at: datetime) -> int:
    """Record the shipped sets that are not there yet, with equal weights, and give those that nobody has weighed since their
    shipped criteria as they are today, as the next version; how many were new or renewed."""
    held = {
        one.criteria_set.key: one
        for one in SetVersion.objects.filter(valid_until__isnull=True).select_related("criteria_set")
    }
    missing = [(place, one) for place, one in enumerate(SETS) if one.key not in held]
    old = [(held[one.key], one) for one in SETS if one.key in held and _is_outdated(held[one.key], one)]
    if not missing and not old:
        return 0
    with recorded(Act.SETS_SHIPPED, by=by, at=at, sets=len(missing) + len(old)), transaction.atomic():
        for place, one in missing:
            made = CriteriaSet.objects.create(
                key=one.key, name=one.name, name_en=one.name_en, purpose=one.purpose, position=place
            )
            _ship(one, of=made, number=1, valid_from=START, at=at)
        for version, one in old:
            day = max(timezone.localdate(at), version.valid_from)
            if SetVersion.objects.filter(pk=version.pk, valid_until__isnull=True).update(valid_until=day) == 1:
                _ship(one, of=version.criteria_set, number=version.number + 1, valid_from=day, at=at)
    return len(missing) + len(old)


def _is_outdated(version: SetVersion, one: Shipped) -> bool:
    """Whether the version in force is a shipped one, unweighed by anybody, whose criteria are no longer those shipped."""
    if version.made_by_id is not None or version.weights_from != WeightSource.EQUAL:
        return False
    return list(version.criteria.order_by("position").values_list("measure", "goal")) != list(one.criteria)


def _ship(one: Shipped, *, of: CriteriaSet, number: int, valid_from: date, at: datetime) -> None:
    version = SetVersion.objects.create(
        criteria_set=of,
        number=number,
        valid_from=valid_from,
        source=one.source,
        is_proposal=one.is_proposal,
        made_at=at,
    )
    weights = shares({measure: 1.0 for measure, _goal in one.criteria})
    Criterion.objects.bulk_create(
        Criterion(
            version=version, position=place, measure=measure, goal=goal, weight=weights[measure],
            direction=measure_named(measure).direction,
        )
        for place, (measure, goal) in enumerate(one.criteria)
    )  # fmt: skip
    Gate.objects.bulk_create(
        Gate(version=version, position=place, rule=rule, limit=limit, source=source)
        for place, (rule, limit, source) in enumerate(one.gates)
    )


def shares(given: Mapping[str, float]) -> dict[str, Decimal]:
    """Weights as shares of their sum, to eight places, which sum to 1 exactly: what rounding leaves goes to the greatest.

    Raises `WeightsInvalid` for negative weights and where all are 0.
    """
    total = sum(given.values())
    if any(not value >= 0 for value in given.values()) or not total > 0 or total == float("inf"):
        raise WeightsInvalid(_("Setiap bobot harus angka 0 atau lebih, dan paling sedikit satu di atas 0."))
    found = {key: (Decimal(value / total)).quantize(_GRAIN, rounding=ROUND_DOWN) for key, value in given.items()}
    greatest = max(found, key=lambda key: found[key])
    found[greatest] += 1 - sum(found.values())
    return found


def set_weights(
    *,
    version: SetVersion,
    weights: Mapping[str, float],
    weights_from: WeightSource,
    source: str,
    post: Post,
    by: User | None,
    at: datetime,
    day: date,
    consistency: float | None = None,
) -> SetVersion:
    """Make the next version of a set with these weights, in force from `day`, everything else as in `version`; the new version.

    `weights` has one number for each criterion by its measure, shares follow. Raises Refused for a post that may not,
    WeightsInvalid for weights that cannot be, SetMoved when `version` is no longer the one in force.
    """
    policies.check_set_weights(post)
    criteria = list(version.criteria.order_by("position"))
    wanted = {one.measure for one in criteria}
    if set(weights) != wanted:
        raise WeightsInvalid(_("Bobot harus diisi untuk setiap kriteria, tidak lebih dan tidak kurang."))
    held = shares(weights)
    if not source.strip():
        raise WeightsInvalid(_("Tulis dasar bobot ini, misalnya nomor berita acara."))
    with recorded(Act.WEIGHTS_SET, by=by, at=at, post=post, set=version.criteria_set.key), transaction.atomic():
        ended = SetVersion.objects.filter(pk=version.pk, valid_until__isnull=True).update(
            valid_until=max(day, version.valid_from)
        )
        if ended != 1:
            raise SetMoved(_("Set kriteria ini sudah berubah. Muat ulang halaman lalu periksa lagi."))
        made = SetVersion.objects.create(
            criteria_set_id=version.criteria_set_id, number=version.number + 1, valid_from=max(day, version.valid_from),
            weights_from=weights_from, source=source.strip()[:300], is_proposal=version.is_proposal, made_at=at,
            made_by=by, post=post, consistency=None if consistency is None else Decimal(f"{consistency:.4f}"),
        )  # fmt: skip
        Criterion.objects.bulk_create(
            Criterion(
                version=made, position=one.position, measure=one.measure, goal=one.goal, direction=one.direction,
                weight=held[one.measure],
            )
            for one in criteria
        )  # fmt: skip
        Gate.objects.bulk_create(
            Gate(version=made, position=one.position, rule=one.rule, limit=one.limit, source=one.source)
            for one in version.gates.order_by("position")
        )
    return made
