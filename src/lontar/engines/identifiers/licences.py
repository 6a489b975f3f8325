"""Licence numbers of any kind, for sheets that hold many kinds in one column.

Each kind has its own check; this module finds the right one and tells when a number plainly belongs to another kind.
Whether a licence is in force, and which a product needs, is left to the legality rules.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial

import polars as pl

from lontar.engines.identifiers.business import check_nib, nib_fast_path
from lontar.engines.identifiers.checked import Checked, Severity, refused
from lontar.engines.identifiers.columns import ColumnCheck, FastPath, check_column
from lontar.engines.identifiers.foods import (
    BPOM_KINDS,
    FOOD_PREFIXES,
    HERBAL_PREFIXES,
    bpom_fast_path,
    check_bpom,
    check_pirt,
    pirt_fast_path,
)
from lontar.engines.identifiers.marks import (
    check_halal,
    check_indication,
    check_standard,
    check_trademark,
    halal_fast_path,
    indication_fast_path,
    standard_fast_path,
    trademark_fast_path,
)


class LicenceKind(StrEnum):
    """The kinds of licence that the programme follows; BPOM is any other marketing number, such as cosmetics."""

    NIB = "nib"
    PIRT = "pirt"
    MD = "md"
    TR = "tr"
    BPOM = "bpom"
    HALAL = "halal"
    TRADEMARK = "merek"
    INDICATION = "ig"
    STANDARD = "sni"


LICENCE_NAMES = {
    LicenceKind.NIB: "NIB",
    LicenceKind.PIRT: "P-IRT",
    LicenceKind.MD: "MD/ML",
    LicenceKind.TR: "TR (obat tradisional)",
    LicenceKind.BPOM: "izin edar BPOM",
    LicenceKind.HALAL: "sertifikat halal",
    LicenceKind.TRADEMARK: "merek",
    LicenceKind.INDICATION: "indikasi geografis",
    LicenceKind.STANDARD: "SNI",
}


def check_licence(raw: str, *, kind: LicenceKind, today: date, was_number: bool = False) -> Checked:
    """Check a licence number of one kind; rules, values and parts are those of that kind's own check.

    One error more: licence.other_kind, when the number is sound as another kind.
    """
    verdict = _check_as(kind, raw, today=today, was_number=was_number)
    if verdict.severity is not Severity.ERROR:
        return verdict
    other = guess_licence_kind(raw, today=today, was_number=was_number)
    if other is None or other is kind:
        return verdict
    return refused(
        raw,
        rule="licence.other_kind",
        message=f"Nomor ini tampaknya nomor {LICENCE_NAMES[other]}, bukan {LICENCE_NAMES[kind]}. Periksa jenis izinnya.",
    )


def guess_licence_kind(raw: str, *, today: date, was_number: bool = False) -> LicenceKind | None:
    """Return the one kind whose check finds nothing amiss with the number; None where no kind or several do."""
    fitting = [
        kind
        for kind in LicenceKind
        if kind is not LicenceKind.BPOM and _check_as(kind, raw, today=today, was_number=was_number).rule == "ok"
    ]
    if fitting:
        return fitting[0] if len(fitting) == 1 else None
    return LicenceKind.BPOM if check_bpom(raw).rule == "ok" else None


def _check_as(kind: LicenceKind, raw: str, *, today: date, was_number: bool) -> Checked:
    match kind:
        case LicenceKind.NIB:
            return check_nib(raw, was_number=was_number)
        case LicenceKind.PIRT:
            return check_pirt(raw, today=today, was_number=was_number)
        case LicenceKind.MD:
            return check_bpom(raw, prefixes=FOOD_PREFIXES)
        case LicenceKind.TR:
            return check_bpom(raw, prefixes=HERBAL_PREFIXES)
        case LicenceKind.BPOM:
            return check_bpom(raw)
        case LicenceKind.HALAL:
            return check_halal(raw, today=today)
        case LicenceKind.TRADEMARK:
            return check_trademark(raw, today=today)
        case LicenceKind.INDICATION:
            return check_indication(raw)
        case LicenceKind.STANDARD:
            return check_standard(raw, today=today)


def _fast_path(kind: LicenceKind, *, today: date) -> FastPath:
    paths = {
        LicenceKind.NIB: nib_fast_path(),
        LicenceKind.PIRT: pirt_fast_path(today=today),
        LicenceKind.MD: bpom_fast_path(prefixes=FOOD_PREFIXES),
        LicenceKind.TR: bpom_fast_path(prefixes=HERBAL_PREFIXES),
        LicenceKind.BPOM: bpom_fast_path(prefixes=BPOM_KINDS),
        LicenceKind.HALAL: halal_fast_path(today=today),
        LicenceKind.TRADEMARK: trademark_fast_path(today=today),
        LicenceKind.INDICATION: indication_fast_path(),
        LicenceKind.STANDARD: standard_fast_path(today=today),
    }
    return paths[kind]


def licence_column(
    series: pl.Series, *, kind: LicenceKind, today: date, was_number: pl.Series | None = None
) -> ColumnCheck:
    """Check a column of licence numbers of one kind; see `check_licence`."""
    scalar = partial(check_licence, kind=kind, today=today)
    return check_column(series, was_number=was_number, fast=_fast_path(kind, today=today), scalar=scalar)


def licence_columns(
    series: pl.Series, kinds: pl.Series, *, today: date, was_number: pl.Series | None = None
) -> ColumnCheck:
    """Check a column of licence numbers whose kind stands beside it (values of `LicenceKind`).

    A number without a known kind is the error licence.kind.
    """
    numbers = pl.Series([False] * len(series)) if was_number is None else was_number
    frame = pl.DataFrame({"number": series.cast(pl.String), "kind": kinds.cast(pl.String), "was_number": numbers})
    frame = frame.with_row_index("row")
    known = [kind.value for kind in LicenceKind]
    pieces = []
    for kind in LicenceKind:
        rows = frame.filter(pl.col("kind") == kind.value)
        checked = licence_column(rows["number"], kind=kind, today=today, was_number=rows["was_number"])
        pieces.append(_as_frame(checked, rows["row"]))
    rows = frame.filter(~pl.col("kind").is_in(known).fill_null(value=False))
    never = FastPath(accepts=pl.lit(value=False), value=pl.lit(None, dtype=pl.String))
    checked = check_column(rows["number"], was_number=None, fast=never, scalar=_without_kind)
    pieces.append(_as_frame(checked, rows["row"]))
    whole = pl.concat(pieces).sort("row")
    return ColumnCheck(value=whole["value"], severity=whole["severity"], rule=whole["rule"], message=whole["message"])


def _as_frame(checked: ColumnCheck, rows: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row": rows,
            "value": checked.value,
            "severity": checked.severity,
            "rule": checked.rule,
            "message": checked.message,
        }
    )


def _without_kind(raw: str, *, was_number: bool) -> Checked:
    verdict = check_nib(raw, was_number=was_number)
    if verdict.rule == "blank":
        return verdict
    return refused(raw, rule="licence.kind", message="Jenis izin belum diisi atau tidak dikenal. Pilih dari daftar.")
