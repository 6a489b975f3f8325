"""Verification on the server: the folder as anybody can, and besides the figures made again from the closed snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from lontar.engines.periods import parse_quarter
from lontar.engines.reporting import CHAINS, FIGURES, Finding, Verification, verify
from lontar.engines.reporting.recomputing import KEYS, near
from lontar.reports.models import Report
from lontar.reports.steps import chaining, folders, gathering
from lontar.reports.steps.sheets import NotPublished

NUMBERS = ("value", "low", "high", "numerator", "denominator", "n", "missing")
MOST = 20


def verify_published(quarter: str) -> Verification:
    """Verify a published report, its chain, and its figures against the snapshot.

    Raises `NotPublished` and `folders.FolderLost`.
    """
    report = Report.objects.filter(quarter=quarter).select_related("previous").first()
    if report is None:
        raise NotPublished(_("%(quarter)s belum punya laporan yang terbit.") % {"quarter": quarter})
    folder = folders.place(quarter, report.manifest_sha256)
    before = report.previous.manifest_sha256 if report.previous else None
    done = verify(folder, before, manifest_sha256=report.manifest_sha256)
    if report.previous is not None:
        folders.place(report.previous.quarter, report.previous.manifest_sha256)
    again = gathering.recomputed(folder)
    if again is not None:
        done.findings += differing(pl.read_parquet(folder / "data/figures.parquet"), again)
        done.findings += chain_findings(quarter, folder)
    return done


def chain_findings(quarter: str, folder: Path) -> list[Finding]:
    """Prices of the chains that do not follow from the snapshot; packages from before chains were published have none."""
    if not (folder / "data/chains.parquet").is_file():
        return []
    wrong = chaining.unlike_snapshot(parse_quarter(quarter), folder, gathering.snapshot_of(folder))
    return _told(wrong, "data/chains", CHAINS.keys)


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String)


def differing(published: pl.DataFrame, again: pl.DataFrame) -> list[Finding]:
    """Figures that do not follow from the snapshot, each by its keys and column."""
    made = FIGURES.shaped(again)
    joined = published.join(made, on=KEYS, how="full", coalesce=True, suffix="_again")
    wrong = [
        joined.filter(~near(pl.col(name).cast(pl.Float64), pl.col(f"{name}_again").cast(pl.Float64)))
        .select(*KEYS, column=pl.lit(name), found=_text(name), expected=_text(f"{name}_again"))
        for name in NUMBERS
    ]  # fmt: skip
    rows = pl.concat(
        [*wrong, joined.filter(pl.col("status").ne_missing(pl.col("status_again"))).select(
            *KEYS, column=pl.lit("status"), found=pl.col("status"), expected=pl.col("status_again"))]
    )  # fmt: skip
    return _told(rows, "data/figures", KEYS)


def _told(rows: pl.DataFrame, file: str, keys: Sequence[str]) -> list[Finding]:
    told = [
        Finding(
            "tidak sama dengan hitungan ulang dari salinan tertutup", file,
            ", ".join(f"{key}={row[key]}" for key in keys if row[key]), row["column"], _said(row["found"]),
            _said(row["expected"]),
        )
        for row in rows.head(MOST).iter_rows(named=True)
    ]  # fmt: skip
    if rows.height > MOST:
        told.append(Finding(f"dan {rows.height - MOST} angka lain", file))
    return told


def _said(value: object) -> str:
    return "" if value is None else str(value)
