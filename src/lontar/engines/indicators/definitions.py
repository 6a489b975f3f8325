"""What an indicator is, in the fields of Satu Data Indonesia's indicator metadata (MS-Ind; Perpres 39/2019).

The definitions that the project ships are data (`shipped/indicators.json`), in Indonesian as they are published;
which version is in force is left to the app. The computation behind a code is `recipes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from lontar.engines.indicators.given import IndicatorError
from lontar.engines.indicators.recipes import RECIPES

_SHIPPED = Path(__file__).with_name("shipped") / "indicators.json"


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator in one version. `method` says how the interval is made, `group` under which heading it stands."""

    code: str
    version: int
    name: str
    name_en: str
    group: str
    concept: str
    definition: str
    formula: str
    interpretation: str
    unit: str
    method: str
    variables: str
    disaggregation: str
    level: str
    source: str
    authority: str
    access: str


def shipped() -> tuple[Definition, ...]:
    """The definitions that come with the project, in the order in which they are shown."""
    return read(_SHIPPED.read_text(encoding="utf-8"))


def read(text: str) -> tuple[Definition, ...]:
    """Read what `write` wrote. Raises `IndicatorError` naming the indicator and the field."""
    names = {one.name for one in fields(Definition)}
    found = []
    for row in json.loads(text):
        code = row.get("code", "?")
        if set(row) != names:
            raise IndicatorError(f"{code}: kolom {', '.join(sorted(names ^ set(row)))} kurang atau tidak dikenal.")
        if code not in RECIPES:
            raise IndicatorError(f"{code}: tidak ada rumus untuk indikator ini.")
        found.append(Definition(**row))
    return tuple(found)


def write(definitions: Iterable[Definition]) -> str:
    """As JSON, in the order given."""
    return json.dumps([asdict(one) for one in definitions], ensure_ascii=False, indent=1)
