"""Where the money of a product stays: the worked table of docs/explanation/value-kept.md, and what holds for every table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.economy import (
    Level,
    Part,
    Place,
    Recipe,
    Spread,
    TableInvalid,
    chain,
    divided,
    kept,
    spread_of,
)

D = Decimal
COFFEE = Recipe(
    processed_per_raw=D("0.8"),
    processing=D(10_000),
    packing=D(16_000),
    processing_days=D(4),
    packing_days=D(2),
    wage=D(75_000),
)
SPREADS = {
    Part.MATERIAL: Spread(village=D("0.9"), regency=D("0.1")),
    Part.OTHERS: Spread(regency=D("0.5"), outside=D("0.5")),
    Part.LABOUR: Spread(village=D(1)),
    Part.MARGIN: Spread(village=D(1)),
}
MONEY = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False)


@st.composite
def spreads(draw: st.DrawFn) -> Spread:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=3, max_size=3)))
    village, regency, ntt = (D(cut) / 1000 for cut in cuts)
    return spread_of(village=village, regency=regency, ntt=ntt)


def test_the_worked_table_of_coffee() -> None:
    found = chain(
        price_raw=D(40_000), price_processed=D(120_000), price_packed=D(200_000), recipe=COFFEE, spreads=SPREADS
    )

    told = [
        (one.output, one.raw, one.others, one.added, one.labour, one.profit, one.ratio, one.level)
        for one in (found.processed, found.packed)
    ]
    assert told == [
        (D(96_000), D(40_000), D(10_000), D(46_000), D(3_000), D(43_000), D("0.4792"), Level.HIGH),
        (D(160_000), D(40_000), D(26_000), D(94_000), D(4_500), D(89_500), D("0.5875"), Level.HIGH),
    ]
    places = [[one.place(place) for place in Place] for one in (found.raw, found.processed_kept, found.packed_kept)]
    assert places == [
        [D(36_000), D(4_000), D(0), D(0)],
        [D(82_000), D(9_000), D(0), D(5_000)],
        [D(130_000), D(17_000), D(0), D(13_000)],
    ]
    assert found.packed_kept.within(Place.REGENCY) == D(147_000)
    assert found.packed_kept.added == D(94_000)


def test_a_loss_stays_a_loss_where_the_owner_lives() -> None:
    found = kept(output=D(100), material=D(90), others=D(20), labour=D(10), spreads=SPREADS)

    assert found.part(Part.MARGIN) == D(-20)
    assert found.place(Place.VILLAGE) == D(81) + D(10) - D(20)
    assert sum(found.place(place) for place in Place) == D(100)


def test_what_rounding_leaves_goes_to_the_largest_share() -> None:
    third = D(1) / 3
    found = divided(D("0.10"), Spread(third, third, 0 * third, 1 - 2 * third))

    assert sum(found.values()) == D("0.10")
    assert sorted(found.values()) == [D(0), D("0.03"), D("0.03"), D("0.04")]


@given(
    output=MONEY,
    material=MONEY,
    others=MONEY,
    labour=MONEY,
    parts=st.tuples(spreads(), spreads(), spreads(), spreads()),
)
def test_places_and_parts_add_up_to_the_whole_and_wider_holds_nearer(
    output: Decimal, material: Decimal, others: Decimal, labour: Decimal, parts: tuple[Spread, ...]
) -> None:
    found = kept(
        output=output, material=material, others=others, labour=labour, spreads=dict(zip(Part, parts, strict=True))
    )

    assert sum(found.place(place) for place in Place) == output
    assert sum(found.part(part) for part in Part) == output
    assert found.within(Place.OUTSIDE) == output
    assert found.added == output - material - others


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ((D("0.5"), D("0.4"), D(0), D(0)), "jumlah bagian: 0.9; perlu tepat 1."),
        ((D("1.2"), D("-0.2"), D(0), D(0)), "village: 1.2; perlu bagian dari 0 sampai 1."),
    ],
)
def test_shares_that_are_none_are_refused(shares: tuple[Decimal, ...], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        Spread(*shares)


def test_a_part_without_a_place_is_refused() -> None:
    with pytest.raises(TableInvalid, match="margin tidak ada"):
        kept(output=D(1), material=D(0), others=D(0), labour=D(0), spreads={p: SPREADS[p] for p in list(Part)[:3]})


def test_a_wider_place_holds_the_nearer_one() -> None:
    with pytest.raises(TableInvalid, match="yang luas tidak boleh lebih kecil"):
        spread_of(village=D("0.5"), regency=D("0.4"), ntt=D(1))
