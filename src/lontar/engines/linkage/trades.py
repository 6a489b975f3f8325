"""Names of businesses: legal forms and filler taken off, the rest parted into words that sound; and whether it is a
group.

*UD. Kopi Mama Contoh*, *KOPI MAMA CONTOH* and *usaha kopi mama contoh* leave the same words. A group (kelompok,
KUB, koperasi) and the business of its member share village, trade and often the telephone; the mark of the group
tells them apart. How much a word says (*kopi* little, a clan name much) is counted from the lists themselves when
pairs are weighed.
"""

from typing import Final

import polars as pl

from lontar.engines.linkage.spelling import letters

#: Words and short forms that mark a joint business, as they read in lower case.
GROUPS: Final = (
    "kelompok klp klmpk kel kub kube kwt poktan gapoktan koperasi kop ksp ksu kud bumdes bumdesa bumades asosiasi paguyuban "
    "komunitas perkumpulan poklahsar pokdakan sanggar sentra dasawisma pkk omk karang upp uppks"
).split()
#: Legal forms and words that every second board carries; they name nothing.
FILLER: Final = (
    "ud cv pt pd tb fa toko tk kios ks warung wr usaha us ush ukm umkm ikm imk rumah rmh produksi industri home industry irt "
    "dagang perusahaan milik dan the dari oleh jual beli penjual pembuat pengrajin perajin pengusaha an bapak bpk ibu"
).split()
#: Endings and spellings that clerks choose freely between.
_SPELLINGS: Final = {
    "tenunan": "tenun",
    "bertenun": "tenun",
    "anyaman": "anyam",
    "menganyam": "anyam",
    "jahitan": "jahit",
    "penjahit": "jahit",
    "menjahit": "jahit",
    "meubel": "mebel",
    "mebeler": "mebel",
    "meubeler": "mebel",
    "furniture": "mebel",
    "kripik": "keripik",
    "krupuk": "kerupuk",
    "coffee": "kopi",
    "bakery": "roti",
    "cake": "kue",
    "kueh": "kue",
    "klontong": "kelontong",
    "sembako": "kelontong",
    "bapa": "bapak",
}


def plain_trades(names: pl.Series) -> pl.DataFrame:
    """What each business name says: `plain` (words parted by spaces, null where none is left), `is_group` (null where blank).

    Filler is dropped unless nothing else is there. Doing it twice to `plain` changes nothing.
    """
    distinct = names.unique().drop_nulls().to_frame("raw")
    word = pl.element()
    text = letters(pl.col("raw")).str.replace_all(r"['’`]", "").str.replace_all(r"\bu\.\s?d\b", "ud")
    found = text.str.replace_all(r"\bc\.\s?v\b", "cv").str.extract_all(r"[a-z]+|[0-9]+")
    told = distinct.select("raw", words=found.list.eval(word.replace(_SPELLINGS)))
    is_group = pl.col("words").list.eval(word.is_in(GROUPS)).list.any()
    kept = pl.col("words").list.eval(word.filter(~word.is_in(GROUPS) & ~word.is_in(FILLER)))
    kept = pl.when(kept.list.len() > 0).then(kept).otherwise("words").list.join(" ")
    told = told.select("raw", plain=pl.when(kept != "").then(kept), is_group=pl.when(kept != "").then(is_group))
    return names.to_frame("raw").join(told, on="raw", how="left", maintain_order="left").select("plain", "is_group")
