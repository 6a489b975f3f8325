"""A small world for monthly returns: five producers in three villages, open months, and returns; all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories import MORNING, Member, make_enterprise, make_person, make_region

from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.registry.models import Commodity, Organization, School
from lontar.returns import actions
from lontar.returns.models import Period, Producer, ReportLink, Return, ReturnedValue
from lontar.returns.states import Maker

HOME, NEAR, FAR = "53.09.01.2001", "53.09.02.2001", "53.12.01.2001"
JULY = Month.of(2026, 7)
NOW = datetime(2026, 8, 3, 1, tzinfo=UTC)  # 3 August 2026, 09.00 WITA


@dataclass(frozen=True)
class World:
    """Keys of what the tests ask for: a coffee enterprise, a weaving one, a school, a community, one of the comparison."""

    coffee: int
    weaving: int
    school: int
    community: int
    comparison: int


def make_period(label: str = "2026-07", **over: Any) -> Period:
    """An open month."""
    span = Month.of(int(label[:4]), int(label[5:]))
    return Period.objects.create(
        **({"kind": "month", "start": span.start, "end": span.end, "moved_at": MORNING} | over)
    )


def make_producer(village: str = HOME, **over: Any) -> Producer:
    """An enterprise of the village that was asked since 2024."""
    maker = over.pop("enterprise", None) or make_enterprise(village, name=over.get("name", "Usaha Contoh Uji"))
    values = {
        "maker": "enterprise", "village_id": village, "name": maker.name, "unit_key": f"village:{village}",
        "category": "drink", "unit": "kg", "from_month": date(2024, 1, 1), "enrolled_at": MORNING,
    }  # fmt: skip
    return Producer.objects.create(enterprise=maker, **(values | over))


def make_world() -> World:
    """Write the small world; months from July 2025 to July 2026 are open."""
    actions.open_periods(Month.of(2025, 7), JULY, by=None, at=NOW)
    with acting_in("53"):
        for code in (HOME, NEAR, FAR):
            make_region(code)
        coffee = Commodity.objects.create(code="kopi-contoh", name="Kopi contoh", unit="kg", source="katalog contoh")
        cloth = Commodity.objects.create(
            code="tenun-contoh", name="Tenun contoh", unit="lembar", source="katalog contoh"
        )
        mama = make_person(HOME, name="Mama Contoh Uji", sex="P")
        firms = [
            make_enterprise(HOME, name="Kopi Contoh", owner=mama, commodity=coffee),
            make_enterprise(NEAR, name="Tenun Contoh", commodity=cloth),
            make_enterprise(FAR, name="Kopi Pembanding Contoh", commodity=coffee),
        ]
        school = School.objects.create(
            npsn="53000001", name="SMK Contoh", village_id=HOME, kind="SMK", recorded_at=MORNING
        )
        group = Organization.objects.create(
            village_id=NEAR, kind="community", community_kind="youth", name="Karang Taruna Contoh", recorded_at=MORNING
        )
        wanted = [
            _new(Maker.ENTERPRISE, firms[0], "drink", "kg", coffee.pk, f"village:{HOME}"),
            _new(Maker.ENTERPRISE, firms[1], "weaving", "lembar", cloth.pk, f"village:{NEAR}"),
            _new(Maker.SCHOOL, school, "food", "bungkus", None, f"school:{school.pk}"),
            _new(Maker.ORGANIZATION, group, "craft", "buah", None, f"community:{group.pk}"),
            _new(Maker.ENTERPRISE, firms[2], "drink", "kg", coffee.pk, ""),
        ]
        actions.enrol_producers(wanted, first=Month.of(2025, 7), by=None, post=None, at=NOW)
        keys = {(one.maker, one.maker_id): one.pk for one in Producer.objects.all()}
    return World(
        keys["enterprise", firms[0].pk], keys["enterprise", firms[1].pk], keys["school", school.pk],
        keys["organization", group.pk], keys["enterprise", firms[2].pk],
    )  # fmt: skip


def _new(maker: Maker, record: Any, category: str, unit: str, commodity: int | None, key: str) -> actions.NewProducer:
    return actions.NewProducer(
        maker=maker, maker_id=record.pk, name=record.name, village=record.village_id, category=category, unit=unit,
        commodity_id=commodity, unit_key=key,
    )  # fmt: skip


def acting(member: Member, at: datetime = NOW) -> dict[str, Any]:
    """Who, as which post, when."""
    return {"by": member.user, "post": member.held, "at": at}


def make_return(producer: int, month: Month = JULY, **over: Any) -> Return:
    """A submitted return of one million rupiah; enter a scope that covers it first."""
    village = Producer.objects.get(pk=producer).village_id
    values = {
        "month": month.start, "village_id": village, "state": "submitted", "schema_version": 1, "channel": "form",
        "turnover": 1_000_000, "changed_at": NOW, "submitted_at": NOW,
    }  # fmt: skip
    values |= over
    if values["state"] == "accepted":
        values = {"verified_at": NOW, "accepted_at": NOW} | values
    return Return.objects.create(producer_id=producer, **values)


def make_returned_value(filing: Return, member: Member, **over: Any) -> ReturnedValue:
    """The turnover of a return, sent back."""
    values = {"field": "turnover", "reason": "Periksa nota bulan ini.", "value": "1000000", "returned_at": NOW}
    return ReturnedValue.objects.create(
        filing=filing, village_id=filing.village_id, returned_by=member.user, post=member.held,
        **({"moved_at": NOW} | values | over),
    )  # fmt: skip


def make_report_link(producer: int, member: Member, **over: Any) -> ReportLink:
    """A link whose code nobody knows."""
    village = Producer.objects.get(pk=producer).village_id
    values = {"digest": b"0" * 32, "given_at": NOW, "expires_at": NOW + timedelta(days=30)}
    return ReportLink.objects.create(producer_id=producer, village_id=village, post=member.held, **(values | over))
