"""The second agency's list: Dinas Koperasi writes down small businesses its own way, and three quarters overlap.

The list has other headers and other habits than the first: place names without codes, workers by sex, turnover by the
month, and the deviations of `noise` at their stated rates. A quarter of its entries are not in the first list: businesses
unknown there, and further businesses of owners known there (the hard ones for matching). One entry in a hundred stands
twice. What is true about each row is kept apart in `second_truth`, never in the list.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo import identifiers, noise
from lontar.engines.demo.drafts import Order, addresses, draft
from lontar.engines.demo.draws import Bools, Ints, happens, picks, ragged, rounded, stream, words
from lontar.engines.demo.land import Land, survey
from lontar.engines.demo.mix import business_mix
from lontar.engines.demo.official import REGENCIES, YEAR
from lontar.engines.demo.sectors import SECTOR_OF_PRODUCT, SECTORS
from lontar.engines.demo.signboards import marks, virtues

#: Text, but for "No", "Jml TK L", "Jml TK P", "Omset per Bulan" and "Tahun Berdiri" (Int64).
SECOND_HEADERS: Final = (
    "No",
    "Nama Lengkap",
    "Nama Usaha",
    "NIK",
    "NIB",
    "Telp/HP",
    "Alamat",
    "Desa",
    "Kecamatan",
    "Kab/Kota",
    "Jenis Usaha",
    "Jml TK L",
    "Jml TK P",
    "Omset per Bulan",
    "Tahun Berdiri",
    "Keterangan",
)
SECOND_ROWS: Final = 120_000
#: Of the list: entries of the first list, second entries of those, further businesses of its owners; the rest is new.
SAME_SHARE: Final = 0.74
REPEAT_SHARE: Final = 0.01
OWNER_SHARE: Final = 0.03
RELATIONS: Final = ("same", "repeat", "owner", "new")

_BASE: Final = (
    "relation primary_row village woman nik given middle clan phone nib business address kind since workers turnover"
).split()
_SHORT_REGENCIES: Final = {
    "53.02": "TTS",
    "53.03": "TTU",
    "53.06": "Flotim",
    "53.15": "Mabar",
    "53.18": "SBD",
    "53.19": "Matim",
}
_REMARKS: Final = (None, "Aktif", "Sudah didata", "Pernah dapat bantuan", "Belum punya NIB", "Tutup sementara")


def enterprises_second(
    primary: pl.DataFrame, seed: int, *, villages: pl.DataFrame, rows: int = SECOND_ROWS
) -> pl.DataFrame:
    """The list of the second agency: `rows` entries under `SECOND_HEADERS`, numbered from 1 along the regencies.

    `primary` is the list of `enterprises_primary` for the same `villages`. Turnover is rupiah a month.
    Raises ValueError when three quarters of `rows` are more than the first list has.
    """
    return second(survey(villages), primary, seed=seed, rows=rows)[0]


def second_truth(primary: pl.DataFrame, seed: int, *, villages: pl.DataFrame, rows: int = SECOND_ROWS) -> pl.DataFrame:
    """What is true about each row of `enterprises_second` under the same arguments.

    Columns: `row` (its "No"), `relation` (one of `RELATIONS`), `primary_id` ("ID Sumber" of the same enterprise, null for
    `owner` and `new`), `owner_id` ("ID Sumber" of the entry with the same owner, null for `new`), `village_code` (where it
    really is), and one flag per kind of `noise.NOISES`.
    """
    return second(survey(villages), primary, seed=seed, rows=rows)[1]


def second(
    land: Land, primary: pl.DataFrame, *, seed: int, rows: int = SECOND_ROWS
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The list and its truth for villages surveyed before."""
    base = _base(land, primary, seed=seed, rows=rows)
    rng = stream(seed, name="second noise")
    happened = noise.flags(rng, base)
    listed = _written(rng, land=land, base=base, happened=happened)
    ids = primary["ID Sumber"].gather(np.maximum(base["primary_row"].to_numpy(), 0))
    same = base["relation"].is_in(["same", "repeat"])
    truth = pl.DataFrame(
        {
            "row": listed["No"],
            "relation": base["relation"],
            "primary_id": pl.select(pl.when(same).then(ids)).to_series(),
            "owner_id": pl.select(pl.when(base["relation"] != "new").then(ids)).to_series(),
            "village_code": land.frame["code"].gather(base["village"].to_numpy()),
            **happened,
        }
    )
    return listed, truth


def _base(land: Land, primary: pl.DataFrame, *, seed: int, rows: int) -> pl.DataFrame:
    """All entries as they truly are, in the order of the list."""
    rng = stream(seed, name="second plan")
    count = {"same": round(rows * SAME_SHARE), "repeat": round(rows * REPEAT_SHARE), "owner": round(rows * OWNER_SHARE)}
    known = count["same"] + count["owner"]
    if known > primary.height:
        raise ValueError(f"{rows} rows need {known} enterprises in the first list; it has {primary.height}")
    # Those with a NIB have been to the office: they are likelier to be on its list.
    weight = 1.0 + 1.5 * primary["NIB"].is_not_null().to_numpy()
    chosen = np.argsort(rng.exponential(1.0, primary.height) / weight, kind="stable")[:known]
    same, owner = chosen[: count["same"]], chosen[count["same"] :]
    repeat = rng.choice(same, count["repeat"], replace=False)
    parts = [
        _known(rng, land=land, primary=primary, at=same, relation="same"),
        _known(rng, land=land, primary=primary, at=repeat, relation="repeat"),
        _further(rng, land=land, primary=primary, at=owner, seed=seed),
        _unknown(rng, land=land, size=rows - sum(count.values()), seed=seed),
    ]
    base = pl.concat(part.select(_BASE) for part in parts)
    order = np.lexsort((rng.random(rows), land.district[base["village"].to_numpy()]))
    return base[order]


def _known(rng: np.random.Generator, *, land: Land, primary: pl.DataFrame, at: Ints, relation: str) -> pl.DataFrame:
    rows = primary[at]
    sector = rows["Produk Utama"].replace_strict(SECTOR_OF_PRODUCT, return_dtype=pl.Int64).to_numpy()
    tokens = rows["Nama Pemilik"].str.split(" ")
    position = {code: index for index, code in enumerate(land.frame["code"])}
    return rows.select(
        relation=pl.lit(relation),
        primary_row=pl.Series(at),
        village=rows["Kode Desa"].replace_strict(position, return_dtype=pl.Int64),
        woman=rows["Jenis Kelamin"] == "Perempuan",
        nik=rows["NIK Pemilik"],
        given=tokens.list.first(),
        middle=pl.select(pl.when(tokens.list.len() > 2).then(tokens.list.get(1))).to_series(),
        clan=tokens.list.last(),
        phone=rows["No. HP"],
        nib=rows["NIB"],
        business=rows["Nama Usaha"],
        address=rows["Alamat"],
        kind=_kinds(rng, sector),
        since=rows["Tahun Mulai"],
        workers=rows["Tenaga Kerja Dibayar"] + rows["Tenaga Kerja Tidak Dibayar"],
        turnover=rows["Omzet Setahun (Rp)"],
    )


def _further(rng: np.random.Generator, *, land: Land, primary: pl.DataFrame, at: Ints, seed: int) -> pl.DataFrame:
    """Other businesses of owners of the first list: the person as known there, the business newly drawn."""
    person = _known(rng, land=land, primary=primary, at=np.sort(at), relation="owner")
    totals = np.bincount(land.regency[person["village"].to_numpy()], minlength=len(REGENCIES)).astype(np.int64)
    drawn = draft(land, order=Order(totals, business_mix(), "second"), seed=seed, name="second further")
    sector = drawn["sector"].to_numpy()
    crafts = ragged(rng, [entry.crafts for entry in SECTORS], which=sector)
    return person.with_columns(
        business=pl.concat_str(crafts, marks(rng, len(at)), virtues(rng, len(at)), separator=" "),
        kind=_kinds(rng, sector),
        nib=pl.lit(None, dtype=pl.String),
        since=drawn["since"],
        workers=drawn["paid"] + drawn["unpaid"],
        turnover=drawn["turnover"],
    )


def _unknown(rng: np.random.Generator, *, land: Land, size: int, seed: int) -> pl.DataFrame:
    present = np.unique(land.regency)
    share = np.zeros(len(REGENCIES))
    share[present] = np.array([REGENCIES[which].enterprises for which in present])
    totals = rng.multinomial(size, share / share.sum()).astype(np.int64)
    drawn = draft(land, order=Order(totals, business_mix(), "second"), seed=seed, name="second unknown")
    return drawn.with_columns(
        relation=pl.lit("new"),
        primary_row=pl.lit(-1, dtype=pl.Int64),
        kind=_kinds(rng, drawn["sector"].to_numpy()),
        workers=pl.col("paid") + pl.col("unpaid"),
    )


def _kinds(rng: np.random.Generator, sector: Ints) -> pl.Series:
    return ragged(rng, [entry.kinds for entry in SECTORS], which=sector)


def _written(rng: np.random.Generator, *, land: Land, base: pl.DataFrame, happened: dict[str, Bools]) -> pl.DataFrame:
    size = base.height
    at = base["village"].to_numpy()
    place = _places(rng, land=land, at=at, happened=happened)
    men, women = _by_sex(rng, base)
    columns = {
        "No": pl.Series(np.arange(1, size + 1)),
        "Nama Lengkap": noise.write_names(rng, base, happened=happened),
        "Nama Usaha": noise.write_businesses(rng, base, happened=happened),
        "NIK": noise.write_niks(rng, base["nik"], happened=happened),
        "NIB": pl.select(pl.when(~pl.Series(happened["nib_missing"])).then(base["nib"])).to_series(),
        "Telp/HP": _phones(rng, base=base, happened=happened),
        "Alamat": noise.write_addresses(base["address"], addresses(rng, land=land, at=at), happened=happened),
        **place,
        "Jenis Usaha": base["kind"],
        "Jml TK L": men,
        "Jml TK P": women,
        "Omset per Bulan": _monthly(rng, base["turnover"], happened["turnover_of_year"]),
        "Tahun Berdiri": noise.off_by(rng, base["since"].to_numpy(), which=happened["since_off"], latest=YEAR),
        "Keterangan": words(_REMARKS, picks(rng, size, weights=(62, 20, 7, 5, 4, 2))),
    }
    return pl.DataFrame({header: columns[header] for header in SECOND_HEADERS})


def _places(rng: np.random.Generator, *, land: Land, at: Ints, happened: dict[str, Bools]) -> dict[str, pl.Series]:
    size = len(at)
    nearby = land.neighbours[at, rng.integers(0, land.neighbours.shape[1], size)]
    told = np.where(happened["village_neighbour"], nearby, at)
    spellings = noise.village_spellings(land.frame["name"])
    other = words([text for three in spellings for text in three], told * 3 + rng.integers(0, 3, size))
    frame = pl.DataFrame(
        {
            "name": land.frame["name"].gather(told),
            "other": other,
            "district": land.frame["district_name"].gather(told),
            "missing": happened["village_missing"],
            "spelt": happened["village_spelling"],
            "prefixed": happens(rng, size, rate=0.12),
        }
    )
    village = pl.when("missing").then(None).when("spelt").then("other").otherwise("name")
    district = pl.when("prefixed").then("Kec. " + pl.col("district")).otherwise("district")
    texts = frame.select(village.alias("Desa"), district.alias("Kecamatan"))
    return {
        "Desa": texts["Desa"],
        "Kecamatan": texts["Kecamatan"],
        "Kab/Kota": words(_regency_texts(), land.regency[told] * 4 + picks(rng, size, weights=(40, 30, 18, 12))),
    }


def _regency_texts() -> list[str]:
    texts = []
    for regency in REGENCIES:
        kind = "Kota" if regency.kind == "kota" else "Kab."
        full = f"{kind} {regency.name}"
        bare = full if regency.kind == "kota" else regency.name
        texts += [bare, full, full.upper(), _SHORT_REGENCIES.get(regency.code, full)]
    return texts


def _by_sex(rng: np.random.Generator, base: pl.DataFrame) -> tuple[Ints, Ints]:
    workers = base["workers"].to_numpy()
    owner = base["woman"].to_numpy().astype(np.int64)
    women = owner + rng.binomial(np.maximum(workers - 1, 0), 0.25 + 0.45 * owner)
    return (workers - women).astype(np.int64), women.astype(np.int64)


def _monthly(rng: np.random.Generator, yearly: pl.Series, of_year: Bools) -> pl.Series:
    year = yearly.fill_null(0).to_numpy().astype(np.float64)
    month = rounded(year / 12 * rng.lognormal(0.0, 0.12, len(year)))
    told = np.where(of_year, year.astype(np.int64), month)
    return pl.select(pl.when(yearly.is_not_null()).then(pl.Series(told))).to_series()


def _phones(rng: np.random.Generator, *, base: pl.DataFrame, happened: dict[str, Bools]) -> pl.Series:
    """Numbers with gaps, a relative's number or a new one, written in four ways."""
    size = base.height
    filled = base["phone"].backward_fill().forward_fill()
    relative = filled.gather(np.maximum(np.arange(size) - 1, 0))
    fresh = identifiers.phone(rng, size, block="changed")
    number = (
        pl.when(pl.Series(happened["phone_missing"]))
        .then(None)
        .when(pl.Series(happened["phone_family"]))
        .then(relative)
        .when(pl.Series(happened["phone_changed"]))
        .then(fresh)
        .otherwise(base["phone"])
    )
    frame = pl.select(number.alias("number")).with_columns(way=picks(rng, size, weights=(70, 10, 15, 5)))
    bare = pl.col("number").str.slice(1)
    dashed = pl.concat_str(
        pl.col("number").str.slice(0, 4), pl.col("number").str.slice(4, 4), pl.col("number").str.slice(8), separator="-"
    )
    written = (
        pl.when(pl.col("way") == 1)
        .then("+62" + bare)
        .when(pl.col("way") == 2)
        .then(dashed)
        .when(pl.col("way") == 3)
        .then("62" + bare)
        .otherwise("number")
    )
    return frame.select(written).to_series()
