"""The mentor's grid: a row of fields for each of twenty producers, kept row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lontar.engines.periods import Month
from lontar.returns.forms import shown
from lontar.returns.models import Producer, Return
from lontar.returns.presenters.words import state_badge
from lontar.returns.queries.standing import told_before
from lontar.returns.rules.checks import Finding, label_of
from lontar.ui.presenters import Status

FIELDS = (
    "turnover", "quantity", "price_packed", "channel_mart", "channel_direct", "channel_outside", "paid_women", "paid_men",
    "unpaid_women", "unpaid_men", "youth",
)  # fmt: skip
_STAYS = ("price_packed", "paid_women", "paid_men", "unpaid_women", "unpaid_men", "youth")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One field: its name, what it is called for whom, its value, and last month's."""

    name: str
    label: str
    value: str
    before: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One producer: its fields, where its return stands, what is to be put right, and what is to be justified."""

    pk: int
    name: str
    unit: str
    version: int
    cells: Sequence[GridCell]
    status: Status | None
    problems: Sequence[str]
    asks: Sequence[tuple[str, str, str]]
    is_writable: bool
    is_saved: bool


def row_of(
    producer: Producer,
    month: Month,
    held: Return | None,
    *,
    written: dict[str, str] | None = None,
    said: dict[str, str] | None = None,
    findings: Sequence[Finding] = (),
    is_saved: bool = False,
) -> GridRow:
    """The row with what was written last, else what stands, else what stayed the same last month."""
    before = told_before(producer.pk, month.start)
    bad = {one.field for one in findings if one.is_error}
    words = said if said is not None else (held.justifications if held else {})
    asked = [one.field for one in findings if not one.is_error]
    if not findings and held is not None:
        asked = [flag.partition(".")[0] for flag in held.flags]
    cells = []
    for name in FIELDS:
        last = shown(getattr(before, name)) if before else ""
        value = shown(getattr(held, name)) if held else (last if name in _STAYS else "")
        if written is not None:
            value = written.get(name, "")
        cells.append(GridCell(name, f"{label_of(name)} – {producer.name}", value, last, name in bad))
    return GridRow(
        producer.pk, producer.name, producer.unit, held.version if held else 0, cells,
        state_badge(held.state) if held else None,
        [one.message for one in findings if one.is_error or one.field not in words],
        [(name, label_of(name), words.get(name, "")) for name in dict.fromkeys(asked)],
        held is None or held.state in {"draft", "submitted"}, is_saved,
    )  # fmt: skip
