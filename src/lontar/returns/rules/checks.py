"""What is checked in a return: one declaration of each rule, evaluated over whole columns, for one return and for many.

An error is beyond possible and has to be corrected. A flag is remarkable and may well be true: it wants a justification, not
another figure. The numbers come from `limits`; nothing here reads the database. A condition is written over cells (`cells`),
which stand for a column of many rows or for the value of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from lontar.engines.measures import UNITS
from lontar.returns.rules.cells import Cells, Columns, Test, Values
from lontar.returns.rules.limits import Limits
from lontar.returns.rules.schema import CHANNELS, MONEY_MOST, NUMBERS, PEOPLE_MOST, PRICES, RETURN, WORKERS
from lontar.ui import formats

Row = Mapping[str, Any]
KNOWN: dict[str, Any] = {
    "category": pl.String, "commodity": pl.String, "usual_unit": pl.String, "days": pl.Int32, "last_turnover": pl.Float64,
    "year_turnover": pl.Float64, **{f"last_{name}": pl.Float64 for name in PRICES},
}  # fmt: skip
"""What is known beside the answers: product and unit, days of the month, last month's and last year's figures."""

_WEIGHTS = {"ton": 1000.0, "kuintal": 100.0, "kg": 1.0, "gram": 0.001}
_VOLUMES = {"liter": 1.0, "ml": 0.001}
_PERSONAL = r"(?:^|[^0-9])(?:[1-9][0-9]{15}|(?:\+?62|0)8[0-9]{7,12})(?:[^0-9]|$)"


@dataclass(frozen=True, slots=True)
class Rule:
    """`where` finds the rows (null counts as no), `says` tells one of them in words, with the cure."""

    key: str
    is_error: bool
    where: Callable[[Cells, Limits], Test]
    says: Callable[[Row, Limits], str]

    @property
    def field(self) -> str:
        """The field that it speaks of."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: the row of the frame (from 0), the field, the rule, whether it stops the row, the value, and the cure."""

    index: int
    field: str
    rule: str
    is_error: bool
    value: str
    message: str


def label_of(field: str) -> str:
    """What people call the field."""
    return _(RETURN.column(field).label)


def normalised(frame: pl.DataFrame) -> pl.DataFrame:
    """Units in their one spelling and in the producer's own where weight or volume allow; a missing unit is the usual one."""
    written = pl.col("unit").str.strip_chars().str.to_lowercase()
    unit = pl.coalesce(written.replace_strict(dict(UNITS), default=None, return_dtype=pl.String), written)
    usual = pl.col("usual_unit").str.to_lowercase()
    usual = pl.coalesce(usual.replace_strict(dict(UNITS), default=None, return_dtype=pl.String), usual)
    frame = frame.with_columns(pl.col("quantity").round(3), _unit=pl.when(written != "").then(unit), _usual=usual)
    if not (frame["_unit"] != frame["_usual"]).any():
        given = pl.when(pl.col("quantity").is_not_null() | pl.col("_unit").is_not_null()).then("usual_unit")
        return frame.with_columns(unit=given.fill_null("")).drop("_unit", "_usual")
    factor = pl.coalesce(
        _factor(_WEIGHTS, "_unit") / _factor(_WEIGHTS, "_usual"),
        _factor(_VOLUMES, "_unit") / _factor(_VOLUMES, "_usual"),
    )
    frame = frame.with_columns(_factor=pl.when(pl.col("_unit") != pl.col("_usual")).then(factor))
    return frame.with_columns(
        (pl.col("quantity") * pl.col("_factor").fill_null(1.0)).round(3).alias("quantity"),
        *(
            (pl.col(name) / pl.col("_factor").fill_null(1.0)).round(0).cast(pl.Int64).alias(name) for name in PRICES
        ),
        pl.when(pl.col("_factor").is_not_null() | (pl.col("_unit").is_null() & pl.col("quantity").is_not_null())
                | (pl.col("_unit") == pl.col("_usual")))
        .then("usual_unit").otherwise(pl.col("_unit")).fill_null("").alias("unit"),
    ).drop("_unit", "_usual", "_factor")  # fmt: skip


def normalised_one(row: Row) -> dict[str, Any] | None:
    """As `normalised`, of one row; None where the unit has to be reckoned into another, which only `normalised` does."""
    quantity, usual = row["quantity"], row["usual_unit"]
    written = (row["unit"] or "").strip().lower()
    unit, own = UNITS.get(written, written), (usual or "").lower()
    if (written and usual is not None and unit != UNITS.get(own, own)) or (
        quantity is not None and not isfinite(quantity)
    ):
        return None
    if quantity is not None and round(quantity, 3) != quantity:
        quantity = pl.Series([quantity]).round(3)[0]
    return {**row, "quantity": quantity, "unit": (usual or "") if quantity is not None or written else ""}


def _factor(known: Mapping[str, float], name: str) -> pl.Expr:
    return pl.col(name).replace_strict(dict(known), default=None, return_dtype=pl.Float64)


def check(frame: pl.DataFrame, limits: Limits) -> list[Finding]:
    """Every remark on a frame with `schema.VALUES` (numbers as numbers) and `KNOWN`, row by row, errors first in each."""
    found: list[Finding] = []
    marks = frame.select(_expressions(limits))
    for rule in RULES:
        mark = marks[rule.key]
        if not mark.any():
            continue
        for index in mark.arg_true().to_list():
            row = frame.row(index, named=True)
            value = row[rule.field]
            found.append(Finding(index, rule.field, rule.key, rule.is_error, _shown(value), rule.says(row, limits)))
    return sorted(found, key=lambda one: (one.index, not one.is_error))


@lru_cache(maxsize=64)
def _expressions(limits: Limits) -> list[pl.Expr]:
    columns = Columns()
    return [rule.where(columns, limits).fill_null(value=False).alias(rule.key) for rule in RULES]


def check_one(row: Row, limits: Limits) -> list[Finding]:
    """As `check`, of one row that is at hand as plain values: the same rules, without a frame."""
    values = Values(row)
    found = [
        Finding(0, rule.field, rule.key, rule.is_error, _shown(row[rule.field]), rule.says(row, limits))
        for rule in RULES
        if rule.where(values, limits).is_true
    ]
    return sorted(found, key=lambda one: not one.is_error)


def days_of(month: date) -> int:
    """Days of the month."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (after - month).days


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


# --- sums of what is known --------------------------------------------------------------------------------------------


def _sold(row: Row) -> int:
    return sum(row[name] or 0 for name in CHANNELS)


def _people(row: Row) -> int:
    return sum(row[name] or 0 for name in WORKERS)


# --- errors -----------------------------------------------------------------------------------------------------------


def _missing() -> Rule:
    return Rule(
        "turnover.missing", is_error=True, where=lambda row, _limits: row("turnover").is_null(),
        says=lambda _row, _limits: _("Omzet belum diisi. Tulis 0 bila bulan ini tidak ada penjualan."),
    )  # fmt: skip


def _impossible(field: str) -> Rule:
    most = RETURN.column(field).maximum or (PEOPLE_MOST if field in WORKERS else MONEY_MOST)
    return Rule(
        f"{field}.bounds", is_error=True,
        where=lambda row, _limits: (row(field) < 0) | (row(field) > most),
        says=lambda row, _limits: _("%(label)s “%(value)s” di luar batas 0 sampai %(most)s. Periksa angkanya.")
        % {"label": label_of(field), "value": _shown(row[field]), "most": formats.number(int(most))},
    )  # fmt: skip


def _too_much_sold() -> Rule:
    return Rule(
        "turnover.channels", is_error=True,
        where=lambda row, _limits: (row.total(CHANNELS) > row("turnover")) & (row("turnover") >= 0),
        says=lambda row, _limits: _(
            "Jumlah jalur penjualan %(sum)s melebihi omzet %(turnover)s. Perbaiki omzet, atau bagian jalurnya."
        )
        % {"sum": formats.rupiah(_sold(row)), "turnover": formats.rupiah(row["turnover"])},
    )  # fmt: skip


def _too_many_young() -> Rule:
    return Rule(
        "youth.workers", is_error=True, where=lambda row, _limits: row("youth") > row.total(WORKERS),
        says=lambda row, _limits: _(
            "Pekerja usia 16–30 ada %(youth)s, padahal semua pekerja %(all)s. Isi semua pekerja, lalu yang muda di antaranya."
        )
        % {"youth": row["youth"], "all": _people(row)},
    )  # fmt: skip


def _too_many_days() -> Rule:
    return Rule(
        "worker_days.workers", is_error=True, where=lambda row, _limits: row("worker_days") > row.total(WORKERS) * row("days"),
        says=lambda row, _limits: _(
            "Hari kerja %(days)s lebih dari yang mungkin: %(people)s pekerja × %(month)s hari = %(most)s."
        )
        % {
            "days": row["worker_days"], "people": _people(row), "month": row["days"], "most": _people(row) * row["days"],
        },
    )  # fmt: skip


def _other_unit() -> Rule:
    return Rule(
        "unit.other", is_error=True,
        where=lambda row, _limits: (row("unit") != "") & (row("unit") != row("usual_unit")),
        says=lambda row, _limits: _(
            "Satuan “%(unit)s” tidak dapat dihitung menjadi “%(usual)s”. Laporkan banyaknya dan harga per %(usual)s."
        )
        % {"unit": row["unit"], "usual": row["usual_unit"]},
    )  # fmt: skip


def _person_named() -> Rule:
    return Rule(
        "problems.person", is_error=True, where=lambda row, _limits: row.holds("problems", _PERSONAL),
        says=lambda _row, _limits: _("Kendala memuat nomor orang (NIK atau telepon). Hapus nomor itu."),
    )  # fmt: skip


def _too_long() -> Rule:
    return Rule(
        "problems.length", is_error=True, where=lambda row, _limits: row.length("problems") > 500,
        says=lambda row, _limits: _("Kendala terlalu panjang: %(length)s huruf, paling banyak 500. Persingkat.")
        % {"length": len(row["problems"])},
    )  # fmt: skip


# --- flags ------------------------------------------------------------------------------------------------------------


def _jump(field: str, *, before: str, which: str) -> Rule:
    """More than so many times, or less than one so many-th, of the figure before; small sums do not count."""

    def where(row: Cells, limits: Limits) -> Test:
        factor, least = limits.number(f"jump.{which}"), limits.number("jump.from") or 0.0
        if factor is None:
            return row.never()
        now, then = row(field), row(before)
        is_far = (now > then * factor) | (now * factor < then)
        is_worth = row.most((field, before)) >= least if field == "turnover" else now.is_not_null()
        return is_far & is_worth & (then > 0)

    def says(row: Row, _limits: Limits) -> str:
        words = {"label": label_of(field), "now": formats.rupiah(row[field]), "then": formats.rupiah(int(row[before]))}
        if which == "year":
            return _("%(label)s %(now)s jauh dari bulan yang sama tahun lalu (%(then)s). Jelaskan sebabnya.") % words
        return _("%(label)s %(now)s jauh dari bulan lalu (%(then)s). Jelaskan sebabnya.") % words

    return Rule(f"{field}.jump_{which}", is_error=False, where=where, says=says)


def _great() -> Rule:
    def where(row: Cells, limits: Limits) -> Test:
        most = limits.number("turnover.most")
        return row("turnover") > most if most is not None else row.never()

    return Rule(
        "turnover.range", is_error=False, where=where,
        says=lambda row, limits: _("Omzet %(value)s lebih besar dari %(most)s sebulan. Periksa nolnya, atau jelaskan.")
        % {"value": formats.rupiah(row["turnover"]), "most": formats.rupiah(int(limits.number("turnover.most") or 0))},
    )  # fmt: skip


def _range_of(row: Cells, limits: Limits, end: str) -> Any:
    """The bound of the commodity, else that of the product category."""
    return row.told(("commodity", "category"), limits.by_word("price", end))


def _bound(row: Row, limits: Limits, end: str) -> float | None:
    known = limits.by_word("price", end)
    return known.get(row["commodity"] or "", known.get(row["category"] or ""))


def _price(field: str) -> Rule:
    def says(row: Row, limits: Limits) -> str:
        least, most = _bound(row, limits, "least"), _bound(row, limits, "most")
        return _("%(label)s %(value)s per %(unit)s di luar kebiasaan produk ini (%(least)s–%(most)s). Jelaskan sebabnya.") % {
            "label": label_of(field), "value": formats.rupiah(row[field]), "unit": row["usual_unit"],
            "least": formats.rupiah(int(least or 0)), "most": formats.rupiah(int(most)) if most else "…",
        }  # fmt: skip

    return Rule(
        f"{field}.range", is_error=False,
        where=lambda row, limits: (row(field) < _range_of(row, limits, "least"))
        | (row(field) > _range_of(row, limits, "most")),
        says=says,
    )  # fmt: skip


def _not_all_sold() -> Rule:
    """Every channel is known and together they are less than the turnover."""

    def where(row: Cells, limits: Limits) -> Test:
        open_share = limits.number("channels.share") or 0.0
        return row.all_known(CHANNELS) & (row.total(CHANNELS) < row("turnover") * (1 - open_share))

    return Rule(
        "channel_direct.sum", is_error=False, where=where,
        says=lambda row, _limits: _(
            "Jumlah jalur penjualan %(sum)s kurang dari omzet %(turnover)s. Isi jalur yang kurang, atau jelaskan."
        )
        % {"sum": formats.rupiah(_sold(row)), "turnover": formats.rupiah(row["turnover"])},
    )  # fmt: skip


def _order() -> Rule:
    return Rule(
        "price_packed.order", is_error=False, where=lambda row, _limits: row("price_packed") < row("price_raw"),
        says=lambda row, _limits: _("Harga kemasan %(packed)s lebih murah dari harga mentah %(raw)s. Periksa, atau jelaskan.")
        % {"packed": formats.rupiah(row["price_packed"]), "raw": formats.rupiah(row["price_raw"])},
    )  # fmt: skip


def _match() -> Rule:
    """Turnover is far from quantity × any of the prices."""

    def where(row: Cells, limits: Limits) -> Test:
        factor = limits.number("match.factor")
        if factor is None:
            return row.never()
        most, least = row.most(PRICES), row.least(PRICES)
        is_far = (row("turnover") > row("quantity") * most * factor) | (
            row("turnover") * factor < row("quantity") * least
        )
        return is_far & (row("quantity") > 0) & (most > 0)

    return Rule(
        "quantity.match", is_error=False, where=where,
        says=lambda row, _limits: _(
            "Banyaknya %(quantity)s %(unit)s dikali harga jauh dari omzet %(turnover)s. Periksa satuannya, atau jelaskan."
        )
        % {
            "quantity": formats.number(round(row["quantity"], 3)), "unit": row["usual_unit"],
            "turnover": formats.rupiah(row["turnover"]),
        },
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    _missing(), *(_impossible(name) for name in NUMBERS), _too_much_sold(), _too_many_young(), _too_many_days(),
    _other_unit(), _person_named(), _too_long(),
    _great(), _jump("turnover", before="last_turnover", which="month"), _jump("turnover", before="year_turnover", which="year"),
    *(_price(name) for name in PRICES), *(_jump(name, before=f"last_{name}", which="month") for name in PRICES),
    _order(), _not_all_sold(), _match(),
)  # fmt: skip
FLAGS = tuple(rule.key for rule in RULES if not rule.is_error)
