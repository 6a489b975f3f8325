"""`lontar link`: match two lists, or one with itself, from CSV to CSV. Needs no database and knows no Django.

Errors name file, column, row, value and cure, in Indonesian. Values of NIK and telephone are never told.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    import polars as pl

    from lontar.engines.linkage import Model

_QUIET_SECONDS = 2.0
#: How workbooks begin, old and new.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("left", type=_FILE)
@click.argument("right", type=_FILE, required=False)
@click.option("--out", required=True, type=_FILE, help="Where to write the pairs (CSV), or the model with --train.")
@click.option("--threshold", type=float, help="Least probability of a pair that is kept, 0 to 1.")
@click.option("--dedupe", is_flag=True, help="Match LEFT with itself: rows that stand twice.")
@click.option("--model", "model_file", type=_FILE, help="Use the weights of this file instead of those shipped.")
@click.option(
    "--train", "truth", type=_FILE, help="Learn weights from LEFT, RIGHT and these known pairs (left_id,right_id)."
)
def link(
    left: Path,
    right: Path | None,
    *,
    out: Path,
    threshold: float | None,
    dedupe: bool,
    model_file: Path | None,
    truth: Path | None,
) -> None:
    """Match the rows of two CSV files: which are the same enterprise.

    Columns: id, owner_name, business_name, village_code, phone, nib, nik, birth_year, kbli, sex; any of them but id may be
    blank or absent, others are ignored. Writes left_id,right_id,probability, every row in one pair at most.

    \b
    lontar link dinas.csv bps.csv --out pasangan.csv
    lontar link daftar.csv --dedupe --out kembar.csv
    lontar link dinas.csv bps.csv --train benar.csv --out bobot.json
    """
    if threshold is not None and not 0 <= threshold <= 1:
        _stop(f"--threshold {threshold}: harus antara 0 dan 1, misalnya 0.5.")
    if dedupe == (right is not None):
        _stop("Beri dua berkas untuk dicocokkan, atau satu berkas dengan --dedupe.")
    if truth is not None and right is not None:
        _train(left, right, truth=truth, out=out)
    else:
        _write(_pairs(left, right, threshold=threshold, model=_model(model_file)), out)


def _pairs(left: Path, right: Path | None, *, threshold: float | None, model: Model | None) -> pl.DataFrame:
    from lontar.engines import linkage

    progress = _Progress()
    one = _list(left)
    if right is None:
        return linkage.dedupe(one, model=model, threshold=threshold, report=progress)
    return linkage.link(one, _list(right), model=model, threshold=threshold, report=progress)


def _train(left: Path, right: Path, *, truth: Path, out: Path) -> None:
    from lontar.engines import linkage

    known = _table(truth)
    for column in ("left_id", "right_id"):
        if column not in known.columns:
            _stop(f"{truth.name}: kolom {column} tidak ada. Isi dengan id dari daftar yang benar berpasangan.")
    example = linkage.Example(left=_list(left), right=_list(right), pairs=known)
    try:
        model = linkage.train([example], about=f"{left.name} + {right.name}")
    except ValueError:
        _stop(
            f"{truth.name}: tidak ada satu pun pasangan yang id-nya ada di kedua daftar. Periksa left_id dan right_id."
        )
    try:
        model.write(out)
    except OSError as problem:
        _stop(f"{out}: tidak dapat ditulis ({_why(problem)}). Pilih folder lain.")
    click.echo(f"Bobot ditulis ke {out}", err=True)


def _model(path: Path | None) -> Model | None:
    from lontar.engines.linkage import ModelProblem, read_model

    if path is None:
        return None
    try:
        return read_model(path)
    except ModelProblem as problem:
        _stop(str(problem))


def _list(path: Path) -> pl.DataFrame:
    """A file as a list with sound ids, or the end with a message."""
    from lontar.engines.linkage import ListProblem, checked

    try:
        return checked(_table(path))
    except ListProblem as problem:
        _stop(f"{path.name}: {problem}")


def _table(path: Path) -> pl.DataFrame:
    """A CSV file, every cell as text: comma, semicolon, tab or bar; UTF-8, UTF-16 or the letters of Windows."""
    import polars as pl

    text = _text(path)
    separator, text = _separator(text)
    try:
        table = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
        table = table.rename({name: name.strip().lower() for name in table.columns})
    except pl.exceptions.DuplicateError:
        _stop(f"{path.name}: dua kolom bernama sama. Hapus atau ganti nama salah satunya.")
    except (pl.exceptions.PolarsError, ValueError):
        _stop(
            f"{path.name}: bukan CSV yang utuh. Simpan ulang sebagai CSV UTF-8; sel yang memuat koma diapit tanda kutip."
        )
    twice = [name.split("_duplicated_")[0] for name in table.columns if "_duplicated_" in name]
    if twice:
        _stop(f"{path.name}: kolom {twice[0]} ada dua kali. Hapus atau ganti nama salah satunya.")
    return table


def _text(path: Path) -> str:
    """The text of a file, its lines ended alike."""
    from lontar.engines.tabular.delimited import text_of
    from lontar.engines.tabular.table import UnreadableFile

    try:
        raw = path.read_bytes()
    except OSError as problem:
        _stop(f"{path}: tidak dapat dibaca ({_why(problem)}). Periksa nama dan izin berkas.")
    if not raw.strip():
        _stop(f"{path.name}: berkas kosong. Baris pertama harus berisi nama kolom.")
    if raw.startswith(_WORKBOOKS):
        _stop(f"{path.name}: buku kerja Excel, bukan CSV. Simpan lembarnya sebagai CSV UTF-8.")
    try:
        text = text_of(raw)
    except UnreadableFile:
        _stop(f"{path.name}: pengodean teks tidak dikenali atau rusak. Simpan ulang sebagai CSV UTF-8.")
    return text if "\n" in text else text.replace("\r", "\n")


def _separator(text: str) -> tuple[str, str]:
    """What parts the cells, and the text without a line `sep=;` that a spreadsheet left."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"\ufeff?sep=(.)\s*", first)
    if said:
        return said[1], rest
    header = re.sub(r'"[^"]*"', "", first)
    return max(",;\t|", key=header.count), text


def _write(pairs: pl.DataFrame, out: Path) -> None:
    try:
        pairs.write_csv(out, float_precision=6)
    except OSError as problem:
        _stop(f"{out}: tidak dapat ditulis ({_why(problem)}). Pilih folder lain.")
    click.echo(f"{pairs.height} pasangan ditulis ke {out}", err=True)


def _why(problem: OSError) -> str:
    told = {
        FileNotFoundError: "tidak ditemukan",
        PermissionError: "tanpa izin",
        IsADirectoryError: "folder, bukan berkas",
    }
    return told.get(type(problem), "gangguan pada media penyimpanan")


class _Progress:
    """Says on the error stream what is being done, once the work has taken longer than a moment."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def __call__(self, line: str) -> None:
        seconds = time.monotonic() - self.begun
        if seconds >= _QUIET_SECONDS:
            click.echo(f"{seconds:5.1f} d  {line}", err=True)


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar link: {message}", err=True)
    sys.exit(1)
