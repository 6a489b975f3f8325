"""Which sheets of a workbook belong together, and which of their headers mean the same.

Offices keep a sheet for each kabupaten, add a column here and write another word there. What the headers are is found by
`shape`; putting the rows together is `reading`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lontar.engines.measures import HeaderMeasure, header_measure
from lontar.engines.tabular.headers import normalise_header
from lontar.engines.tabular.raw import RawSheet
from lontar.engines.tabular.shape import Header

ASIDE = frozenset(
    {"petunjuk", "contoh", "ringkasan", "referensi", "keterangan", "daftar", "panduan", "readme", "kamus", "kamus data"}
)
"""Normal forms of the names of sheets that stand beside the data."""

_MOSTLY = 0.6


def meanings_of(known_headers: Collection[str] | Mapping[str, str]) -> dict[str, str]:
    """The normal forms of the expected headers with what they mean: themselves, unless the caller said."""
    said = known_headers if isinstance(known_headers, Mapping) else {word: "" for word in known_headers}
    forms: dict[str, str] = {}
    for word, meaning in said.items():
        form = normalise_header(word)
        if form:
            forms.setdefault(form, meaning or form)
    return forms


def alike(
    best: tuple[RawSheet, Header], headed: list[tuple[RawSheet, Header]], meanings: Mapping[str, str]
) -> list[tuple[RawSheet, Header]]:
    """Return the best sheet with all others of the same headers, in the order of the tabs.

    Offices add a column here and write another word there: sheets that share most of what is expected belong together.
    """
    wanted = _titles(best[1])
    expected = _meant(best[1], meanings)

    measured = _measured(best[1], meanings)

    def belongs(header: Header) -> bool:
        shared = len(expected & _meant(header, meanings))
        if any(measured.get(title, one) != one for title, one in _measured(header, meanings).items()):
            return False  # kilograms here, tons there: one column cannot hold both
        return _titles(header) == wanted or shared >= max(3, _MOSTLY * len(expected))

    return [
        (raw, header)
        for raw, header in headed
        if raw is best[0] or (belongs(header) and normalise_header(raw.name) not in ASIDE)
    ]


def _meant(header: Header, meanings: Mapping[str, str]) -> set[str]:
    """What the known titles of a header mean."""
    found = {meaning_of(label, meanings) for label in header.labels if label}
    return {meaning for meaning in found if meaning in meanings.values()}


def _measured(header: Header, meanings: Mapping[str, str]) -> dict[str, HeaderMeasure]:
    """Per meaning the units and multiplier that its title announces."""
    return {meaning_of(label, meanings): header_measure(label) for label in header.labels if label}


def meaning_of(title: str, meanings: Mapping[str, str]) -> str:
    """What a title means: as expected, as the last part of joined header rows, else its own normal form."""
    form = normalise_header(title)
    return meanings.get(form) or meanings.get(normalise_header(title.rsplit(" / ", 1)[-1])) or form


def _titles(header: Header) -> frozenset[str]:
    return frozenset(normalise_header(label) for label in header.labels if label)
