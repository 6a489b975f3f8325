"""The workbook of a month: one row per producer that was asked, filled with what stands or what stayed the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from lontar.engines.periods import Month
from lontar.engines.tabular.export import HEADER_STYLE, open_workbook
from lontar.intake.datasets.declare import Kind
from lontar.returns.models import Producer, Return
from lontar.returns.rules.schema import MATERIAL, PRICES, RETURN, VALUES, WORKERS

SAID = "Penjelasan"
"""The header of the column in which a flagged row is justified."""
_STAYS = (*PRICES, *WORKERS, "youth", "worker_days", *MATERIAL)


def write_month(path: Path, month: Month, producers: Sequence[Producer]) -> None:
    """Write the workbook: numbers as numbers, name and village for people beside the number that the reader goes by."""
    asked = [one.pk for one in producers]
    held = {one.producer_id: one for one in Return.objects.filter(month=month.start, producer_id__in=asked)}
    before = {
        one.producer_id: one
        for one in Return.objects.answered().filter(month=month.shift(-1).start, producer_id__in=asked)
    }
    book = open_workbook(str(path))
    sheet, guide = book.add_worksheet("Data"), book.add_worksheet("Petunjuk")
    head = book.add_format(HEADER_STYLE)
    known = [RETURN.column("producer_id"), RETURN.column("month")]
    headers = [*(one.label for one in known), "Nama", "Desa", *(RETURN.column(name).label for name in VALUES), SAID]
    for at, label in enumerate(headers):
        sheet.set_column(at, at, max(12, min(30, len(label) + 4)))
        sheet.write_string(0, at, label, head)
    for at, one in enumerate(producers, start=1):
        sheet.write_number(at, 0, one.pk)
        for place, words in enumerate((month.label, one.name, one.village.name), start=1):
            sheet.write_string(at, place, words)
        for place, name in enumerate(VALUES, start=4):
            value = _value(one, name, held.get(one.pk), before.get(one.pk))
            if value in (None, ""):
                continue
            if RETURN.column(name).kind is Kind.TEXT:
                sheet.write_string(at, place, str(value))
            else:
                sheet.write_number(at, place, float(str(value)))
    sheet.freeze_panes(1, 4)
    for at, words in enumerate(_guide()):
        guide.write_string(at, 0, words)
    guide.set_column(0, 0, 110)
    book.close()


def _value(producer: Producer, name: str, held: Return | None, before: Return | None) -> object:
    if held is not None:
        return getattr(held, name)
    if name == "unit":
        return producer.unit
    return getattr(before, name) if before is not None and name in _STAYS else None


def _guide() -> list[str]:
    lines = [
        _("Isi satu baris untuk setiap produsen. Nomor produsen dan bulan jangan diubah."),
        _("Kosong berarti tidak diketahui; 0 berarti tidak ada."),
        _("Bila sebuah nilai ditandai, tuliskan sebabnya di kolom Penjelasan."),
    ]
    return [*lines, *(f"{column.label}: {column.explanation}" for column in RETURN.columns)]
