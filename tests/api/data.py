"""A small province for the API: enterprises of two kabupaten, products, licences; keys of the cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone
from tests.factories import MORNING, Member, make_enterprise, make_person, make_region

from lontar.access import scope
from lontar.access.actions import issue_token
from lontar.registry.models import Commodity, Enterprise, Licence, OfficialTotal, Product, VillagePotential

NGADA, MANGGARAI = "53.09.01.2001", "53.10.01.2001"
Asker = Callable[..., Client]


def make_province() -> dict[str, Enterprise]:
    """Enterprises by a short name; `closed` and everything of it must never be seen by the public."""
    make_region(NGADA, name="Contoh Satu", lat=-8.8, lon=121.0, point_quality="exact")
    make_region(MANGGARAI)
    OfficialTotal.objects.create(
        region_id="53.09", key="imk_enterprises", number=3024, valid_from=date(2023, 9, 29), source="Tabel Contoh"
    )
    with scope.acting_in("53"):
        owner = make_person(NGADA, name="Contoh Uji Pemilik", sex="P")
        kopi = Commodity.objects.create(code="kopi", name="Kopi", unit="ton", harvest_months=[5, 6], source="contoh")
        made = {
            "kopi": make_enterprise(
                NGADA, name="Kopi Contoh", main_product="kopi bubuk", owner=owner, nib="1234567890123", commodity=kopi,
                annual_turnover=Decimal(25_000_000), workers_unpaid=2, imk_class="mikro", umkm_class="mikro",
                kbli="10761", kbli_version=2020, verified_at=MORNING,
            ),
            "formula": make_enterprise(NGADA, name="=1+1", imk_class="kecil"),
            "closed": make_enterprise(NGADA, name="Usaha Contoh Tutup", status="closed"),
            "beyond": make_enterprise(MANGGARAI, name="Tenun Contoh", kbli="13121", kbli_version=2020),
        }  # fmt: skip
        for name in ("kopi", "closed"):
            product = Product.objects.create(
                village_id=NGADA, enterprise=made[name], commodity=kopi, name=f"Produk {name}", category="drink",
                stage="packaged", price=Decimal("12500.50"), unit="bungkus", recorded_at=MORNING,
            )  # fmt: skip
            for kind, number in (("nib", "1234567890123"), ("pirt", "206530901234520")):
                Licence.objects.create(
                    village_id=NGADA, enterprise=made[name], product=product, kind=kind, number=number,
                    number_raw=number, is_format_ok=True, recorded_at=MORNING,
                )  # fmt: skip
        VillagePotential.objects.create(
            village_id=NGADA, commodity=kopi, year=2025, production=Decimal("12.5"), unit="ton",
            harvest_months=[5, 6], recorded_at=MORNING,
        )  # fmt: skip
    return made


def ask_with_key(member: Member, *scopes: str) -> Client:
    """A program with a key of a member of the cast; to read with, unless other scopes are given."""
    now = timezone.now()
    issued = issue_token(
        post=member.held, name="Aplikasi contoh", scopes=list(scopes or ["read"]),
        expires_at=now + timedelta(days=30), by=member.user, at=now,
    )  # fmt: skip
    return Client(headers={"Authorization": f"Bearer {issued.secret}"}, raise_request_exception=False)
