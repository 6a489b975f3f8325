"""Names of people: titles and degrees taken off, the rest parted into words that sound.

A name here is a set of words of which any may be missing, short or out of place: *YOH. B. NAQOLU, S.Pd*, *Naqolu
Yohanes* and *Bpk. Johanis Naqollu* are one man's. Nothing is expanded by guessing: whether *Yoh* is *Yohanes* is
judged where two names meet (`alignment`).
"""

from typing import Final

import polars as pl

from lontar.engines.linkage.spelling import letters
from lontar.engines.linkage.wording import Worded, changed, in_parts, worded

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
_OTHER_NAME: Final = r"\b(?:alias|als|d/a|qq)\b.*$|@.*$"


def plain_names(names: pl.Series) -> pl.Series:
    """Lower-case words of each name, titles and degrees gone, parted by single spaces; null where no letter is left.

    `names` is text. Doing it twice changes nothing.
    """
    return words_of_names(names).texts()


def words_of_names(names: pl.Series) -> Worded:
    """The words of each name in lower case, titles and degrees gone."""
    words = worded(in_parts(names, _cleaned))
    words = words.kept(~words.among(FORMS_OF_ADDRESS))
    # "H. Ahmad" went on the pilgrimage; a lone H is an initial.
    haji = words.among(["h"]) & words.first() & (words.count()[words.rows] > 1)
    words = words.kept(~haji)
    # A degree stands behind a name: the first word is never one.
    return words.kept(words.first() | ~words.among(DEGREES))


def _cleaned(names: pl.Series) -> pl.Series:
    """Lower-case letters and spaces only; what stands in brackets or behind an alias is left out."""
    text = letters(names)
    text = changed(text, where=r"\(", by=lambda t: t.str.replace_all(r"\([^)]*\)?", " "))
    text = changed(text, where=r"alias|als|d/a|qq|@", by=lambda t: t.str.replace_all(_OTHER_NAME, " "))
    text = changed(text, where=r"[0-9]", by=_without_figures)
    text = changed(text, where=r"to'o", by=lambda t: t.str.replace_all(r"\bto'o\b", " "))
    text = changed(text, where=r"\b[sma]\.", by=lambda t: t.str.replace_all(_DOTTED_DEGREE, "${1}${2}${3}${4} "))
    text = changed(text, where=r"['’`]", by=lambda t: t.str.replace_all(r"['’`]", ""))
    return changed(text, where=r"[^a-z ]", by=lambda t: t.str.replace_all(r"[^a-z]+", " "))


def _without_figures(text: pl.Expr) -> pl.Expr:
    """A cell that Excel or a scanner hurt: a digit inside letters is the letter it looks like."""
    for digit, letter in (("0", "o"), ("1", "i"), ("3", "e"), ("4", "a"), ("5", "s")):
        text = text.str.replace_all(rf"([a-z]){digit}([a-z]|\b)", f"${{1}}{letter}${{2}}")
    return text
