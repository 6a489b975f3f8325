"""Price chains of a report: value added and value kept made from the published prices and the published assumptions.

Prices are medians of what producers told; how they are gathered and which are hidden is decided before. Everything behind
them follows from the two tables `chains` and `assumptions` alone, so that anybody can make it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from lontar.engines.economy import Place, TableInvalid, ValueAdded, assumed_spreads, kept, value_added
from lontar.engines.reporting.recomputing import near
from lontar.engines.reporting.tables import TYPES, Column, Table

STEPS = {"raw": "mentah", "processed": "olahan", "packed": "kemasan"}
LEAST = "disclosure.min_producers"
WEIGHED = "kg"
_HUNDRED = Decimal(100)


def _step(name: str, word: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_status", "text", f"Harga {word}: A angka, S ditutup demi kerahasiaan, kosong tidak dilaporkan"),
        Column(f"{name}_n", "integer", f"Produsen yang menyebut harga {word}"),
        Column(f"{name}_low", "number", f"Kuartil bawah harga {word}", "Rp per satuan"),
        Column(name, "number", f"Harga tengah {word}", "Rp per satuan"),
        Column(f"{name}_high", "number", f"Kuartil atas harga {word}", "Rp per satuan"),
    )


_MADE = (
    Column("conversion", "number", "Satuan olahan dari satu satuan bahan mentah (anggapan)"),
    Column("added_processed", "number", "Nilai tambah mengolah (Hayami)", "Rp per satuan bahan mentah"),
    Column("added_packed", "number", "Nilai tambah mengolah dan mengemas (Hayami)", "Rp per satuan bahan mentah"),
    Column("kept_village", "number", "Bagian nilai jual kemasan yang tinggal di desa; hanya untuk kg", "bagian"),
    Column("kept_regency", "number", "Bagian yang tinggal di kabupaten, desa ikut dihitung", "bagian"),
    Column("kept_ntt", "number", "Bagian yang tinggal di NTT, kabupaten ikut dihitung", "bagian"),
)
MADE = tuple(one.name for one in _MADE)
CHAINS = Table(
    "chains",
    "Rantai nilai: harga mentah, olahan, kemasan",
    (
        Column("level", "text", "Tingkat: province, regency, village"),
        Column("region", "text", "Kode wilayah Kemendagri"),
        Column("commodity", "text", "Kode komoditas"),
        Column("name", "text", "Nama komoditas"),
        Column("unit", "text", "Satuan harga"),
        *(column for name, word in STEPS.items() for column in _step(name, word)),
        *_MADE,
    ),
    ("region", "commodity", "unit"),
    "Nilai tambah dan yang tinggal mengikuti dari harga dan tabel assumptions, dengan bahan mentah dari NTT.",
)
ASSUMPTIONS = Table(
    "assumptions",
    "Anggapan di balik nilai tambah",
    (
        Column("key", "text", "Kunci parameter"),
        Column("name", "text", "Nama"),
        Column("number", "number", "Nilai yang dipakai"),
        Column("unit", "text", "Satuan"),
        Column("valid_from", "text", "Berlaku mulai"),
        Column("source", "text", "Sumber"),
    ),
    ("key",),
    "Angka yang dianggap, bukan dilaporkan: dipakai dalam tabel value dan chains.",
)


def numbers_of(assumptions: pl.DataFrame) -> dict[str, Decimal]:
    """Numbers by key, of the table `assumptions`."""
    rows = assumptions.select("key", "number").iter_rows()
    return {key: Decimal(str(number)) for key, number in rows if number is not None}


def valued(prices: pl.DataFrame, numbers: Mapping[str, Decimal]) -> pl.DataFrame:
    """Prices with the columns of `MADE`, by the columns of `CHAINS`.

    A column is empty where a price is hidden or was not told, or where a number is not assumed. The conversion is in kg, so
    that of any other unit one makes one; days of work are assumed per 100 kg, so that only of kg it can be said what stays.
    """
    made = [_made(row, numbers) for row in prices.iter_rows(named=True)]
    schema = {one.name: TYPES[one.kind] for one in _MADE}
    return CHAINS.shaped(prices.drop(MADE, strict=False).hstack(pl.DataFrame(made, schema=schema, orient="row")))


def _made(row: Mapping[str, object], numbers: Mapping[str, Decimal]) -> tuple[float | None, ...]:
    raw, processed, packed = (None if row[one] is None else Decimal(str(row[one])) for one in STEPS)
    is_weighed = row["unit"] == WEIGHED
    try:
        ratio = _conversion(str(row["commodity"]), numbers) if is_weighed else Decimal(1)
        if raw is None or processed is None:
            return (float(ratio), None, None, None, None, None)
        fuel = processed * ratio * numbers["value.others.processing"]
        first = _added(raw, processed, ratio, others=fuel, numbers=numbers, is_weighed=is_weighed)
        if packed is None:
            return (float(ratio), float(first.added), None, None, None, None)
        box = packed * ratio * numbers["value.others.packing"]
        last = _added(raw, packed, ratio, others=fuel + box, numbers=numbers, is_weighed=is_weighed)
        shares = _shares(last, numbers) if is_weighed else (None, None, None)
    except (KeyError, TableInvalid):  # a number that nobody set, or that cannot be: nothing is said
        return (None,) * len(MADE)
    return (float(ratio), float(first.added), float(last.added), *shares)


def _conversion(commodity: str, numbers: Mapping[str, Decimal]) -> Decimal:
    own = f"value.conversion.{commodity.replace('-', '_')}"
    return numbers[own] if own in numbers else numbers["value.conversion"]


def _added(
    raw: Decimal, sold: Decimal, ratio: Decimal, *, others: Decimal, numbers: Mapping[str, Decimal], is_weighed: bool
) -> ValueAdded:
    return value_added(
        raw_kg=_HUNDRED, output_kg=_HUNDRED * ratio, price_output=sold, price_raw=raw, others_per_kg=others,
        labour_days=numbers["value.days"] if is_weighed else Decimal(0), wage_per_day=numbers["value.wage"],
    )  # fmt: skip


def _shares(one: ValueAdded, numbers: Mapping[str, Decimal]) -> tuple[float | None, ...]:
    spreads = assumed_spreads(lambda key: numbers[key])
    whole = kept(output=one.output, material=one.raw, others=one.others, labour=one.labour, spreads=spreads)
    if one.profit < 0:  # a loss is nobody's to keep
        return (None, None, None)
    near_to_far = (Place.VILLAGE, Place.REGENCY, Place.NTT)
    return tuple(float(round(whole.within(place) / whole.output, 6)) for place in near_to_far)


def chain_problems(chains: pl.DataFrame, assumptions: pl.DataFrame) -> pl.DataFrame:
    """What in a published table does not follow from its prices and the assumptions: keys, `column`, `found`, `expected`.

    Names also a hidden price that has a number, and a price of fewer producers than the published rule asks for.
    """
    numbers = numbers_of(assumptions)
    found = chains_differing(chains, valued(chains, numbers), MADE)
    least = numbers.get(LEAST, Decimal(0))
    for step in STEPS:
        shown = pl.col(f"{step}_status") == "A"
        bad = (~shown & pl.any_horizontal(pl.col(step, f"{step}_low", f"{step}_high", f"{step}_n").is_not_null())) | (
            shown & (pl.col(f"{step}_n") < int(least))
        )
        expected = pl.when(shown).then(pl.lit(float(least))).otherwise(pl.lit(None, pl.Float64))
        rows = chains.filter(bad.fill_null(value=False)).select(
            *CHAINS.keys, column=pl.lit(f"{step}_n"), found=pl.col(f"{step}_n").cast(pl.Float64), expected=expected
        )
        found = pl.concat([found, rows])
    return found


def chains_differing(published: pl.DataFrame, again: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Numbers of the published table that are not those made again: keys, `column`, `found`, `expected`."""
    joined = published.join(again, on=list(CHAINS.keys), how="full", coalesce=True, suffix="_again")
    return pl.concat(
        joined.filter(~near(pl.col(name).cast(pl.Float64), pl.col(f"{name}_again").cast(pl.Float64))).select(
            *CHAINS.keys, column=pl.lit(name), found=pl.col(name).cast(pl.Float64),
            expected=pl.col(f"{name}_again").cast(pl.Float64),
        )
        for name in columns
    )  # fmt: skip
