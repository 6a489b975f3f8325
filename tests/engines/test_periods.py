"""Months, quarters and years as half-open stretches of days."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.periods import Month, Period, PeriodError, Quarter, Year, parse_period, parse_quarter

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
KINDS = st.sampled_from([Year, Quarter, Month])


@pytest.mark.parametrize(
    ("written", "label", "name"),
    [
        ("2026-T3", "2026-T3", "Triwulan III 2026"),
        ("Triwulan III 2026", "2026-T3", "Triwulan III 2026"),
        ("triwulan ke-3 tahun 2026", "2026-T3", "Triwulan III 2026"),
        ("TW 3 2026", "2026-T3", "Triwulan III 2026"),
        ("Q3/2026", "2026-T3", "Triwulan III 2026"),
        ("2026 q3", "2026-T3", "Triwulan III 2026"),
        ("2026-07", "2026-07", "Juli 2026"),
        ("07/2026", "2026-07", "Juli 2026"),
        ("  juli\u00a02026 ", "2026-07", "Juli 2026"),
        ("Agt 2025", "2025-08", "Agustus 2025"),
        ("Nopember 2025", "2025-11", "November 2025"),
        ("2026", "2026", "Tahun 2026"),
        ("Tahun 2026", "2026", "Tahun 2026"),
    ],
)
def test_a_period_is_read_as_people_write_it(written: str, label: str, name: str) -> None:
    period = parse_period(written)

    assert (period.label, str(period)) == (label, name)


@pytest.mark.parametrize(
    "written", ["", "2026-T5", "2026-13", "13/2026", "01/07/2026", "Juli", "Semester 1 2026", "0000", "9999", "T3"]
)
def test_what_names_no_period_is_refused_and_never_guessed(written: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(written)


def test_a_month_is_no_quarter() -> None:
    assert parse_quarter("2026-T3") == Quarter.of(2026, 3)
    with pytest.raises(PeriodError, match="bukan triwulan"):
        parse_quarter("Juli 2026")


def test_a_quarter_ends_where_the_next_begins() -> None:
    third = Quarter.of(2026, 3)

    assert (third.start, third.end, third.last_day) == (date(2026, 7, 1), date(2026, 10, 1), date(2026, 9, 30))
    assert third.days == 92
    assert third.contains(date(2026, 7, 1))
    assert third.contains(date(2026, 9, 30))
    assert not third.contains(date(2026, 10, 1))
    assert not third.contains(date(2026, 6, 30))


def test_the_comparison_is_the_same_quarter_a_year_before() -> None:
    assert Quarter.of(2026, 1).same_last_year() == Quarter.of(2025, 1)
    assert Month.of(2026, 1).same_last_year() == Month.of(2025, 1)
    assert Year.of(2026).same_last_year() == Year.of(2025)


def test_periods_nest() -> None:
    assert [quarter.label for quarter in Year.of(2026).quarters()] == ["2026-T1", "2026-T2", "2026-T3", "2026-T4"]
    assert [month.label for month in Quarter.of(2026, 4).months()] == ["2026-10", "2026-11", "2026-12"]
    assert len(Year.of(2026).months()) == 12
    assert Month.of(2026, 9).quarter == Quarter.of(2026, 3)


def test_iteration_stops_before_its_end() -> None:
    labels = [quarter.label for quarter in Quarter.of(2025, 3).until(Quarter.of(2026, 2))]

    assert labels == ["2025-T3", "2025-T4", "2026-T1"]
    assert list(Quarter.of(2026, 2).until(Quarter.of(2026, 2))) == []
    assert Quarter.of(2026, 2).steps_since(Quarter.of(2025, 3)) == 3


def test_periods_of_different_kinds_are_never_equal_nor_ordered() -> None:
    assert Year(2026) != Month(2026)
    with pytest.raises(TypeError):
        _ = Year.of(2026) < Month.of(2026, 1)


def test_a_period_survives_being_stored() -> None:
    for period in (Year.of(2026), Quarter.of(2026, 3), Month.of(2026, 7)):
        assert pickle.loads(pickle.dumps(period)) == period  # noqa: S301 - its own bytes
    assert repr(Quarter.of(2026, 3)) == "Quarter(2026-T3)"


def test_years_outside_the_calendar_are_refused() -> None:
    for year in (0, -1, 9999):
        with pytest.raises(PeriodError):
            Year.of(year)
        with pytest.raises(PeriodError):
            Month.of(year, 1)


@given(KINDS, DAYS)
def test_every_day_is_in_its_period_and_in_no_neighbour(kind: type[Year | Quarter | Month], day: date) -> None:
    period = kind.from_date(day)

    assert period.contains(day)
    assert not period.shift(1).contains(day)
    assert not period.shift(-1).contains(day)


@given(KINDS, DAYS, st.integers(0, 60))
def test_periods_follow_each_other_without_gap(kind: type[Year | Quarter | Month], day: date, steps: int) -> None:
    first = kind.from_date(day)

    periods = list(first.until(first.shift(steps)))

    assert [period.end for period in periods[:-1]] == [period.start for period in periods[1:]]
    assert sum(period.days for period in periods) == (first.shift(steps).start - first.start).days
    assert all(period.end - timedelta(days=1) == period.last_day for period in periods)


@given(KINDS, DAYS)
def test_label_and_name_read_back_the_same(kind: type[Year | Quarter | Month], day: date) -> None:
    period: Period = kind.from_date(day)

    assert parse_period(period.label) == period
    assert parse_period(str(period)) == period


@given(KINDS, DAYS, DAYS)
def test_labels_sort_as_time_does(kind: type[Year | Quarter | Month], one: date, other: date) -> None:
    assert (kind.from_date(one) < kind.from_date(other)) == (kind.from_date(one).label < kind.from_date(other).label)
