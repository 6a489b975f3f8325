"""What a plan may ask for: region, days, number, objective and limits, read from a file, a request or the screen.

Every refusal names the key, the value and the cure. What the limits mean for the solver is `queries.solving`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lontar.engines.regions import is_code
from lontar.priority.states import LimitKind, Objective, Pillar
from lontar.registry.states import ProductCategory

KEYS = (
    "name", "region", "start", "size", "objective", "per_regency_most", "per_island_most", "per_island_least", "pillars",
    "categories", "per_category_most", "budget", "flagships_least",
    "designated_only", "must", "must_not",
)  # fmt: skip
SIZE_MOST = 100
DECREED = "decreed"
_UNIT = re.compile(r"(?:village:\d\d\.\d\d\.\d\d\.\d{4}|school:\d{1,18}|community:\d{1,18})")


@dataclass(frozen=True, slots=True)
class Bound:
    """At least and at most; None: no such limit."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class WantedInvalid(ValueError):
    """A plan that cannot be read: the key, what was given, and the cure, in one sentence."""

    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan as asked for. Limits by kind and value ("*": each by itself); units by key, such as `village:53.09.02.2010`."""

    region: str
    start: date
    name: str = ""
    size: int = 10
    objective: Objective = Objective.SURE
    limits: Mapping[tuple[LimitKind, str], Bound] = field(default_factory=dict)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    def bound(self, kind: LimitKind, value: str = "*") -> Bound:
        """The limit of this kind on this value; none when it has none."""
        return self.limits.get((kind, value), Bound())


def read_wanted(given: Mapping[str, Any], *, today: date) -> Wanted:
    """A plan from plain values, as TOML and JSON give them. Raises `WantedInvalid` for the first key that is wrong.

    Keys: `region` (code), `start` (day), `name`, `size`, `objective` (sure, middle), `per_regency_most`, `per_island_most`,
    `per_island_least`, `pillars` ({"osop": 1}, at least), `categories` ({"food": {"least": 2, "most": 5}}),
    `per_category_most`, `budget` (rupiah), `flagships_least` (units with a flagship in force on the first day),
    `designated_only` (true: every unit), `must`, `must_not` (units).
    """
    for key in given:
        if key not in KEYS:
            raise WantedInvalid(str(key), f"kunci ini tidak dikenal. Yang dikenal: {', '.join(KEYS)}.")
    region = given.get("region")
    if not isinstance(region, str) or not is_code(region) or len(region) not in (2, 5):
        raise WantedInvalid(
            "region", f"{region!r} bukan kode provinsi atau kabupaten/kota. Tulis misalnya 53 atau 53.09."
        )
    limits: dict[tuple[LimitKind, str], Bound] = {}
    _simple(given, limits)
    _pillars(given.get("pillars", {}), limits)
    _categories(given.get("categories", {}), limits)
    must, must_not = (
        _units("must", given.get("must", ()), region),
        _units("must_not", given.get("must_not", ()), region),
    )
    if both := sorted(set(must) & set(must_not)):
        raise WantedInvalid("must", f"{both[0]} sekaligus wajib dan dikecualikan. Hapus salah satunya.")
    size = _whole("size", given.get("size", 10), least=1, most=SIZE_MOST)
    if len(must) > size:
        raise WantedInvalid(
            "must", f"{len(must)} unit wajib, tetapi hanya {size} yang dipilih. Kurangi, atau naikkan size."
        )
    _flagships(given, size, limits)
    return Wanted(
        region=region,
        start=_day(given.get("start", today)),
        name=str(given.get("name", "")).strip()[:120],
        size=size,
        objective=_objective(given.get("objective", Objective.SURE)),
        limits=limits,
        must=must,
        must_not=must_not,
    )


def _simple(given: Mapping[str, Any], limits: dict[tuple[LimitKind, str], Bound]) -> None:
    """Limits that are one number each."""
    most = {"per_regency_most": LimitKind.REGENCY, "per_category_most": LimitKind.CATEGORY}
    for key, kind in most.items():
        if (value := given.get(key)) is not None:
            limits[kind, "*"] = Bound(most=_whole(key, value, least=0))
    least, top = given.get("per_island_least"), given.get("per_island_most")
    if least is not None or top is not None:
        found = Bound(
            None if least is None else _whole("per_island_least", least, least=0),
            None if top is None else _whole("per_island_most", top, least=0),
        )
        _in_order("per_island_least", found)
        limits[LimitKind.ISLAND, "*"] = found
    if (budget := given.get("budget")) is not None:
        limits[LimitKind.BUDGET, ""] = Bound(most=_whole("budget", budget, least=0, most=10**15))


def _flagships(given: Mapping[str, Any], size: int, limits: dict[tuple[LimitKind, str], Bound]) -> None:
    """How many of the picks must have a flagship by decree; `designated_only` is all of them."""
    only, least = given.get("designated_only", False), given.get("flagships_least")
    if not isinstance(only, bool):
        raise WantedInvalid("designated_only", f"{only!r} bukan true atau false. Tulis misalnya true.")
    if least is not None:
        least = _whole("flagships_least", least, least=0)
        if least > size:
            raise WantedInvalid(
                "flagships_least", f"{least} melebihi jumlah yang dipilih ({size}). Kurangi, atau naikkan size."
            )
    if only or least is not None:
        limits[LimitKind.FLAGSHIP, DECREED] = Bound(least=size if only else least)


def _pillars(given: Any, limits: dict[tuple[LimitKind, str], Bound]) -> None:
    for name, value in _table("pillars", given, "ovop = 8, osop = 1").items():
        if name not in Pillar.values:
            raise WantedInvalid(f"pillars.{name}", f"bukan pilar. Yang ada: {', '.join(Pillar.values)}.")
        limits[LimitKind.PILLAR, name] = Bound(least=_whole(f"pillars.{name}", value, least=0))


def _categories(given: Any, limits: dict[tuple[LimitKind, str], Bound]) -> None:
    for name, value in _table("categories", given, "food = { least = 2, most = 5 }").items():
        key = f"categories.{name}"
        if name not in ProductCategory.values:
            raise WantedInvalid(key, f"bukan kelompok produk. Yang ada: {', '.join(ProductCategory.values)}.")
        inner = _table(key, value, "least = 2, most = 5")
        if unknown := sorted(set(inner) - {"least", "most"}):
            raise WantedInvalid(f"{key}.{unknown[0]}", "kunci ini tidak dikenal. Yang dikenal: least, most.")
        found = Bound(
            *(_whole(f"{key}.{end}", inner[end], least=0) if end in inner else None for end in ("least", "most"))
        )
        _in_order(key, found)
        limits[LimitKind.CATEGORY, name] = found


def _in_order(key: str, bound: Bound) -> None:
    if bound.least is not None and bound.most is not None and bound.least > bound.most:
        raise WantedInvalid(
            key, f"paling sedikit {bound.least} melebihi paling banyak {bound.most}. Tukar, atau ubah salah satu."
        )


def _table(key: str, value: Any, example: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise WantedInvalid(key, f"{value!r} bukan tabel. Tulis misalnya {{ {example} }}.")
    return value


def _whole(key: str, value: Any, *, least: int, most: int = 10_000) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise WantedInvalid(
            key, f"{value!r} bukan bilangan bulat {least} sampai {most}. Tulis misalnya {max(least, 2)}."
        )
    return value


def _day(value: Any) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise WantedInvalid("start", f"{value!r} bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-01.") from None


def _objective(value: Any) -> Objective:
    if value not in Objective.values:
        raise WantedInvalid("objective", f"{value!r} tidak dikenal. Pilih {' atau '.join(Objective.values)}.")
    return Objective(value)


def _units(key: str, given: Any, region: str) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise WantedInvalid(key, f'{given!r} bukan daftar. Tulis misalnya ["53.09.02.2010"].')
    return tuple(dict.fromkeys(read_unit(str(one), key=key, region=region) for one in given))


def read_unit(written: str, *, key: str, region: str) -> str:
    """A unit's key from a village code, or from a key as it stands in the results."""
    text = written.strip()
    unit = f"village:{text}" if is_code(text) and len(text) == 13 else text
    if not _UNIT.fullmatch(unit):
        raise WantedInvalid(
            key, f"{written!r} bukan kode desa atau kunci unit. Tulis misalnya 53.09.02.2010 atau school:12."
        )
    if unit.startswith("village:") and not unit[8:].startswith(region):
        raise WantedInvalid(key, f"{text} berada di luar wilayah {region}. Periksa kodenya.")
    return unit


def to_plain(wanted: Wanted) -> dict[str, Any]:
    """The plan as plain values that `read_wanted` reads back to the same plan."""
    plain: dict[str, Any] = {
        "name": wanted.name,
        "region": wanted.region,
        "start": wanted.start.isoformat(),
        "size": wanted.size,
        "objective": str(wanted.objective.value),
        "must": list(wanted.must),
        "must_not": list(wanted.must_not),
    }
    for (kind, value), bound in wanted.limits.items():
        _WRITERS[kind](plain, value, bound)
    return plain


def _write_category(plain: dict[str, Any], value: str, bound: Bound) -> None:
    if value == "*":
        plain["per_category_most"] = bound.most
        return
    ends = {end: getattr(bound, end) for end in ("least", "most") if getattr(bound, end) is not None}
    plain.setdefault("categories", {})[value] = ends


def _write_island(plain: dict[str, Any], _value: str, bound: Bound) -> None:
    plain |= {f"per_island_{end}": getattr(bound, end) for end in ("least", "most") if getattr(bound, end) is not None}


_WRITERS: Mapping[LimitKind, Callable[[dict[str, Any], str, Bound], None]] = {
    LimitKind.REGENCY: lambda plain, _value, bound: plain.update(per_regency_most=bound.most),
    LimitKind.ISLAND: _write_island,
    LimitKind.PILLAR: lambda plain, value, bound: plain.setdefault("pillars", {}).update({value: bound.least}),
    LimitKind.CATEGORY: _write_category,
    LimitKind.FLAGSHIP: lambda plain, _value, bound: plain.update(flagships_least=bound.least),
    LimitKind.BUDGET: lambda plain, _value, bound: plain.update(budget=bound.most),
}
