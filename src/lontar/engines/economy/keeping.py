"""Where the money of a product stays: in the village, elsewhere in the kabupaten, elsewhere in NTT, or outside.

What a product is sold for pays four things: raw material, other inputs, labour, and what is left over (margin). Each is spread
over four places by stated shares; the parts of a whole always add up to it, to the cent, and a loss stays a loss. Which
shares are assumed, since when and on whose word is left to the callers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from lontar.engines.economy.quotients import TableInvalid
from lontar.engines.economy.value_added import ValueAdded, value_added

_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)


class Place(StrEnum):
    """Four places that exclude each other, from near to far."""

    VILLAGE = "village"
    REGENCY = "regency"  # the kabupaten without the village
    NTT = "ntt"  # NTT without the kabupaten
    OUTSIDE = "outside"


class Part(StrEnum):
    """What the price of a product pays."""

    MATERIAL = "material"
    OTHERS = "others"
    LABOUR = "labour"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares (0 to 1) of the four places; they add up to 1. Raises `TableInvalid`."""

    village: Decimal = Decimal(0)
    regency: Decimal = Decimal(0)
    ntt: Decimal = Decimal(0)
    outside: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Refuses shares that are no shares."""
        for place, share in self.shares().items():
            if not 0 <= share <= 1:
                raise TableInvalid(f"{place}: {share}; perlu bagian dari 0 sampai 1.")
        whole = sum(self.shares().values())
        if whole != 1:
            raise TableInvalid(f"jumlah bagian: {whole}; perlu tepat 1.")

    def shares(self) -> dict[Place, Decimal]:
        """By place, from near to far."""
        return {
            Place.VILLAGE: self.village, Place.REGENCY: self.regency, Place.NTT: self.ntt, Place.OUTSIDE: self.outside,
        }  # fmt: skip


def spread_of(*, village: Decimal, regency: Decimal, ntt: Decimal) -> Spread:
    """The spread of shares that each hold the one before: `regency` counts the village in, `ntt` the kabupaten."""
    if not village <= regency <= ntt:
        raise TableInvalid(f"desa {village}, kabupaten {regency}, NTT {ntt}; yang luas tidak boleh lebih kecil.")
    return Spread(village, regency - village, ntt - regency, 1 - ntt)


def assumed_spreads(of: Callable[[str], Decimal], *, material_ntt: Decimal = Decimal(1)) -> dict[Part, Spread]:
    """Where each part goes by the numbers that are assumed; `of` gives the one set under a key (`value.labour.village`, …).

    `material_ntt` is the share (0 to 1) of raw material that comes from NTT. Raises `TableInvalid`, and what `of` raises.
    """
    if not 0 <= material_ntt <= 1:
        raise TableInvalid(f"bahan dari NTT: {material_ntt}; perlu bagian dari 0 sampai 1.")
    one, none = Decimal(1), Decimal(0)
    return {
        Part.MATERIAL: spread_of(
            village=material_ntt * of("value.material.village"),
            regency=material_ntt * of("value.material.regency"),
            ntt=material_ntt,
        ),
        Part.OTHERS: spread_of(village=none, regency=of("value.others.regency"), ntt=of("value.others.ntt")),
        Part.LABOUR: spread_of(village=of("value.labour.village"), regency=of("value.labour.regency"), ntt=one),
        Part.MARGIN: spread_of(village=of("value.margin.village"), regency=one, ntt=one),
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """An amount (`output`, rupiah) taken apart: `cells` by part and place add up to it exactly. Negative margins stay."""

    output: Decimal
    cells: Mapping[tuple[Part, Place], Decimal]

    def part(self, part: Part) -> Decimal:
        """What goes to one part, wherever."""
        return sum((self.cells[part, place] for place in Place), Decimal(0))

    def place(self, place: Place) -> Decimal:
        """What stays at one place, whatever for."""
        return sum((self.cells[part, place] for part in Part), Decimal(0))

    def within(self, place: Place) -> Decimal:
        """What stays at a place and everything nearer: `within(NTT)` is what does not leave NTT."""
        order = list(Place)
        return sum((self.place(one) for one in order[: order.index(place) + 1]), Decimal(0))

    @property
    def added(self) -> Decimal:
        """Value added: output less raw material and other inputs, thus labour and margin."""
        return self.part(Part.LABOUR) + self.part(Part.MARGIN)


def divided(amount: Decimal, spread: Spread) -> dict[Place, Decimal]:
    """The amount over the places, in cents; what rounding leaves goes to the largest share, so that nothing is lost."""
    found = {place: (amount * share).quantize(_CENT) for place, share in spread.shares().items()}
    largest = max(found, key=lambda place: spread.shares()[place])
    found[largest] += amount - sum(found.values())
    return found


def kept(
    *, output: Decimal, material: Decimal, others: Decimal, labour: Decimal, spreads: Mapping[Part, Spread]
) -> Kept:
    """Take `output` apart; the margin is what the three others leave, below zero where they are more.

    All in rupiah of the same quantity (a kilogram, a quarter). Raises `TableInvalid` for negative amounts and a part
    without a spread.
    """
    given = {"output": output, "material": material, "others": others, "labour": labour}
    for name, amount in given.items():
        if amount < 0:
            raise TableInvalid(f"{name}: {amount}; tidak boleh negatif.")
    amounts = {
        Part.MATERIAL: material, Part.OTHERS: others, Part.LABOUR: labour, Part.MARGIN: output - material - others - labour,
    }  # fmt: skip
    missing = [part.value for part in Part if part not in spreads]
    if missing:
        raise TableInvalid(f"spreads: {', '.join(missing)} tidak ada; setiap bagian perlu tempatnya.")
    cells = {
        (part, place): share
        for part, amount in amounts.items()
        for place, share in divided(amount, spreads[part]).items()
    }
    return Kept(output, cells)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How raw material becomes a packed product, per kilogram of raw material.

    `processed_per_raw` and `packed_per_processed` are kg per kg; `processing` and `packing` other inputs in rupiah per kg of
    raw material; `processing_days` and `packing_days` working days per 100 kg of raw material; `wage` rupiah a day.
    """

    processed_per_raw: Decimal
    packed_per_processed: Decimal = Decimal(1)
    processing: Decimal = Decimal(0)
    packing: Decimal = Decimal(0)
    processing_days: Decimal = Decimal(0)
    packing_days: Decimal = Decimal(0)
    wage: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Chain:
    """A kilogram of raw material sold raw, processed or packed: worth, value added, and where the money stays."""

    raw: Kept
    processed: ValueAdded
    processed_kept: Kept
    packed: ValueAdded
    packed_kept: Kept


def chain(
    *,
    price_raw: Decimal,
    price_processed: Decimal,
    price_packed: Decimal,
    recipe: Recipe,
    spreads: Mapping[Part, Spread],
) -> Chain:
    """The chain raw → processed → packed by Hayami's method, each stage per kilogram of raw material.

    Prices are rupiah per kg of what is sold at that stage. Sold raw, all the money is the material's. Raises `TableInvalid`.
    """
    packed_kg = recipe.processed_per_raw * recipe.packed_per_processed
    processed = value_added(
        raw_kg=_HUNDRED,
        output_kg=recipe.processed_per_raw * _HUNDRED,
        price_output=price_processed,
        price_raw=price_raw,
        others_per_kg=recipe.processing,
        labour_days=recipe.processing_days,
        wage_per_day=recipe.wage,
    )
    packed = value_added(
        raw_kg=_HUNDRED,
        output_kg=packed_kg * _HUNDRED,
        price_output=price_packed,
        price_raw=price_raw,
        others_per_kg=recipe.processing + recipe.packing,
        labour_days=recipe.processing_days + recipe.packing_days,
        wage_per_day=recipe.wage,
    )
    nothing = Decimal(0)
    raw = price_raw.quantize(_CENT)
    return Chain(
        raw=kept(output=raw, material=raw, others=nothing, labour=nothing, spreads=spreads),
        processed=processed,
        processed_kept=_kept_of(processed, spreads),
        packed=packed,
        packed_kept=_kept_of(packed, spreads),
    )


def _kept_of(found: ValueAdded, spreads: Mapping[Part, Spread]) -> Kept:
    return kept(output=found.output, material=found.raw, others=found.others, labour=found.labour, spreads=spreads)
