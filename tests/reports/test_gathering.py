"""What a report takes from a closed quarter: the run that stood at the instant, its snapshot, checks and restatements."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.factories import MORNING, Member
from tests.reports.factories import make_report
from tests.reports.world import LAST

from lontar.access.scope import acting_in
from lontar.monitoring.models import QuarterRun, RestatedFigure
from lontar.reports.steps import gathering

pytestmark = pytest.mark.django_db
CHECKS = [
    {"check": "coverage", "found": 90, "among": 100, "share": "90", "limit": "80", "is_met": True, "words": "bulan diterima"},
    {"check": "outliers", "found": 4, "among": 100, "share": "4", "limit": "2", "is_met": False, "words": "nilai mencolok"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def province() -> object:
    with acting_in("53"):
        yield


def make_run(number: int = 0, **over: object) -> QuarterRun:
    values: dict[str, object] = {
        "quarter": LAST.label, "kind": "restate" if number else "close", "number": number, "state": "done",
        "words": "Nota baru ditemukan.", "is_override": not number, "checks": CHECKS, "asked_at": MORNING,
        "moved_at": MORNING, "finished_at": MORNING + timedelta(days=number),
    }  # fmt: skip
    return QuarterRun.objects.create(**(values | over))


def test_a_quarter_is_told_as_it_stood_at_the_instant(province_officer: Member) -> None:
    with pytest.raises(gathering.NotClosed, match="belum ditutup"):
        gathering.stamp_of(LAST, at=MORNING)
    make_run()
    first = gathering.stamp_of(LAST, at=MORNING)
    make_run(1)
    assert gathering.stamp_of(LAST, at=MORNING) == first
    assert gathering.stamp_of(LAST, at=MORNING + timedelta(days=1)) != first
    make_run(2, state="running", finished_at=None)
    with pytest.raises(gathering.BeingRestated, match="sedang dinyatakan ulang"):
        gathering.stamp_of(LAST, at=MORNING)


def test_a_missed_check_is_told_with_the_reason_of_who_closed_nevertheless(province_officer: Member) -> None:
    make_run()
    told = gathering.checks(make_run(1, words="lain"))
    assert told.select("check", "value", "threshold", "passed", "reason").rows() == [
        ("coverage", 90.0, 80.0, "ya", ""),
        ("outliers", 4.0, 2.0, "tidak", "Nota baru ditemukan."),
    ]


def test_a_restatement_stands_on_the_old_page_and_in_the_next_package(province_officer: Member) -> None:
    report = make_report(province_officer)
    run = make_run(1, finished_at=MORNING + timedelta(hours=1))
    RestatedFigure.objects.create(
        run=run, quarter=LAST.label, indicator="O1", level="province", region="53", value="0.1", new_value="0.12",
        status="A", new_status="A", unit="rasio", n=9, new_n=9,
    )  # fmt: skip
    (row,) = gathering.restated_since(LAST.label, report.published_at)
    assert row[1:9] == ("O1", "province", "53", "", "", 0.1, 0.12, "Nota baru ditemukan.")
    assert gathering.restated_since(LAST.label, MORNING + timedelta(hours=2)) == []
    following = gathering.restatements(LAST.shift(1), MORNING + timedelta(days=90))
    assert following.rows() == [row]
    assert gathering.restatements(LAST, MORNING + timedelta(days=90)).is_empty()


def test_producers_are_summed_over_the_quarter_and_the_comparison_group_stays_out(tmp_path: Path) -> None:
    months = [
        date(2026, 7, 1),
        date(2026, 8, 1),
        date(2026, 9, 1),
        date(2025, 7, 1),
        date(2025, 8, 1),
        date(2025, 9, 1),
    ]
    rows = [(one, month, 100 * one, 1, 1, 0, None if one == 2 else 1) for one in (1, 2, 3) for month in months]
    names = ["producer_id", "month", "turnover", "paid_women", "paid_men", "unpaid_women", "unpaid_men"]
    pl.DataFrame(rows[:-1], schema=names, orient="row").write_parquet(tmp_path / "returns.parquet")
    pl.DataFrame(
        [(1, "53.09.01.2001", "food", False), (2, "53.09.01.2001", "food", False), (3, "53.12.01.2001", "food", False),
         (4, "53.12.01.2001", "food", True)],
        schema=["producer_id", "village", "category", "is_comparison"], orient="row",
    ).write_parquet(tmp_path / "producers.parquet")  # fmt: skip
    made = gathering.producers_of(LAST, tmp_path)
    assert made.select("producer_id", "turnover", "turnover_before", "workers", "months").rows() == [
        (1, 300, 300, 3, 3),
        (2, 600, 600, None, 3),
        (3, 900, None, 3, 3),
    ]
