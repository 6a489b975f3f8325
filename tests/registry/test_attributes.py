"""`lontar attributes import`: wide sheets of numbers and words, either code system, faults named, nothing half done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from tests.registry.provinces import bps_code, whole_province

from lontar.cli import cli
from lontar.registry.models import RegionAttribute

pytestmark = [pytest.mark.django_db(databases=("default", "owner")), pytest.mark.usefixtures("ngada")]
VILLAGES = [row for row in whole_province() if row.code.startswith("53.09.") and row.level == "village"][:30]


def sheet(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def submit(path: Path, *more: str) -> Result:
    words = ["attributes", "import", str(path), "--date", "2024-12-31", "--source", "Kementerian Contoh", *more]
    return CliRunner().invoke(cli, words)


def value(key: str, code: str = VILLAGES[0].code) -> Decimal | str:
    found = RegionAttribute.objects.get(region_id=code, key=key, as_of=date(2024, 12, 31))
    return found.word or found.number or ""


def test_numbers_and_words_are_taken_with_date_source_and_unit(tmp_path: Path) -> None:
    lines = [
        "kemendagri_code,IDM 2024,status",
        *(f"{row.code},0.6{index:03d},MAJU" for index, row in enumerate(VILLAGES)),
    ]

    result = submit(sheet(tmp_path / "idm.csv", lines), "--unit", "idm_2024=indeks")

    assert result.exit_code == 0, result.output
    assert (value("idm_2024"), value("status")) == (Decimal("0.6"), "MAJU")
    kept = RegionAttribute.objects.get(region_id=VILLAGES[7].code, key="idm_2024")
    assert (kept.number, kept.unit, kept.source) == (Decimal("0.6007"), "indeks", "Kementerian Contoh")
    assert RegionAttribute.objects.count() == 60


@pytest.mark.parametrize(
    ("header", "first"),
    [("kode_bps", bps_code(VILLAGES[0])), ("kolom 1", VILLAGES[0].code), ("KODE", VILLAGES[0].code.replace(".", ""))],
)
def test_either_code_system_is_read(tmp_path: Path, header: str, first: str) -> None:
    codes = [bps_code(row) if header == "kode_bps" else row.code for row in VILLAGES[1:]]

    result = submit(sheet(tmp_path / "a.csv", [f"{header},skor", *(f"{code},2" for code in [first, *codes])]))

    assert result.exit_code == 0, result.output
    assert value("skor") == Decimal(2)


def test_places_may_be_named_instead_of_coded(tmp_path: Path) -> None:
    row = VILLAGES[0]
    lines = ["desa,kecamatan,kabupaten,skor", f"{row.name},Kecamatan Contoh 1,Kabupaten Contoh 9,7"]

    result = submit(sheet(tmp_path / "a.csv", lines))

    assert result.exit_code == 0, result.output
    assert value("skor") == Decimal(7)


def test_decimal_comma_and_decimal_point_mean_the_same(tmp_path: Path) -> None:
    points = ["kode,luas", *(f"{row.code},5130.65{index % 10}" for index, row in enumerate(VILLAGES))]
    commas = [line.replace(",", ";").replace(".65", ",65") for line in points]

    submit(sheet(tmp_path / "a.csv", points))
    assert value("luas") == Decimal("5130.65")
    RegionAttribute.objects.all().delete()

    submit(sheet(tmp_path / "b.csv", commas))
    assert value("luas") == Decimal("5130.65")


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Kode Desa", "Indeks", "Status"])
        for index, row in enumerate(VILLAGES):
            page.write_string(index + 1, 0, row.code)
            page.write_number(index + 1, 1, 0.5 + index / 1000)
            page.write_string(index + 1, 2, "BERKEMBANG")

    result = submit(path)

    assert result.exit_code == 0, result.output
    assert (value("indeks"), value("status")) == (Decimal("0.5"), "BERKEMBANG")


@pytest.mark.parametrize(
    ("at", "line", "words"),
    [
        (3, "53.09.01.2999,0.5,MAJU", "Baris 4: kolom kemendagri_code berisi “53.09.01.2999”"),
        (3, f"{VILLAGES[0].code},0.5,MAJU", f"Baris 4: wilayah {VILLAGES[0].code} sudah ada pada baris 2"),
        (3, f"{VILLAGES[2].code},kurang lebih,MAJU", "Baris 4: kolom idm berisi “kurang lebih”"),
        (3, f"{VILLAGES[2].code},-0.5,MAJU", "Baris 4: kolom idm berisi “-0.5”"),
        (3, f"{VILLAGES[2].code},0.5,{'M' * 121}", "Isian lebih dari 120 huruf"),
    ],
)
def test_a_fault_is_named_and_nothing_is_taken(tmp_path: Path, at: int, line: str, words: str) -> None:
    lines = ["kemendagri_code,idm,status", *(f"{row.code},0.6,MAJU" for row in VILLAGES)]
    lines[at] = line

    result = submit(sheet(tmp_path / "idm.csv", lines))

    assert result.exit_code == 1
    assert words in result.output
    assert RegionAttribute.objects.count() == 0


def test_unknown_codes_may_be_left_out_and_other_provinces_always_are(tmp_path: Path) -> None:
    lines = ["kode,idm", *(f"{row.code},0.6" for row in VILLAGES), "53.09.01.2999,0.1", "51.03.01.2001,0.9"]

    result = submit(sheet(tmp_path / "idm.csv", lines), "--skip-unknown")

    assert result.exit_code == 0, result.output
    assert "1 baris milik provinsi lain dilewati" in result.output
    assert "Baris dilewati (1)" in result.output
    assert RegionAttribute.objects.count() == 30


def test_the_same_day_again_replaces_and_tells(tmp_path: Path) -> None:
    lines = ["kode,idm", *(f"{row.code},0.6" for row in VILLAGES)]
    submit(sheet(tmp_path / "idm.csv", lines))
    lines[1] = f"{VILLAGES[0].code},0.7"

    result = submit(sheet(tmp_path / "idm.csv", lines))

    assert "idm      angka       30     0        1    29" in result.output
    assert value("idm") == Decimal("0.7")


def test_a_dry_run_and_an_unreadable_file_change_nothing(tmp_path: Path) -> None:
    lines = ["kode,idm", *(f"{row.code},0.6" for row in VILLAGES)]

    tried = submit(sheet(tmp_path / "idm.csv", lines), "--dry-run")
    broken = submit(sheet(tmp_path / "rusak.xlsx", ["%PDF-1.7 contoh"]))
    nameless = submit(sheet(tmp_path / "tanpa.csv", ["apa,idm", "x,0.6", "y,0.7"]))

    assert (tried.exit_code, broken.exit_code, nameless.exit_code) == (0, 1, 1)
    assert "Kolom kode wilayah tidak ditemukan" in nameless.output
    assert RegionAttribute.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "unit", "first"),
    [
        (["80%", "75 %"], "%", Decimal(80)),
        (["12,5 ha", "8 Ha"], "ha", Decimal("12.5")),
        (["-12", "−3"], "", Decimal(-12)),
        (["5", "-"], "", Decimal(5)),
    ],
)
def test_figures_with_a_sign_or_one_unit_are_figures(
    tmp_path: Path, cells: list[str], unit: str, first: Decimal
) -> None:
    lines = ["kode;nilai", *(f"{row.code};{cell}" for row, cell in zip(VILLAGES, cells, strict=False))]

    result = submit(sheet(tmp_path / "a.csv", lines))

    assert result.exit_code == 0, result.output
    assert value("nilai") == first
    assert RegionAttribute.objects.get(region_id=VILLAGES[0].code).unit == unit


def test_two_columns_of_one_title_with_other_contents_are_refused(tmp_path: Path) -> None:
    result = submit(sheet(tmp_path / "a.csv", ["kode,IDM,idm", f"{VILLAGES[0].code},1,2"]))

    assert (result.exit_code, RegionAttribute.objects.count()) == (1, 0)
    assert "Kolom “IDM” dan “idm” berjudul sama, tetapi isinya berbeda." in result.output


def test_what_a_failed_formula_left_is_refused(tmp_path: Path) -> None:
    lines = ["kode,nilai,ket", f"{VILLAGES[0].code},#REF!,ada", f"{VILLAGES[1].code},5,#N/A"]

    result = submit(sheet(tmp_path / "a.csv", lines))

    assert (result.exit_code, RegionAttribute.objects.count()) == (1, 0)
    assert "Baris 2: kolom nilai berisi “#REF!”. Sel ini berisi galat rumus." in result.output
    assert "Baris 3: kolom ket berisi “#N/A”. Sel ini berisi galat rumus." in result.output


@pytest.mark.parametrize(
    ("unit", "said"), [("nilai", "tulis KUNCI=SATUAN"), ("jarak=km", "tidak ada atribut itu; yang ada: nilai.")]
)
def test_a_unit_of_nothing_is_refused(tmp_path: Path, unit: str, said: str) -> None:
    result = submit(sheet(tmp_path / "a.csv", ["kode,nilai", f"{VILLAGES[0].code},5"]), "--unit", unit)

    assert (result.exit_code, RegionAttribute.objects.count()) == (1, 0)
    assert said in result.output
