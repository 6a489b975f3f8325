"""Licences held by the invented enterprises and their products, with numbers after the formats of the domain rules (§3).

Every number lies in a range that its issuer does not use (see each function), except the numbers of the two geographical
indications whose registration is public. Some licences have expired, and one number in eighty is malformed, as in real
lists. Issuing and checking are left to the legality floors of the house.
"""

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Ints, digits, happens, picks, rank_within, scattered, stream, words
from lontar.engines.demo.official import AS_AT, REGENCIES
from lontar.engines.demo.products import is_food

#: Text, but for "Tanggal Terbit" and "Berlaku Sampai" (Date; null where a licence has no end).
LICENCE_HEADERS: Final = (
    "ID Izin",
    "ID Sumber Usaha",
    "Nama Usaha",
    "ID Produk",
    "Nama Produk",
    "Kode Desa",
    "Desa/Kelurahan",
    "Kecamatan",
    "Kabupaten/Kota",
    "Jenis Izin",
    "Nomor",
    "Tanggal Terbit",
    "Berlaku Sampai",
    "Penerbit",
    "Keterangan",
)
LICENCE_KINDS: Final = ("NIB", "P-IRT", "MD", "TR", "Halal", "Merek", "IG", "SNI")
MALFORMED: Final = 0.0125
_ISSUERS: Final = {
    "NIB": "OSS",
    "P-IRT": "OSS / Dinas Kesehatan",
    "MD": "BPOM",
    "TR": "BPOM",
    "Halal": "BPJPH",
    "Merek": "DJKI",
    "IG": "DJKI",
    "SNI": "LSPro Contoh",
}
#: Years that a licence runs; the others have no end.
_YEARS: Final = {"P-IRT": 5, "MD": 5, "TR": 5, "Merek": 10, "SNI": 4}
_COLD: Final = ("Se'i sapi", "Se'i babi", "Bakso ikan", "Sosis babi", "Daging se'i asap")
#: Type of food in a P-IRT number (digits 2 and 3) by commodity; 15 (grain, nut and tuber products) for the rest.
_FOOD_TYPE: Final = {
    "Sapi": "01",
    "Babi": "01",
    "Ikan tangkap": "02",
    "Ikan teri": "02",
    "Rumput laut": "04",
    "Kelapa": "05",
    "Roti dan kue": "06",
    "Kemiri": "07",
    "Nanas": "08",
    "Madu hutan": "09",
    "Nira lontar": "09",
    "Kopi arabika": "10",
    "Kopi robusta": "10",
    "Kelor": "10",
    "Kakao": "13",
    "Garam": "11",
    "Vanili": "12",
    "Cengkeh": "12",
    "Asam": "14",
    "Jeruk keprok SoE": "14",
    "Pisang": "14",
}
#: Geographical indications by commodity and regency. The numbers of Bajawa and of Manggarai robusta are the public ones of
#: the register; the others are invented and begin with 99.
_INDICATIONS: Final = {
    ("Kopi arabika", ("53.09",)): "ID G 000000014",
    ("Kopi robusta", ("53.10", "53.15", "53.19")): "ID G 000000097",
    ("Kopi arabika", ("53.10", "53.15", "53.19")): "ID G 990000001",
    ("Vanili", ("53.05",)): "ID G 990000002",
    ("Tenun ikat", ("53.05",)): "ID G 990000003",
    ("Tenun songke dan songket", ("53.05",)): "ID G 990000004",
    ("Tenun ikat", ("53.07",)): "ID G 990000005",
    ("Jeruk keprok SoE", ("53.02",)): "ID G 990000006",
}
_PROTECTED: Final = {
    f"{commodity}/{code}": number for (commodity, codes), number in _INDICATIONS.items() for code in codes
}
_STANDARDS: Final = {"Kopi arabika": "SNI 8964:2021", "Kopi robusta": "SNI 8964:2021", "Garam": "SNI 3556:2016"}
_TRADEMARK_CLASS: Final = "DID"


def licences(products: pl.DataFrame, primary: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """The licences of the makers of `products`, and the NIB of some others, under `LICENCE_HEADERS`.

    Some 12,000 for 9,000 products. NIB numbers are those of `primary`; halal certificates go to the products marked
    `bersertifikat`.
    """
    rng = stream(seed, name="licences")
    frame = products.join(
        primary.select(pl.col("ID Sumber").alias("ID Sumber Usaha"), "NIB"), on="ID Sumber Usaha", maintain_order="left"
    ).with_columns(regency=pl.col("Kode Desa").str.slice(0, 5))
    frame = frame.with_columns(claim=pl.concat_str("Komoditas", "regency", separator="/"))
    held = _held(rng, frame)
    parts = [_of_kind(rng, frame.filter(pl.Series(held[kind])), kind=kind) for kind in LICENCE_KINDS]
    whole = pl.concat([_of_kind(rng, _others(rng, products, primary), kind="NIB"), *parts])
    numbers, spoilt = _spoil(rng, whole["Nomor"])
    return whole.with_columns(
        digits(np.arange(1, whole.height + 1), width=6).alias("ID Izin"),
        numbers.alias("Nomor"),
        words(("", "Nomor disalin dari foto"), spoilt.astype(np.int64)).replace("", None).alias("Keterangan"),
    ).select(pl.concat_str(pl.lit("IZN-"), "ID Izin").alias("ID Izin"), *LICENCE_HEADERS[1:])


def _others(rng: np.random.Generator, products: pl.DataFrame, primary: pl.DataFrame) -> pl.DataFrame:
    """Enterprises with a NIB and no product in the list: one for every six products, or as many as there are."""
    free = primary.rename({"ID Sumber": "ID Sumber Usaha"}).filter(
        pl.col("NIB").is_not_null() & ~pl.col("ID Sumber Usaha").is_in(products["ID Sumber Usaha"].implode())
    )
    chosen = rng.choice(free.height, min(free.height, products.height // 6), replace=False)
    return free[np.sort(chosen)]


def _held(rng: np.random.Generator, frame: pl.DataFrame) -> dict[str, Bools]:
    """Who holds what; herbal goods take TR, chilled meat and fortified salt MD, other packed food P-IRT or MD."""
    size = frame.height
    food = is_food(frame["Kelompok Produk"]) & (frame["Tahap"] != "Mentah").to_numpy()
    drink = (frame["Komoditas"] == "Moke dan sopi").to_numpy()
    herbal = (frame["Kelompok Produk"] == "Herbal").to_numpy() & frame["Nama Produk"].str.contains("Kapsul").to_numpy()
    strict = frame["Nama Produk"].is_in([*_COLD, "Garam halus beryodium"]).to_numpy()
    first = ~frame["ID Sumber Usaha"].is_duplicated().to_numpy() | (
        rank_within(frame["ID Sumber Usaha"].rank("dense").cast(pl.Int64).to_numpy()) == 0
    )
    # Under a week on the shelf there is no marketing permit to ask for.
    keeps = (frame["Masa Simpan (hari)"].fill_null(30) > 7).to_numpy()
    home = food & ~drink & ~herbal & ~strict
    brand = frame["Merek Dagang"].is_not_null().to_numpy()
    protected = frame["claim"].is_in(list(_PROTECTED)).to_numpy()
    return {
        "NIB": first & frame["NIB"].is_not_null().to_numpy(),
        "P-IRT": home & keeps & happens(rng, size, rate=0.55),
        "MD": food & ~drink & ~herbal & happens(rng, size, rate=np.where(strict, 0.40, 0.05)),
        "TR": herbal & happens(rng, size, rate=0.7),
        "Halal": (frame["Status Halal"] == "bersertifikat").to_numpy(),
        "Merek": brand & happens(rng, size, rate=0.24),
        "IG": protected & happens(rng, size, rate=0.55),
        "SNI": frame["Komoditas"].is_in(list(_STANDARDS)).to_numpy() & happens(rng, size, rate=0.3),
    }


def _of_kind(rng: np.random.Generator, frame: pl.DataFrame, *, kind: str) -> pl.DataFrame:
    issued = _issued(rng, frame.height, years=_YEARS.get(kind))
    until = pl.select(issued.dt.offset_by(f"{_YEARS[kind]}y") if kind in _YEARS else pl.lit(None, dtype=pl.Date))
    until_dates = until.to_series() if kind in _YEARS else pl.Series([None] * frame.height, dtype=pl.Date)
    numbers = _NUMBERS[kind](rng, frame, issued=issued, until=until_dates)
    if kind == "Merek":
        waiting = numbers.str.starts_with(_TRADEMARK_CLASS)
        until_dates = pl.select(pl.when(~waiting).then(until_dates)).to_series()
    whole_business = kind == "NIB"
    return frame.select(
        "ID Sumber Usaha",
        "Nama Usaha",
        pl.lit(None, dtype=pl.String).alias("ID Produk") if whole_business else pl.col("ID Produk"),
        pl.lit(None, dtype=pl.String).alias("Nama Produk") if whole_business else pl.col("Nama Produk"),
        *LICENCE_HEADERS[5:9],
        pl.lit(kind).alias("Jenis Izin"),
        numbers.alias("Nomor"),
        issued.alias("Tanggal Terbit"),
        until_dates.alias("Berlaku Sampai"),
        pl.lit(_ISSUERS[kind]).alias("Penerbit"),
    )


def _issued(rng: np.random.Generator, size: int, *, years: int | None) -> pl.Series:
    """Days of issue: recent ones likelier, the oldest a year longer ago than the licence runs."""
    longest = 365 * ((years or 6) + 1)
    back = np.minimum(rng.exponential(longest / 2.6, size), longest).astype(np.int64)
    last = AS_AT.toordinal() - date(1970, 1, 1).toordinal()
    day = pl.DataFrame({"day": last - back}).select(pl.col("day").cast(pl.Int32).cast(pl.Date))
    # The twenty-ninth of February has no anniversary: nothing is issued after the twenty-eighth of a month.
    return day.select(
        pl.date(pl.col("day").dt.year(), pl.col("day").dt.month(), pl.col("day").dt.day().clip(upper_bound=28))
    ).to_series()


def _nib(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    return frame["NIB"]


def _pirt(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """Package, food type, regency, which product of the producer, producer from 9000 on, year of expiry."""
    size = frame.height
    maker = frame["ID Sumber Usaha"].rank("dense").cast(pl.Int64).to_numpy()
    nth = rank_within(maker)
    codes = [regency.code.replace(".", "") for regency in REGENCIES]
    regency = frame["regency"].str.replace(".", "", literal=True)
    which = regency.replace_strict({code: at for at, code in enumerate(codes)}, return_dtype=pl.Int64).to_numpy()
    firsts = nth == 0
    by_maker = dict(zip(maker[firsts], rank_within(which[firsts]), strict=True))
    serial = 9000 + np.array([by_maker[number] for number in maker], dtype=np.int64)
    if serial.size and serial.max() > 9999:
        raise ValueError(
            "more than a thousand producers with P-IRT in one kabupaten/kota: the invented range is used up"
        )
    package = words(("1", "2", "3", "5", "7"), picks(rng, size, weights=(14, 60, 12, 8, 6)))
    kind = frame["Komoditas"].replace_strict(_FOOD_TYPE, default="15", return_dtype=pl.String)
    number = pl.concat_str(package, kind, regency, digits(nth + 1, width=2), digits(serial, width=4), pl.lit("-"))
    return pl.select(pl.concat_str(pl.lit("P-IRT "), number, until.dt.strftime("%y"))).to_series()


def _md(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """Of the risk-based kind with serials from 9000 and companies from 99000, or of the old kind with companies from 900."""
    size = frame.height
    kind = frame["Komoditas"].replace_strict(_FOOD_TYPE, default="15", return_dtype=pl.String)
    risk = words(("0", "1", "2"), picks(rng, size, weights=(55, 35, 10)))
    package = words(("1", "2", "5", "7"), rng.integers(0, 4, size))
    serial = digits(9000 + rng.integers(0, 1000, size), width=4)
    company = digits(99_000 + np.arange(size) % 1000, width=5)
    new = pl.concat_str(pl.lit("MD"), risk, package, pl.lit("53"), kind, serial, company)
    old_company = digits(900 + np.arange(size) % 100, width=3)
    old = pl.concat_str(
        pl.lit("MD"), package, pl.lit("2"), kind, pl.lit("53"), old_company, digits(np.arange(size) % 1000, width=3)
    )
    return pl.select(pl.when(pl.Series(happens(rng, size, rate=0.72))).then(new).otherwise(old)).to_series()


def _tr(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """Nine digits beginning with 99."""
    return "TR99" + digits(scattered(rng, frame.height, modulus=10**7), width=7)


def _halal(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """Province, two single digits, a serial beginning with 99, month and year of application (about a month earlier)."""
    serial = digits(scattered(rng, frame.height, modulus=10**7), width=7)
    applied = issued.dt.offset_by("-35d").dt.strftime("%m%y")
    return pl.select(pl.concat_str(pl.lit("ID531"), pl.lit("1"), pl.lit("99"), serial, applied)).to_series()


def _trademark(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """A registration beginning with 999, or, of the last two years, mostly an application waiting, its serial from 900000."""
    serial = digits(scattered(rng, frame.height, modulus=10**6), width=6)
    waiting = pl.concat_str(pl.lit(_TRADEMARK_CLASS), issued.dt.strftime("%Y"), pl.lit("9"), serial.str.slice(0, 5))
    still = (issued.dt.year() > AS_AT.year - 2) & pl.Series(happens(rng, frame.height, rate=0.7))
    return pl.select(pl.when(still).then(waiting).otherwise("IDM999" + serial)).to_series()


def _indication(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """The number of the indication: its users share it."""
    return frame["claim"].replace_strict(_PROTECTED, return_dtype=pl.String)


def _standard(rng: np.random.Generator, frame: pl.DataFrame, *, issued: pl.Series, until: pl.Series) -> pl.Series:
    """The standard itself; certificate numbers are each certifier's own affair."""
    return frame["Komoditas"].replace_strict(_STANDARDS, return_dtype=pl.String)


_NUMBERS: Final = {
    "NIB": _nib,
    "P-IRT": _pirt,
    "MD": _md,
    "TR": _tr,
    "Halal": _halal,
    "Merek": _trademark,
    "IG": _indication,
    "SNI": _standard,
}


def _spoil(rng: np.random.Generator, numbers: pl.Series) -> tuple[pl.Series, Bools]:
    """One number in eighty loses its last character or reads O for its last 0-like figure; returns which."""
    spoilt = happens(rng, len(numbers), rate=MALFORMED)
    cut: Ints = rng.integers(0, 2, len(numbers))
    short = numbers.str.slice(0, numbers.str.len_chars() - 1)
    text = pl.when(pl.Series(spoilt) & pl.Series(cut == 0)).then(short).when(pl.Series(spoilt)).then(short + "O")
    return pl.select(text.otherwise(numbers)).to_series(), spoilt
