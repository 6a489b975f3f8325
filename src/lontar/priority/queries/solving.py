"""Solving a plan: the units of the region as offers, the limits in words, the optimum, and how what clashes can be relaxed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lontar.engines.allocation import Infeasible, Limit, Offer, Picked, Plan, PlanInvalid, pick
from lontar.priority.queries.readiness import Ready
from lontar.priority.rules.wanted import DECREED, Bound, Wanted, WantedInvalid
from lontar.priority.states import LimitKind, Objective, Pillar
from lontar.registry.states import ProductCategory
from lontar.ui import formats

MARKS = {
    LimitKind.REGENCY: "regency",
    LimitKind.ISLAND: "island",
    LimitKind.PILLAR: "pillar",
    LimitKind.CATEGORY: "category",
    LimitKind.FLAGSHIP: "flagship",
}
SECONDS = 20.0
# What breaking a limit by one unit costs when nothing meets all: rupiah are far more than heads.
_PRICES = {LimitKind.BUDGET: 1e-7}
_READ: Mapping[LimitKind, Callable[[Ready], str]] = {
    LimitKind.REGENCY: lambda one: one.regency,
    LimitKind.ISLAND: lambda one: one.island,
    LimitKind.PILLAR: lambda one: one.pillar.value,
    LimitKind.CATEGORY: lambda one: one.category,
    LimitKind.FLAGSHIP: lambda one: DECREED if one.flagship else "",
}
_FIXED = 1_000.0  # rupiah in a step of the budget: finer differences than that are nothing to a plan


@dataclass(frozen=True, slots=True)
class Chosen:
    """A unit that the solver picked, best first; `place` from 1."""

    place: int
    ready: Ready


@dataclass(frozen=True, slots=True)
class Clash:
    """What cannot hold together, in words; what the cheapest relaxation changes, in words; and the plan so relaxed."""

    clashing: tuple[str, ...]
    changes: tuple[str, ...]
    relaxed: Wanted | None


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to a plan: the picks with worth and proof, or why there are none. `seconds` is what the solver took.

    With a clash, `chosen` is what the relaxed plan would pick.
    """

    wanted: Wanted
    offers: int
    chosen: tuple[Chosen, ...]
    worth: float
    bound: float
    gap: float
    is_proven: bool
    seconds: float
    clash: Clash | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The units picked."""
        return tuple(one.ready.key for one in self.chosen)

    @property
    def cost(self) -> int:
        """Rupiah that closing the gaps of all picks would cost."""
        return sum(one.ready.cost for one in self.chosen)


def solve(wanted: Wanted, units: Sequence[Ready], names: Mapping[str, str]) -> Solution:
    """The best picks under the plan. `names` gives words for codes of kabupaten, islands and units.

    Raises `WantedInvalid` for a unit that is not among the candidates.
    """
    begun = time.perf_counter()
    known = {one.key: one for one in units}
    for key, given in (("must", wanted.must), ("must_not", wanted.must_not)):
        for unit in given:
            if unit not in known:
                raise WantedInvalid(key, f"{unit} tidak ada di antara calon wilayah {wanted.region}. Periksa kodenya.")
    limits = _limits(wanted)
    plan = Plan(wanted.size, tuple(limits), frozenset(wanted.must), frozenset(wanted.must_not))
    offers = [_offer(one, wanted.objective) for one in units]
    if not offers:
        raise WantedInvalid(
            "region", f"belum ada calon di wilayah {wanted.region}. Isi dahulu produk atau peringkatnya."
        )
    try:
        found = pick(offers, plan, seconds=SECONDS)
    except PlanInvalid as problem:
        raise WantedInvalid("limits", str(problem)) from problem
    taken = time.perf_counter() - begun
    if isinstance(found, Picked):
        return _solution(wanted, known, found, taken)
    return _clashing(wanted, known, found, names=names, limits=limits, taken=taken)


def _solution(
    wanted: Wanted, known: Mapping[str, Ready], found: Picked, taken: float, clash: Clash | None = None
) -> Solution:
    return Solution(
        wanted=wanted,
        offers=len(known),
        chosen=tuple(Chosen(place, known[key]) for place, key in enumerate(found.keys, start=1)),
        worth=found.worth,
        bound=found.bound,
        gap=found.gap,
        is_proven=found.is_proven,
        seconds=taken,
        clash=clash,
    )


def _offer(one: Ready, objective: Objective) -> Offer:
    return Offer(
        one.key,
        one.low if objective is Objective.SURE else one.middle,
        {MARKS[kind]: read(one) for kind, read in _READ.items()},
        {"cost": float(one.cost)},
    )


def _limits(wanted: Wanted) -> list[Limit]:
    """The limits for the solver; the name of each is its key, put into words where it is shown."""
    found = []
    for (kind, value), bound in wanted.limits.items():
        name = f"{kind.value}={value}"
        if kind is LimitKind.BUDGET:
            most = None if bound.most is None else float(bound.most)
            found.append(Limit(name, amount="cost", most=most, price=_PRICES[kind]))
        else:
            found.append(
                Limit(
                    name,
                    mark=MARKS[kind],
                    value=value,
                    least=None if bound.least is None else float(bound.least),
                    most=None if bound.most is None else float(bound.most),
                )
            )
    return found


def _clashing(
    wanted: Wanted,
    known: Mapping[str, Ready],
    found: Infeasible,
    *,
    names: Mapping[str, str],
    limits: Iterable[Limit],
    taken: float,
) -> Solution:
    wider = _relaxed(wanted, found, known) if found.relaxed is not None else None
    clash = Clash(
        clashing=tuple(_in_words(name, wanted, names) for name in found.clashing),
        changes=tuple(_changes(wanted, wider)) if wider is not None else (),
        relaxed=wider,
    )
    if found.relaxed is None:
        return Solution(wanted, len(known), (), 0.0, 0.0, 0.0, False, taken, clash)
    return _solution(wanted, known, found.relaxed, taken, clash)


def _relaxed(wanted: Wanted, found: Infeasible, known: Mapping[str, Ready]) -> Wanted:
    """The plan with every broken limit just wide enough for what the relaxation picked; the others as they are."""
    assert found.relaxed is not None  # noqa: S101 - asked by the caller
    chosen = [known[key] for key in found.relaxed.keys]
    limits = dict(wanted.limits)
    for name in found.broken:
        kind, value = _key_of(name)
        limits[kind, value] = _widened(limits[kind, value], _totals(kind, value, chosen, known))
    return replace(wanted, limits=limits)


def _totals(kind: LimitKind, value: str, chosen: Sequence[Ready], known: Mapping[str, Ready]) -> list[int]:
    """What the picks come to under a limit: one number, or one for each value that the candidates have."""
    if kind is LimitKind.BUDGET:
        total = sum(one.cost for one in chosen)
        return [int(-(-total // _FIXED) * _FIXED)]
    read = _READ[kind]
    groups = {read(one) for one in known.values()} - {""} if value == "*" else {value}
    return [sum(read(one) == group for one in chosen) for group in sorted(groups)]


def _widened(bound: Bound, totals: Sequence[int]) -> Bound:
    return Bound(
        None if bound.least is None else min(bound.least, *totals),
        None if bound.most is None else max(bound.most, *totals),
    )


def _key_of(name: str) -> tuple[LimitKind, str]:
    """Kind and value of a limit from its name; the name of one group of a "*" limit has ": group" behind it."""
    kind, _equals, rest = name.partition("=")
    return LimitKind(kind), rest.partition(": ")[0]


# --- in words ---------------------------------------------------------------------------------------------------------


def limit_words(kind: LimitKind, value: str, bound: Bound) -> str:
    """One limit as a sentence: `Paling banyak 2 per kabupaten/kota`."""
    if kind is LimitKind.BUDGET:
        return _("Biaya paling banyak %(amount)s") % {"amount": formats.rupiah(bound.most)}
    of = _OF[kind](value)
    parts = []
    if bound.least is not None:
        parts.append(_("paling sedikit %(number)s") % {"number": formats.number(bound.least)})
    if bound.most is not None:
        parts.append(_("paling banyak %(number)s") % {"number": formats.number(bound.most)})
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]} {of}"


def _category(value: str) -> str:
    if value == "*":
        return _("per kelompok produk")
    return _("dari kelompok %(name)s") % {"name": ProductCategory(value).label}


_OF: Mapping[LimitKind, Callable[[str], str]] = {
    LimitKind.REGENCY: lambda _value: _("per kabupaten/kota"),
    LimitKind.ISLAND: lambda _value: _("per pulau"),
    LimitKind.PILLAR: lambda value: _("dari pilar %(name)s") % {"name": Pillar(value).label},
    LimitKind.CATEGORY: _category,
    LimitKind.FLAGSHIP: lambda _value: _("dengan produk unggulan yang sudah ditetapkan"),
}


def _in_words(name: str, wanted: Wanted, names: Mapping[str, str]) -> str:
    """A clashing limit in words, from the solver's name of it."""
    if name.startswith("Jumlah"):
        return _("Jumlah yang dipilih: %(number)s") % {"number": formats.number(wanted.size)}
    for start, said in (("Wajib: ", _("Wajib ikut: %(name)s")), ("Dikecualikan: ", _("Dikecualikan: %(name)s"))):
        if name.startswith(start):
            unit = name.removeprefix(start)
            return said % {"name": names.get(unit, unit)}
    kind, value = _key_of(name)
    text = limit_words(kind, value, wanted.limits[kind, value])
    group = name.partition(": ")[2]
    if not group:
        return text
    label = str(ProductCategory(group).label) if kind is LimitKind.CATEGORY else names.get(group, group)
    return f"{text}: {label}"


def _changes(before: Wanted, after: Wanted) -> Iterable[str]:
    for (kind, value), bound in after.limits.items():
        if before.limits[kind, value] != bound:
            yield _("%(before)s → %(after)s") % {
                "before": limit_words(kind, value, before.limits[kind, value]),
                "after": limit_words(kind, value, bound),
            }


@dataclass(frozen=True, slots=True)
class Difference:
    """Who came in and who fell out between two sets of picks, by key, in the order of each."""

    came: tuple[str, ...]
    fell: tuple[str, ...]
    stayed: tuple[str, ...]


def difference(before: Sequence[str], after: Sequence[str]) -> Difference:
    """Compare two plans' picks."""
    old, new = set(before), set(after)
    return Difference(
        tuple(one for one in after if one not in old),
        tuple(one for one in before if one not in new),
        tuple(one for one in after if one in old),
    )
