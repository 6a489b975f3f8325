"""Names of people: titles and degrees taken off, the rest parted into words that sound.

A name here is a set of words of which any may be missing, short or out of place: *YOH. B. NAQOLU, S.Pd*, *Naqolu
Yohanes* and *Bpk. Johanis Naqollu* are one man's. Nothing is expanded by guessing: whether *Yoh* is *Yohanes* is
judged where two names meet (`alignment`).
"""

from typing import Final

import polars as pl

from lontar.engines.linkage.spelling import letters

#: Forms of address, ranks and callings that stand before a name. Not among them: words that are names as well (*Ina*, *Umbu*).
FORMS_OF_ADDRESS: Final = (
    "bapak bapa bpk bpak bp ibu mama ny nyonya nn nona tn tuan sdr sdri saudara saudari haji hajah hj drs dra drh dr ir prof "
    "pdt pendeta romo rm pater pastor rp suster sr bruder br alm almh almarhum almarhumah kol kapt lettu letda serma serka "
    "sertu serda kopda praka aiptu aipda bripka brigpol kel keluarga kk opa oma om tanta guru pak bu an pemilik ketua "
    "mas mbak bung cik engko koh"
).split()
#: Degrees, as they read once dots and spaces inside them are gone.
DEGREES: Final = (
    "spd spdi spdk sag sth stp sp spt spi shut se sei ssos sip sh skom skep skm skeb si ssi st sst stkep amd amdkeb amdkep amk "
    "mpd mm msi mt mp mh mkes mhum ma mag mth mba sstp ba bsc ama amapd apt ns dipl phd sfarm sgz spsi shum sds spsd"
).split()

#: `S.Pd`, `S. Sos.`, `M.Si`: a capital, a stop, and what follows at once, or two letters and more after a gap.
_DOTTED_DEGREE: Final = r"\b([sma])\.(?:([a-z]{1,3})\b|\s([a-z]{2,3})\b)\.?([a-z]{1,3}\b)?"
_WORD: Final = r"[a-z'’`]+"


def plain_names(names: pl.Series) -> pl.Series:
    """Lower-case words of each name, titles and degrees gone, parted by single spaces; null where no letter is left.

    `names` is text. Doing it twice changes nothing.
    """
    distinct = names.unique().drop_nulls()
    if distinct.is_empty():
        return pl.Series(names.name, [None] * len(names), dtype=pl.String)
    frame = distinct.to_frame("raw").select("raw", words=_words(pl.col("raw")))
    frame = frame.select("raw", plain=_without_titles(pl.col("words")))
    frame = frame.with_columns(pl.when(pl.col("plain") != "").then("plain").alias("plain"))
    return names.replace_strict(frame["raw"], frame["plain"], default=None, return_dtype=pl.String)


def _words(raw: pl.Expr) -> pl.Expr:
    text = letters(raw).str.replace_all(r"\([^)]*\)?", " ").str.replace_all(r"\b(?:alias|als|d/a|qq)\b.*$|@.*$", " ")
    # A cell that Excel or a scanner hurt: a digit inside letters is the letter it looks like.
    for digit, letter in (("0", "o"), ("1", "i"), ("3", "e"), ("4", "a"), ("5", "s")):
        text = text.str.replace_all(rf"([a-z]){digit}([a-z]|\b)", f"${{1}}{letter}${{2}}")
    text = text.str.replace_all(r"\bto'o\b", " ")
    return text.str.replace_all(_DOTTED_DEGREE, "${1}${2}${3}${4} ").str.extract_all(_WORD)


def _without_titles(words: pl.Expr) -> pl.Expr:
    word = pl.element()
    bare = words.list.eval(word.str.replace_all("['’`]", ""))
    kept = bare.list.eval(word.filter(~word.is_in(FORMS_OF_ADDRESS) & (word != "")))
    # "H. Ahmad" went on the pilgrimage; a lone H is an initial.
    haji = (kept.list.first() == "h") & (kept.list.len() > 1)
    kept = pl.when(haji).then(kept.list.slice(1)).otherwise(kept)
    # A degree stands behind a name: the first word is never one.
    tail = kept.list.slice(1).list.eval(word.filter(~word.is_in(DEGREES)))
    return pl.concat_list(kept.list.head(1), tail).list.join(" ")
