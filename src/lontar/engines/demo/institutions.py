"""Schools, communities, groups, cooperatives and BUMDes of the demo province: every one invented, in real villages.

The programme gives each school (OSOP) and each community (OCOP) a product besides the village's own. Names carry a mark of
invention (see `signboards`), people and numbers are made by `names` and `identifiers`.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo import identifiers
from lontar.engines.demo.drafts import addresses, village_weights
from lontar.engines.demo.draws import Bools, Floats, Ints, blanked, happens, picks, rank_within, stream, words
from lontar.engines.demo.enterprises import source_ids
from lontar.engines.demo.land import Land, survey
from lontar.engines.demo.names import people
from lontar.engines.demo.official import YEAR
from lontar.engines.demo.signboards import marks, virtues

_PLACE: Final = ("Kode Desa", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota")
#: Text, but for the numbers of pupils, teachers and members, years and "Aset (Rp)" (Int64).
SCHOOL_HEADERS: Final = (
    "NPSN",
    "Nama Sekolah",
    "Jenjang",
    "Status",
    "Alamat",
    *_PLACE,
    "Kepala Sekolah",
    "No. Telepon",
    "Jumlah Siswa",
    "Jumlah Guru",
    "Program Keahlian",
    "Produk Sekolah",
)
COMMUNITY_HEADERS: Final = (
    "ID Komunitas",
    "Nama Komunitas",
    "Jenis",
    "Jenis Komunitas",
    *_PLACE,
    "Ketua",
    "No. HP",
    "Jumlah Anggota",
    "Anggota Perempuan",
    "Tahun Berdiri",
    "Produk Utama",
)
GROUP_HEADERS: Final = (
    "ID Kelompok",
    "Nama Kelompok",
    "Jenis Kelompok",
    "Nomor Badan Hukum",
    *_PLACE,
    "Ketua",
    "No. HP",
    "Jumlah Anggota",
    "Anggota Perempuan",
    "Tahun Berdiri",
    "Usaha Utama",
    "Aset (Rp)",
)
SCHOOLS: Final = 900
COMMUNITIES: Final = 4_000
GROUPS: Final = 3_500
_FULL: Final = 3_442

_SKILLS: Final = (
    "Tata Boga",
    "Tata Busana",
    "Agribisnis",
    "Agribisnis Perikanan",
    "Kriya Tekstil",
    "Teknik Mesin",
    "TKJ",
)
_SCHOOL_PRODUCTS: Final = (
    "Keripik pisang",
    "Teh kelor",
    "Tas tenun",
    "Kue jagung",
    "Abon ikan",
    "Sabun kelapa",
    "Sirup rosela",
    "Kopi kemasan",
)
# Kind of community, beginning of its name, share, share of women, product.
_COMMUNITIES: Final[tuple[tuple[str, str, float, float, str], ...]] = (
    ("Gereja", "Jemaat", 18, 0.55, "Keripik pisang"),
    ("Gereja", "Kelompok Usaha Paroki", 14, 0.55, "Kopi bubuk"),
    ("Pemuda", "Karang Taruna", 12, 0.35, "Kerajinan bambu"),
    ("Pemuda", "Orang Muda", 9, 0.4, "Kopi bubuk"),
    ("Perempuan", "PKK", 14, 0.97, "Kue kering"),
    ("Perempuan", "Kelompok Perempuan", 12, 0.99, "Tenun ikat"),
    ("Nelayan", "Komunitas Nelayan", 10, 0.2, "Ikan kering"),
    ("Masjid", "Majelis Taklim", 3, 0.8, "Kue kering"),
    ("Lainnya", "Sanggar Budaya", 6, 0.5, "Tenun ikat"),
    ("Mahasiswa", "Himpunan Mahasiswa", 2, 0.5, "Desain kemasan"),
)
# Kind of group, beginning of its name, share, share of women, line of business.
_GROUPS: Final[tuple[tuple[str, str, float, float, str], ...]] = (
    ("KUB", "KUB", 20, 0.6, "Olahan pangan"),
    ("Kelompok usaha", "Kelompok Tenun", 18, 0.98, "Tenun ikat"),
    ("Kelompok tani", "Poktan", 17, 0.3, "Jagung dan padi"),
    ("Kelompok tani", "KWT", 9, 0.99, "Kelor dan sayuran"),
    ("KUB", "KUB Nelayan", 14, 0.15, "Ikan dan rumput laut"),
    ("Koperasi", "Koperasi", 7, 0.45, "Simpan pinjam dan pemasaran"),
    ("Koperasi Desa Merah Putih", "Koperasi Desa Merah Putih", 11, 0.4, "Sembako dan pemasaran"),
    ("BUMDes", "BUMDes", 11, 0.35, "Pengolahan dan pemasaran"),
)
_ONE_PER_VILLAGE: Final = ("Koperasi Desa Merah Putih", "BUMDes")
_NOT_BEFORE: Final = {"Koperasi Desa Merah Putih": 2025, "BUMDes": 2015}
_REGISTERED: Final = {"Koperasi": "29", "Koperasi Desa Merah Putih": "29", "BUMDes": "33"}


def schools(villages: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Senior secondary schools (SMA and SMK) under `SCHOOL_HEADERS`: 900 for the whole province, in proportion for a part."""
    return village_schools(survey(villages), seed=seed)


def communities(villages: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Church, youth, women's, fishers' and other communities under `COMMUNITY_HEADERS`: 4,000 for the whole province."""
    return village_communities(survey(villages), seed=seed)


def groups(villages: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Groups, cooperatives and BUMDes under `GROUP_HEADERS`: 3,500 for the whole province. BUMDes stand in a desa only."""
    return village_groups(survey(villages), seed=seed)


def village_schools(land: Land, *, seed: int) -> pl.DataFrame:
    """The same as `schools` for villages surveyed before."""
    rng = stream(seed, name="schools")
    at = _anywhere(rng, land=land, size=_part(SCHOOLS, land), weights=np.where(land.town, 6.0, 1.0))
    size = len(at)
    vocational = happens(rng, size, rate=0.42)
    state = happens(rng, size, rate=0.58)
    head = people(rng, land=land, at=at, women=happens(rng, size, rate=0.45))
    number = rank_within(land.district[at] * 4 + vocational * 2 + state) + 1
    frame = pl.DataFrame({**land.place(at), "vocational": vocational, "state": state, "number": number}).with_columns(
        marks(rng, size).alias("mark"), virtues(rng, size).alias("virtue")
    )
    level = pl.when("vocational").then(pl.lit("SMK")).otherwise(pl.lit("SMA"))
    name = (
        pl.when("state")
        .then(pl.format("{} Negeri {} {} {}", level, "number", "mark", "Kecamatan"))
        .otherwise(pl.format("{} {} {} {}", level, "mark", "virtue", "Kecamatan"))
    )
    pupils = np.clip(rng.lognormal(5.4, 0.6, size), 36, 1_400).astype(np.int64)
    return frame.with_columns(
        identifiers.npsn(rng, size).alias("NPSN"),
        name.alias("Nama Sekolah"),
        level.alias("Jenjang"),
        pl.when("state").then(pl.lit("Negeri")).otherwise(pl.lit("Swasta")).alias("Status"),
        addresses(rng, land=land, at=at).alias("Alamat"),
        head["name"].alias("Kepala Sekolah"),
        blanked(identifiers.phone(rng, size, block="school"), happens(rng, size, rate=0.15)).alias("No. Telepon"),
        pl.Series("Jumlah Siswa", pupils),
        pl.Series("Jumlah Guru", pupils // 15 + 4),
        blanked(words(_SKILLS, rng.integers(0, len(_SKILLS), size)), ~vocational).alias("Program Keahlian"),
        blanked(words(_SCHOOL_PRODUCTS, rng.integers(0, 8, size)), happens(rng, size, rate=0.35)).alias(
            "Produk Sekolah"
        ),
    ).select(SCHOOL_HEADERS)


def village_communities(land: Land, *, seed: int) -> pl.DataFrame:
    """The same as `communities` for villages surveyed before."""
    rng = stream(seed, name="communities")
    weights = village_weights(land, seed=seed) ** 0.5 + 0.3
    at = _anywhere(rng, land=land, size=_part(COMMUNITIES, land), weights=weights)
    kind = picks(rng, len(at), weights=[entry[2] for entry in _COMMUNITIES])
    fishers = [entry[0] for entry in _COMMUNITIES].index("Nelayan")
    students = [entry[0] for entry in _COMMUNITIES].index("Mahasiswa")
    kind = np.where((kind == fishers) & ~land.coast[at], 0, kind)
    kind = np.where((kind == students) & ~land.town[at], 2, kind)
    frame = _organised(rng, land=land, at=at, kinds=_COMMUNITIES, which=kind, block="community")
    return frame.with_columns(source_ids("KOM", land.regency[at]).alias("ID Komunitas")).select(
        "ID Komunitas",
        pl.col("name").alias("Nama Komunitas"),
        pl.lit("Komunitas").alias("Jenis"),
        pl.col("kind").alias("Jenis Komunitas"),
        *_PLACE,
        *COMMUNITY_HEADERS[8:13],
        blanked(frame["line"], happens(rng, len(at), rate=0.2)).alias("Produk Utama"),
    )


def village_groups(land: Land, *, seed: int) -> pl.DataFrame:
    """The same as `groups` for villages surveyed before."""
    rng = stream(seed, name="groups")
    weights = village_weights(land, seed=seed) ** 0.5 + 0.3
    at = _anywhere(rng, land=land, size=_part(GROUPS, land), weights=weights)
    kind = picks(rng, len(at), weights=[entry[2] for entry in _GROUPS])
    kind = np.where(_out_of_place(land, at=at, kind=kind), 0, kind)
    frame = _organised(rng, land=land, at=at, kinds=_GROUPS, which=kind, block="group")
    return frame.with_columns(
        source_ids("KLP", land.regency[at]).alias("ID Kelompok"),
        _deeds(rng, frame).alias("Nomor Badan Hukum"),
        pl.Series("Aset (Rp)", np.rint(rng.lognormal(16.6, 1.0, len(at)) / 1e5).astype(np.int64) * 100_000),
    ).select(
        "ID Kelompok",
        pl.col("name").alias("Nama Kelompok"),
        pl.col("kind").alias("Jenis Kelompok"),
        "Nomor Badan Hukum",
        *_PLACE,
        *GROUP_HEADERS[8:13],
        pl.col("line").alias("Usaha Utama"),
        "Aset (Rp)",
    )


def _part(whole: int, land: Land) -> int:
    return max(round(whole * len(land) / _FULL), 1)


def _anywhere(rng: np.random.Generator, *, land: Land, size: int, weights: Floats) -> Ints:
    return np.sort(picks(rng, size, weights=np.asarray(weights, dtype=np.float64) / len(land)))


def _out_of_place(land: Land, *, at: Ints, kind: Ints) -> Bools:
    """A BUMDes in a kelurahan, a second one in the village, fishers in the hills."""
    names = [entry[1] for entry in _GROUPS]
    wrong = (kind == names.index("KUB Nelayan")) & ~land.coast[at]
    for name in _ONE_PER_VILLAGE:
        such = kind == names.index(name)
        wrong |= such & (rank_within(np.where(such, at, -1 - np.arange(len(at)))) > 0)
    desa = (land.frame["kind"] == "desa").to_numpy()
    return np.asarray(wrong | ((kind == names.index("BUMDes")) & ~desa[at]))


def _organised(
    rng: np.random.Generator,
    *,
    land: Land,
    at: Ints,
    kinds: tuple[tuple[str, str, float, float, str], ...],
    which: Ints,
    block: str,
) -> pl.DataFrame:
    size = len(at)
    members = np.clip(rng.lognormal(2.8, 0.5, size), 5, 120).astype(np.int64)
    women = rng.binomial(members, np.array([entry[3] for entry in kinds])[which])
    chair = people(rng, land=land, at=at, women=happens(rng, size, rate=women / members))
    frame = pl.DataFrame(land.place(at)).with_columns(
        words([entry[0] for entry in kinds], which).alias("kind"),
        words([entry[4] for entry in kinds], which).alias("line"),
        pl.concat_str(
            words([entry[1] for entry in kinds], which), marks(rng, size), virtues(rng, size), separator=" "
        ).alias("name"),
        chair["name"].alias("Ketua"),
        blanked(identifiers.phone(rng, size, block=block), happens(rng, size, rate=0.2)).alias("No. HP"),
        pl.Series("Jumlah Anggota", members),
        pl.Series("Anggota Perempuan", women.astype(np.int64)),
        pl.Series("Tahun Berdiri", np.clip(YEAR - np.rint(rng.exponential(7, size)), 1985, YEAR).astype(np.int64)),
    )
    earliest = pl.col("kind").replace_strict(_NOT_BEFORE, default=1985, return_dtype=pl.Int64)
    return frame.with_columns(
        pl.max_horizontal("Tahun Berdiri", earliest).alias("Tahun Berdiri"),
        name=pl.concat_str("name", "Desa/Kelurahan", separator=" "),
    )


def _deeds(rng: np.random.Generator, frame: pl.DataFrame) -> pl.Series:
    """Numbers of legal persons, only for cooperatives and BUMDes; 99 begins a range that is not in use."""
    serial = pl.Series(rng.integers(0, 100_000, frame.height)).cast(pl.String).str.zfill(5)
    section = frame["kind"].replace_strict(_REGISTERED, default=None, return_dtype=pl.String)
    year = frame["Tahun Berdiri"].clip(lower_bound=2021)
    return pl.select(
        pl.when(section.is_not_null() & pl.Series(happens(rng, frame.height, rate=0.7))).then(
            pl.format("AHU-99{}.AH.01.{}.TAHUN {}", serial, section, year)
        )
    ).to_series()
