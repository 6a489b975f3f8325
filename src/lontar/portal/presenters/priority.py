"""The public page of the 90-day map: the day, the picks with target and progress on a map, verdicts, former plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.priority.models import Pick, Plan
from lontar.priority.presenters.plans import verdict_badge
from lontar.priority.presenters.trying import PartLine, share_words
from lontar.priority.queries.plans import NOTHING, Progress, parts_of, span_of
from lontar.priority.states import PILLARS, Part, PlanState, VerdictKind
from lontar.ui import formats
from lontar.ui.charts import Frame
from lontar.ui.maps import Categories, Place, Point, PointMap
from lontar.ui.presenters import Figure, Status


@dataclass(frozen=True, slots=True)
class PublicPick:
    """A pick as anyone sees it: no note, no name, no week by itself."""

    place: int
    product: str
    unit: str
    unit_url: str
    pillar: str
    readiness: str
    low: int
    high: int
    target: str
    arithmetic: str
    progress: str
    share: int
    weeks: str
    blockers: int
    verdict: Status | None
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A plan in force on the public page."""

    name: str
    region: str
    period: str
    is_running: bool
    day: int
    days: int
    figures: tuple[Figure, ...]
    picks: tuple[PublicPick, ...]
    map: SafeString
    check_url: str
    rules: str


@dataclass(frozen=True, slots=True)
class Former:
    """A finished plan in the list."""

    name: str
    region: str
    period: str
    url: str


def public_plan(plan: Plan, progress: Mapping[int, Progress], *, day: date, names: Mapping[str, str]) -> PublicPlan:
    """Everything that the page says of one plan."""
    span = span_of(plan)
    picks = list(plan.picks.all())
    told = [progress.get(one.pk, NOTHING) for one in picks]
    return PublicPlan(
        name=plan.name,
        region=plan.region.name,
        period=period_of(plan),
        is_running=plan.state == PlanState.RUNNING,
        day=span.shown_day(day),
        days=span.days,
        figures=_figures(plan, told, day=day),
        picks=tuple(_pick(one, state, names) for one, state in zip(picks, told, strict=True)),
        map=_map(plan, picks),
        check_url=reverse("portal:check", args=[plan.paper.code]) if plan.paper else "",
        rules=plan.rule_set.source,
    )


def period_of(plan: Plan) -> str:
    """First and last day."""
    return f"{formats.long_date(plan.start_date)} – {formats.long_date(plan.end_date - timedelta(days=1))}"


def former(plan: Plan) -> Former:
    """A line of the list of finished plans."""
    return Former(plan.name, plan.region.name, period_of(plan), f"{reverse('portal:priority')}?rencana={plan.pk}")


def _figures(plan: Plan, told: Sequence[Progress], *, day: date) -> tuple[Figure, ...]:
    targets = [one.target for one in told if one.target is not None]
    span = span_of(plan)
    found = [
        Figure(_("Hari ke-"), f"{formats.number(span.shown_day(day))} / {formats.number(span.days)}", key=True),
        Figure(
            _("Sasaran tambahan omzet"),
            formats.rupiah_short(sum(targets)) if targets else formats.NONE,
            note=_("dari %(known)s pilihan yang sudah bersasaran") % {"known": len(targets)},
        ),
    ]
    verdicts = [one.verdict for one in told if one.verdict is not None]
    if verdicts:
        found += [
            Figure(str(kind.label), formats.number(verdicts.count(kind)), _("pilihan"))
            for kind in VerdictKind
            if kind in verdicts
        ]
    return tuple(found)


def _pick(one: Pick, told: Progress, names: Mapping[str, str]) -> PublicPick:
    share = told.share
    arithmetic = ""
    if told.target is not None:
        arithmetic = _("%(quantity)s %(unit)s × (%(after)s − %(before)s)") % {
            "quantity": formats.number(told.quantity),
            "unit": told.unit,
            "after": formats.rupiah(told.price_after),
            "before": formats.rupiah(told.price_before),
        }
    return PublicPick(
        place=one.place,
        product=one.product,
        unit=", ".join(part for part in (one.unit_name, names.get(one.village_id[:5], "")) if part),
        unit_url=reverse("portal:village", args=[one.village_id]),
        pillar=str(PILLARS[one.kind].value).upper(),
        readiness=share_words(float(one.low), float(one.high)),
        low=round(float(one.low) * 100),
        high=round(float(one.high) * 100),
        target=formats.rupiah_short(told.target) if told.target is not None else _("belum ditetapkan"),
        arithmetic=arithmetic,
        progress=formats.percent(share, 0) if share is not None else _("belum dapat dihitung"),
        share=min(max(round((share or 0) * 100), 0), 100),
        weeks=_("%(weeks)s minggu berbukti") % {"weeks": told.weeks},
        blockers=told.blockers,
        verdict=verdict_badge(told.verdict) if told.verdict else None,
        parts=tuple(
            PartLine(
                str(Part(part.part).label), share_words(float(part.low), float(part.high)), round(float(part.low) * 100),
                round(float(part.high) * 100), part.words, formats.percent(part.weight, 0),
            )
            for part in parts_of(one)
        ),
    )  # fmt: skip


def _map(plan: Plan, picks: Sequence[Pick]) -> SafeString:
    placed = [one for one in picks if one.village.lat is not None and one.village.lon is not None]
    kinds = [(one.kind, PILLARS[one.kind].label) for one in placed]
    return PointMap(
        Frame(
            _("Di mana pilihan peta prioritas?"), _("Lontar, peta prioritas"), n=len(placed), noun=_("pilihan"), level=2
        ),
        [Point(one.village_id, one.village.lat or 0.0, one.village.lon or 0.0, one.kind) for one in placed],
        Categories(list(dict.fromkeys((key, str(label)) for key, label in kinds))),
        [
            Place(f"{one.place}. {one.product}", (one.village.lat or 0.0) + 0.12, one.village.lon or 0.0)
            for one in placed
        ],
        key="prioritas",
    ).render()
