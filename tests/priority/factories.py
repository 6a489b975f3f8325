"""A small world for the 90-day map: eight villages in three kabupaten with one product each, and plans; all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.factories import MORNING, Member, make_enterprise, make_region

from lontar.access.scope import acting_in
from lontar.priority import actions
from lontar.priority.models import (
    Baseline,
    Blocker,
    CheckIn,
    LateNote,
    Pick,
    Plan,
    Statement,
    Step,
    Target,
    Verdict,
)
from lontar.priority.queries import readiness
from lontar.priority.queries.units import Standing
from lontar.priority.rules.wanted import Wanted, read_wanted
from lontar.priority.states import BaselineKind, Evidence, Part
from lontar.registry.models import Commodity, Licence, Product, VillageFacility, VillagePotential

START = date(2026, 2, 2)
DECIDED = timezone.make_aware(datetime(2026, 2, 1, 9))
# village, product, category, capacity × price in rupiah, licences
VILLAGES = (
    ("53.09.01.2001", "Kopi bubuk contoh", "food", (100, 50_000), ("nib", "pirt", "halal")),
    ("53.09.01.2002", "Kopi sangrai contoh", "food", (200, 40_000), ("nib", "pirt")),
    ("53.09.02.2001", "Tenun contoh", "weaving", (10, 600_000), ("nib",)),
    ("53.12.01.2001", "Keripik contoh", "food", (300, 20_000), ("nib",)),
    ("53.12.01.2002", "Sarung contoh", "weaving", (5, 500_000), ()),
    ("53.13.01.2001", "Ikan asin contoh", "food", (None, 30_000), ("nib", "pirt", "halal")),
    ("53.13.01.2002", "Gerabah contoh", "pottery", (40, 25_000), ()),
    ("53.71.01.1001", "Bubuk kelor contoh", "herbal", (500, 30_000), ("nib", "halal")),
)


@dataclass(frozen=True)
class World:
    """Keys of what the tests ask for."""

    commodity: int


def make_world() -> World:
    """Write the small world; whoever calls has a scope that covers it, or none is needed."""
    readiness.forget()
    with acting_in("53"):
        coffee = Commodity.objects.create(
            code="kopi-contoh", name="Kopi contoh", unit="kg", harvest_months=[2, 3], source="katalog contoh"
        )
        for place, (code, name, category, (capacity, price), licences) in enumerate(VILLAGES):
            make_region(
                code, name=f"Desa Contoh {place + 1}", lat=-8.5 - place / 10, lon=120.0 + place, point_quality="exact"
            )
            firm = make_enterprise(code, name=f"Usaha Contoh {place + 1}", commodity=coffee)
            one = Product.objects.create(
                village_id=code, enterprise=firm, commodity=coffee, name=name, category=category, stage="packaged",
                capacity_month=capacity, price=price, unit="bungkus", recorded_at=MORNING,
            )  # fmt: skip
            for kind in licences:
                Licence.objects.create(
                    village_id=code, product=one, kind=kind, number=f"C-{kind}-{place}", number_raw="contoh",
                    is_format_ok=True, recorded_at=MORNING,
                )  # fmt: skip
        VillagePotential.objects.create(
            village_id=VILLAGES[0][0], commodity=coffee, year=2025, unit="kg", production=900, harvest_months=[2],
            recorded_at=MORNING,
        )  # fmt: skip
        VillageFacility.objects.create(village_id=VILLAGES[0][0], year=2025, kind="bank", number=1, recorded_at=MORNING)
    return World(coffee.pk)


def make_wanted(**over: Any) -> Wanted:
    """A plan of three in the province from 2 February 2026."""
    given = {"region": "53", "name": "Peta contoh", "start": START, "size": 3, "per_regency_most": 1, **over}
    return read_wanted(given, today=START)


def acting(member: Member, at: datetime = DECIDED) -> dict[str, Any]:
    """Who, as which post, when."""
    return {"by": member.user, "post": member.held, "at": at}


def on_day(number: int) -> datetime:
    """Nine in the morning (WITA) of a day of the plan, 1 the first."""
    day = START + timedelta(days=number - 1)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def make_plan(member: Member, **over: Any) -> Plan:
    """A draft."""
    return actions.make_plan(wanted=make_wanted(**over), **acting(member))


def make_running(member: Member, **over: Any) -> Plan:
    """A plan in force."""
    return actions.take_in_force(plan_id=make_plan(member, **over).pk, **acting(member))


def first_pick(plan: Plan) -> Pick:
    """The pick with number 1."""
    return plan.picks.get(place=1)


def make_target(pick: Pick, member: Member, at: datetime | None = None, **over: Any) -> Target:
    """100 × (800.000 − 150.000) = Rp65.000.000."""
    values = {
        "quantity": Decimal(100), "unit": "kg", "price_before": Decimal(150_000), "price_after": Decimal(800_000),
        "words": "Digiling dan dikemas.", **over,
    }  # fmt: skip
    return actions.set_target(pick_id=pick.pk, **values, **acting(member, at or on_day(2)))


def make_baseline(pick: Pick, member: Member, at: datetime | None = None, **over: Any) -> Baseline:
    """Rp3.000.000 in the thirty days before the plan: Rp100.000 a day."""
    values = {
        "kind": BaselineKind.MEASURED, "amount": Decimal(3_000_000), "from_date": START - timedelta(days=30),
        "until_date": START, "evidence": Evidence.CASH_BOOK, "words": "Buku kas; ketua kelompok.", **over,
    }  # fmt: skip
    return actions.state_baseline(pick_id=pick.pk, **values, **acting(member, at or on_day(2)))


def make_checkin(pick: Pick, member: Member, week: int, turnover: int, **over: Any) -> CheckIn:
    """The report of a week, sent on its last day."""
    values = {"evidence": Evidence.RECEIPTS, "words": "Nota 1–9", "at": on_day(min(week * 7, 90)), **over}
    at = values.pop("at")
    return actions.check_in(pick_id=pick.pk, week=week, turnover=Decimal(turnover), **values, **acting(member, at))


def make_step(pick: Pick, member: Member, **over: Any) -> Step:
    """An action at the member's own agency."""
    values = {
        "words": "Urus label contoh",
        "agency": member.held.agency,
        "due_date": START + timedelta(days=20),
        **over,
    }
    return actions.add_step(pick_id=pick.pk, **values, **acting(member, on_day(3)))


def make_blocker(pick: Pick, member: Member, **over: Any) -> Blocker:
    """A blocker at the member's own agency."""
    values = {"words": "Jalan contoh terputus", "agency": member.held.agency, **over}
    return actions.raise_blocker(pick_id=pick.pk, **values, **acting(member, on_day(10)))


def make_verdict(plan: Plan) -> Verdict:
    """The verdict on the first pick, by the job of the last day."""
    actions.judge_plan(plan_id=plan.pk, at=on_day(91))
    return Verdict.objects.get(pick=first_pick(plan))


def make_late_note(pick: Pick, member: Member) -> LateNote:
    """Evidence after the verdict."""
    return actions.note_late(
        pick_id=pick.pk, words="Nota 10–20 ditemukan kemudian", turnover=Decimal(9), **acting(member, on_day(100))
    )


def make_statement(member: Member, village: str = "53.09.01.2001", **over: Any) -> Statement:
    """A buyer is stated for a village."""
    unit = Standing(f"village:{village}", "village", village, "Desa Contoh", "Kopi", None)
    values = {
        "part": Part.BUYER,
        "share": Decimal("0.9"),
        "words": "Hotel Contoh memesan",
        "source": "surat pesanan 1",
        **over,
    }
    return actions.state_part(unit=unit, **values, **acting(member, on_day(0)))
