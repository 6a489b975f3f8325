"""Returns of closed months come from the newest snapshot, and are the same as the database gives them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.monitoring.factories import MILLION, NOW, QUARTER, World, close

from lontar.access.scope import acting_in
from lontar.engines.indicators import window
from lontar.engines.periods import Month, Quarter
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries import returned, snapshot
from lontar.returns.actions import move_periods
from lontar.returns.models import Return
from lontar.returns.queries import frames
from lontar.returns.states import PeriodState

FIRST, LAST = window(QUARTER)
BEFORE = Quarter.of(2026, 2)


@pytest.fixture
def asked(world: World, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Month, Month, bool]]:
    """The world with its earlier months closed and the second quarter frozen; then every reading of returns by COPY."""
    earlier = list(Month.of(2025, 7).until(BEFORE.months()[0]))
    move_periods([*earlier, *{one.quarter for one in earlier}], to=PeriodState.CLOSED, by=None, post=None, at=NOW)
    close("Tanpa indeks harga", quarter=BEFORE)
    seen: list[tuple[Month, Month, bool]] = []
    real = frames._stored

    def spied(first: Month, last: Month, *, restated: bool = False) -> pl.DataFrame:
        seen.append((first, last, restated))
        return real(first, last, restated=restated)

    monkeypatch.setattr(frames, "_stored", spied)
    return seen


def restate(producer: int, month: Month, **values: Any) -> None:
    with acting_in("53"):
        Return.objects.filter(producer_id=producer, month=month.start).update(
            restated_at=NOW, restated_words="Nota terlambat", **values
        )


def test_a_closing_reads_its_own_months_and_what_was_restated_before(
    world: World, asked: list[tuple[Month, Month, bool]]
) -> None:
    restate(world.producers[0], Month.of(2025, 8), turnover=7 * MILLION)

    close("Tanpa indeks harga")

    months = QUARTER.months()
    assert asked == [(FIRST, BEFORE.months()[-1], True), (months[0], months[-1], False)]
    with acting_in("53"):
        whole = frames.accepted(FIRST, LAST)
    frozen = pl.read_parquet(snapshot(QUARTER.label) / "returns.parquet")
    assert_frame_equal(frozen, whole, check_exact=True)
    august = frozen.filter((pl.col("producer_id") == world.producers[0]) & (pl.col("month") == Month.of(2025, 8).start))
    assert august["turnover"].to_list() == [7 * MILLION]
    assert frozen.height == 72


@pytest.mark.parametrize("noted_anew", [False, True])
def test_a_file_that_was_changed_is_not_believed(
    world: World, asked: list[tuple[Month, Month, bool]], noted_anew: bool
) -> None:
    """Neither where its digest differs, nor where only the database's own count tells that a row is gone."""
    path = snapshot(BEFORE.label) / "returns.parquet"
    held = pl.read_parquet(path)
    if noted_anew:
        held.slice(1).write_parquet(path)
        QuarterRun.objects.filter(quarter=BEFORE.label).update(returns_sha256=returned.digest(path))
    else:
        held.with_columns(turnover=pl.col("turnover") + 1).write_parquet(path)

    with acting_in("53"):
        found, whole = returned.accepted(FIRST, LAST), frames.accepted(FIRST, LAST)

    assert asked[-2:] == [(FIRST, LAST, False)] * 2
    assert_frame_equal(found, whole, check_exact=True)


def test_while_an_earlier_month_takes_returns_everything_is_read(
    world: World, asked: list[tuple[Month, Month, bool]]
) -> None:
    from lontar.returns.models import Period

    Period.objects.filter(kind="month", start=Month.of(2025, 9).start).update(state=PeriodState.OPEN)

    with acting_in("53"):
        returned.accepted(FIRST, LAST)

    assert asked == [(FIRST, LAST, False)]
