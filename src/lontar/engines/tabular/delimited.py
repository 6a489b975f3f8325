"""CSV and its relatives: any usual separator, any usual encoding, found from the content.

The encoding and the separator are told in notes, because a wrong guess shows there first. Quotes are read strictly: a quote
that never closes swallows rows, so it is refused with its row rather than guessed at.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path

import polars as pl

from lontar.engines.tabular.headers import normalise_header
from lontar.engines.tabular.raw import RawSheet, tidy
from lontar.engines.tabular.table import Limits, UnreadableFile

_SEPARATORS = {";": "titik koma", "\t": "tab", "|": "garis tegak", ",": "koma"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 64 * 1024
_CHUNK_ROWS = 20_000
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a")
_RESAVE = "Buka di Excel, simpan sebagai .xlsx, lalu unggah hasilnya."
_QUOTES = (
    'Tanda petik ganda (") di baris {row} tidak seimbang, sehingga batas kolomnya tidak dapat dipastikan. '
    "Perbaiki tanda petik di baris itu, atau simpan ulang dari Excel sebagai .xlsx, lalu unggah lagi."
)

SHEET = "Data"
"""Name of the one sheet that a text file counts as."""


def read_delimited(path: Path, *, limits: Limits, known_headers: frozenset[str]) -> RawSheet:
    """Read a text file; row 1 is its first line, a value with line breaks inside quotes counts as one row, as in Excel.

    Raises `UnreadableFile` for NUL bytes, bytes of no known encoding, unbalanced quotes and too many columns.
    """
    data = path.read_bytes()
    encoding, notes = _encoding(data)
    sample = data[:_SAMPLE].decode(encoding, errors="replace")
    separator, declared = _separator(sample, known_headers, whole=len(data) <= _SAMPLE)
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="lontar-mixed", newline="") as stream:
        del data
        if declared:
            stream.readline()
        cells = _cells(stream, separator=separator, limits=limits, skipped=int(declared))
    wrapped = _wrapped(cells, known_headers)
    if wrapped is not None:
        separator = wrapped
        lines = "\n".join(line or "" for line in cells["0"].to_list())
        cells = _cells(io.StringIO(lines, newline=""), separator=separator, limits=limits, skipped=0)
        notes.append("Setiap baris terbungkus tanda petik; pembungkusnya dibuka.")
    if not cells.height:
        return RawSheet(SHEET, hidden=False, cells=cells, numeric=cells, notes=notes)
    if cells.width > 1:
        notes.append(f"Pemisah kolom: {_SEPARATORS.get(separator, separator)}.")
    absent = pl.Series([None], dtype=pl.Boolean).new_from_index(0, cells.height)
    cells, numeric, quoted = tidy(cells, pl.DataFrame({name: absent for name in cells.columns}))
    if quoted:
        notes.append(f"Tanda petik (') di depan {quoted} sel dihapus.")
    return RawSheet(
        SHEET, hidden=False, cells=cells, numeric=numeric.select(pl.all() & pl.lit(value=False)), notes=notes
    )


def text_of(data: bytes) -> str:
    """Return the text of bytes in any of the encodings that are recognised, without its byte order mark."""
    encoding, _ = _encoding(data)
    return data.decode(encoding, errors="lontar-mixed").removeprefix("\ufeff")


def _encoding(data: bytes) -> tuple[str, list[str]]:
    """Return the encoding that the bytes are in, and a remark where it is not UTF-8."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            _must_decode(data, encoding)
            return encoding, ["Pengodean teks: UTF-16."] if encoding == "utf-16" else []
    if b"\0" in data:
        return _without_mark(data), ["Pengodean teks: UTF-16."]
    if sum(data[:_SAMPLE].count(code) for code in _CONTROL) > len(data[:_SAMPLE]) // 100:
        raise UnreadableFile(
            "file-not-table", "Berkas ini bukan teks dan bukan buku kerja. Unggah berkas Excel (.xlsx) atau CSV."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)
    return "utf-8", []


def _must_decode(data: bytes, encoding: str) -> None:
    try:
        text = data.decode(encoding, errors="lontar-mixed" if encoding == "utf-8-sig" else "strict")
    except UnicodeDecodeError as error:
        raise UnreadableFile("file-encoding", "Pengodean teks berkas ini rusak. " + _RESAVE) from error
    if "\0" in text:
        raise UnreadableFile(
            "file-nul", "Berkas ini memuat bita kosong (NUL) di tengah teks, tanda berkas rusak. " + _RESAVE
        )


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 without a byte order mark from text spoilt by NUL bytes, by where the NULs stand."""
    sample = data[:_SAMPLE]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if max(low, high) > len(sample) * 0.3 and min(low, high) < len(sample) * 0.05:
        encoding = "utf-16-le" if high > low else "utf-16-be"
        _must_decode(data, encoding)
        return encoding
    raise UnreadableFile(
        "file-nul", "Berkas ini memuat bita kosong (NUL) di tengah teks, tanda berkas rusak. " + _RESAVE
    )


def _eight_bit(data: bytes) -> tuple[str, list[str]]:
    """Choose between Windows-1252 and UTF-8 with some foreign bytes, by which explains more of the high bytes."""
    strays = len(data) - len(data.decode("utf-8", errors="ignore").encode())
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high - strays > strays:
        return "utf-8", [
            f"Pengodean teks: UTF-8 dengan {strays} huruf rusak yang dibaca sebagai Windows-1252. Periksa huruf beraksen."
        ]
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile("file-encoding", "Pengodean teks berkas ini tidak dikenali. " + _RESAVE) from error
    return "cp1252", ["Pengodean teks: Windows-1252."]


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252, one run at a time."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("lontar-mixed", _as_windows)


def _separator(sample: str, known_headers: frozenset[str], *, whole: bool) -> tuple[str, bool]:
    """Return the separator and whether the first line declares it ("sep=;", as Excel writes)."""
    first, _, rest = sample.lstrip("\ufeff").partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) <= 5:
        return (first.strip()[4:] or "\t"), True
    best, found = (-1, -1.0), ","
    for separator in _SEPARATORS:
        records = _sample_records(sample if whole or not rest else sample[: sample.rfind("\n")], separator)
        widths = Counter(len(record) for record in records)
        width, count = max(widths.items(), key=lambda item: item[0] * item[1], default=(1, 0))
        hits = max(
            (sum(normalise_header(cell) in known_headers for cell in record) for record in records[:20]), default=0
        )
        score = (hits, width * count / max(len(records), 1)) if width > 1 else (hits, 0.0)
        if score > best:
            best, found = score, separator
    return found, False


def _wrapped(cells: pl.DataFrame, known_headers: frozenset[str]) -> str | None:
    """The separator inside the only column, when every line was quoted as a whole on its way through another program."""
    if cells.width != 1:
        return None
    for line in cells["0"].drop_nulls().head(20).to_list():
        for separator in _SEPARATORS:
            names = [normalise_header(name) for record in _sample_records(line, separator) for name in record]
            if sum(name in known_headers for name in names) > 1:
                return separator
    return None


def _sample_records(sample: str, separator: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        return [record for record in islice(reader, 60) if any(record)]
    except csv.Error:
        return []


def _cells(stream: Iterable[str], *, separator: str, limits: Limits, skipped: int) -> pl.DataFrame:
    """Return all records as columns "0", "1", …; short records end in nulls."""
    records = _records(stream, separator=separator, limits=limits, skipped=skipped)
    frames = [pl.DataFrame({"0": pl.Series([None] * skipped, dtype=pl.String)})] if skipped else []
    while chunk := list(islice(records, _CHUNK_ROWS)):
        width = max(map(len, chunk))
        columns = zip_longest(*chunk) if width else [(None,) * len(chunk)]
        frames.append(pl.DataFrame({str(at): pl.Series(column, dtype=pl.String) for at, column in enumerate(columns)}))
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def _records(stream: Iterable[str], *, separator: str, limits: Limits, skipped: int) -> Iterator[list[str]]:
    """Yield the records without their empty tails, refusing what strict reading refuses, with its row."""
    reader = csv.reader(stream, delimiter=separator, strict=True)
    row = skipped
    try:
        for record in reader:
            row += 1
            while record and not record[-1]:
                record.pop()
            if len(record) > limits.columns:
                raise UnreadableFile(
                    "file-too-wide",
                    f"Baris {row} berisi {len(record)} kolom, terlalu banyak untuk sebuah tabel. Periksa pemisah kolomnya.",
                )
            if row > limits.rows:
                raise UnreadableFile(
                    "file-too-long",
                    f"Berkas ini lebih dari {limits.rows} baris. Pecah menjadi beberapa berkas, misalnya satu per kabupaten.",
                )
            yield record
    except csv.Error as error:
        raise UnreadableFile("file-quotes", _QUOTES.format(row=row + 1)) from error
