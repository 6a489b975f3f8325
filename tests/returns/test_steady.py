"""Months of sales through steady channels, as rankings read them from accepted returns."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import make_enterprise
from tests.returns.factories import HOME, make_producer, make_return
from tests.selection.factories import make_commodity, make_region_once

from lontar.access import scope
from lontar.engines.periods import Month
from lontar.returns import actions
from lontar.returns.queries.steady import steady_by_candidate

DAY = date(2026, 7, 15)


@pytest.fixture
def opened(db: None) -> None:
    from tests.returns.factories import NOW

    actions.open_periods(Month.of(2025, 5), Month.of(2026, 7), by=None, at=NOW)
    scope.enter("53")
    make_region_once(HOME)


def test_only_accepted_months_of_the_last_twelve_with_sales_count(opened: None) -> None:
    kopi = make_commodity("kopi")
    one = make_producer(enterprise=make_enterprise(HOME, name="Usaha Contoh Satu"), commodity=kopi).pk
    two = make_producer(enterprise=make_enterprise(HOME, name="Usaha Contoh Dua"), commodity=kopi).pk
    told = {"channel_mart": 0, "channel_catalogue": 0, "channel_marketplace": 0, "state": "accepted"}
    make_return(one, Month.of(2025, 7), **(told | {"channel_mart": 400_000}))
    make_return(one, Month.of(2026, 6), **told)
    make_return(two, Month.of(2026, 6), state="accepted", channel_mart=0)  # two channels are left open
    make_return(two, Month.of(2026, 5), **(told | {"channel_marketplace": 1_000_000, "channel_mart": None}))
    make_return(one, Month.of(2025, 6), **(told | {"channel_mart": 1}))  # thirteen months ago
    make_return(one, Month.of(2026, 7), **(told | {"channel_mart": 1}))  # the month that is not over
    make_return(one, Month.of(2026, 4), channel_mart=1)  # submitted, not accepted
    make_return(one, Month.of(2026, 3), **(told | {"turnover": 0}))  # nothing sold

    assert steady_by_candidate(DAY).rows() == [(HOME, "kopi", 2, 4, 2, 1)]


def test_the_wall_holds(opened: None) -> None:
    made = make_producer(commodity=make_commodity("kopi")).pk
    make_return(made, Month.of(2026, 6), state="accepted", channel_mart=1)

    scope.enter("53.99")

    assert steady_by_candidate(DAY).is_empty()
