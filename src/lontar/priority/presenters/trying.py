"""The answer of the what-if screen: who is picked and why, who came in and fell out, what clashes and how to relax it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.priority.forms import initial_of
from lontar.priority.queries.readiness import Ready
from lontar.priority.queries.solving import Solution, difference
from lontar.priority.rules.parts import Value, words
from lontar.priority.rules.wanted import Wanted
from lontar.priority.states import Part
from lontar.registry.states import ProductCategory
from lontar.ui import formats
from lontar.ui.presenters import Figure


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of readiness: its share in words, the bar's ends (0–100), and what it was computed from."""

    name: str
    share: str
    low: int
    high: int
    said: str
    weight: str


@dataclass(frozen=True, slots=True)
class PickCard:
    """A pick as the what-if screen shows it; `code` is what the fields for must and must-not take."""

    place: int
    code: str
    product: str
    unit: str
    flagship: str
    about: str
    share: str
    low: int
    high: int
    cost: str
    parts: tuple[PartLine, ...]
    is_new: bool
    without_url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The result: figures, picks, who came and fell, and where nothing fits the clash with its one-click relaxation."""

    figures: tuple[Figure, ...]
    picks: tuple[PickCard, ...]
    came: tuple[str, ...]
    fell: tuple[str, ...]
    is_compared: bool
    clashing: tuple[str, ...]
    changes: tuple[str, ...]
    relaxed_url: str
    keys: str
    hidden: tuple[tuple[str, str], ...]
    name: str

    @property
    def is_clash(self) -> bool:
        """Whether no choice meets every limit."""
        return bool(self.clashing)


def share_words(low: float, high: float) -> str:
    """`72` or `60–88`, of a hundred."""
    first, last = round(low * 100), round(high * 100)
    return formats.number(first) if first == last else f"{formats.number(first)}–{formats.number(last)}"


def answer_of(
    solution: Solution,
    *,
    before: Sequence[str],
    names: Mapping[str, str],
    weights: Mapping[Part, float],
    plan: str = "",
) -> Answer:
    """The result against the picks of `before` (unit keys; none: nothing to compare)."""
    found = difference(before, solution.keys)
    clash = solution.clash
    return Answer(
        figures=_figures(solution),
        picks=tuple(
            _card(one.place, one.ready, solution.wanted, is_new=bool(before) and one.ready.key in found.came, weights=weights,
                  plan=plan)
            for one in solution.chosen
        ),
        came=tuple(names.get(key, key) for key in found.came) if before else (),
        fell=tuple(names.get(key, key) for key in found.fell),
        is_compared=bool(before),
        clashing=clash.clashing if clash else (),
        changes=clash.changes if clash else (),
        relaxed_url=try_url(clash.relaxed, plan) if clash and clash.relaxed else "",
        keys=" ".join(solution.keys),
        hidden=tuple(_pairs(solution.wanted, plan)),
        name=solution.wanted.name,
    )  # fmt: skip


def _pairs(wanted: Wanted, plan: str) -> Iterator[tuple[str, str]]:
    """The fields of a plan as pairs; a field of several values as several pairs."""
    for name, value in initial_of(wanted).items():
        if name != "nama":
            yield from ((name, str(one)) for one in (value if isinstance(value, list) else [value]))
    if plan:
        yield "rencana", plan


def try_url(wanted: Wanted, plan: str = "") -> str:
    """The what-if screen with this plan in its fields."""
    pairs = [*_pairs(wanted, plan), *([("nama", wanted.name)] if wanted.name else [])]
    return f"{reverse('priority:try')}?{urlencode(pairs)}"


def _figures(solution: Solution) -> tuple[Figure, ...]:
    if not solution.chosen:
        return ()
    proof = (
        _("optimum terbukti") if solution.is_proven else _("selisih %(gap)s") % {"gap": formats.percent(solution.gap)}
    )
    return (
        Figure(
            _("Jumlah kesiapan"), formats.number(solution.worth * 100, 1),
            note=_("%(proof)s; batas teratas %(bound)s") % {"proof": proof, "bound": formats.number(solution.bound * 100, 1)},
            key=True,
        ),
        Figure(_("Dipilih"), formats.share(len(solution.chosen), solution.offers, 2), note=_("dari semua calon")),
        Figure(_("Perkiraan biaya"), formats.rupiah_short(solution.cost), note=_("menutup kekurangan, menurut aturan usulan")),
        Figure(_("Dihitung dalam"), formats.number(round(solution.seconds * 1000)), _("milidetik")),
    )  # fmt: skip


def _card(
    place: int, one: Ready, wanted: Wanted, *, is_new: bool, weights: Mapping[Part, float], plan: str
) -> PickCard:
    without = Wanted(
        wanted.region, wanted.start, wanted.name, wanted.size, wanted.objective, wanted.limits,
        tuple(key for key in wanted.must if key != one.key), (*wanted.must_not, one.key),
    )  # fmt: skip
    return PickCard(
        place=place,
        code=one.key.removeprefix("village:"),
        product=one.product,
        unit=one.unit.name,
        flagship=_flagship(one),
        about=" · ".join(
            (one.unit.village, one.island_name, one.pillar.value.upper(), str(ProductCategory(one.category).label))
        ),
        share=share_words(one.low, one.high),
        low=round(one.low * 100),
        high=round(one.high * 100),
        cost=formats.rupiah_short(one.cost),
        parts=tuple(part_line(part, value, weights[part]) for part, value in one.values.items()),
        is_new=is_new,
        without_url=try_url(without, plan),
    )


def _flagship(one: Ready) -> str:
    """What a decree says of the unit, and whether it is what the unit would be picked for."""
    if not one.flagship:
        return _("Belum ada produk unggulan yang ditetapkan.")
    if one.flagship.casefold() == one.product.casefold():
        return _("Sudah ditetapkan sebagai produk unggulan.")
    return _("Produk unggulan yang ditetapkan: %(name)s.") % {"name": one.flagship}


def part_line(part: Part, value: Value, weight: float) -> PartLine:
    """A computed part in words."""
    return PartLine(
        str(part.label), share_words(value.low, value.high), round(value.low * 100), round(value.high * 100), words(value),
        formats.percent(weight, 0),
    )  # fmt: skip
