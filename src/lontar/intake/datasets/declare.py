"""How a dataset is declared: its columns with kinds, synonyms, limits and explanations.

From one declaration come the template, the column mapping, the checks, the API schema and the reference page. How a kind
is checked is in `rules`; how checked rows reach the registry is in `steps.apply`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What a column holds; decides its check and its look in the template."""

    TEXT = "text"
    NAME = "name"
    NIK = "nik"
    PHONE = "phone"
    NIB = "nib"
    NPWP = "npwp"
    KBLI = "kbli"
    NPSN = "npsn"
    GTIN = "gtin"
    LICENCE = "licence"
    VILLAGE_CODE = "village_code"
    PLACE = "place"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    COORDINATE = "coordinate"
    MONEY = "money"
    YEAR = "year"
    DATE = "date"
    MONTHS = "months"
    CHOICE = "choice"


TEXT_CODES = frozenset(
    {Kind.NIK, Kind.PHONE, Kind.NIB, Kind.NPWP, Kind.KBLI, Kind.NPSN, Kind.GTIN, Kind.LICENCE, Kind.VILLAGE_CODE}
)
PERSONAL = frozenset({Kind.NIK, Kind.PHONE})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` names it in code and API, `label` is its header in the template.

    `choices` maps the stored value to the spellings that people write, the first of which the template shows.
    `minimum` and `maximum` bound numbers, inclusive; `length` bounds text. A value of a `personal` column is masked
    wherever it is shown. `measure` says that a decimal is an area in hectares or a quantity whose unit, where it stands in
    the cell or the header, belongs to the column `unit`.
    """

    key: str
    label: str
    kind: Kind
    explanation: str
    synonyms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    length: int = 200
    personal: bool = False
    measure: Literal["", "area", "quantity"] = ""

    @property
    def is_personal(self) -> bool:
        """Whether values are masked in issues, profiles and messages."""
        return self.personal or self.kind in PERSONAL

    @property
    def is_text_code(self) -> bool:
        """Whether the template formats the column as text, so that no digit is lost."""
        return self.kind in TEXT_CODES


@dataclass(frozen=True, slots=True)
class Place:
    """Which columns together name the village of a row."""

    code: str = "village_code"
    village: str = "village"
    district: str = "district"
    regency: str = "regency"
    text: str = "place_text"

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the resolver."""
        return (self.code, self.village, self.district, self.regency, self.text)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that an agency can send. `one_of` lists groups of columns of which each row needs at least one."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    place: Place | None = field(default_factory=Place)
    one_of: tuple[tuple[str, ...], ...] = ()

    def column(self, key: str) -> Column:
        """The column called `key`; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all columns, in order."""
        return tuple(column.key for column in self.columns)

    @property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """For each column the headers that mean it, its own label first."""
        return {column.key: (column.label, column.key.replace("_", " "), *column.synonyms) for column in self.columns}


PLACE_COLUMNS = (
    Column(
        "village_code",
        "Kode Desa",
        Kind.VILLAGE_CODE,
        "Kode desa/kelurahan Kemendagri, 10 angka, misalnya 53.01.04.2003. Kode BPS 10 angka juga dikenali. "
        "Bila kosong, isi nama desa, kecamatan dan kabupaten.",
        synonyms=(
            "Kode Desa/Kelurahan", "Kode Kelurahan", "Kode Wilayah", "Kode Kemendagri", "Kode Desa Kemendagri",
            "Kode Wilayah Desa", "Kode BPS", "Kode Desa BPS", "ID Desa", "Kodedesa", "Kd Desa", "Kode Kel",
            "village code", "iddesa",
        ),
        examples=("53.01.04.2003", "53.71.01.1001"),
    ),
    Column(
        "village",
        "Desa/Kelurahan",
        Kind.PLACE,
        "Nama desa atau kelurahan.",
        synonyms=("Desa", "Kelurahan", "Nama Desa", "Nama Kelurahan", "Desa/Kel", "Nama Desa/Kelurahan", "Ds/Kel",
                  "Kel/Desa", "Kelurahan/Desa", "Lokasi Desa", "village"),
        examples=("Bokonusan",),
    ),
    Column(
        "district",
        "Kecamatan",
        Kind.PLACE,
        "Nama kecamatan.",
        synonyms=("Kec", "Nama Kecamatan", "Kec.", "district"),
        examples=("Semau",),
    ),
    Column(
        "regency",
        "Kabupaten/Kota",
        Kind.PLACE,
        "Nama kabupaten atau kota.",
        synonyms=("Kabupaten", "Kota", "Kab/Kota", "Kab", "Nama Kabupaten", "Kabupaten / Kota", "Nama Kabupaten/Kota",
                  "Kota/Kabupaten", "regency"),
        examples=("Kupang", "Kota Kupang"),
    ),
    Column(
        "place_text",
        "Lokasi",
        Kind.PLACE,
        "Tempat dalam satu tulisan, bila kolom desa, kecamatan dan kabupaten tidak ada, misalnya "
        "“Desa Bokonusan, Kec. Semau, Kab. Kupang”.",
        synonyms=("Lokasi Usaha", "Tempat", "Wilayah", "Desa Kecamatan Kabupaten"),
        examples=(),
    ),
)  # fmt: skip
