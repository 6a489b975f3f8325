"""Spelling of region names: repair what data entry broke, and a plain key under which two spellings are equal.

``clean_name`` is for names that we store; ``plain_key`` is for comparing. Abbreviations, titles such as "Ds." and
fuzzy likeness are left to ``lontar.engines.places``.
"""

import re
import unicodedata
from typing import Final

# What stands for the apostrophe of a glottal stop in the sources: double quotes, curly quotes, grave, modifier letters.
_APOSTROPHES: Final = re.compile('["“”‘’‛`´ʼʻʹ′＇]')
_BLANKS: Final = re.compile(r"\s+")
_ROMAN: Final = re.compile(r"^(?:X{0,2})(?:IX|IV|V?I{0,3})$")
_NOT_LETTER_OR_DIGIT: Final = re.compile(r"[^a-z0-9]+")
_DOUBLED: Final = re.compile(r"([a-z])\1+")
_INITIALS: Final = frozenset({"WL"})


def straight_apostrophes(text: str) -> str:
    """The text with every kind of quote mark turned into a straight apostrophe."""
    return _APOSTROPHES.sub("'", text)


def clean_name(text: str) -> str:
    """Repair a region name for storing: apostrophes, blanks, capitals.

    ``Nunle"u`` gives ``Nunle'u``, ``OP`` gives ``Op``, ``Kot olin`` gives ``Kot Olin``, ``Mali lha`` (a small L read
    for a capital I) gives ``Mali Iha``. Roman numerals, single letters, known initials and mixed case stay.
    """
    text = _BLANKS.sub(" ", straight_apostrophes(unicodedata.normalize("NFC", text))).strip()
    return " ".join(_clean_word(word) for word in text.split(" "))


def _clean_word(word: str) -> str:
    if word.startswith("lh"):
        word = "I" + word[1:]
    if word[:1].islower():
        return word[:1].upper() + word[1:]
    if len(word) > 1 and word.isupper() and not _ROMAN.match(word) and word not in _INITIALS:
        return word[:1] + word[1:].lower()
    return word


def plain_key(text: str) -> str:
    """Letters and digits only, lower case, accents dropped: ``Bu Nuapu’u`` and ``bu nuapuu`` are equal."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_LETTER_OR_DIGIT.sub("", folded)


def loose_key(text: str) -> str:
    """``plain_key`` with doubled letters written once: ``Miomaffo Timur`` and ``Miomafo Timur`` are equal.

    Unlike names can fall together (``Camplong I`` and ``Camplong II``): only to be used where that is checked.
    """
    return _DOUBLED.sub(r"\1", plain_key(text))
