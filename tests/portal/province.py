"""A small province for the public pages: eight villages, invented enterprises, and personal data that must never show.

Ngada (53.09) has an official total of 40, Sumba Barat (53.12) one of 10. Bena Uji is full, Langa Uji is bare.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection
from tests.factories import make_agency, make_enterprise, make_person, make_post, make_region, make_user

from lontar.access import scope
from lontar.access.models import Agency
from lontar.access.states import AgencyKind
from lontar.engines.sealing import Sealer
from lontar.intake.models import Batch
from lontar.registry.models import (
    Commodity,
    Enterprise,
    Licence,
    OfficialTotal,
    Organization,
    Product,
    Region,
    RegionAttribute,
    School,
    VillageFacility,
    VillagePotential,
    VillageResource,
)

RECORDED = datetime(2026, 6, 30, 3, 0, tzinfo=UTC)
BENA, LANGA, MATALOKO, TADHO = "53.09.01.2001", "53.09.01.2002", "53.09.02.1001", "53.09.02.2004"
MALATA, ZALA = "53.12.04.2003", "53.12.04.2009"
TABLE_1 = "Tabel 1 Contoh, BPS Provinsi Contoh"

# What nobody may find on a public page, in any writing.
NIK, PHONE = "5309014101909001", "081234567890"
OWNER, ADDRESS, TURNOVER = "Contoh Pemilik Rahasia", "Jalan Contoh Tersembunyi 7", "123456789"
NIB = "9120000000017"
SECRETS = (NIK, PHONE, "81234567890", "0812-3456-7890", OWNER, ADDRESS, TURNOVER, "123.456.789", NIB)


@dataclass(frozen=True)
class Seeded:
    """Keys of what the tests ask for."""

    firm: int
    second: int
    closed: int
    product: int
    packaged: int


def seed() -> Seeded:
    """Write the province; the caller's transaction takes it back."""
    _regions()
    agencies = {
        "koperasi": make_agency("koperasi-contoh", short_name="Dinas Koperasi Contoh", kind=AgencyKind.COOPERATIVES),
        "tani": make_agency("tani-contoh", short_name="Dinas Pertanian Contoh", kind=AgencyKind.AGRICULTURE),
    }
    with scope.acting_in("53"):
        made = _goods(agencies, _enterprises(agencies))
        _potential(agencies["tani"])
        _batches(agencies["koperasi"])
    return made


def _regions() -> None:
    make_region("53", name="Nusa Tenggara Timur")
    make_region("53.09", name="Kabupaten Ngada", bps_code="5312", lat=-8.8, lon=120.98, point_quality="exact")
    make_region("53.12", name="Kabupaten Sumba Barat", bps_code="5301", lat=-9.6, lon=119.4, point_quality="exact")
    make_region("53.09.01", name="Aimere", bps_code="5312010")
    make_region("53.09.02", name="Golewa", bps_code="5312020")
    make_region("53.12.04", name="Tana Righu", bps_code="5301072")
    for code, name, kind, bps, lat, lon, quality in (
        (BENA, "Bena Uji", "desa", "5312010011", -8.87, 120.98, "exact"),
        (LANGA, "Langa Uji", "desa", "5312010012", -8.85, 120.97, "exact"),
        (MATALOKO, "Mataloko Uji", "kelurahan", "5312020013", -8.83, 121.05, "exact"),
        (TADHO, "Tadho Uji", "desa", None, -8.8, 121.0, "approximate"),
        (MALATA, "Malata Uji", "desa", "5301072004", -9.44, 119.38, "exact"),
        (ZALA, "Zala Uji", "desa", None, None, None, "none"),
    ):
        make_region(code, name=name, kind=kind, bps_code=bps, lat=lat, lon=lon, point_quality=quality)
    for code, number in (("53.09", 40), ("53.12", 10)):
        OfficialTotal.objects.create(
            region_id=code, key="imk_enterprises", number=number, valid_from=date(2023, 9, 29), source=TABLE_1
        )
    for code, score, status in ((BENA, "0.7162", "MAJU"), (MALATA, "0.5500", "TERTINGGAL")):
        made = {"as_of": date(2024, 12, 31), "source": "Kementerian Contoh, IDM 2024"}
        RegionAttribute.objects.create(region_id=code, key="idm", number=Decimal(score), **made)
        RegionAttribute.objects.create(region_id=code, key="status", word=status, **made)


def _enterprises(agencies: dict[str, Agency]) -> list[Enterprise]:
    sealer = Sealer("0" * 64, "1" * 64)
    sealed = sealer.seal_all([NIK, PHONE, ADDRESS], context="contoh")
    owner = make_person(
        BENA, name=OWNER, sex="P", nik_sealed=sealed[0], nik_index=b"n" * 16, phone_sealed=sealed[1],
        phone_index=b"p" * 16, address_sealed=sealed[2],
    )  # fmt: skip
    coffee = Commodity.objects.create(
        code="kopi-arabika", name="Kopi arabika", name_en="Arabica coffee", unit="ton", source="katalog contoh"
    )
    common = {"recorded_at": RECORDED, "source_agency": agencies["koperasi"]}
    firms = [
        make_enterprise(
            BENA, name="Kopi Contoh Bena", main_product="Kopi bubuk", commodity=coffee, imk_class="mikro", kbli="10761",
            kbli_version=2020, owner=owner, nib=NIB, annual_turnover=Decimal(TURNOVER), capital=Decimal(TURNOVER),
            verified_at=RECORDED, workers_paid=1, workers_unpaid=1, **common,
        ),
        make_enterprise(
            BENA, name="Kios Contoh 0812-3456-7890", main_product="Keripik", imk_class="kecil", workers_paid=6, **common
        ),
        make_enterprise(BENA, name="Tutup Contoh Lama", main_product="Kopi", status="closed", **common),
        make_enterprise(MATALOKO, name="Tenun Contoh Ria", main_product="Tenun ikat", owner=owner, **common),
        make_enterprise(MALATA, name="Kopi Contoh Sumba", main_product="Kopi biji", imk_class="mikro", **common),
    ]  # fmt: skip
    return firms


def _goods(agencies: dict[str, Agency], firms: list[Enterprise]) -> Seeded:
    common = {"recorded_at": RECORDED, "source_agency": agencies["koperasi"]}
    coffee = Commodity.objects.get(code="kopi-arabika")
    packaged = Product.objects.create(
        village_id=BENA, enterprise=firms[0], commodity=coffee, name="Kopi Bubuk Contoh", category="drink",
        stage="packaged", capacity_month=Decimal(120), unit="bungkus", price=Decimal(35000),
        description="Pesan ke 0812-3456-7890, dari kebun sendiri.", **common,
    )  # fmt: skip
    raw = Product.objects.create(
        village_id=BENA, enterprise=firms[2], name="Biji Kopi Contoh", category="fresh", stage="raw", **common
    )
    licences = (
        {"product": packaged, "kind": "pirt", "number": "209530900000130", "expires_date": date(2999, 12, 31)},
        {"product": packaged, "kind": "halal", "number": "ID53110000000000126", "verified_at": RECORDED},
        {"product": packaged, "kind": "md", "number": "240953000000027", "expires_date": date(2020, 1, 31)},
        {"enterprise": firms[0], "kind": "nib", "number": NIB},
    )
    for one in licences:
        Licence.objects.create(village_id=BENA, number_raw=str(one["number"]), is_format_ok=True, **common, **one)
    Organization.objects.create(
        village_id=BENA, kind="community", community_kind="women", name="Mama Contoh Bena", members=12, **common
    )
    School.objects.create(npsn="50300001", name="SMK Contoh Bena", village_id=BENA, kind="SMK", pupils=120, **common)
    return Seeded(firms[0].pk, firms[1].pk, firms[2].pk, raw.pk, packaged.pk)


def _potential(agency: Agency) -> None:
    coffee = Commodity.objects.get(code="kopi-arabika")
    corn = Commodity.objects.create(code="jagung", name="Jagung", name_en="Maize", unit="ton", source="katalog contoh")
    common = {"recorded_at": RECORDED, "source_agency": agency, "unit": "ton"}
    for village, crop, year, area, tons, months, raw in (
        (BENA, coffee, 2025, "12.5", "8.25", [5, 6, 7, 8, 9], "75"),
        (BENA, corn, 2025, None, "30", [3, 4, 5], None),
        (BENA, coffee, 2024, "12", "7", [], None),
        (MALATA, coffee, 2025, "3", "1.5", [6, 7], None),
    ):
        VillagePotential.objects.create(
            village_id=village, commodity=crop, year=year, area_ha=area, production=tons, harvest_months=months,
            sold_raw_share=raw, **common,
        )  # fmt: skip
    made = {"recorded_at": RECORDED, "source_agency": agency, "village_id": BENA, "year": 2025}
    VillageResource.objects.create(kind="water", name="Mata Air Contoh", **made)
    VillageFacility.objects.create(kind="market", number=1, **made)


def _batches(agency: Agency) -> None:
    post = make_post("petugas-portal-contoh", agency=agency)
    user = make_user("pengirim.contoh", full_name=OWNER)
    for state, name, new, at in (
        ("done", f"daftar {OWNER}.xlsx", 5, RECORDED),
        ("running", "sedang.xlsx", 3, None),
        ("done", "kosong.xlsx", 0, RECORDED),
    ):
        Batch.objects.create(
            dataset="enterprises", agency=agency, post=post, submitted_by=user, region_code="53", channel="web",
            file_name=name, sha256=f"{new:064x}", size=1, state=state, rows_new=new, created_at=RECORDED, finished_at=at,
        )  # fmt: skip


def next_transaction() -> None:
    """Let the change counter count again, as it would after a commit; a test lives in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lontar.change_counted', '', true)")


def villages() -> list[Region]:
    """The six villages by code."""
    return list(Region.objects.villages().order_by("code"))
