"""Names of businesses: legal forms and filler taken off, the rest parted into words that sound; and whether it is a
group.

*UD. Kopi Mama Contoh*, *KOPI MAMA CONTOH* and *usaha kopi mama contoh* leave the same words. A group (kelompok,
KUB, koperasi) and the business of its member share village, trade and often the telephone; the mark of the group
tells them apart. How much a word says (*kopi* little, a clan name much) is counted from the lists themselves when
pairs are weighed.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.linkage.spelling import letters
from lontar.engines.linkage.wording import Worded, changed, in_parts, worded

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
    words, is_group = words_of_trades(names)
    return pl.DataFrame({"plain": words.texts(), "is_group": is_group})


def words_of_trades(names: pl.Series) -> tuple[Worded, pl.Series]:
    """The words that name each business, and whether it is a group (null where it has no word)."""
    words = worded(in_parts(names, _cleaned)).spelt(lambda word: word.replace(_SPELLINGS))
    joint = words.among(GROUPS)
    filled = words.count() > 0
    groups = np.bincount(words.rows[joint], minlength=words.size) > 0
    naming = ~joint & ~words.among(FILLER)
    unnamed = np.bincount(words.rows[naming], minlength=words.size) == 0
    is_group = pl.Series("is_group", groups).set(pl.Series(~filled), None)
    return words.kept(naming | unnamed[words.rows]), is_group


def _cleaned(names: pl.Series) -> pl.Series:
    """Lower-case letters, figures and spaces only, letters and figures parted."""
    text = changed(letters(names), where=r"['’`]", by=lambda t: t.str.replace_all(r"['’`]", ""))
    for form, letter in ((r"\bu\.\s?d\b", "ud"), (r"\bc\.\s?v\b", "cv")):
        text = changed(text, where=form, by=lambda t, form=form, letter=letter: t.str.replace_all(form, letter))  # type: ignore[misc]  # bound per round
    text = changed(text, where=r"[^a-z0-9 ]", by=lambda t: t.str.replace_all(r"[^a-z0-9]+", " "))
    return changed(text, where=r"[0-9]", by=_parted)


def _parted(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"([a-z])([0-9])", "${1} ${2}").str.replace_all(r"([0-9])([a-z])", "${1} ${2}")
