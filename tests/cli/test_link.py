"""`lontar link` from CSV to CSV: what it writes, and what it says when a file cannot be used."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from bench.lists import Mix, draw
from bench.lists.names import FIRST
from bench.lists.worlds import Size
from click.testing import CliRunner, Result

from lontar.cli.link import link

HEADER = "id,owner_name,business_name,village_code,phone,nib,nik,birth_year,kbli,sex\n"
LEFT = HEADER + "A1,Yohanes Naqolu,Kopi Contoh,53.09.02.2010,081234567890,,5309020101800001,1980,10761,L\n"
RIGHT = "\ufeffID;Owner_Name;nik\nB1;YOH. NAQOLU;5309020101800001\nB2;Petrus Contoh;\n"


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(link, [str(argument) for argument in arguments])


def written(folder: Path, **texts: str | bytes) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    return paths


def test_two_files_become_pairs_whatever_separator_and_case_of_headers(tmp_path: Path) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan=RIGHT)

    result = ran(left, right, "--out", tmp_path / "pairs.csv")

    lines = (tmp_path / "pairs.csv").read_text().splitlines()
    assert result.exit_code == 0
    assert lines[0] == "left_id,right_id,probability"
    assert [line.rsplit(",", 1)[0] for line in lines[1:]] == ["A1,B1"]


PLAIN = "id,owner_name,nik\nB1,Yoh. Naqolu,5309020101800001\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace(",", "|"),
        PLAIN.replace(",", "\t"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace("\n", "\r"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("Yoh.", "Yohan\u00e9s").encode("cp1252"),
        PLAIN.replace("Yoh. Naqolu", '"Yohanes\nNaqolu"'),
        PLAIN + "\n,,\n \n",
        PLAIN.replace("5309020101800001", "5.30902010180000E+15"),
    ],
    ids=["bars", "tabs", "sep line", "old Mac", "UTF-16", "no mark", "Windows", "line break", "blank rows", "exponent"],
)
def test_a_file_is_read_however_a_spreadsheet_wrote_it(tmp_path: Path, text: str | bytes) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan=text)

    result = ran(left, right, "--out", tmp_path / "pairs.csv")

    assert result.exit_code == 0, result.output
    assert [line.rsplit(",", 1)[0] for line in (tmp_path / "pairs.csv").read_text().splitlines()[1:]] == ["A1,B1"]


def test_one_file_is_matched_with_itself(tmp_path: Path) -> None:
    [path] = written(tmp_path, daftar=LEFT + LEFT.splitlines()[1].replace("A1", "A2") + "\n")

    assert ran(path, "--dedupe", "--out", tmp_path / "pairs.csv").exit_code == 0
    assert (tmp_path / "pairs.csv").read_text().splitlines()[1].startswith("A1,A2,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "kanan.csv: berkas kosong"),
        ("nama\nContoh Uji\n", "kanan.csv: Kolom id tidak ada"),
        ("id\n1\n1\n", "kanan.csv: Kolom id, baris 3: nilai '1' sudah dipakai"),
        ("id,nik\n1,2,3,4\n", "kanan.csv: bukan CSV yang utuh"),
        ("id,owner_name\n1,x\n,y\n", "kanan.csv: Kolom id, baris 3: kosong"),
        ("id,ID\n1,2\n", "kanan.csv: dua kolom bernama sama"),
        ("id,nik,nik\n1,2,3\n", "kanan.csv: kolom nik ada dua kali"),
        (b"PK\x03\x04" + bytes(200), "kanan.csv: buku kerja Excel, bukan CSV"),
        (b"id,nik\n1,\0\n", "kanan.csv: pengodean teks tidak dikenali atau rusak"),
    ],
    ids=["empty", "no id", "twice", "ragged", "unnamed", "headers alike", "header twice", "workbook", "torn"],
)
def test_a_file_that_cannot_be_used_is_named_with_the_cure(tmp_path: Path, text: str | bytes, said: str) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan=text)

    result = ran(left, right, "--out", tmp_path / "pairs.csv")

    assert result.exit_code == 1
    assert said in result.output
    assert not (tmp_path / "pairs.csv").exists()


def test_missing_files_wrong_thresholds_and_wrong_numbers_of_files_are_refused(tmp_path: Path) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan=RIGHT)
    out = ("--out", tmp_path / "pairs.csv")

    assert "tidak dapat dibaca (tidak ditemukan)" in ran(left, tmp_path / "tiada.csv", *out).output
    assert "harus antara 0 dan 1" in ran(left, right, *out, "--threshold", "95").output
    assert "atau satu berkas dengan --dedupe" in ran(left, *out).output
    assert "atau satu berkas dengan --dedupe" in ran(left, right, *out, "--dedupe").output
    assert "tidak dapat dipakai" in ran(left, right, *out, "--model", left).output


def test_weights_are_learnt_from_known_pairs_and_used(tmp_path: Path) -> None:
    lists = draw(FIRST, mixes=(Mix(), Mix()), size=Size(400, 6), seed=5)
    left, right, truth = (tmp_path / f"{name}.csv" for name in ("kiri", "kanan", "benar"))
    lists.left.write_csv(left)
    lists.right.write_csv(right)
    lists.truth.select("left_id", "right_id").write_csv(truth)

    learnt = ran(left, right, "--train", truth, "--out", tmp_path / "bobot.json")
    used = ran(left, right, "--model", tmp_path / "bobot.json", "--out", tmp_path / "pairs.csv")

    found = pl.read_csv(tmp_path / "pairs.csv")
    right_ones = found.join(lists.truth, on=["left_id", "right_id"]).height
    assert (learnt.exit_code, used.exit_code) == (0, 0)
    assert right_ones / found.height > 0.9
    assert right_ones / lists.truth.height > 0.7


def test_known_pairs_that_are_in_neither_list_are_refused(tmp_path: Path) -> None:
    left, right, truth = written(tmp_path, kiri=LEFT, kanan=RIGHT, benar="left_id,right_id\nX,Y\n")

    assert "tidak ada satu pun pasangan" in ran(left, right, "--train", truth, "--out", tmp_path / "b.json").output


def test_it_runs_without_django_database_and_pandas(tmp_path: Path) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan=RIGHT)
    code = (
        "import sys; sys.modules['pandas'] = None; from lontar.cli.link import link; "
        f"link([{str(left)!r}, {str(right)!r}, '--out', {str(tmp_path / 'p.csv')!r}], standalone_mode=False); "
        "print(sorted(name for name in ('django', 'psycopg') if name in sys.modules))"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_numbers_of_persons_are_never_told(tmp_path: Path) -> None:
    left, right = written(tmp_path, kiri=LEFT, kanan="id,nik\n5309020101800001,5309020101800001\n1,2,3\n")

    result = ran(left, right, "--out", tmp_path / "pairs.csv")

    assert result.exit_code == 1
    assert "5309020101800001" not in result.output
