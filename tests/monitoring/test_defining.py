"""A new version of what is said of an indicator: from a day on, with a reason, and never for quarters that are closed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.factories import Member
from tests.monitoring.factories import NOW, QUARTER, World, close, make_indicator_definition

from lontar.access.scope import acting_in
from lontar.engines.indicators import recompute
from lontar.monitoring import actions
from lontar.monitoring.models import IndicatorDefinition
from lontar.monitoring.queries import stored
from lontar.monitoring.queries.facts import definitions_of

PAGE = "/kantor/pemantauan/indikator/O1/"


def frozen_name(folder: Path) -> str:
    told = json.loads((folder / "definitions.json").read_text())
    return str(next(one["name"] for one in told if one["code"] == "O1"))


def values(**over: str) -> dict[str, str]:
    newest = IndicatorDefinition.objects.get(code="O1", valid_until__isnull=True)
    held = {name: getattr(newest, name) for name in actions.WORDED}
    return held | {"valid_from": "2026-10-01", "words": "Nama lebih jelas"} | over


def test_a_closed_quarter_keeps_the_version_it_was_closed_with(world: World) -> None:
    close("Contoh")
    before = IndicatorDefinition.objects.get(code="O1").name
    kept = (stored.snapshot(QUARTER.label) / "definitions.json").read_bytes()

    with pytest.raises(actions.DefinitionUnclear, match="sudah ditutup"):
        make_indicator_definition(valid_from=date(2026, 9, 30))
    made = make_indicator_definition(valid_from=QUARTER.end)

    assert (made.version, made.name, made.formula) == (
        2,
        "Kenaikan omzet",
        IndicatorDefinition.objects.get(code="O1", version=1).formula,
    )
    folder = stored.snapshot(QUARTER.label)
    assert (folder / "definitions.json").read_bytes() == kept
    assert frozen_name(folder) == before
    named = {
        quarter: {one.code: one.name for one in definitions_of(quarter)}["O1"]
        for quarter in (QUARTER, QUARTER.shift(1))
    }
    assert named == {QUARTER: before, QUARTER.shift(1): "Kenaikan omzet"}
    assert recompute(folder).height > 0


def test_a_restatement_of_a_closed_quarter_keeps_it_too(world: World, province_officer: Member) -> None:
    from lontar.monitoring.steps.run import carry

    close("Contoh")
    before = frozen_name(stored.snapshot(QUARTER.label))
    make_indicator_definition(valid_from=QUARTER.end)
    with acting_in("53"):
        run = actions.request_restatement(QUARTER, words="Nota terlambat", by=None, post=None, at=NOW, queued=False)
        carry(run.pk, clock=lambda: NOW)

    again = stored.snapshot(QUARTER.label)
    assert again.name == f"{QUARTER.label}.1"
    assert frozen_name(again) == before
    page = province_officer.client().get(f"/kantor/pemantauan/{QUARTER.label}/angka/").content.decode()
    assert before in page
    assert "Kenaikan omzet" not in page


def test_the_province_writes_a_version_on_the_screen(db: None, province_officer: Member) -> None:
    browser = province_officer.client()

    form = browser.get(f"{PAGE}versi-baru/").content.decode()
    told = browser.post(f"{PAGE}versi-baru/", values(name="Kenaikan omzet"), follow=True).content.decode()

    newest = IndicatorDefinition.objects.get(code="O1", valid_until__isnull=True)
    first = IndicatorDefinition.objects.get(code="O1", version=1)
    assert "Tetap, karena bagian dari perhitungan" in form
    assert 'name="formula"' not in form
    assert 'name="unit"' not in form
    assert (newest.version, newest.name, newest.valid_from, newest.words) == (
        2,
        "Kenaikan omzet",
        date(2026, 10, 1),
        "Nama lebih jelas",
    )
    assert (first.valid_until, newest.unit, newest.definition) == (date(2026, 10, 1), first.unit, first.definition)
    assert "Versi 2" in told
    assert "Versi 1" in told


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({}, "Tidak ada yang berubah dari versi 1"), ({"name": "X", "words": ""}, "Alasan perubahan belum diisi"),
        ({"name": "X", "valid_from": "2024-01-01"}, "hari pertama versi yang sekarang"),
        ({"name": "X", "source": ""}, "Sumber data belum diisi"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused_and_nothing_changes(
    db: None, province_officer: Member, over: dict[str, str], why: str
) -> None:
    answer = province_officer.client().post(f"{PAGE}versi-baru/", values(**over))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert IndicatorDefinition.objects.filter(code="O1").count() == 1
