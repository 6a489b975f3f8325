"""API of prices, value kept and the trade balance: everything here is open to anyone; hidden lines have no numbers."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from lontar.value.presenters.kept import HEADS, sheet
from lontar.value.presenters.trade import HEADS as TRADE_HEADS
from lontar.value.presenters.trade import sheet as trade_sheet
from lontar.value.queries import chains, figures_in_force, kept_lines, newest_quarters, provisional, reckoning_of

router = Router(tags=["Nilai tambah"])
_MOST = 400  # quarters of a century


class Lines(Schema):
    """Lines and how many there are."""

    items: list[dict[str, Any]]
    count: int


def _send(rows: list[dict[str, Any]]) -> HttpResponse:
    found = {"items": rows, "count": len(rows)}
    return HttpResponse(orjson.dumps(found, default=float), content_type="application/json")


def _known(quarter: str) -> None:
    if len(quarter) > 7 or "\x00" in quarter or reckoning_of(quarter) is None:
        raise Http404(f"Triwulan {quarter[:7]} belum dihitung.")


def _place(region: str) -> str:
    return "" if "\x00" in region else region[:13]


@router.get("/value", response=Lines, summary="Triwulan yang nilai tambahnya dihitung")
def quarters(request: HttpRequest) -> HttpResponse:
    """Triwulan, kapan dihitung, dari berapa laporan; `provisional`: belum diterbitkan, masih dapat berubah."""
    found = newest_quarters(_MOST)
    open_ones = provisional(one.quarter for one in found)
    return _send(
        [
            {"quarter": one.quarter, "counted_at": one.counted_at, "returns": one.returns, "producers": one.producers,
             "provisional": one.quarter in open_ones}
            for one in found
        ]
    )  # fmt: skip


@router.get("/value/{quarter}/kept", response=Lines, summary="Nilai yang tinggal")
def kept(request: HttpRequest, quarter: str, region: str = "", commodity: str | None = None) -> HttpResponse:
    """Omzet yang diurai per kabupaten dan komoditas; `status` S disembunyikan. `commodity` kosong adalah jumlahnya."""
    _known(quarter)
    goods = None if commodity is None else _place(commodity)
    lines = kept_lines(quarter, commodity=goods, region=_place(region) or None)
    rows = sheet(lines, quarter, names={}, goods={}).rows
    return _send([dict(zip(HEADS, row, strict=True)) for row in rows])


@router.get("/value/{quarter}/chains", response=Lines, summary="Harga mentah, olahan, kemasan")
def chain_prices(request: HttpRequest, quarter: str, region: str = "") -> HttpResponse:
    """Harga tengah per tahap dengan kuartil dan banyaknya pelaku usaha."""
    _known(quarter)
    found = chains(quarter, region=_place(region) or settings.PROGRAMME_ROOT)
    is_provisional = bool(provisional([quarter]))
    return _send(
        [
            {
                "commodity": one.commodity, "name": one.name, "unit": one.unit, "region": one.region_code,
                "provisional": is_provisional,
                "steps": [
                    {"step": step.step.value, "status": "S" if step.is_hidden else "A", "n": step.n, "low": step.low,
                     "price": step.price, "high": step.high}
                    for step in one.steps
                ],
            }
            for one in found
        ]
    )  # fmt: skip


@router.get("/trade", response=Lines, summary="Barang masuk dan keluar")
def trade(request: HttpRequest) -> HttpResponse:
    """Angka yang berlaku, masing-masing dengan sumbernya; `quoted` 1 berarti kutipan."""
    return _send([dict(zip(TRADE_HEADS, row, strict=True)) for row in trade_sheet(figures_in_force()).rows])
