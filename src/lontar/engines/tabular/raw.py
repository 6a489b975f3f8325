"""A sheet as it lies in the file: text cells by position, not yet a table.

Every reader (workbook, delimited text, web page) hands over this one form; finding the header and the body is `shape`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lontar.engines.tabular.sheetxml import PERCENT, SheetFacts

_BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u200e\u200f\ufeff"
_DATE_TIME = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"
_QUOTED = r"^'[0-9=+\-@\t\r\n＝＋－＠]"
_ODD_NUMBER = r"^(?:-?[0-9]{7,}\.[0-9]{3,}|-0|true|false)$"
_LONG_FRACTION = r"^-?[0-9]{7,}\.[0-9]{3,}$"


@dataclass(slots=True)
class RawSheet:
    """`cells` has String columns named "0", "1", … by their 0-based place; row 0 is row 1 of the sheet. `numeric` is alike."""

    name: str
    hidden: bool
    cells: pl.DataFrame
    numeric: pl.DataFrame
    facts: SheetFacts = field(default_factory=SheetFacts)
    notes: list[str] = field(default_factory=list)


def tidy(cells: pl.DataFrame, numeric: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return the cells as people see them, which of them are numbers, and how many leading apostrophes were dropped.

    `numeric` holds what the cell reader says: a Boolean for numbers and truth values, null for everything else. Dates
    arrive as "2025-11-27 00:00:00" and count as numbers; truth values become TRUE and FALSE and do not.
    """
    if any(_where(cells, pl.all().str.contains("\0", literal=True))):  # a database keeps no NUL, and nobody reads one
        cells = cells.select(pl.all().str.replace_all("\0", "", literal=True))
    cells = cells.select(pl.all().str.strip_chars(_BLANKS))
    cells = cells.select(pl.when(pl.all() != "").then(pl.all()))
    stored = numeric.select(pl.all().is_not_null())
    texts, flags = cells.get_columns(), stored.get_columns()
    apostrophes = _where(cells, pl.all().str.starts_with("'"))
    dates = _where(cells, pl.all().str.contains(_DATE_TIME))
    odd = _where(cells, pl.all().str.contains(_ODD_NUMBER))
    quoted = 0
    for at, text in enumerate(texts):
        if apostrophes[at]:
            texts[at], dropped = _drop_apostrophes(text)
            quoted += dropped
        if dates[at]:
            texts[at], found = _plain_dates(texts[at], flags[at])
            flags[at] = flags[at] | found
        if odd[at]:
            texts[at], flags[at] = _plain_numbers(texts[at], flags[at])
    return pl.DataFrame(texts), pl.DataFrame(flags), quoted


def _where(cells: pl.DataFrame, found: pl.Expr) -> list[bool]:
    """Tell for each column whether any cell is so."""
    return [bool(any_found) for any_found in cells.select(found.any()).row(0)]


def _drop_apostrophes(text: pl.Series) -> tuple[pl.Series, int]:
    """Drop the apostrophe that people and our own exports put before a code or formula to keep it text."""
    found = text.str.contains(_QUOTED).fill_null(value=False)
    count = int(found.sum())
    return (text.zip_with(~found, text.str.slice(1)), count) if count else (text, 0)


def _plain_dates(text: pl.Series, stored: pl.Series) -> tuple[pl.Series, pl.Series]:
    dates = text.str.contains(_DATE_TIME).fill_null(value=False) & ~stored
    if not dates.any():
        return text, dates
    moments = text.filter(dates).str.to_datetime(strict=False, time_unit="ms").dt.round("1s")
    day, time, full = (
        moments.dt.strftime("%Y-%m-%d"),
        moments.dt.strftime("%H:%M:%S"),
        moments.dt.strftime("%Y-%m-%d %H:%M:%S"),
    )
    short = full.str.strip_suffix(":00")
    shown = short.zip_with(time != "00:00:00", day)
    shown = shown.zip_with(~day.is_in(["1899-12-30", "1899-12-31"]), time.str.strip_suffix(":00"))
    places = dates.arg_true()
    return text.scatter(places, shown.fill_null(text.filter(dates))), dates


def _plain_numbers(text: pl.Series, stored: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Undo what printing a binary number adds, and write truth values as Excel shows them.

    "999999999999.994995117" is 999999999999.995, "-0" is 0, a stored "true" is TRUE and no number.
    """
    long = (stored & text.str.contains(_LONG_FRACTION)).fill_null(value=False)
    if long.any():
        rounded = [format(float(value), ".15g") for value in text.filter(long)]
        text = text.scatter(long.arg_true(), rounded)
    text = text.set((stored & (text == "-0")).fill_null(value=False), "0")
    truth = (stored & text.is_in(["true", "false"])).fill_null(value=False)
    return text.zip_with(~truth, text.str.to_uppercase()), stored & ~truth


def apply_facts(sheet: RawSheet) -> None:
    """Write into the cells what the sheet's XML adds: error values, percentages, leading zeros, merged cells."""
    facts, width, height = sheet.facts, sheet.cells.width, sheet.cells.height
    patches: dict[int, dict[int, str]] = {}
    for (row, column), error in facts.errors.items():
        if row < height and column < width:
            patches.setdefault(column, {})[row] = error
    by_column: dict[int, list[tuple[int, int]]] = {}
    for (row, column), shown in facts.shown.items():
        if row < height and column < width:
            by_column.setdefault(column, []).append((row, shown))
    for column, places in by_column.items():
        series, stored = sheet.cells[str(column)], sheet.numeric[str(column)]
        rows = [row for row, _ in places]
        for (row, shown), text, number in zip(places, series.gather(rows), stored.gather(rows), strict=True):
            if number and text is not None:
                patches.setdefault(column, {})[row] = _as_shown(text, shown)
    sheet.cells = sheet.cells.with_columns(
        sheet.cells[str(column)].scatter(list(patch), list(patch.values())) for column, patch in patches.items()
    )


def _as_shown(text: str, shown: int) -> str:
    if shown == PERCENT:
        try:
            return format(float(text) * 100, ".12g") + "%"
        except ValueError:
            return text
    return text.zfill(shown) if text.isdigit() else text
