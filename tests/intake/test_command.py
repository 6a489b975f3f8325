"""`lontar intake submit`: what it advises can be done, and a failure of ours never shows a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.factories import Member, make_enterprise, make_person
from tests.intake.making import VILLAGE, again

from lontar.cli import cli
from lontar.intake.models import Batch
from lontar.intake.steps import run

pytestmark = pytest.mark.django_db(databases=("default", "owner"))


def submit(path: Path, member: Member, *more: str) -> Result:
    words = ["intake", "submit", str(path), "--dataset", "enterprises", "--agency", member.held.agency.code, "--wait"]
    return CliRunner().invoke(cli, [*words, *more])


def odd(folder: Path) -> Path:
    path = folder / "daftar.csv"
    path.write_text(f"Apa,Di mana\nKopi Contoh Uji,{VILLAGE}\n")
    return path


def mapping(folder: Path, content: dict[str, str]) -> str:
    path = folder / "kolom.json"
    path.write_text(json.dumps(content))
    return str(path)


def test_a_file_that_waits_for_its_columns_goes_on_when_sent_again_with_a_mapping(
    tmp_path: Path, officer: Member
) -> None:
    path = odd(tmp_path)
    first = submit(path, officer)
    lacking = submit(path, officer, "--mapping", mapping(tmp_path, {"Apa": "name"}))

    second = submit(path, officer, "--mapping", mapping(tmp_path, {"Apa": "name", "Di mana": "village_code"}))

    assert (first.exit_code, lacking.exit_code, second.exit_code) == (1, 1, 0), second.output
    assert "Kolom yang belum dicocokkan: Kode Desa atau Desa/Kelurahan atau Lokasi." in lacking.output
    batch = again(Batch.objects.get())
    assert (batch.state, batch.rows_new) == ("done", 1)


def test_a_failure_of_ours_says_how_to_go_on(tmp_path: Path, officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise ValueError("gagal uji")

    monkeypatch.setattr(run, "_carry", fail)

    result = submit(odd(tmp_path), officer)

    assert result.exit_code == 1
    assert f"(lontar intake resume {Batch.objects.get().pk})" in result.output
    assert isinstance(result.exception, SystemExit)


def test_the_registry_is_searched_for_what_stands_twice(officer: Member) -> None:
    owner = make_person(VILLAGE, name="Yosefina Contoh Bhara")
    for name in ("Tenun Ikat Contoh Melati", "TENUN IKAT CONTOH MELATI"):
        make_enterprise(VILLAGE, name=name, owner=owner)

    told = CliRunner().invoke(cli, ["intake", "duplicates", "--region", "53.09"])
    again_told = CliRunner().invoke(cli, ["intake", "duplicates"])
    nowhere = CliRunner().invoke(cli, ["intake", "duplicates", "--region", "99.99"])

    assert "2 usaha diperiksa, 1 pasangan baru menunggu ditinjau" in told.output
    assert "2 usaha diperiksa, 0 pasangan baru menunggu ditinjau" in again_told.output
    assert (nowhere.exit_code, "--region 99.99: wilayah ini tidak ada" in nowhere.output) == (1, True)
