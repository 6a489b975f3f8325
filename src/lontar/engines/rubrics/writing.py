"""A rubric as lines: the workbook and the JSON that `reading` takes back unchanged."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal

from lontar.engines.rubrics.model import ItemKind, Rubric

SHEET = "rubrik"
KINDS = ("rubrik", "bagian", "kriteria", "pilihan", "bintang", "gerbang")
HEADS = ("kunci", "versi", "nama", "nama_inggris", "keadaan", "jumlah", "berlaku_mulai", "berlaku_sampai",
         "sumber", "catatan")  # fmt: skip
COLUMNS = ("jenis", "kode", "induk", "nama", "nama_inggris", "terendah", "tertinggi", "langkah",
           "diketahui", "keterangan")  # fmt: skip


def as_rows(rubric: Rubric) -> list[dict[str, str]]:
    """One dictionary of texts for each line, empty cells left out."""
    return [{key: value for key, value in line.items() if value} for line in _lines(rubric)]


def _lines(rubric: Rubric) -> Iterator[dict[str, str]]:
    heads = (
        rubric.key, str(rubric.version), rubric.name, rubric.name_en, rubric.standing, _plain(rubric.maximum),
        rubric.valid_from.isoformat(), rubric.valid_until.isoformat() if rubric.valid_until else "", rubric.source,
        rubric.note,
    )  # fmt: skip
    for code, value in zip(HEADS, heads, strict=True):
        yield {"jenis": "rubrik", "kode": code, "nama": value}
    for item in rubric.items:
        is_part = item.kind is ItemKind.PART
        yield {
            "jenis": "bagian" if is_part else "kriteria", "kode": item.code, "induk": item.parent, "nama": item.name,
            "nama_inggris": item.name_en, "terendah": "" if is_part else _plain(item.low), "tertinggi": _plain(item.high),
            "langkah": "" if is_part else _plain(item.step), "diketahui": "ya" if item.is_known else "tidak",
            "keterangan": item.hint,
        }  # fmt: skip
        for option in item.options:
            yield {
                "jenis": "pilihan", "induk": item.code, "nama": option.label, "nama_inggris": option.label_en,
                "tertinggi": _plain(option.points),
            }  # fmt: skip
    for band in rubric.bands:
        yield {"jenis": "bintang", "kode": str(band.stars), "nama": band.label, "terendah": _plain(band.low)}
    for gate in rubric.gates:
        yield {"jenis": "gerbang", "kode": gate.condition, "nama": gate.reason, "tertinggi": str(gate.cap)}


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_json(rubric: Rubric) -> bytes:
    """The lines as JSON, one to a line."""
    lines = (json.dumps(line, ensure_ascii=False) for line in as_rows(rubric))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def as_workbook(rubric: Rubric) -> bytes:
    """The lines as a workbook of one sheet."""
    from lontar.engines.tabular.export import write_xlsx_rows

    target = io.BytesIO()
    rows = [[line.get(column, "") for column in COLUMNS] for line in as_rows(rubric)]
    write_xlsx_rows(target, COLUMNS, rows, kinds=["text"] * len(COLUMNS), title=SHEET)
    return target.getvalue()
