"""Puts the results of a run into the database: one ranking for every unit, also for those without a candidate, by COPY."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from django.db import connection

from lontar.selection.models import CandidateRun
from lontar.selection.steps.ranking import Ranked
from lontar.selection.steps.reading import Facts

_RANKING: Final = (
    "id", "run_id", "kind", "village_id", "school_id", "community_id", "name", "candidates", "ranked", "first_label",
    "first_commodity_id", "first_score", "first_share", "lead", "agreement", "known", "missing",
)  # fmt: skip
_CANDIDATE: Final = (
    "ranking_id", "village_id", "place", "commodity_id", "product_id", "label", "rank", "score", "score_low", "score_high",
    "first_share", "three_share", "method_scores", "method_ranks", "is_compromise", "low", "high", "worth_low",
    "worth_high", "passed", "figures", "counts",
)  # fmt: skip
_Unit = tuple[str, int, str]


def store(run: CandidateRun, found: Ranked, facts: Facts) -> tuple[int, int]:
    """Write rankings and candidates of a run; (units, candidates). The caller holds the transaction."""
    places = _order(found)
    units = _all_units(facts)
    rows = _by_unit(found)
    first = _reserve(len(units))
    numbers = {unit: first + place for place, unit in enumerate(units)}
    _copy(
        "selection_ranking",
        _RANKING,
        _rankings(run, found, facts=facts, units=units, rows=rows, numbers=numbers, places=places),
    )
    _copy("selection_candidate", _CANDIDATE, _candidates(found, rows=rows, numbers=numbers, places=places))
    return len(units), len(found.rows)


def _all_units(facts: Facts) -> dict[_Unit, str]:
    """Every unit with its name, by kind, owner and village."""
    found: dict[_Unit, str] = {("village", 0, code): name for code, name in facts.villages.iter_rows()}
    living = {code for _kind, _owner, code in found}
    for kind, frame in (("school", facts.schools), ("community", facts.communities)):
        found.update({(kind, owner, village): name for owner, name, village in frame.iter_rows() if village in living})
    return found


def _by_unit(found: Ranked) -> dict[_Unit, list[int]]:
    held: dict[_Unit, list[int]] = {}
    for place, key in enumerate(found.rows.select("kind", "owner", "village").iter_rows()):
        held.setdefault(key, []).append(place)
    return held


def _order(found: Ranked) -> list[int]:
    """The place of each row within its unit from 1: by rank, closed ones last, then by name."""
    ranks = np.nan_to_num(found.ranks[:, 0], nan=np.inf)
    labels = found.rows["label"].fill_null("").rank("dense").to_numpy()
    order = np.lexsort((labels, ranks, found.unit))
    places = np.empty(len(order), dtype=np.int64)
    mine = found.unit[order]
    places[order] = np.arange(len(order)) - np.searchsorted(mine, mine, side="left") + 1
    return [int(one) for one in places]


def _reserve(count: int) -> int:
    """The first of `count` consecutive ids for rankings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(s, greatest(nextval(s), 1) + %s) - %s"
            " FROM (SELECT pg_get_serial_sequence('selection_ranking', 'id') AS s) q",
            [count, count],
        )
        return int(cursor.fetchone()[0])


def _none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _rankings(
    run: CandidateRun, found: Ranked, *, facts: Facts, units: dict[_Unit, str], rows: dict[_Unit, list[int]],
    numbers: dict[_Unit, int], places: list[int],
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    grown = set(facts.potential["village"].to_list())
    working = set(facts.enterprises["village"].to_list())
    commodity, label = found.rows["commodity"].to_list(), found.rows["label"].to_list()
    known = (~np.isnan(found.low)).mean(axis=1) if found.low.size else np.zeros(len(found.rows))
    for unit, name in units.items():
        kind, owner, village = unit
        mine = sorted(rows.get(unit, []), key=places.__getitem__)
        standing = [row for row in mine if not math.isnan(found.ranks[row, 0])]
        head = standing[0] if standing else None
        lead = found.scores[standing[0], 0] - found.scores[standing[1], 0] if len(standing) > 1 else None
        missing = [] if mine or kind == "village" else ["products"]
        if kind == "village":
            missing = [key for key, here in (("potential", grown), ("enterprises", working)) if village not in here]
        yield (
            numbers[unit], run.pk, kind, village, owner if kind == "school" else None,
            owner if kind == "community" else None, name, len(mine), len(standing),
            "" if head is None else label[head], None if head is None else commodity[head] or None,
            None if head is None else float(found.scores[head, 0]),
            None if head is None else min(1.0, float(found.first[head])), lead,
            None if len(standing) < 2 else _none(float(found.agreement[found.unit[head]])),
            float(known[mine].mean()) if mine else 0.0, missing,
        )  # fmt: skip


def _candidates(
    found: Ranked, *, rows: dict[_Unit, list[int]], numbers: dict[_Unit, int], places: list[int]
) -> Iterator[tuple[Any, ...]]:
    commodity, label = found.rows["commodity"].to_list(), found.rows["label"].to_list()
    product, village = found.rows["product"].to_list(), found.rows["village"].to_list()
    for unit, mine in rows.items():
        if unit not in numbers:
            continue
        for row in mine:
            yield (
                numbers[unit], village[row], places[row], commodity[row] or None, product[row] or None, label[row] or "–",
                _none(found.ranks[row, 0]), _none(found.scores[row, 0]), _none(found.bounds[row, 0]),
                _none(found.bounds[row, 1]), _none(found.first[row]), _none(found.three[row]), _floats(found.scores[row]),
                _floats(found.ranks[row]), bool(found.compromise[row]), _floats(found.low[row]), _floats(found.high[row]),
                _floats(found.worth_low[row]), _floats(found.worth_high[row]), _whole(found.passed[row]),
                _floats(found.figures[row]), _whole(found.counts[row].astype(int)),
            )  # fmt: skip


def _floats(values: Any) -> str:
    """An array in the words of PostgreSQL, six digits: more is not known of any of them."""
    return "{" + ",".join([f"{one:.6g}" for one in values.tolist()]) + "}"


def _whole(values: Any) -> str:
    return "{" + ",".join(map(str, values.tolist())) + "}"


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """COPY does not go through the wall, so it fills a draft, and one INSERT brings the draft through."""
    draft, names = f"draft_{table}", ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {draft} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608 - own names
        with cursor.copy(f"COPY {draft} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {draft}")  # noqa: S608 - own names
        cursor.execute(f"DROP TABLE {draft}")
