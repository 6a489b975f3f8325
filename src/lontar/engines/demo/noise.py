"""How a second agency's clerk writes down what the first wrote differently: every kind of deviation with its rate.

Each kind is declared once in `NOISES`; a rate is a share of the rows that can show the deviation (`needs` a value, and
none of `unless` has happened to the row already). The flags of `flags` are the truth that linkage is measured against.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Ints, happens, words
from lontar.engines.demo.names import ALL_GIVEN


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of deviation: `rate` among the rows where column `needs` is filled and no flag of `unless` is set."""

    key: str
    rate: float
    about: str
    needs: str | None = None
    unless: tuple[str, ...] = ()


NOISES: Final[tuple[Noise, ...]] = (
    Noise("clan_missing", 0.05, "Nama keluarga tidak ditulis"),
    Noise("clan_first", 0.08, "Nama keluarga ditulis di depan", unless=("clan_missing",)),
    Noise("given_short", 0.14, "Nama depan disingkat (Yohanes: Yoh.)", unless=("clan_missing",)),
    Noise("given_variant", 0.07, "Ejaan lain nama depan (Yohanes: Yohanis)", unless=("given_short",)),
    Noise("middle_dropped", 0.28, "Nama tengah tidak ditulis", needs="middle", unless=("clan_missing",)),
    Noise("middle_initial", 0.15, "Nama tengah tinggal huruf pertama", needs="middle", unless=("middle_dropped",)),
    Noise("title", 0.07, "Sapaan atau gelar ikut ditulis"),
    Noise("capitals", 0.30, "Nama dan usaha dengan huruf besar"),
    Noise("typo", 0.08, "Salah ketik satu huruf pada nama"),
    Noise("business_missing", 0.10, "Nama usaha kosong"),
    Noise("business_reworded", 0.18, "Nama usaha diganti jenis usaha dan nama depan", unless=("business_missing",)),
    Noise("nik_missing", 0.35, "NIK kosong", needs="nik"),
    Noise("nik_mistyped", 0.012, "Dua angka NIK tertukar", needs="nik", unless=("nik_missing",)),
    Noise("nik_rounded", 0.006, "NIK dibulatkan Excel", needs="nik", unless=("nik_missing", "nik_mistyped")),
    Noise("nib_missing", 0.20, "NIB kosong", needs="nib"),
    Noise("phone_missing", 0.22, "Nomor telepon kosong", needs="phone"),
    Noise("phone_family", 0.06, "Nomor telepon milik keluarga", needs="phone", unless=("phone_missing",)),
    Noise("phone_changed", 0.10, "Nomor telepon berganti", needs="phone", unless=("phone_missing", "phone_family")),
    Noise("address_missing", 0.20, "Alamat kosong"),
    Noise("address_short", 0.45, "Alamat tinggal dusun atau jalan", unless=("address_missing",)),
    Noise("address_other", 0.20, "Alamat lain di desa yang sama", unless=("address_missing", "address_short")),
    Noise("village_missing", 0.03, "Desa kosong"),
    Noise("village_neighbour", 0.06, "Dicatat di desa tetangga", unless=("village_missing",)),
    Noise("village_spelling", 0.15, "Ejaan lain nama desa", unless=("village_missing",)),
    Noise("turnover_of_year", 0.05, "Omzet setahun ditulis sebagai omzet sebulan", needs="turnover"),
    Noise("since_off", 0.12, "Tahun berdiri meleset satu sampai tiga tahun"),
)
NOISE_KEYS: Final = tuple(noise.key for noise in NOISES)

_TITLES: Final = {False: ("Bpk.", "Sdr.", "Bapak", "Drs."), True: ("Ibu", "Ny.", "Mama", "Sdri.")}
_KEYBOARD: Final = dict(zip("abdefghiklmnopqrstuw", "snsrdgjoljnmipaetyie", strict=True))


def flags(rng: np.random.Generator, base: pl.DataFrame) -> dict[str, Bools]:
    """Draw every kind for every row of `base` (columns `middle nik nib phone turnover` decide what is possible)."""
    drawn: dict[str, Bools] = {}
    for noise in NOISES:
        possible = np.ones(base.height, dtype=bool)
        if noise.needs is not None:
            possible &= base[noise.needs].is_not_null().to_numpy()
        for other in noise.unless:
            possible &= ~drawn[other]
        drawn[noise.key] = possible & happens(rng, base.height, rate=noise.rate)
    return drawn


def write_names(rng: np.random.Generator, base: pl.DataFrame, *, happened: dict[str, Bools]) -> pl.Series:
    """The owner's name as the clerk writes it, from the columns `given middle clan woman`."""
    short = {entry.name: entry.short for entry in ALL_GIVEN}
    variant = {entry.name: entry.variant or entry.name for entry in ALL_GIVEN}
    size = base.height
    woman = base["woman"].to_numpy().astype(np.int64)
    titles = words([*_TITLES[False], *_TITLES[True]], woman * 4 + rng.integers(0, 4, size))
    frame = base.select("given", "middle", "clan").with_columns(pl.Series("titles", titles), **_columns(happened))
    parts = frame.with_columns(
        given=pl.when("given_short")
        .then(pl.col("given").replace(short))
        .when("given_variant")
        .then(pl.col("given").replace(variant))
        .otherwise("given"),
        middle=pl.when("middle_dropped")
        .then(None)
        .when("middle_initial")
        .then(pl.col("middle").str.slice(0, 1) + ".")
        .otherwise("middle"),
        clan=pl.when("clan_missing").then(None).otherwise("clan"),
        titles=pl.when("title").then("titles"),
    )
    ordered = (
        pl.when("clan_first")
        .then(pl.concat_str("titles", "clan", "given", "middle", separator=" ", ignore_nulls=True))
        .otherwise(pl.concat_str("titles", "given", "middle", "clan", separator=" ", ignore_nulls=True))
    )
    names = misspelt(rng, parts.select(ordered.alias("name")).to_series(), which=happened["typo"])
    return in_capitals(names, happened["capitals"])


def write_businesses(rng: np.random.Generator, base: pl.DataFrame, *, happened: dict[str, Bools]) -> pl.Series:
    """The business as the clerk writes it, from the columns `business kind given`; the mark of invention stays."""
    mark = words(("Contoh", "Peraga"), rng.integers(0, 2, base.height))
    frame = base.select("business", "kind", "given").with_columns(pl.Series("mark", mark), **_columns(happened))
    text = (
        pl.when("business_missing")
        .then(None)
        .when("business_reworded")
        .then(pl.concat_str("kind", "mark", "given", separator=" "))
        .otherwise("business")
    )
    return in_capitals(frame.select(text.alias("business")).to_series(), happened["capitals"])


def write_addresses(addresses: pl.Series, others: pl.Series, *, happened: dict[str, Bools]) -> pl.Series:
    """The address with gaps, cut down to its first words, or an older one (`others`)."""
    cut = addresses.str.replace(r"( No\. \d+)?, RT.*$", "")
    text = (
        pl.when(pl.Series(happened["address_missing"]))
        .then(None)
        .when(pl.Series(happened["address_short"]))
        .then(cut)
        .when(pl.Series(happened["address_other"]))
        .then(others)
        .otherwise(addresses)
    )
    return pl.select(text.alias("Alamat")).to_series()


def write_niks(rng: np.random.Generator, niks: pl.Series, *, happened: dict[str, Bools]) -> pl.Series:
    """NIK with gaps, with two neighbouring digits of the serial swapped, or with the last digit lost to Excel.

    A swap needs two different digits, so it takes the last unequal pair.
    """
    values = niks.to_list()
    for row in np.flatnonzero(happened["nik_mistyped"]):
        values[row] = swapped(values[row])
    for row in np.flatnonzero(happened["nik_rounded"]):
        values[row] = values[row][:15] + "0"
    for row in np.flatnonzero(happened["nik_missing"]):
        values[row] = None
    return pl.Series("NIK", values, dtype=pl.String)


def swapped(number: str) -> str:
    """The number with its last pair of unequal neighbours exchanged."""
    for at in range(len(number) - 2, 0, -1):
        if number[at] != number[at + 1]:
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number


def misspelt(rng: np.random.Generator, texts: pl.Series, *, which: Bools) -> pl.Series:
    """One slip of a finger inside each marked text: a letter lost, doubled, swapped with the next, or hit beside."""
    values = texts.to_list()
    rows = np.flatnonzero(which)
    kinds = rng.integers(0, 4, len(rows))
    spots = rng.random(len(rows))
    for row, kind, spot in zip(rows, kinds, spots, strict=True):
        values[row] = _slip(values[row], kind=int(kind), spot=float(spot))
    return pl.Series(texts.name, values, dtype=pl.String)


def _slip(text: str, *, kind: int, spot: float) -> str:
    inside = [at for at in range(1, len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha()]
    if not inside:
        return text + text[-1]
    at = inside[int(spot * len(inside))]
    letter = text[at]
    if kind == 2 and letter != text[at + 1]:
        return text[:at] + text[at + 1] + letter + text[at + 2 :]
    if kind == 3:
        return text[:at] + _KEYBOARD.get(letter, "e" if letter == "a" else "a") + text[at + 1 :]
    return text[:at] + text[at + 1 :] if kind == 0 else text[:at] + letter + text[at:]


def in_capitals(texts: pl.Series, which: Bools) -> pl.Series:
    """Capital letters where marked."""
    return pl.select(
        pl.when(pl.Series(which)).then(texts.str.to_uppercase()).otherwise(texts).alias(texts.name)
    ).to_series()


def village_spellings(names: pl.Series) -> list[tuple[str, str, str]]:
    """Three other ways to write each village: words joined or parted, letters as they sound, with its kind before it."""
    return [(_parted(name), _as_it_sounds(name), f"Ds. {_in_figures(name)}") for name in names]


def _parted(name: str) -> str:
    if " " in name:
        first, *others = name.split(" ")
        return first + "".join(other.lower() for other in others)
    for head in ("Oe", "Wae", "Wai", "Golo", "Watu", "Wolo", "Lewo", "Nua", "Tana", "Fatu", "Nun", "Naga", "Raba"):
        if name.startswith(head) and len(name) > len(head) + 2:
            return f"{head} {name[len(head) :].capitalize()}"
    return name[:-1] + "h" + name[-1] if len(name) > 3 else name + "h"


def _as_it_sounds(name: str) -> str:
    for written, heard in (("oe", "u"), ("Oe", "U"), ("ae", "ai"), ("ai", "ae"), ("au", "ao"), ("w", "v"), ("ng", "n")):
        if written in name:
            return name.replace(written, heard, 1)
    for written, heard in (("f", "p"), ("b", "p"), ("d", "t"), ("e", "i"), ("o", "u"), ("a", "e")):
        if written in name[1:]:
            return name[0] + name[1:].replace(written, heard, 1)
    return name + "a"


def _in_figures(name: str) -> str:
    endings = {" I": " 1", " II": " 2", " III": " 3", " Timur": " Tim.", " Barat": " Brt.", " Utara": " Utr."}
    for written, short in endings.items():
        if name.endswith(written):
            return name.removesuffix(written) + short
    return name


def _columns(happened: dict[str, Bools]) -> dict[str, pl.Series]:
    return {key: pl.Series(key, values) for key, values in happened.items()}


def off_by(rng: np.random.Generator, years: Ints, *, which: Bools, latest: int) -> Ints:
    """Years moved by one to three where marked, never beyond `latest`."""
    step = rng.integers(1, 4, len(years)) * np.where(rng.random(len(years)) < 0.5, -1, 1)
    moved = years + np.where(which, step, 0)
    return np.where(moved > latest, years - np.where(which, 1, 0), moved).astype(np.int64)
