"""Rubrics as the engine reads them, and the list of versions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from django.db import connection

from lontar.engines import rubrics as engine
from lontar.stars.models import Rubric, RubricOption
from lontar.stars.states import RubricState

_KEPT = 64
_kept: dict[tuple[object, ...], engine.Rubric] = {}


def content_of(rubric: Rubric) -> engine.Rubric:
    """The whole version; four queries for a draft. What is in force is frozen, and read once by each process."""
    if rubric.state == RubricState.DRAFT:
        return _read(rubric)
    key = (connection.settings_dict["NAME"], rubric.pk, rubric.key, rubric.version, rubric.source, rubric.enforced_at)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _KEPT:
            _kept.clear()
        found = _kept[key] = _read(rubric)
    # The end of a version is set when the next one begins; everything else stands.
    return replace(found, valid_until=rubric.valid_until)


def _read(rubric: Rubric) -> engine.Rubric:
    options: dict[str, list[engine.Option]] = defaultdict(list)
    for row in RubricOption.objects.filter(rubric=rubric).order_by("item_code", "points"):
        options[row.item_code].append(engine.Option(row.points, row.label, row.label_en))
    items = tuple(
        engine.Item(
            code=row.code, kind=engine.ItemKind(row.kind), name=row.name, name_en=row.name_en, parent=row.parent_code,
            hint=row.hint, low=row.low, high=row.high, step=row.step, is_known=row.is_known,
            options=tuple(options.get(row.code, ())),
        )
        for row in rubric.items.order_by("position")
    )  # fmt: skip
    return engine.Rubric(
        key=rubric.key, version=rubric.version, name=rubric.name, name_en=rubric.name_en, standing=rubric.standing,
        maximum=rubric.maximum, source=rubric.source, note=rubric.note, valid_from=rubric.valid_from,
        valid_until=rubric.valid_until, items=items,
        bands=tuple(engine.Band(row.stars, row.low, row.label) for row in rubric.bands.order_by("stars")),
        gates=tuple(engine.Gate(row.condition, row.cap, row.reason) for row in rubric.gates.order_by("pk")),
    )  # fmt: skip


def newest_version(key: str) -> int:
    """The highest version of a rubric that exists, 0 for none."""
    return Rubric.objects.filter(key=key).order_by("-version").values_list("version", flat=True).first() or 0
