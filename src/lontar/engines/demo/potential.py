"""The potential of the villages: what each grows, catches and makes, how much, when, and how much of it leaves raw.

One row per village, commodity and year. The signature products of each kabupaten/kota (domain rules §10.3) are frequent
there, the harvest months follow §10.4 with a month's shift in some villages, and the gaps are those of a real return: a
few villages report nothing, some areas and quantities are missing, some harvests failed (zero).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.catalogue import commodities, month_names
from lontar.engines.demo.draws import Bools, Floats, Ints, blanked, happens, stream, words
from lontar.engines.demo.land import Land, survey
from lontar.engines.demo.official import REGENCIES, REGENCY_INDEX, YEAR

#: Text, but for "Tahun" and "Dijual Mentah (%)" (Int64), "Luas (ha)" and "Produksi" (Float64).
POTENTIAL_HEADERS: Final = (
    "Kode Desa",
    "Desa/Kelurahan",
    "Kecamatan",
    "Kabupaten/Kota",
    "Tahun",
    "Komoditas",
    "Luas (ha)",
    "Produksi",
    "Satuan",
    "Bulan Panen",
    "Dijual Mentah (%)",
    "Sumber Daya Alam",
)
SILENT_VILLAGES: Final = 0.04
BEFORE_TOO: Final = 0.35
FAILED: Final = 0.02


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a commodity is found: setting, share of villages, median hectares (0: none), yield or output, percent sold raw."""

    setting: str
    share: float
    area: float
    output: float
    raw: float


# commodity | setting | share of villages | median ha | tons per ha, or output where there is no land | % sold raw
_HABITS: Final = """
jagung|any|.78|95|2.4|70
padi|any|.28|60|3.2|85
ubi-kayu|any|.42|22|8|75
pisang|any|.40|12|6|88
kelapa|any|.38|35|.9|80
pinang|any|.28|8|.6|90
kemiri|inland|.20|18|.7|88
mete|any|.12|30|.45|92
kakao|inland|.08|20|.4|94
kopi-robusta|inland|.10|25|.45|85
kopi-arabika|inland|0|40|.5|72
cengkeh|inland|.04|14|.35|95
vanili|inland|.02|4|.15|90
kenari|any|.01|10|.5|85
asam|any|.16|12|.5|85
madu|inland|.12|0|420|60
bambu|inland|.10|15|6|80
sorgum|any|.04|12|1.4|75
kacang-hijau|any|.10|15|.8|90
kacang-tanah|any|.13|12|1|88
jeruk-soe|inland|0|14|5|97
nanas|any|.02|6|9|80
kelor|any|.12|4|2.5|60
lontar|any|.08|14|1.2|20
garam|coast|.06|6|45|95
rumput-laut|coast|.14|14|6|96
ikan|coast|.62|0|46|85
teri|coast|.07|0|12|70
udang|coast|.02|8|2.5|97
sapi|any|.32|0|140|97
babi|any|.28|0|260|97
tenun-ikat|any|.33|0|240|0
tenun-songket|any|0|0|180|0
anyaman-daun|any|.15|0|900|0
anyaman-bambu|inland|.12|0|600|0
gerabah|any|.02|0|700|0
sasando|any|0|0|30|0
moke|any|.10|0|3200|10
"""
_SIGNATURES: Final[dict[str, str]] = {
    "53.01": "garam:.4 rumput-laut:.5 kelor:.35 sapi:.6 lontar:.3",
    "53.02": "jeruk-soe:.3 madu:.35 tenun-ikat:.5 kemiri:.4 garam:.1 sapi:.6",
    "53.03": "tenun-ikat:.5 tenun-songket:.25 mete:.4 kemiri:.4 asam:.45 madu:.3 sapi:.5",
    "53.04": "tenun-ikat:.5 nanas:.3 kelapa:.5",
    "53.05": "vanili:.4 tenun-ikat:.45 tenun-songket:.2 kenari:.35 kemiri:.5 rumput-laut:.35",
    "53.06": "mete:.7 kemiri:.5 kakao:.4 kelapa:.7 moke:.3",
    "53.07": "mete:.5 kakao:.5 kelapa:.7 tenun-ikat:.6 moke:.3",
    "53.08": "kakao:.55 kelapa:.6 tenun-ikat:.5 ubi-kayu:.7 kopi-robusta:.3",
    "53.09": "kopi-arabika:.75 tenun-ikat:.4 bambu:.6 anyaman-bambu:.4 vanili:.12",
    "53.10": "kopi-arabika:.6 kopi-robusta:.6 cengkeh:.4 tenun-songket:.4 padi:.5",
    "53.11": "tenun-ikat:.55 rumput-laut:.5 udang:.15 sorgum:.3",
    "53.12": "tenun-ikat:.5 kopi-robusta:.4 kakao:.2 padi:.45",
    "53.13": "jagung:.9 teri:.45 ikan:.8 tenun-ikat:.5 mete:.3 sorgum:.2",
    "53.14": "lontar:.8 garam:.5 rumput-laut:.6 sasando:.12 tenun-ikat:.5 anyaman-daun:.4",
    "53.15": "kopi-arabika:.3 kopi-robusta:.5 cengkeh:.35 tenun-songket:.35 ikan:.8 padi:.5",
    "53.16": "cengkeh:.4 tenun-ikat:.5 garam:.4 padi:.6",
    "53.17": "tenun-ikat:.5 padi:.55 kopi-robusta:.3 jagung:.9",
    "53.18": "mete:.75 tenun-ikat:.5 kopi-robusta:.4 kakao:.35 jagung:.9",
    "53.19": "kopi-arabika:.5 kopi-robusta:.6 cengkeh:.45 tenun-songket:.35 kakao:.25",
    "53.20": "lontar:.85 garam:.5 rumput-laut:.6 tenun-ikat:.6 kacang-hijau:.4",
    "53.21": "kelor:.5 kacang-hijau:.55 pisang:.75 garam:.4 tenun-ikat:.5",
    "53.71": "kelor:.2 sapi:.3 tenun-ikat:.25",
}
_HARVEST_OF_TIMOR: Final = (6, 7, 8, 9, 10, 11, 12)
_RESOURCES: Final = {
    "coast": ("Pantai pasir putih", "Terumbu karang", "Hutan bakau", "Perairan ikan karang"),
    "inland": ("Hutan adat", "Mata air", "Air terjun", "Sumber panas bumi"),
    "any": ("Padang sabana", "Hutan lontar", "Batu bangunan", "Sungai"),
}


def potential(villages: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Potential per village, commodity and year under `POTENTIAL_HEADERS`, some 27,000 rows for the whole province.

    `villages` as in `land.VILLAGE_SCHEMA`. "Produksi" is in the unit of "Satuan"; rows stand in the order of village code,
    year and catalogue.
    """
    return village_potential(survey(villages), seed=seed)


def village_potential(land: Land, *, seed: int) -> pl.DataFrame:
    """The same for villages surveyed before."""
    rng = stream(seed, name="potential")
    habits = _habits()
    grown = _grown(rng, land=land, habits=habits)
    grown[happens(rng, len(land), rate=SILENT_VILLAGES)] = False
    at, item = (found.astype(np.int64) for found in np.nonzero(grown))
    figures = _figures(rng, land=land, habits=habits, at=at, item=item)
    catalogue = {entry.code: entry for entry in commodities()}
    entries = [catalogue[code] for code in habits]
    frame = pl.DataFrame(
        {
            **land.place(at),
            "Tahun": np.full(len(at), YEAR, dtype=np.int64),
            "Komoditas": words([entry.name for entry in entries], item),
            "Satuan": words([entry.unit for entry in entries], item),
            "Bulan Panen": _harvests(rng, land=land, codes=list(habits), at=at, item=item),
            "Sumber Daya Alam": _resources(rng, land).gather(at),
            "item": item,
            **figures,
        }
    )
    return _with_year_before(rng, frame, land=land, at=at)


def _habits() -> dict[str, _Habit]:
    habits = {}
    for row in _HABITS.strip().splitlines():
        code, setting, *numbers = row.split("|")
        habits[code] = _Habit(setting, *(float(number) for number in numbers))
    return habits


def _shares(habits: dict[str, _Habit]) -> Floats:
    table = np.tile([habit.share for habit in habits.values()], (len(REGENCIES), 1))
    codes = list(habits)
    for regency, text in _SIGNATURES.items():
        for part in text.split():
            code, share = part.split(":")
            table[REGENCY_INDEX[regency], codes.index(code)] = float(share)
    return np.asarray(table, dtype=np.float64)


def _grown(rng: np.random.Generator, *, land: Land, habits: dict[str, _Habit]) -> Bools:
    share = _shares(habits)[land.regency]
    for column, habit in enumerate(habits.values()):
        if habit.setting == "coast":
            share[:, column] *= land.coast
        elif habit.setting == "inland":
            share[:, column] *= 0.15 + 0.95 * land.inland
    return np.asarray(rng.random(share.shape) < share * np.where(land.town, 0.55, 1.0)[:, None])


def _figures(
    rng: np.random.Generator, *, land: Land, habits: dict[str, _Habit], at: Ints, item: Ints
) -> dict[str, pl.Series]:
    size = len(at)
    area = np.array([habit.area for habit in habits.values()])[item]
    output = np.array([habit.output for habit in habits.values()])[item]
    raw = np.array([habit.raw for habit in habits.values()])[item]
    # The places that a commodity is known for have more of it.
    known = _shares(habits)[land.regency[at], item] >= 0.3
    hectares = np.round(area * np.where(known, 1.8, 1.0) * rng.lognormal(0.0, 0.8, size), 1)
    base = np.where(area > 0, hectares, np.where(known, 1.5, 1.0) * rng.lognormal(0.0, 0.7, size))
    produced = np.where(happens(rng, size, rate=FAILED), 0.0, base * output * rng.lognormal(0.0, 0.3, size))
    produced = np.where((area == 0) & (output >= 25), np.rint(produced), np.round(produced, 1))
    sold = np.where(raw > 0, np.clip(np.rint(rng.normal(raw, 12, size) / 5) * 5, 0, 100), 0)
    return {
        "Luas (ha)": blanked(pl.Series(hectares), (area == 0) | happens(rng, size, rate=0.05)),
        "Produksi": blanked(pl.Series(produced), happens(rng, size, rate=0.04)),
        "Dijual Mentah (%)": blanked(pl.Series(sold.astype(np.int64)), happens(rng, size, rate=0.06)),
    }


def _harvests(rng: np.random.Generator, *, land: Land, codes: list[str], at: Ints, item: Ints) -> pl.Series:
    """Months of the catalogue; cashew and candlenut of Timor later; a month early or late in one village of six."""
    usual = {entry.code: entry.months for entry in commodities()}
    pool = []
    for code in codes:
        for months in (usual[code], _HARVEST_OF_TIMOR if code in ("mete", "kemiri") else usual[code]):
            pool += [month_names(_shifted(months, by=by)) for by in (-1, 0, 1)]
    timor = np.array([regency.area == "timor" for regency in REGENCIES])[land.regency[at]]
    by = np.where(happens(rng, len(at), rate=0.16), rng.choice((-1, 1), len(at)), 0)
    return words(pool, item * 6 + timor * 3 + by + 1)


def _shifted(months: tuple[int, ...], *, by: int) -> tuple[int, ...]:
    return tuple(sorted((month - 1 + by) % 12 + 1 for month in months))


def _resources(rng: np.random.Generator, land: Land) -> pl.Series:
    """One to three natural resources per village, parted by semicolons."""
    by_setting = np.where(land.coast, 0, 1)
    pools = (_RESOURCES["coast"], _RESOURCES["inland"])
    first = words([name for pool in pools for name in pool], by_setting * 4 + rng.integers(0, 4, len(land)))
    second = blanked(words(_RESOURCES["any"], rng.integers(0, 4, len(land))), happens(rng, len(land), rate=0.4))
    third = blanked(words(_RESOURCES["inland"], rng.integers(0, 4, len(land))), happens(rng, len(land), rate=0.75))
    frame = pl.DataFrame({"first": first, "second": second, "third": third}).with_columns(
        third=pl.when(pl.col("third") == pl.col("first")).then(None).otherwise("third")
    )
    return frame.select(
        pl.concat_str("first", "second", "third", separator="; ", ignore_nulls=True).alias("Sumber Daya Alam")
    ).to_series()


def _with_year_before(rng: np.random.Generator, frame: pl.DataFrame, *, land: Land, at: Ints) -> pl.DataFrame:
    """A third of the villages return the year before as well, a little different."""
    kept = happens(rng, len(land), rate=BEFORE_TOO)[at]
    change = rng.lognormal(-0.02, 0.18, int(kept.sum()))
    before = frame.filter(pl.Series(kept)).with_columns(
        pl.lit(YEAR - 1, dtype=pl.Int64).alias("Tahun"),
        pl.when(pl.col("Satuan") == "ton")
        .then((pl.col("Produksi") * pl.Series(change)).round(1))
        .otherwise((pl.col("Produksi") * pl.Series(change)).round(0))
        .alias("Produksi"),
    )
    whole = pl.concat([frame, before]).sort("Kode Desa", "Tahun", "item", maintain_order=True)
    return whole.select(POTENTIAL_HEADERS)
