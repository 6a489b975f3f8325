"""The gazetteer: every region once, indexed by code, by BPS code and by each form of its name.

Built once from region rows and then only read, so it may be shared between threads. It answers what a name or a code
*can* mean; which meaning holds is left to ``resolving``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from lontar.engines.places.spelling import Spelling, short_regency_names, spell
from lontar.engines.regions import LEVELS, Level, RegionRow

NAMED_LEVELS: Final[tuple[Level, ...]] = ("village", "district", "regency")
_KIND_WORDS: Final = {
    "provinsi": "Provinsi",
    "kabupaten": "Kabupaten",
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "desa": "Desa",
    "desa adat": "Desa Adat",
}


@dataclass(slots=True)
class Place:
    """One region in the gazetteer; ``chain`` holds the index of the place itself and of its ancestors, by level."""

    index: int
    row: RegionRow
    short_name: str
    label: str
    key: str
    chain: Mapping[Level, int]

    @property
    def code(self) -> str:
        """Kemendagri code, dotted."""
        return self.row.code

    @property
    def level(self) -> Level:
        """Level of the region."""
        return self.row.level


class Pool(NamedTuple):
    """Names to be compared with: joined forms, the same with doubled letters kept, and the places, side by side."""

    keys: list[str]
    letters: list[str]
    indexes: list[int]


class NameHits(NamedTuple):
    """What a written name can mean at one level: place indexes by form of the name, strictest first."""

    text: str
    level: Level
    spelling: Spelling
    tiers: tuple[frozenset[int], ...]
    every: frozenset[int]


class Gazetteer:
    """All regions of one or more provinces, ready to be looked up."""

    def __init__(
        self,
        rows: Iterable[RegionRow],
        *,
        successors: Mapping[str, Sequence[str]] = MappingProxyType({}),
        aliases: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Index ``rows`` (any order, parents included).

        ``successors`` maps a retired Kemendagri code to the codes that took its place; ``aliases`` maps a code to
        further names (former names, common spellings). Both may name codes that are not in ``rows``: ignored.
        """
        self.places: list[Place] = []
        self.by_code: dict[str, int] = {}
        self.by_bps: dict[str, int] = {}
        self._forms: dict[Level, tuple[dict[str, set[int]], ...]] = {level: ({}, {}, {}) for level in LEVELS}
        self._children: dict[str, list[int]] = defaultdict(list)
        self._words: list[list[str]] = []
        self._letters: dict[int, set[str]] = defaultdict(set)
        self._pools: dict[tuple[int, Level], Pool] = defaultdict(lambda: Pool([], [], []))
        for row in sorted(rows, key=lambda row: row.code):
            self._add(row)
        for code, names in aliases.items():
            if code in self.by_code:
                for name in names:
                    self._index_name(self.places[self.by_code[code]], name)
        self.successors: dict[str, tuple[int, ...]] = {
            old: tuple(self.by_code[new] for new in follow if new in self.by_code) for old, follow in successors.items()
        }

    def _add(self, row: RegionRow) -> None:
        index = len(self.places)
        chain: dict[Level, int] = dict(self._chain_of(row.parent_code))
        chain[row.level] = index
        spelling = spell(row.name, row.level)
        words = _KIND_WORDS[row.kind]
        short = row.name[len(words) :].strip() if row.name.startswith(words + " ") else row.name
        place = Place(index, row, short, f"{words} {short}", spelling.joined[0], MappingProxyType(chain))
        self.places.append(place)
        self.by_code[row.code] = index
        self._words.append(spelling.words[0].split(" "))
        self._children[row.parent_code or ""].append(index)
        if row.bps_code:
            self.by_bps[row.bps_code] = index
        self._index_name(place, row.name)
        if row.level == "regency":
            for name in short_regency_names(spelling.letters()[0]):
                self._index_name(place, name)

    def _chain_of(self, parent_code: str | None) -> Mapping[Level, int]:
        parent = self.by_code.get(parent_code or "")
        return {} if parent is None else self.places[parent].chain

    def _index_name(self, place: Place, name: str) -> None:
        spelling = spell(name, place.level)
        plain, words, joined = self._forms[place.level]
        plain.setdefault(spelling.plain, set()).add(place.index)
        # Only the literal reading: "Fafinesu B" is not "Fafinesu Barat".
        words.setdefault(spelling.words[0], set()).add(place.index)
        joined.setdefault(spelling.joined[0], set()).add(place.index)
        self._letters[place.index].add(spelling.letters()[0])
        for parent in {-1, *place.chain.values()} - {place.index}:
            pool = self._pools[parent, place.level]
            pool.keys.append(spelling.joined[0])
            pool.letters.append(spelling.letters()[0])
            pool.indexes.append(place.index)

    def __len__(self) -> int:
        """Number of regions."""
        return len(self.places)

    def look_up(self, text: str, level: Level) -> NameHits:
        """Places of ``level`` that the written name can mean; a title of kabupaten or kota must be true."""
        return self._hits(text, level, spelling=spell(text, level))

    def look_up_as(self, hits: NameHits, level: Level) -> NameHits:
        """The same written name asked at another level."""
        return self._hits(hits.text, level, spelling=hits.spelling)

    def _hits(self, text: str, level: Level, *, spelling: Spelling) -> NameHits:
        plain, words, joined = self._forms[level]
        tiers: list[frozenset[int]] = [
            frozenset(plain.get(spelling.plain, ())),
            frozenset(index for reading in spelling.words for index in words.get(reading, ())),
            frozenset(index for reading in spelling.joined for index in joined.get(reading, ())),
        ]
        if level == "regency" and spelling.kind is not None:
            tiers = [frozenset(i for i in tier if self.places[i].row.kind == spelling.kind) for tier in tiers]
        return NameHits(text, level, spelling, tuple(tiers), frozenset().union(*tiers))

    def pool(self, parent: int, level: Level) -> Pool:
        """Names of the places of ``level`` under the place ``parent`` (-1: all), for comparing."""
        return self._pools.get((parent, level), Pool([], [], []))

    def children(self, index: int) -> list[Place]:
        """The places right below a place, by code."""
        code = self.places[index].code
        return [self.places[child] for child in self._children.get(code, ())]

    def words_of(self, index: int) -> list[str]:
        """The words of a place's own name, spelt out."""
        return self._words[index]

    def bears(self, index: int, written: Iterable[str]) -> bool:
        """Whether one of the written names, without blanks, is letter for letter a name of the place."""
        return not self._letters[index].isdisjoint(written)

    def within(self, index: int, scope: int) -> bool:
        """Whether the place is ``scope`` or lies below it."""
        place, outer = self.places[index], self.places[scope]
        return place.chain.get(outer.level) == scope

    def path_text(self, index: int) -> str:
        """A place with its parents, for people: ``Desa Bokonusan, Kecamatan Semau, Kabupaten Kupang``."""
        place = self.places[index]
        steps = [place.chain[level] for level in NAMED_LEVELS if level in place.chain]
        return ", ".join(self.places[step].label for step in steps) or place.label
