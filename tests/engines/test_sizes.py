"""Size classes at their edges; the table is that of DOMAIN §2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.sizes import (
    DEFAULT_BANDS,
    DEFAULT_CAPITAL_BANDS,
    DEFAULT_MICRO_RUNGS,
    DEFAULT_SALES_BANDS,
    DEFAULT_WORKER_BANDS,
    Band,
    Criterion,
    Edge,
    MicroRung,
    SizeBands,
    SizeError,
    UmkmClass,
    WorkerClass,
    count_workers,
    micro_rung,
    size_column,
    steps_up,
    umkm_class_by_capital,
    umkm_class_by_sales,
    worker_class,
)

BILLION = 1_000_000_000
SEN = Decimal("0.01")


@pytest.mark.parametrize(
    ("workers", "expected"),
    [
        (0, None),
        (1, WorkerClass.MICRO),
        (4, WorkerClass.MICRO),
        (5, WorkerClass.SMALL),
        (19, WorkerClass.SMALL),
        (20, WorkerClass.MEDIUM),
        (99, WorkerClass.MEDIUM),
        (100, WorkerClass.LARGE),
        (5000, WorkerClass.LARGE),
    ],
)
def test_workers_decide_the_bps_class(workers: int, expected: WorkerClass | None) -> None:
    assert worker_class(workers, bands=DEFAULT_WORKER_BANDS) is expected


@pytest.mark.parametrize(
    ("sales", "expected"),
    [
        (Decimal(0), UmkmClass.MICRO),
        (Decimal(2 * BILLION), UmkmClass.MICRO),
        (2 * BILLION + SEN, UmkmClass.SMALL),
        (Decimal(15 * BILLION), UmkmClass.SMALL),
        (15 * BILLION + SEN, UmkmClass.MEDIUM),
        (Decimal(50 * BILLION), UmkmClass.MEDIUM),
        (50 * BILLION + SEN, UmkmClass.LARGE),
    ],
)
def test_at_most_includes_the_bound_for_sales(sales: Decimal, expected: UmkmClass) -> None:
    assert umkm_class_by_sales(sales, bands=DEFAULT_SALES_BANDS) is expected


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        (Decimal(BILLION), UmkmClass.MICRO),
        (BILLION + SEN, UmkmClass.SMALL),
        (Decimal(5 * BILLION), UmkmClass.SMALL),
        (5 * BILLION + SEN, UmkmClass.MEDIUM),
        (Decimal(10 * BILLION), UmkmClass.MEDIUM),
        (10 * BILLION + SEN, UmkmClass.LARGE),
    ],
)
def test_at_most_includes_the_bound_for_capital(capital: Decimal, expected: UmkmClass) -> None:
    assert umkm_class_by_capital(capital, bands=DEFAULT_CAPITAL_BANDS) is expected


def test_the_rungs_end_where_micro_ends() -> None:
    figures = [Decimal(50_000_000), 50_000_000 + SEN, Decimal(300_000_000), 300_000_000 + SEN, 2 * BILLION + SEN]

    assert [micro_rung(figure, bands=DEFAULT_MICRO_RUNGS) for figure in figures] == [
        MicroRung.SEED,
        MicroRung.GROWING,
        MicroRung.GROWING,
        MicroRung.UPPER,
        None,
    ]


def test_half_open_bands_give_the_bound_to_the_next_class() -> None:
    bands = replace(DEFAULT_WORKER_BANDS, edge=Edge.HALF_OPEN)

    assert worker_class(3, bands=bands) is WorkerClass.MICRO
    assert worker_class(4, bands=bands) is WorkerClass.SMALL


def test_the_systems_cannot_be_mixed() -> None:
    with pytest.raises(SizeError, match="tidak dapat dipakai untuk tenaga kerja"):
        worker_class(3, bands=DEFAULT_SALES_BANDS)  # type: ignore[arg-type]  # what the type checker refuses too
    with pytest.raises(SizeError, match="tidak dapat dipakai untuk hasil penjualan tahunan"):
        umkm_class_by_sales(Decimal(3), bands=DEFAULT_CAPITAL_BANDS)
    assert type(WorkerClass.MICRO) is not type(UmkmClass.MICRO)


def test_floats_are_refused() -> None:
    with pytest.raises(SizeError, match="float"):
        umkm_class_by_sales(2e9, bands=DEFAULT_SALES_BANDS)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(SizeError, match="float"):
        size_column(pl.Series([2e9]), bands=DEFAULT_SALES_BANDS)


def test_owners_and_unpaid_family_count_as_workers() -> None:
    assert count_workers(owners=1, paid=2, unpaid_family=2) == 5
    with pytest.raises(SizeError):
        count_workers(owners=1, paid=-1, unpaid_family=0)


def test_a_rise_is_counted_in_classes_of_the_same_bands() -> None:
    assert steps_up(UmkmClass.MICRO, UmkmClass.MEDIUM, bands=DEFAULT_SALES_BANDS) == 2
    assert steps_up(UmkmClass.LARGE, UmkmClass.MEDIUM, bands=DEFAULT_SALES_BANDS) == -1


def test_bands_that_contradict_themselves_are_refused() -> None:
    def bands(*pairs: tuple[WorkerClass, int | None]) -> SizeBands[WorkerClass]:
        return SizeBands(
            criterion=Criterion.WORKERS,
            edge=Edge.INCLUSIVE,
            lower=Decimal(1),
            bands=tuple(Band(size, None if upper is None else Decimal(upper)) for size, upper in pairs),
            in_force=date(2026, 1, 1),
            source="uji",
        )

    for wrong in (
        [],
        [(WorkerClass.MICRO, None), (WorkerClass.SMALL, 19)],
        [(WorkerClass.MICRO, 4), (WorkerClass.SMALL, 4)],
        [(WorkerClass.MICRO, 4), (WorkerClass.MICRO, 19)],
        [(WorkerClass.MICRO, 0), (WorkerClass.SMALL, 19)],
    ):
        with pytest.raises(SizeError):
            bands(*wrong)


def test_every_default_says_where_it_comes_from() -> None:
    assert len(DEFAULT_BANDS) == 4
    assert all(len(bands.source) > 10 for bands in DEFAULT_BANDS)
    assert [bands.in_force for bands in DEFAULT_BANDS] == [None, date(2021, 2, 2), date(2021, 2, 2), None]


@given(
    st.lists(
        st.none()
        | st.decimals(0, 60 * BILLION, places=2)
        | st.sampled_from([Decimal(bound * BILLION) for bound in (1, 2, 5, 10, 15, 50)]),
        max_size=30,
    ),
    st.sampled_from([DEFAULT_SALES_BANDS, DEFAULT_CAPITAL_BANDS]),
    st.sampled_from(Edge),
)
def test_a_column_is_classed_as_its_figures_are(
    figures: list[Decimal | None], bands: SizeBands[UmkmClass], edge: Edge
) -> None:
    bands = replace(bands, edge=edge)

    classes = size_column(pl.Series(figures, dtype=pl.Decimal(20, 2)), bands=bands)

    assert classes.to_list() == [None if figure is None else bands.find(figure) for figure in figures]


@given(st.lists(st.none() | st.integers(0, 120), max_size=30))
def test_a_column_of_workers_is_classed_as_its_figures_are(workers: list[int | None]) -> None:
    classes = size_column(pl.Series(workers, dtype=pl.Int64), bands=DEFAULT_WORKER_BANDS)

    assert classes.to_list() == [
        None if count is None else worker_class(count, bands=DEFAULT_WORKER_BANDS) for count in workers
    ]


@given(st.decimals(0, 100 * BILLION, places=2), st.decimals(0, 100 * BILLION, places=2))
def test_more_sales_never_make_a_smaller_class(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    below, above = DEFAULT_SALES_BANDS.find(low), DEFAULT_SALES_BANDS.find(high)

    assert below is not None
    assert above is not None
    assert steps_up(below, above, bands=DEFAULT_SALES_BANDS) >= 0
