"""What the invented enterprises sell: products with brand, stage, pack, capacity, price and the state of the halal question.

Products belong to enterprises of the first list; those that have a NIB are likelier to have been written down. Which
licences they hold is left to `licences`, which reads the states given here.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.catalogue import commodities
from lontar.engines.demo.draws import Bools, Floats, Ints, blanked, happens, rank_within, rounded, stream, words
from lontar.engines.demo.sectors import INDUSTRY, SECTOR_OF_PRODUCT
from lontar.engines.demo.signboards import marks, virtues

#: Text, but for "Kapasitas per Bulan", "Harga (Rp)" and "Masa Simpan (hari)" (Int64).
PRODUCT_HEADERS: Final = (
    "ID Produk",
    "ID Sumber Usaha",
    "Nama Usaha",
    "Kode Desa",
    "Desa/Kelurahan",
    "Kecamatan",
    "Kabupaten/Kota",
    "Nama Produk",
    "Merek Dagang",
    "Komoditas",
    "Kelompok Produk",
    "Tahap",
    "Isi Kemasan",
    "Satuan",
    "Kapasitas per Bulan",
    "Harga (Rp)",
    "Masa Simpan (hari)",
    "Status Halal",
)
PRODUCTS: Final = 9_000
HALAL_STATES: Final = ("bersertifikat", "proses", "belum", "tidak halal", "tidak berlaku")


@dataclass(frozen=True, slots=True)
class Pack:
    """How a sector sells: product group, stage, packs, unit, price in thousand rupiah, days it keeps, units a month.

    `diet` is `open` where halal is a question, `haram` where the material forbids it, `none` where it does not apply.
    """

    group: str
    stage: str
    packs: tuple[str | None, ...]
    unit: str
    price: float
    keeps: int | None
    capacity: float
    diet: str


# sector | group | stage | packs ; … | unit | price (thousand Rp) | days | units a month | diet
_PACKS: Final = """
tenun|Kain tenun|Olahan|-|lembar|450|-|4|none
songket|Kain tenun|Olahan|-|lembar|600|-|3|none
anyaman-daun|Anyaman|Olahan|-|buah|60|-|18|none
anyaman-bambu|Anyaman|Olahan|-|buah|85|-|14|none
kue|Makanan|Olahan|10 buah;20 buah|bungkus|15|4|220|open
keripik|Makanan|Kemasan|100 g;200 g;250 g|bungkus|15|90|180|open
jagung-titi|Makanan|Kemasan|200 g;500 g|bungkus|20|120|90|open
tempe-tahu|Makanan|Olahan|300 g;500 g|papan|8|3|900|open
kopi|Minuman|Kemasan|100 g;200 g;250 g;1 kg|bungkus|45|365|120|open
kopi-robusta|Minuman|Kemasan|100 g;200 g;250 g|bungkus|30|365|110|open
kakao|Makanan|Kemasan|50 g;100 g;1 kg|bungkus|35|270|80|open
mete|Makanan|Kemasan|100 g;250 g;500 g|bungkus|55|180|70|open
kemiri|Bumbu|Kemasan|100 ml;250 g;1 kg|botol|40|365|60|open
kenari|Makanan|Kemasan|100 g;250 g|bungkus|45|180|40|open
vanili|Bumbu|Kemasan|10 g;50 g|bungkus|65|540|30|open
cengkeh|Bumbu|Mentah|1 kg|kg|110|540|60|open
kopra|Hasil pertanian|Mentah|1 kg|kg|11|120|700|open
minyak-kelapa|Pangan|Kemasan|250 ml;500 ml;1 liter|botol|35|365|80|open
asam|Makanan|Kemasan|200 g;500 g|bungkus|15|180|90|open
pinang|Hasil pertanian|Mentah|1 kg|kg|25|180|80|open
madu|Makanan|Kemasan|150 ml;350 ml;650 ml|botol|85|730|40|open
kelor|Herbal|Kemasan|20 kantong;60 kapsul;100 g|kotak|35|365|90|open
jeruk|Minuman|Kemasan|250 ml;500 ml|botol|20|180|120|open
nanas|Makanan|Kemasan|200 g;300 g|botol|25|180|90|open
gula-lontar|Makanan|Kemasan|250 g;500 g;1 liter|bungkus|25|365|100|open
garam|Bumbu|Kemasan|250 g;500 g;1 kg|bungkus|8|720|600|open
rumput-laut|Makanan|Kemasan|100 g;200 g;1 kg|bungkus|25|180|150|open
ikan-kering|Makanan|Olahan|250 g;500 g;1 kg|bungkus|45|60|120|open
teri|Makanan|Kemasan|100 g;250 g|bungkus|40|120|100|open
abon-ikan|Makanan|Kemasan|100 g;200 g|bungkus|35|120|110|open
sei|Makanan|Kemasan|250 g;500 g;1 kg|bungkus|95|14|150|open
sei-babi|Makanan|Kemasan|250 g;500 g;1 kg|bungkus|85|14|160|haram
padi|Hasil pertanian|Olahan|5 kg;10 kg|karung|130|180|200|open
jagung-giling|Hasil pertanian|Olahan|1 kg;5 kg|bungkus|12|90|250|open
sorgum|Makanan|Kemasan|500 g;1 kg|bungkus|22|180|90|open
kacang|Makanan|Kemasan|200 g;500 g|bungkus|18|120|120|open
moke|Minuman|Olahan|600 ml|botol|35|-|120|haram
gerabah|Gerabah|Olahan|-|buah|35|-|40|none
sasando|Kerajinan|Olahan|-|buah|1200|-|3|none
ukiran|Kerajinan|Olahan|-|buah|180|-|6|none
mebel|Lainnya|Olahan|-|buah|1500|-|4|none
batu-bata|Lainnya|Olahan|-|buah|1|-|6000|none
batako|Lainnya|Olahan|-|buah|4|-|3000|none
jahit|Lainnya|Olahan|-|potong|150|-|25|none
pandai-besi|Lainnya|Olahan|-|buah|90|-|25|none
las|Lainnya|Olahan|-|meter|650|-|12|none
"""


def _pack(row: str) -> tuple[str, Pack]:
    key, group, stage, packs, unit, price, keeps, capacity, diet = row.split("|")
    return key, Pack(
        group=group,
        stage=stage,
        packs=(None,) if packs == "-" else tuple(packs.split(";")),
        unit=unit,
        price=float(price),
        keeps=None if keeps == "-" else int(keeps),
        capacity=float(capacity),
        diet=diet,
    )


_BY_KEY: Final = dict(_pack(row) for row in _PACKS.strip().splitlines())
#: The pack of each industrial sector, by its position.
PACKS: Final[tuple[Pack, ...]] = tuple(_BY_KEY[sector.key] for sector in INDUSTRY)


def products(primary: pl.DataFrame, seed: int, *, rows: int = PRODUCTS) -> pl.DataFrame:
    """`rows` products of enterprises of `primary` under `PRODUCT_HEADERS`, in the order of the first list.

    One enterprise in eight has a second product. Prices are rupiah per unit. Raises ValueError when `primary` is too short.
    """
    rng = stream(seed, name="products")
    second = round(rows / 9)
    if rows - second > primary.height:
        raise ValueError(f"{rows} products need {rows - second} enterprises; the list has {primary.height}")
    weight = _likelihood(primary)
    makers = np.argsort(rng.exponential(1.0, primary.height) / weight, kind="stable")[: rows - second]
    at = np.sort(np.r_[makers, rng.choice(makers, second, replace=False)])
    maker = primary[at]
    sector = maker["Produk Utama"].replace_strict(SECTOR_OF_PRODUCT, return_dtype=pl.Int64).to_numpy()
    name = _names(maker["Produk Utama"], sector=sector, order=rank_within(at))
    frame = maker.select(*PRODUCT_HEADERS[2:7]).with_columns(
        pl.Series("ID Produk", np.arange(1, rows + 1)).cast(pl.String).str.zfill(6).alias("ID Produk"),
        maker["ID Sumber"].alias("ID Sumber Usaha"),
        name.alias("Nama Produk"),
        _brands(rng, sector).alias("Merek Dagang"),
        *_described(rng, sector),
    )
    return frame.with_columns(pl.concat_str(pl.lit("PRD-"), "ID Produk").alias("ID Produk")).select(PRODUCT_HEADERS)


def _likelihood(primary: pl.DataFrame) -> Floats:
    """How readily a business is written down: those with a NIB, and those that sell packed food, before the others."""
    sector = primary["Produk Utama"].replace_strict(SECTOR_OF_PRODUCT, return_dtype=pl.Int64).to_numpy()
    group = np.array([0.25 if pack.group == "Lainnya" else 2.4 if pack.keeps else 1.0 for pack in PACKS])
    return np.asarray(group[sector] * (0.4 + 1.4 * primary["NIB"].is_not_null().to_numpy()), dtype=np.float64)


def _names(main: pl.Series, *, sector: Ints, order: Ints) -> pl.Series:
    """The main product, and for a second one the next that the sector makes."""
    pool = [product for entry in INDUSTRY for product in entry.products]
    starts = np.cumsum([0, *(len(entry.products) for entry in INDUSTRY)])
    flat = main.replace_strict({product: at for at, product in enumerate(pool)}, return_dtype=pl.Int64).to_numpy()
    length = np.array([len(entry.products) for entry in INDUSTRY])[sector]
    return words(pool, starts[sector] + (flat - starts[sector] + order) % length)


def _brands(rng: np.random.Generator, sector: Ints) -> pl.Series:
    """Packed goods carry a brand, most of the others do not."""
    packed = np.array([pack.stage == "Kemasan" for pack in PACKS])[sector]
    brand = pl.select(pl.concat_str(marks(rng, len(sector)), virtues(rng, len(sector)), separator=" ")).to_series()
    return blanked(brand, ~happens(rng, len(sector), rate=np.where(packed, 0.85, 0.12)))


def _described(rng: np.random.Generator, sector: Ints) -> list[pl.Series]:
    size = len(sector)
    by_code = {entry.code: entry.name for entry in commodities()}
    counts = np.array([len(pack.packs) for pack in PACKS])
    starts = np.cumsum(counts) - counts
    packs = [text for pack in PACKS for text in pack.packs]
    price = np.array([pack.price for pack in PACKS])[sector] * 1000 * rng.lognormal(0, 0.35, size)
    capacity = np.array([pack.capacity for pack in PACKS])[sector] * rng.lognormal(0, 0.7, size)
    keeps = np.array([pack.keeps or 0 for pack in PACKS], dtype=np.int64)[sector]
    return [
        words([by_code[entry.commodity] for entry in INDUSTRY], sector).alias("Komoditas"),
        words([pack.group for pack in PACKS], sector).alias("Kelompok Produk"),
        words([pack.stage for pack in PACKS], sector).alias("Tahap"),
        words(packs, starts[sector] + (rng.random(size) * counts[sector]).astype(np.int64)).alias("Isi Kemasan"),
        words([pack.unit for pack in PACKS], sector).alias("Satuan"),
        blanked(pl.Series(np.maximum(np.rint(capacity), 1).astype(np.int64)), happens(rng, size, rate=0.08)).alias(
            "Kapasitas per Bulan"
        ),
        pl.Series("Harga (Rp)", np.maximum(rounded(price), 500)),
        blanked(pl.Series(keeps), (keeps == 0) | happens(rng, size, rate=0.1)).alias("Masa Simpan (hari)"),
        words(HALAL_STATES, _halal(rng, sector)).alias("Status Halal"),
    ]


def _halal(rng: np.random.Generator, sector: Ints) -> Ints:
    """Positions in `HALAL_STATES`; never certified where the material forbids it."""
    diet = np.array([("open", "haram", "none").index(pack.diet) for pack in PACKS])[sector]
    draw = rng.random(len(sector))
    asked = np.where(draw < 0.30, 0, np.where(draw < 0.42, 1, 2))
    return np.where(diet == 0, asked, np.where(diet == 1, 3, 4)).astype(np.int64)


def is_food(group: pl.Series) -> Bools:
    """Whether a product group is food or drink, for which marketing permits exist."""
    return group.is_in(["Makanan", "Minuman", "Bumbu", "Pangan", "Herbal"]).to_numpy()
