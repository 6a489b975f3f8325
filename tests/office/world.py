"""A small invented region that the tests of the office look at: three villages, four enterprises, one owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from tests.factories import (
    MORNING,
    make_agency,
    make_enterprise,
    make_person,
    make_post,
    make_region,
    make_signed,
    make_user,
)

from lontar.access import scope
from lontar.access.models import Agency
from lontar.engines.sealing import Sealer
from lontar.registry.actions import accept_claim, change_enterprise
from lontar.registry.models import (
    Acceptance,
    Commodity,
    Enterprise,
    EnterpriseClaim,
    Licence,
    Membership,
    Organization,
    Product,
    RegionAttribute,
    School,
    VillageFacility,
    VillagePotential,
    VillageResource,
)

BENA, LANGA, AWAY = "53.09.01.2001", "53.09.01.2002", "53.10.01.2001"
NIK, PHONE, ADDRESS = "5309015505900001", "+6281234567890", "RT 01 RW 02 Dusun Contoh"
SECRETS = (NIK, "81234567890", "8123-4567-890", "Dusun Contoh")


@dataclass(frozen=True)
class World:
    """Three villages of two kabupaten, four enterprises, and what belongs to them."""

    tenun: Enterprise
    kopi: Enterprise
    closed: Enterprise
    away: Enterprise
    product: Product
    licence: Licence
    body: Organization
    school: School
    potential: VillagePotential
    commodity: Commodity


def _sealed(**values: str) -> dict[str, bytes]:
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    made = {}
    for name, value in values.items():
        made[f"{name}_sealed"] = sealer.seal(value, context=f"person.{name}")
        made[f"{name}_index"] = sealer.index(value, context=f"person.{name}")
    return made


def make_world() -> World:
    """The invented region, complete; whoever asks enters a scope of their own."""
    scope.enter("53")
    make_region(BENA, name="Bena Contoh")
    make_region(LANGA, name="Langa Contoh")
    make_region(AWAY, name="Jauh Contoh")
    sender = make_agency("bps-contoh", name="BPS Contoh", short_name="BPS Contoh")
    owner = make_person(BENA, name="Maria Contohina", sex="P", **_sealed(nik=NIK, phone=PHONE, address=ADDRESS))
    commodity = Commodity.objects.create(code="kopi", name="Kopi Contoh", unit="kg", source="daftar contoh")
    tenun = make_enterprise(
        BENA,
        name="Tenun Ikat Contoh",
        owner=owner,
        main_product="Kain tenun",
        nib="1234567890123",
        kbli="13121",
        kbli_version=2020,
        workers_paid=1,
        workers_unpaid=2,
        imk_class="mikro",
        annual_turnover=Decimal(48_000_000),
        umkm_class="mikro",
        source_agency=sender,
        source_batch=7,
        source_row=214,
    )
    kopi = make_enterprise(LANGA, name="=Kopi Contoh", main_product="Kopi bubuk", kbli="10761", kbli_version=2020)
    make_signed(kopi)
    closed = make_enterprise(LANGA, name="Anyaman Contoh", status="closed")
    away = make_enterprise(AWAY, name="Garam Contoh Jauh")
    product = Product.objects.create(
        village_id=BENA,
        enterprise=tenun,
        name="Selendang Contoh",
        category="weaving",
        stage="packaged",
        price=Decimal(350_000),
        recorded_at=MORNING,
    )
    licence = Licence.objects.create(
        village_id=BENA,
        enterprise=tenun,
        kind="merek",
        number="IDM000000001",
        number_raw="IDM 000000001",
        is_format_ok=True,
        expires_date=timezone.localdate() + timedelta(days=10),
        recorded_at=MORNING,
    )
    body = Organization.objects.create(village_id=BENA, kind="cooperative", name="Koperasi Contoh", recorded_at=MORNING)
    Membership.objects.create(enterprise=tenun, organization=body)
    school = School.objects.create(npsn="50300001", name="SMK Contoh", village_id=BENA, kind="SMK", recorded_at=MORNING)
    potential = _village_facts(commodity, sender)
    return World(tenun, kopi, closed, away, product, licence, body, school, potential, commodity)


def _village_facts(commodity: Commodity, sender: Agency) -> VillagePotential:
    """What the village of the world has: coffee, a forest, a market, an index."""
    VillageResource.objects.create(village_id=BENA, year=2025, kind="forest", name="Hutan Contoh", recorded_at=MORNING)
    VillageFacility.objects.create(village_id=BENA, year=2025, kind="market", number=1, recorded_at=MORNING)
    RegionAttribute.objects.create(
        region_id=BENA, key="idm", as_of=date(2024, 12, 31), number=Decimal("0.6644"), source="Kementerian Contoh"
    )
    return VillagePotential.objects.create(
        village_id=BENA,
        commodity=commodity,
        year=2025,
        area_ha=Decimal("12.5"),
        production=Decimal(900),
        unit="kg",
        harvest_months=[5, 6, 7],
        source_agency=sender,
        recorded_at=MORNING,
    )


def claims_about(world: World) -> dict[str, int]:
    """A second agency has spoken of the weaving business, and its claim was accepted: the numbers of claim and acceptance."""
    scope.enter("53")
    found = Acceptance.objects.first()
    if found is None:
        post, user = (
            make_post("petugas-dua", agency=make_agency("dinas-dua", short_name="Dinas Dua")),
            make_user("orang.dua"),
        )
        change_enterprise(
            enterprise_id=world.tenun.pk, values={"annual_turnover": 9_000_000}, by=user, post=post, at=timezone.now()
        )
        found = accept_claim(
            subject="enterprise",
            record_id=world.tenun.pk,
            field="annual_turnover",
            claim_id=EnterpriseClaim.objects.latest("pk").pk,
            reason="Sesuai surat contoh",
            by=user,
            post=post,
            at=timezone.now(),
        )
    return {"claim": found.claim_id, "acceptance": found.pk}
