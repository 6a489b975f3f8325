"""Which rows under the header are data: blank rows, repeated headers, totals and signatures are left out and told.

Works on whole columns. What a row means, and whether it is right, is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import polars as pl

from lontar.engines.tabular.raw import RawSheet
from lontar.engines.tabular.shape import Header
from lontar.engines.tabular.table import KEY_HEADER, REMARK_HEADER

_TOTAL = (
    r"(?i)^[-–—=*#. ]*(?:grand\s+|sub\s*-?\s*)?"
    r"(?:total|jumlah|t\s+o\s+t\s+a\s+l|j\s+u\s+m\s+l\s+a\s+h|rata\s*-?\s*rata|rerata)"
    r"(?:\s+(?:total|jumlah|keseluruhan|seluruhnya?|umum|akhir|semua|data|besar|usaha|ikm|umkm|"
    r"[ivx]{1,4}|[a-z]|[0-9]{1,2}|halaman(?:\s+ini)?|"
    r"(?:se)?\s*-?(?:kab|kec|kel|desa|kota|prov)[a-z.]*(?:\s.{0,40})?))*(?:\s*\([^()]{0,20}\))?\s*[:.=]*$"
)
_CLOSING = (
    r"(?i)^(?:mengetahui|menyetujui|kepala\s|plt\.?\s|a\.?n\.?\s|an\.\s|nip\b|ttd\b|dibuat oleh|disusun oleh|petugas|"
    r"sumber\s*:|catatan\s*:|keterangan\s*:|ket\.?\s*:|\*|[a-z .]{3,30},\s*(?:tanggal\s+)?\d{0,2}\s*[a-z]{3,9}\s+\d{4})"
)
_OURS = frozenset({KEY_HEADER, REMARK_HEADER})
_TAIL_ROWS = 40
_LISTED = 8


@dataclass(slots=True)
class Body:
    """`rows` are the 0-based rows of the sheet that hold data; `notes` tells what was left out."""

    rows: pl.Series
    notes: list[str]


def find_body(sheet: RawSheet, header: Header) -> Body:
    """Return the data rows under `header`."""
    kept = [str(at) for at, label in enumerate(header.labels) if label is not None and label not in _OURS]
    ours = [str(at) for at, label in enumerate(header.labels) if label in _OURS]
    region = sheet.cells.slice(header.body).drop(ours)
    filled = _counts(region, kept)
    state = pl.DataFrame({"row": pl.int_range(header.body, sheet.cells.height, eager=True), "filled": filled})
    blank = filled == 0
    repeated = _repeats(sheet, header, region) & ~blank
    total = _totals(sheet, header, region, filled) & ~repeated & ~blank
    closing = _closing(region, filled=filled.set(repeated | total, 0), kept=kept) & ~repeated & ~total & ~blank
    keep = ~(blank | repeated | total | closing)
    last = keep.arg_true().max()
    notes = [
        *_note(state["row"].filter(repeated), "Judul kolom yang terulang dilewati"),
        *_note(state["row"].filter(total), "Baris jumlah dilewati"),
        *_note(state["row"].filter(closing), "Baris penutup (tanda tangan atau catatan) dilewati"),
    ]
    inner = int(blank.head(int(last)).sum()) if isinstance(last, int) else 0
    if inner:
        notes.append(f"{inner} baris kosong di tengah tabel dilewati.")
    return Body(state["row"].filter(keep), notes)


def _counts(region: pl.DataFrame, columns: list[str]) -> pl.Series:
    """Return how many cells of each row are filled; a row filled only outside the header's columns counts too."""
    inside = region.select(
        pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.UInt32) for name in columns).alias("n")
    )["n"]
    outside = region.select(pl.any_horizontal(pl.all().is_not_null()).alias("n"))["n"]
    return inside.set(outside & (inside == 0), 1)


def _repeats(sheet: RawSheet, header: Header, region: pl.DataFrame) -> pl.Series:
    """Rows that say again what a row of the header or its numbering says, as printed pages do."""
    found = pl.repeat(value=False, n=region.height, eager=True)
    rows = [*header.rows, *([header.numbering] if header.numbering is not None else [])]
    for row in rows:
        said = {
            name: text
            for name, text in zip(sheet.cells.columns, sheet.cells.row(row), strict=True)
            if text is not None and name in region
        }
        if len(said) < 2:
            continue
        same = pl.sum_horizontal(
            (pl.col(name) == text).fill_null(value=False).cast(pl.UInt32) for name, text in said.items()
        )
        found |= region.select((same >= ceil(0.8 * len(said))).alias("n"))["n"]
    return found


def _totals(sheet: RawSheet, header: Header, region: pl.DataFrame, filled: pl.Series) -> pl.Series:
    """Rows whose first text is "Jumlah" or "Total" and that otherwise hold numbers."""
    first = region.select(pl.coalesce(pl.all()).alias("n"))["n"]
    candidates = (first.str.contains(_TOTAL).fill_null(value=False) & (filled > 0)).arg_true()
    if not candidates.len():
        return pl.repeat(value=False, n=region.height, eager=True)
    rows = region[candidates]
    number = r"^[\s\-+(]*(?:Rp\.?\s*)?[0-9][0-9.,\s%)]*$"
    texts = rows.select(
        pl.sum_horizontal(
            (pl.all().is_not_null() & ~pl.all().str.contains(number)).fill_null(value=False).cast(pl.UInt32)
        ).alias("n")
    )["n"]
    wide = sum(label is not None for label in header.labels) > 2
    chosen = candidates.filter(texts <= (2 if wide else 1))
    return pl.repeat(value=False, n=region.height, eager=True).scatter(chosen, values=True)


def _closing(region: pl.DataFrame, *, filled: pl.Series, kept: list[str]) -> pl.Series:
    """Sparse rows at the end of which one begins like a signature or a footnote, from the blank row before it on."""
    closing = pl.repeat(value=False, n=region.height, eager=True)
    sparse = max(1, min(3, len(kept) // 4))
    dense = (filled > sparse).arg_true().max()
    start = dense + 1 if isinstance(dense, int) else 0
    if len(kept) < 2 or region.height - start > _TAIL_ROWS or start == 0:
        return closing
    tail = region.slice(start)
    spoken = tail.select(pl.any_horizontal(pl.all().str.contains(_CLOSING).fill_null(value=False)).alias("n"))["n"]
    if not spoken.any():
        return closing
    begins = (spoken | (filled.slice(start) == 0)).arg_true()[0]
    return closing.scatter(list(range(start + begins, region.height)), values=True)


def _note(rows: pl.Series, what: str) -> list[str]:
    if not rows.len():
        return []
    listed = ", ".join(str(row + 1) for row in rows.head(_LISTED).to_list())
    return [f"{what}: baris {listed}{' dan lainnya' if rows.len() > _LISTED else ''} ({rows.len()})."]
