"""How people write place names: one written name becomes the forms under which it may be looked up.

Three forms, from strict to forgiving: *plain* (capitals, blanks and quote marks forgiven), *words* (punctuation,
abbreviated directions, Roman numerals and number words forgiven) and *joined* (blanks and doubled letters forgiven).
Which form may decide what is left to ``lookup``; likeness beyond these forms (typing errors) to ``guessing``.
"""

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lontar.engines.regions import Kind, Level, straight_apostrophes

# Titles before a name. A kelurahan is often called "desa" and the reverse, so these only break ties.
_TITLES: Final[Mapping[Level, tuple[tuple[re.Pattern[str], Kind | None], ...]]] = {
    "village": (
        (re.compile(r"^(?:desa|ds|kelurahan|kel)\s*[./]+\s*(?:desa|ds|kelurahan|kel)\b[\s.:]*"), None),
        (re.compile(r"^(?:desa\s+adat)\b[\s.:]*"), "desa adat"),
        (re.compile(r"^(?:desa|ds|des)\b[\s.:]*"), "desa"),
        (re.compile(r"^(?:kelurahan|kel|lurah)\b[\s.:]*"), "kelurahan"),
    ),
    "district": ((re.compile(r"^(?:kecamatan|kec|kcmtn|distrik)\b[\s.:]*"), "kecamatan"),),
    "regency": (
        (re.compile(r"^kab(?:upaten)?\s*[./]+\s*kota\b[\s.:]*"), None),
        (re.compile(r"^(?:kabupaten|kab|kabpaten)\b[\s.:]*"), "kabupaten"),
        (re.compile(r"^(?:kotamadya|kodya|kota)\b[\s.:]*"), "kota"),
    ),
    "province": ((re.compile(r"^(?:provinsi|propinsi|prov|prop)\b[\s.:]*"), "provinsi"),),
}

# Abbreviations that mean one thing, wherever they stand behind the first word.
_SHORT_WORDS: Final[Mapping[str, str]] = {
    "brt": "barat",
    "bar": "barat",
    "brat": "barat",
    "tmr": "timur",
    "tim": "timur",
    "tmur": "timur",
    "utr": "utara",
    "ut": "utara",
    "utra": "utara",
    "slt": "selatan",
    "sel": "selatan",
    "slatan": "selatan",
    "sltn": "selatan",
    "tgh": "tengah",
    "teng": "tengah",
    "tngh": "tengah",
    "lt": "laut",
    "dy": "daya",
    "tgr": "tenggara",
    "bru": "baru",
    "bd": "barat daya",
    "bl": "barat laut",
}
_FIRST_WORDS: Final[Mapping[str, str]] = {"tj": "tanjung", "tanj": "tanjung", "tjg": "tanjung", "p": "pulau"}
# Single letters can be a direction or the letter itself ("Fafinesu B"): every reading is tried.
_LETTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "b": ("b", "barat", "baru"),
    "t": ("t", "timur", "tengah"),
    "u": ("u", "utara"),
    "s": ("s", "selatan"),
    "l": ("l", "laut"),
    "d": ("d", "daya"),
}
_NUMBERS: Final[Mapping[str, str]] = {
    **{roman: str(number) for number, roman in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"), 1)},
    **{word: str(number) for number, word in enumerate(("satu", "dua", "tiga", "empat", "lima", "enam"), 1)},
    "x": "10",
}
# Everyday short names of regencies, by the name they stand for.
_SHORT_REGENCIES: Final[Mapping[str, tuple[str, ...]]] = {
    "timortengahselatan": ("TTS",),
    "timortengahutara": ("TTU",),
    "sumbabaratdaya": ("SBD",),
    "sumbabarat": ("Sumbar",),
    "sumbatimur": ("Sumtim",),
    "sumbatengah": ("Sumteng",),
    "manggaraibarat": ("Mabar",),
    "manggaraitimur": ("Matim",),
    "florestimur": ("Flotim",),
    "rotendao": ("Rote",),
    "saburaijua": ("Sabu", "Sarai"),
}

_TITLE_LETTERS: Final = frozenset("dklp")
_BLANKS: Final = re.compile(r"\s+")
_TOKENS: Final = re.compile(r"[a-z]+|[0-9]+")
_SUFFIX_CAPITALS: Final = re.compile(r"(?<=[a-z]{3})(?=(?:[A-Z]|[IVX]{2,4})\b)")
_DOUBLED: Final = re.compile(r"([a-z])\1+")
_MOST_READINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Spelling:
    """One written name: ``plain``, the readings of ``words`` and of ``joined`` (same order), and the title's kind."""

    plain: str
    words: tuple[str, ...]
    joined: tuple[str, ...]
    kind: Kind | None

    @property
    def is_blank(self) -> bool:
        """Whether no letter or digit is left."""
        return not self.joined[0]

    def letters(self) -> list[str]:
        """The readings without blanks, doubled letters kept."""
        return [reading.replace(" ", "") for reading in self.words]


def spell(text: str, level: Level) -> Spelling:
    """The forms of a written name of the given level, its title ("Ds.", "Kec.", "Kab.") taken off."""
    plain, kind = _untitled(_fold(text), level)
    name = plain
    if not (text.islower() or text.isupper()) and _SUFFIX_CAPITALS.search(text) is not None:
        name, _ = _untitled(_fold(_SUFFIX_CAPITALS.sub(" ", text)), level)
    words = _readings(_TOKENS.findall(name.replace("'", "")))
    joined = tuple(dict.fromkeys(_DOUBLED.sub(r"\1", reading.replace(" ", "")) for reading in words))
    return Spelling(plain=plain.strip(" .,;:"), words=words, joined=joined, kind=kind)


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", straight_apostrophes(text))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    elif '"' in text or "`" in text:
        text = straight_apostrophes(text)
    return _BLANKS.sub(" ", text.casefold()).strip()


def _untitled(folded: str, level: Level) -> tuple[str, Kind | None]:
    if folded[:1] not in _TITLE_LETTERS:
        return folded, None
    for pattern, kind in _TITLES[level]:
        match = pattern.match(folded)
        if match is not None and match.end() < len(folded):
            return folded[match.end() :], kind
    return folded, None


def _readings(tokens: Sequence[str]) -> tuple[str, ...]:
    if not tokens:
        return ("",)
    first = _FIRST_WORDS.get(tokens[0], tokens[0]) if len(tokens) > 1 else tokens[0]
    choices: list[tuple[str, ...]] = [(first,)]
    for token in tokens[1:]:
        letters = _LETTERS.get(token)
        if letters is not None:
            choices.append(letters)
        else:
            choices.append((_NUMBERS.get(token) or _SHORT_WORDS.get(token) or token,))
    if all(len(choice) == 1 for choice in choices):
        return (" ".join(choice[0] for choice in choices),)
    return tuple(" ".join(reading) for reading in itertools.islice(itertools.product(*choices), _MOST_READINGS))


def short_regency_names(joined: str) -> tuple[str, ...]:
    """Everyday short names of the regency whose joined form is given: ``timortengahselatan`` gives ``("TTS",)``."""
    return _SHORT_REGENCIES.get(joined, ())
