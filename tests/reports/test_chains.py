"""The price chains of a report: drawn from the snapshot, hidden where few told them, proved from the files, on the page."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from tests.factories import MORNING, Member
from tests.reports.world import LAST, Closed, assumed, publish_quarters

from lontar.access.scope import acting_in
from lontar.engines.reporting import verify
from lontar.reports.models import Report
from lontar.reports.steps import chaining, folders
from lontar.value.rules.hiding import Rule

pytestmark = pytest.mark.django_db
RULE = Rule(3, chaining.Decimal("0.85"))
VILLAGE, OTHER = "53.09.01.2001", "53.12.01.2001"


def snapshot(folder: Path, *, packed: int = 160_000) -> Path:
    """Three producers of coffee in one village and two in another, one month of the quarter and one of the year before."""
    rows = [
        (one, month, VILLAGE if one < 4 else OTHER, "kopi-arabika", "kg", 1_000_000, 50_000, 120_000, packed)
        for one in range(1, 6)
        for month in (date(2026, 7, 1), date(2025, 7, 1))
    ]
    pl.DataFrame(rows, schema=list(chaining._READ), orient="row").write_parquet(folder / "returns.parquet")
    return folder


def test_prices_come_from_the_snapshot_and_those_of_two_producers_are_hidden(tmp_path: Path) -> None:
    made = chaining.chains(LAST, snapshot(tmp_path), assumed(), rule=RULE)

    by_region = {one["region"]: one for one in made.iter_rows(named=True)}
    assert set(by_region) == {"53", "53.09", "53.12", VILLAGE, OTHER}
    assert (by_region["53"]["raw_n"], by_region["53"]["raw"], by_region["53"]["added_packed"]) == (5, 50_000, 72_640)
    assert (by_region[VILLAGE]["raw_n"], by_region[VILLAGE]["kept_village"]) == (3, 0.798103)
    hidden = by_region[OTHER]
    assert (hidden["raw_status"], hidden["raw_n"], hidden["raw"], hidden["added_packed"]) == ("S", None, None, None)


def test_one_producer_that_dominates_is_hidden(tmp_path: Path) -> None:
    folder = snapshot(tmp_path)
    rows = pl.read_parquet(folder / "returns.parquet")
    big = pl.when(pl.col("producer_id") == 1).then(50_000_000).otherwise(pl.col("turnover"))
    rows.with_columns(big.alias("turnover")).write_parquet(folder / "returns.parquet")

    made = chaining.chains(LAST, folder, assumed(), rule=RULE)

    assert set(made["raw_status"]) == {"S"}


def test_the_office_proves_the_prices_from_the_snapshot_and_names_what_differs(tmp_path: Path) -> None:
    package, closed = tmp_path / "paket", tmp_path / "salinan"
    (package / "data").mkdir(parents=True)
    closed.mkdir()
    limits = pl.DataFrame([("disclosure.max_share", "", 85.0, "", "", "")], schema=assumed().columns, orient="row")
    pl.concat([assumed(), limits]).write_parquet(package / "data/assumptions.parquet")
    chaining.chains(LAST, snapshot(closed), assumed(), rule=RULE).write_parquet(package / "data/chains.parquet")
    assert chaining.unlike_snapshot(LAST, package, closed).is_empty()

    found = chaining.unlike_snapshot(LAST, package, snapshot(closed, packed=150_000))

    assert ("53", "packed", 160_000.0, 150_000.0) in found.select("region", "column", "found", "expected").rows()


def test_what_is_assumed_carries_its_day_and_source() -> None:
    with acting_in("53"):
        rows = {one["key"]: one for one in chaining.assumptions(LAST, at=MORNING).iter_rows(named=True)}
    assert (rows["value.wage"]["number"], rows["value.wage"]["valid_from"]) == (75_000, "2024-01-01")
    assert rows["value.wage"]["source"].startswith("Usulan awal Lontar")
    assert (rows["disclosure.min_producers"]["number"], rows["value.days"]["number"]) == (3, 5)


@pytest.fixture
def published(province_officer: Member, closed: Closed) -> Report:
    with acting_in("53"):
        return publish_quarters(province_officer, 1)[-1]


def test_the_page_shows_chain_and_assumptions_and_hides_what_is_hidden(published: Report) -> None:
    body = Client().get("/laporan/2026-T3").content.decode()

    assert "Berapa kali harga mentahnya?" in body
    assert "Rp160.000" in body
    assert "Rp72.640" in body
    assert "79,8" in body
    assert "disembunyikan" in body
    assert "Anggapan di balik nilai tambah" in body
    assert "Usulan contoh" in body
    for name in ("data/chains.csv", "data/assumptions.csv", "data/chains.parquet"):
        answer = Client().get(f"/laporan/2026-T3/berkas/{name}")
        assert answer.status_code == 200, name
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer


def test_a_changed_value_added_is_named_although_the_prints_were_changed_with_it(
    published: Report, tmp_path: Path
) -> None:
    folder = tmp_path / "2026-T3"
    shutil.copytree(folders.place("2026-T3", published.manifest_sha256), folder, copy_function=shutil.copyfile)
    assert verify(folder).findings == []
    path = folder / "data/chains.parquet"
    pl.read_parquet(path).with_columns(pl.lit(99_000.0).alias("added_packed")).write_parquet(path)

    found = [str(one) for one in verify(folder, formats=("parquet",)).findings]

    assert any("data/chains: tidak mengikuti harga" in one and "added_packed" in one for one in found)
