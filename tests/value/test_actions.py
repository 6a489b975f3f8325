"""Counting a quarter and loading a list: what is kept, who did it, what is refused, and what the wall lets write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from pghistory.models import Context
from tests.factories import Member
from tests.value.factories import (
    COFFEE,
    NOW,
    QUARTER,
    World,
    first_assumed,
    first_figure,
    first_line,
    first_price,
    make_load,
    make_reckoning,
)

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.engines.economy import Part, Place
from lontar.engines.periods import Quarter
from lontar.value.actions import FaultyList, NothingToCount, SameList, count_quarter, load_trade
from lontar.value.models import KeptLine, Reckoning, TradeFigure, TradeLoad
from lontar.value.queries import balance, chain_at, chains, figures_in_force, flows, revisions_of
from lontar.value.rules.trade import COLUMNS, read_rows
from lontar.value.states import Direction, Step

D = Decimal


def events(name: str) -> int:
    return Context.objects.filter(metadata__action=name).count()


def test_a_quarter_is_counted_from_the_returns_themselves(reckoning: Reckoning) -> None:
    found = flows("2026-T2")

    assert found is not None
    assert (reckoning.returns, reckoning.producers, found.n, found.turnover) == (9, 9, 9, D(90_000_000))
    assert found.parts[Part.MATERIAL] == D(36_000_000)
    assert sum(found.places.values()) == found.counted == D(90_000_000)
    assert found.places[Place.OUTSIDE] == D(12_600_000)
    assert found.local_material == D("0.75")
    assert found.share(Place.NTT) == D("0.86")
    assert (found.sold_inside, found.sold_outside, found.missing) == (D(72_000_000), D(18_000_000), D(0))
    assert events("value.quarter.counted") == 1


def test_chains_are_told_with_n_and_how_many_times_the_raw_price(reckoning: Reckoning) -> None:
    [chain] = chains("2026-T2")

    assert (chain.commodity, chain.unit, chain.name) == (COFFEE, "kg", "Kopi arabika")
    assert [(one.step, one.n, one.price) for one in chain.steps] == [
        (Step.RAW, 9, D(40_000)), (Step.PROCESSED, 9, D(120_000)), (Step.PACKED, 9, D(200_000)),
    ]  # fmt: skip
    assert chain.times(Step.PACKED) == D(5)
    assert chains("2026-T1") == []


def test_a_calculator_takes_the_nearest_place_that_tells(reckoning: Reckoning) -> None:
    near = chain_at("2026-T2", place="53.09.01.2001", commodity=COFFEE)
    far = chain_at("2026-T2", place="53.71.01.1001", commodity=COFFEE)

    assert [one.level for one in near.steps] == ["village"] * 3
    assert [one.level for one in far.steps] == ["province"] * 3


def test_counted_again_the_newest_counts_and_the_older_stays(reckoning: Reckoning) -> None:
    again = make_reckoning()

    assert list(Reckoning.objects.in_force()) == [again]
    assert Reckoning.objects.count() == 2


def test_a_quarter_without_returns_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(NothingToCount, match="2025-T1"):
        count_quarter(quarter=Quarter.of(2025, 1), by=None, at=NOW)

    assert Reckoning.objects.count() == 0


def test_only_the_province_counts(world: World, regency_officer: Member, province_officer: Member) -> None:
    with pytest.raises(Refused):
        count_quarter(quarter=QUARTER, by=regency_officer.user, post=regency_officer.held, at=NOW)
    assert Reckoning.objects.count() == 0

    province_officer.enter()
    made = count_quarter(quarter=QUARTER, by=province_officer.user, post=province_officer.held, at=NOW)

    assert made.by == province_officer.user


def test_what_was_assumed_is_kept_with_its_source(reckoning: Reckoning) -> None:
    wage = reckoning.assumed.get(key="value.wage")

    assert (wage.number, wage.unit) == (D(75_000), "Rp/hari")
    assert wage.source.startswith("Usulan awal Lontar")


def test_lines_and_figures_cannot_be_changed(reckoning: Reckoning) -> None:
    make_load()
    for row in (first_line(), first_price(), first_assumed(), first_figure(), reckoning):
        with acting_in("53"), pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete(using="default")


def test_a_regency_reads_lines_but_cannot_write_them(reckoning: Reckoning, regency_officer: Member) -> None:
    regency_officer.enter()

    assert KeptLine.objects.count() == 8
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        TradeLoad.objects.create(file_name="contoh", sha256="0" * 64, at=NOW)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Reckoning.objects.create(quarter="2026-T1", counted_at=NOW, returns=0, producers=0)


def test_the_quoted_balance_and_the_programme_beside_it_in_proportion(reckoning: Reckoning) -> None:
    make_load()

    found = balance()

    assert found is not None
    assert (found.period, found.net) == ("2025", D(-51) * 10**12)
    assert found.sales_of_outward == D(18_000_000) / (8 * 10**12)
    assert found.sales_of_inward == D(72_000_000) / (59 * 10**12)
    assert events("value.trade.loaded") == 1


def test_a_newer_list_revises_and_the_older_figure_stays(world: World) -> None:
    make_load()
    make_load(nilai="60", kutipan="tidak")

    figures = {one.direction: one for one in figures_in_force()}

    assert [one.stated for one in revisions_of(figures[Direction.INWARD])] == [D(60), D(59)]
    assert figures[Direction.INWARD].is_quoted is False
    assert TradeFigure.objects.count() == 4


def test_the_same_file_is_not_loaded_twice_and_a_faulty_one_not_at_all(world: World) -> None:
    make_load()
    with pytest.raises(SameList, match="sudah dimuat"):
        make_load()
    bad = read_rows([(2, {"arah": "naik"})], COLUMNS, commodities=(), today=date(2026, 8, 3))
    with pytest.raises(FaultyList, match="6 isian"):
        load_trade(reading=bad, file_name="x.csv", sha256="1" * 64, by=None, at=NOW)

    assert (TradeLoad.objects.count(), TradeFigure.objects.count()) == (1, 2)


def test_only_the_province_and_its_agencies_load(world: World, regency_officer: Member, agency_officer: Member) -> None:
    good = read_rows([], COLUMNS, commodities=(), today=date(2026, 8, 3))

    with pytest.raises(Refused, match="memuat angka perdagangan"):
        load_trade(
            reading=good, file_name="x", sha256="2" * 64, by=regency_officer.user, at=NOW, post=regency_officer.held
        )

    assert TradeLoad.objects.count() == 0
