"""The worked table of docs/explanation/place-names.md is what the resolver answers, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engines.test_places import GAZETTEER

from lontar.engines.places import PlaceQuery, Resolution, resolve

PAPER = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "place-names.md"
HEAD = ("Code", "Village", "Kecamatan", "Kabupaten/kota", "Text", "Answer", "Region", "Rule", "First candidate")


def worked() -> list[tuple[str, ...]]:
    """The rows of the table whose header is HEAD."""
    lines = [line for line in PAPER.read_text("utf-8").splitlines() if line.startswith("|")]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return [row for row in rows[rows.index(HEAD) + 2 :] if len(row) == len(HEAD)]


def first_candidate(answer: Resolution) -> str:
    """`53.12.04.2009 (92.3)`, as the table writes it; blank where a region was found."""
    if answer.code or not answer.candidates:
        return ""
    best = answer.candidates[0]
    return f"{best.code} ({best.score:g})"


def test_the_table_shows_every_kind_of_answer() -> None:
    assert {row[5] for row in worked()} == {"exact", "unique", "ambiguous", "conflict", "unknown"}
    assert len(worked()) == 18


@pytest.mark.parametrize("row", worked(), ids=lambda row: " ".join(filter(None, row[:5])))
def test_the_resolver_answers_as_the_table_says(row: tuple[str, ...]) -> None:
    code, village, district, regency, text, status, region, rule, candidate = row

    answer = resolve(GAZETTEER, PlaceQuery(code=code, village=village, district=district, regency=regency, text=text))

    assert (answer.status, answer.code or "", answer.rule) == (status, region, rule)
    assert first_candidate(answer) == candidate
