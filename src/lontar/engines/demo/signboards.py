"""Names of businesses as people paint them on a board, each with a word that marks it as invented.

The marks are *Contoh* (example), *Peraga* (on display) and *Rekaan* (made up); no name is without one.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Ints, picks, ragged, words
from lontar.engines.demo.sectors import SECTORS

MARKS: Final = ("Contoh", "Peraga", "Rekaan")
_VIRTUES: Final = (
    "Sinar Jaya;Harapan Baru;Kasih Ibu;Maju Bersama;Tunas Muda;Setia Kawan;Mekar Sari;Karya Tangan;Sumber Rejeki;Fajar Timur;"
    "Anugerah;Berkat;Bintang Laut;Cahaya Baru;Citra Mandiri;Damai Sejahtera;Gotong Royong;Hidup Baru;Ina Ama;Karya Bersama;"
    "Lestari;Melati;Mawar;Flamboyan;Cendana;Kembang Sepatu;Matahari Pagi;Mutiara;Pelangi;Rajawali;Sehati;Sejati;Serumpun;"
    "Suka Maju;Tekun;Teratai;Usaha Keluarga;Usaha Ibu;Wangi Cendana;Budi Daya"
).split(";")
_LEADS: Final = ("UD", "UD.", "KUB", "Kelompok Usaha", "IKM", "CV")
_LEAD_WEIGHTS: Final = (40, 14, 26, 10, 8, 2)

#: Five ways to compose a name, with their shares: craft + Mama/Bapa + mark + clan; UD + mark + virtue; craft + mark +
#: virtue; craft + mark + village; craft + given name + mark.
_PATTERNS: Final = (0.30, 0.22, 0.16, 0.15, 0.17)


def virtues(rng: np.random.Generator, size: int) -> pl.Series:
    """Hopeful words that businesses, groups and brands carry."""
    return words(_VIRTUES, rng.integers(0, len(_VIRTUES), size))


def marks(rng: np.random.Generator, size: int) -> pl.Series:
    """One mark of invention per row."""
    return words(MARKS, picks(rng, size, weights=(60, 25, 15)))


def boards(
    rng: np.random.Generator, *, sector: Ints, people: pl.DataFrame, women: Bools, village: pl.Series
) -> pl.Series:
    """One business name per row; `people` has the columns `given` and `clan`, `village` the village's name."""
    size = len(sector)
    pattern = picks(rng, size, weights=_PATTERNS)
    frame = pl.DataFrame(
        {
            "pattern": pattern,
            "craft": ragged(rng, [entry.crafts for entry in SECTORS], which=sector),
            "lead": words(_LEADS, picks(rng, size, weights=_LEAD_WEIGHTS)),
            "mark": marks(rng, size),
            "virtue": virtues(rng, size),
            "elder": words(("Bapa", "Mama"), women.astype(np.int64)),
            "given": people["given"],
            "clan": people["clan"],
            "village": village,
        }
    )
    choice = (
        pl.when(pl.col("pattern") == 0)
        .then(pl.concat_str("craft", "elder", "mark", "clan", separator=" "))
        .when(pl.col("pattern") == 1)
        .then(pl.concat_str("lead", "mark", "virtue", separator=" "))
        .when(pl.col("pattern") == 2)
        .then(pl.concat_str("craft", "mark", "virtue", separator=" "))
        .when(pl.col("pattern") == 3)
        .then(pl.concat_str("craft", "mark", "village", separator=" "))
        .otherwise(pl.concat_str("craft", "given", "mark", separator=" "))
    )
    return frame.select(choice.alias("business")).to_series()
