"""Attributes of regions from a wide sheet: one row per region, one column per attribute, a number or a word each.

A sheet is read as a whole (`read_attributes`), every fault named with row, column, value and cure, and then taken as a
whole (`import_attributes`). Reading files into tables is left to `lontar.engines.tabular`, numbers to `lontar.engines.money`,
codes of both systems to `lontar.engines.places`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lontar.access.models import User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.identifiers.checked import BLANK_WORDS
from lontar.engines.money import decimal_column
from lontar.engines.places import CodeSystem, Gazetteer, meanings, read_code, resolve_frame
from lontar.engines.tabular import Table
from lontar.registry.states import Act

_CODE_HEADERS = (
    "kemendagri_code", "kode_kemendagri", "kode_desa", "kode_wilayah", "kode_desa_kelurahan", "kode_kecamatan",
    "kode_kabupaten", "kode_dagri", "code", "kode", "bps_code", "kode_bps", "iddesa", "id_desa",
)  # fmt: skip
_NAME_HEADERS = {
    "village": ("desa", "nama_desa", "desa_kelurahan", "kelurahan", "nama_desa_kelurahan"),
    "district": ("kecamatan", "nama_kecamatan"),
    "regency": ("kabupaten", "kabupaten_kota", "nama_kabupaten", "kab_kota", "kota"),
}
_ASIDE = frozenset(
    {"no", "nomor", "nama", "name", "provinsi", "nama_provinsi", "lat", "lon", "latitude", "longitude", "lintang", "bujur",
     "tahun", "level", "tingkat", "jenis", "kind", "parent_code"}
)  # fmt: skip
_MOSTLY, _MOSTLY_NUMBERS, _SOMETIMES = 0.9, 0.5, 0.1
_WORD_LENGTH, _KEY_LENGTH = 120, 60
_NOTHING = r"^[-–—_.?]*$"
_FAILED = r"^#(?:REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|N/A|SPILL!|CALC!)$"
_MEASURED = r"^([-−]?\s?[0-9][0-9.,]*)\s*(%|[A-Za-z][A-Za-z0-9²/]{0,19})$"


class AttributesRefused(Refused):
    """A sheet of attributes that is not taken; `problems` has one Indonesian sentence per fault."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class AttributeSheet:
    """What a sheet says: per key its values by region code (Decimal or word); rows left out, with their reasons.

    `units` has the unit of a key where every figure bears the same one: `12 ha`, `80%`.
    """

    values: Mapping[str, Mapping[str, Decimal | str]]
    key_column: str
    system: CodeSystem | None
    foreign: int
    skipped: Sequence[str]
    notes: Sequence[str]
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributesChanged:
    """Per key: regions that got a value, whose value changed, whose value was the same."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]


def header_key(text: str) -> str:
    """The key of a column: lower case, letters and digits, underscores between: `Status IDM` gives `status_idm`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:_KEY_LENGTH]


def read_attributes(
    table: Table,
    gazetteer: Gazetteer,
    *,
    key_column: str = "",
    columns: Collection[str] = (),
    skip_unknown: bool = False,
) -> AttributeSheet:
    """Read a wide sheet; `key_column` and `columns` are headers, found by themselves when not given.

    Rows of other provinces are left out and counted. Raises `AttributesRefused` naming every fault: unknown or repeated
    codes (unknown ones are left out with `skip_unknown`), columns that are neither numbers nor words.
    """
    keys = _keys(table)
    place, header = _place_columns(table, keys, key_column=key_column, gazetteer=gazetteer)
    found, foreign = _regions(table, gazetteer, place=place, header=header)
    problems, skipped = [], list(_unknown(table, found, header=header))
    if skipped and not skip_unknown:
        problems.extend(skipped)
    problems.extend(_repeats(table, found))
    wanted = [header_key(column) for column in columns]
    missing = [column for column in wanted if column not in keys]
    if missing:
        raise AttributesRefused([_("Kolom %s tidak ada dalam berkas.") % ", ".join(missing)])
    chosen = wanted or [key for key, name in keys.items() if name not in place.values() and not _is_aside(key)]
    values: dict[str, Mapping[str, Decimal | str]] = {}
    units: dict[str, str] = {}
    notes = list(table.notes)
    for key in chosen:
        column = _values(table, keys[key])
        problems.extend(_value_faults(table, key=key, column=column))
        held = {
            code: value for code, value in zip(found["code"], column.taken, strict=True) if code and value is not None
        }
        values |= {key: held} if held else {}
        units |= {key: column.unit} if column.unit else {}
        if column.ambiguous:
            notes.append(_("Kolom %(column)s: %(number)s angka dibaca dengan titik ribuan.") % {
                "column": key, "number": column.ambiguous,
            })  # fmt: skip
    if problems:
        raise AttributesRefused(problems)
    if not values:
        raise AttributesRefused([_("Tidak ada kolom atribut yang berisi nilai untuk wilayah di sini.")])
    return AttributeSheet(values, header, _system(header), foreign, skipped, notes, units)


def _keys(table: Table) -> dict[str, str]:
    """Key → column; raises when two filled columns with other contents have one key, for one would be lost."""
    keys: dict[str, str] = {}
    for column in table.columns:
        key = header_key(column.header or column.name)
        held = table.frame[column.name]
        if key not in keys or table.frame[keys[key]].null_count() == table.frame.height:
            keys[key] = column.name
        elif not _is_aside(key) and held.null_count() < table.frame.height and not held.equals(table.frame[keys[key]]):
            raise AttributesRefused(
                [
                    _(
                        "Kolom “%(first)s” dan “%(second)s” berjudul sama, tetapi isinya berbeda. Ubah judul salah satunya."
                    )
                    % {"first": keys[key], "second": column.name}
                ]
            )
    return keys


def _place_columns(
    table: Table, keys: Mapping[str, str], *, key_column: str, gazetteer: Gazetteer
) -> tuple[dict[str, str], str]:
    """Which column names the region: part of a place (`code`, `village` …) → column; and the header shown in messages."""
    if key_column:
        key = header_key(key_column)
        if key not in keys:
            raise AttributesRefused([_("Kolom %s tidak ada dalam berkas.") % key_column])
        return {"code": keys[key]}, key
    by_content = (key for key in keys if _holds_codes(table.frame[keys[key]], gazetteer))
    for key in (*_CODE_HEADERS, *by_content):
        if key in keys:
            return {"code": keys[key]}, key
    named = {
        part: next(keys[key] for key in headers if key in keys)
        for part, headers in _NAME_HEADERS.items()
        if any(key in keys and _is_wordy(table.frame[keys[key]]) for key in headers)
    }
    if not named:
        raise AttributesRefused(
            [_("Kolom kode wilayah tidak ditemukan. Sebutkan dengan --key-column, contohnya kemendagri_code.")]
        )
    return named, " + ".join(named.values())


def _holds_codes(column: pl.Series, gazetteer: Gazetteer) -> bool:
    """Whether most of the distinct values are codes of regions here; a sample of two hundred tells."""
    distinct = column.drop_nulls().unique(maintain_order=True).head(200).to_list()
    known = sum(bool(meanings(gazetteer, read_code(value))) for value in distinct)
    return len(distinct) > 0 and known >= _MOSTLY * len(distinct) and all(len(value) >= 4 for value in distinct)


def _is_wordy(column: pl.Series) -> bool:
    filled = column.drop_nulls()
    return len(filled) > 0 and int(filled.str.contains("[A-Za-z]").sum()) >= _MOSTLY * len(filled)


def _is_aside(key: str) -> bool:
    return key in _ASIDE or key in _CODE_HEADERS or any(key in headers for headers in _NAME_HEADERS.values())


def _system(header: str) -> CodeSystem | None:
    if "bps" in header:
        return "bps"
    return "kemendagri" if "kemendagri" in header or "dagri" in header else None


def _regions(table: Table, gazetteer: Gazetteer, *, place: Mapping[str, str], header: str) -> tuple[pl.DataFrame, int]:
    """`written`, `code` (null: unknown), `foreign` per row; and how many rows belong to other provinces."""
    asked = table.frame.select(pl.col(name).alias(part) for part, name in place.items())
    answers = resolve_frame(gazetteer, asked, system=_system(header))
    provinces = [item.code for item in gazetteer.places if item.level == "province"]
    written = asked.select(pl.concat_str(pl.all().fill_null(""), separator=", ")).to_series()
    digits = asked["code"].fill_null("").str.replace_all(r"[^0-9]", "") if "code" in asked.columns else None
    is_foreign = (
        ~digits.str.head(2).is_in(provinces) & (digits.str.len_chars() >= 4)
        if digits is not None
        else pl.repeat(False, table.frame.height, eager=True)
    )
    frame = pl.DataFrame(
        {"written": written, "code": answers["code"], "foreign": is_foreign & answers["code"].is_null()}
    )
    return frame, int(frame["foreign"].sum())


def _unknown(table: Table, found: pl.DataFrame, *, header: str) -> Iterator[str]:
    for row, (written, code, foreign) in zip(table.row_numbers, found.iter_rows(), strict=True):
        if code is None and not foreign:
            yield _("Baris %(row)s: kolom %(column)s berisi “%(value)s” yang bukan satu wilayah di sini. Betulkan kodenya.") % {
                "row": row, "column": header, "value": str(written)[:60],
            }  # fmt: skip


def _repeats(table: Table, found: pl.DataFrame) -> Iterator[str]:
    seen: dict[str, int] = {}
    for row, code in zip(table.row_numbers, found["code"], strict=True):
        if code and code in seen:
            yield _("Baris %(row)s: wilayah %(code)s sudah ada pada baris %(first)s. Sisakan satu.") % {
                "row": row, "code": code, "first": seen[code],
            }  # fmt: skip
        elif code:
            seen[code] = row


@dataclass(frozen=True, slots=True)
class _Column:
    taken: Sequence[Decimal | str | None]
    faults: Sequence[str | None]
    written: Sequence[str | None]
    ambiguous: int = 0
    unit: str = ""


def _values(table: Table, name: str) -> _Column:
    """A column is of numbers when most of its filled cells are; then the others are faults. Else it is of words.

    Dashes are nothing. A minus that is no exception and a unit that every figure bears are understood; what a failed
    formula left is a fault.
    """
    written = table.frame[name].str.strip_chars()
    filled = (written.is_not_null() & ~written.str.contains(_NOTHING)).fill_null(False)
    failed = written.str.contains(_FAILED).fill_null(False)
    figures, unit = _without_unit(written, filled)
    minus = figures.str.contains(r"^[-−]\s?[0-9]").fill_null(False)
    if int(minus.sum()) < _SOMETIMES * int(filled.sum()):
        minus = minus & False  # one minus among many figures is a slip of the finger
    settled, is_sure = _settled(figures.zip_with(~minus, figures.str.replace(r"^[-−]\s?", "")))
    read = decimal_column(settled, was_number=table.numeric[name] | is_sure)
    good = read.value.is_not_null()
    meant = filled & ~written.str.to_lowercase().is_in(list(BLANK_WORDS)).fill_null(False)
    galat = _("Sel ini berisi galat rumus. Perbaiki rumusnya, atau ketik isinya.")
    if meant.any() and int(good.sum()) > _MOSTLY_NUMBERS * int((meant & ~failed).sum()):
        faults = [
            galat if is_failed else fault if is_meant and not is_good else None
            for fault, is_meant, is_good, is_failed in zip(read.message, meant, good, failed, strict=True)
        ]
        ambiguous = int((read.rule == "decimal.ambiguous").sum())
        signed = [
            None if value is None else -value if is_minus else value
            for value, is_minus in zip(read.value, minus, strict=True)
        ]
        return _Column(signed, faults, written.to_list(), ambiguous, unit)
    too_long = (written.str.len_chars() > _WORD_LENGTH).fill_null(False)
    message = _("Isian lebih dari %s huruf. Ringkas isinya.") % _WORD_LENGTH
    taken = [word if is_filled else None for word, is_filled in zip(written, filled, strict=True)]
    faults = [galat if bad else message if long else None for bad, long in zip(failed, too_long, strict=True)]
    return _Column(taken, faults, written.to_list())


def _without_unit(written: pl.Series, filled: pl.Series) -> tuple[pl.Series, str]:
    """The cells without the unit behind their figure, and that unit, when all figures bear the same one."""
    parts = pl.DataFrame({"cell": written}).select(
        figure=pl.col("cell").str.extract(_MEASURED, 1),
        unit=pl.col("cell").str.extract(_MEASURED, 2).str.to_lowercase(),
    )
    units = parts["unit"].drop_nulls().unique()
    if len(units) != 1 or int(parts["figure"].is_not_null().sum()) < _MOSTLY * int(filled.sum()):
        return written, ""
    return written.zip_with(parts["figure"].is_null(), parts["figure"]), str(units[0])


def _settled(written: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The cells with a decimal point, and which of them are beyond doubt, where the whole column tells what its marks mean.

    A column whose only mark is the point (or only the comma), at least once where no thousands can end, uses it for decimals.
    """
    for mark, other in ((r"\.", ","), (",", ".")):
        plain = written.str.contains(rf"^-?\d+({mark}\d+)?$").fill_null(False)
        sure = written.str.contains(rf"^-?(0|\d{{4,}}){mark}\d+$|^-?\d+{mark}(\d{{1,2}}|\d{{4,}})$").fill_null(False)
        if sure.any() and not written.str.contains(other, literal=True).fill_null(False).any():
            return written.str.replace(",", ".", literal=True) if mark == "," else written, plain
    return written, pl.repeat(False, len(written), eager=True)


def _value_faults(table: Table, *, key: str, column: _Column) -> Iterator[str]:
    for row, fault, written in zip(table.row_numbers, column.faults, column.written, strict=True):
        if fault:
            yield _("Baris %(row)s: kolom %(column)s berisi “%(value)s”. %(cure)s") % {
                "row": row, "column": key, "value": str(written)[:40], "cure": fault,
            }  # fmt: skip


_STAGE = """
    CREATE TEMP TABLE attributes_in (
        region_id varchar COLLATE "C", key varchar, as_of date, number numeric(24, 6), word varchar, unit varchar,
        source varchar
    ) ON COMMIT DROP
"""
_TAKE = """
    INSERT INTO registry_regionattribute AS a (region_id, key, as_of, number, word, unit, source)
    SELECT region_id, key, as_of, number, word, unit, source FROM attributes_in ORDER BY region_id, key
    ON CONFLICT (region_id, key, as_of) DO UPDATE SET
        number = excluded.number, word = excluded.word, unit = excluded.unit, source = excluded.source
    WHERE (a.number, a.word, a.unit, a.source) IS DISTINCT FROM (excluded.number, excluded.word, excluded.unit, excluded.source)
"""
_COMPARE = """
    SELECT i.key, count(*) FILTER (WHERE a.id IS NULL),
           count(*) FILTER (WHERE a.id IS NOT NULL AND (a.number, a.word) IS DISTINCT FROM (i.number, i.word)),
           count(*) FILTER (WHERE a.id IS NOT NULL AND (a.number, a.word) IS NOT DISTINCT FROM (i.number, i.word))
    FROM attributes_in i LEFT JOIN registry_regionattribute a
        ON a.region_id = i.region_id AND a.key = i.key AND a.as_of = i.as_of
    GROUP BY i.key ORDER BY i.key
"""


@transaction.atomic
def import_attributes(
    sheet: AttributeSheet,
    *,
    as_of: date,
    source: str,
    units: Mapping[str, str] | None = None,
    by: User | None,
    at: datetime,
) -> AttributesChanged:
    """Take every value of the sheet as of a day; the same day's value of the same key is replaced (history keeps it)."""
    named = {**sheet.units, **(units or {})}
    rows = [(key, code, value) for key, held in sheet.values.items() for code, value in held.items()]
    with recorded(Act.ATTRIBUTES_IMPORTED, by=by, at=at, source=source), connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY attributes_in (region_id, key, as_of, number, word, unit, source) FROM STDIN") as copy:
            for key, code, value in rows:
                number, word = (value, "") if isinstance(value, Decimal) else (None, value)
                copy.write_row((code, key, as_of, number, word, named.get(key, ""), source))
        cursor.execute(_COMPARE)
        told = cursor.fetchall()
        cursor.execute(_TAKE)
        cursor.execute("DROP TABLE attributes_in")
    return AttributesChanged(*({row[0]: row[at] for row in told} for at in (1, 2, 3)))
