"""What the demo's schools and communities make, written down so that OSOP and OCOP have candidates to rank."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from lontar.access.models import Agency
    from lontar.registry.models import Product

SEED = 2026


def stock_some(say: Callable[[str], None]) -> None:
    """Products of schools and communities; does nothing once a school has one."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.models import Agency
    from lontar.access.scope import acting_in
    from lontar.access.trail import recorded
    from lontar.engines.demo.institution_goods import institution_goods
    from lontar.registry.models import Product

    started, now = time.monotonic(), timezone.now()
    with acting_in(settings.PROGRAMME_ROOT):
        if Product.objects.filter(school__isnull=False).exists():
            return
        made = []
        for kind, agency in (("school", "PK"), ("community", "DPMD")):
            source = Agency.objects.get(code=agency)
            made += list(_products(institution_goods(_makers(kind), SEED), kind=kind, agency=source, at=now))
        with recorded("registry.demo.stocked", by=None, at=now, products=len(made)):
            Product.objects.bulk_create(made, batch_size=2000)
    say(f"  produk sekolah dan komunitas contoh: {len(made)} ({time.monotonic() - started:.1f} s)")


def _makers(kind: str) -> pl.DataFrame:
    import polars as pl

    from lontar.registry.models import Organization, School

    if kind == "school":
        rows = [(*one, kind, "") for one in School.objects.order_by("npsn").values_list("pk", "village_id")]
    else:
        found = Organization.objects.filter(kind="community").order_by("pk")
        rows = [
            (pk, village, kind, line) for pk, village, line in found.values_list("pk", "village_id", "community_kind")
        ]
    return pl.DataFrame(
        rows, schema={"maker_id": pl.Int64, "village": pl.String, "kind": pl.String, "line": pl.String}, orient="row"
    )


def _products(goods: pl.DataFrame, *, kind: str, agency: Agency, at: datetime) -> Iterable[Product]:
    from lontar.registry.models import Commodity, Product

    commodities = dict(Commodity.objects.values_list("code", "pk"))
    for row in goods.iter_rows(named=True):
        yield Product(
            village_id=row["village"], school_id=row["maker_id"] if kind == "school" else None,
            organization_id=row["maker_id"] if kind == "community" else None, commodity_id=commodities[row["commodity"]],
            name=row["name"], category=row["category"], stage=row["stage"], unit=row["unit"], price=row["price"],
            capacity_month=row["capacity"], source_agency=agency, recorded_at=at,
        )  # fmt: skip
