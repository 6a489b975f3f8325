"""The public search: places by the gazetteer, enterprises and products by the text index, public fields only.

A query whose last words name a kabupaten, kota or kecamatan ("kopi ngada") is read as the first words within that region
when nothing bears all of its words. What was probably meant is offered, never assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import connection
from rapidfuzz import fuzz, process

from lontar.access.scope import bounds
from lontar.engines.places import Gazetteer, search
from lontar.registry.models import Commodity
from lontar.registry.queries import gazetteer
from lontar.registry.querysets import prefix_query

MOST = 1000
_SURE = 79.0  # below this score the gazetteer offers likeness, not a beginning of the name
_LIKE = 72.0
Kind = Literal["desa", "usaha", "produk"]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A region that bears the words, or probably was meant."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An enterprise or product: its key, name, what it makes or its stage, and its village."""

    pk: int
    name: str
    about: str
    village_code: str
    village: str
    regency: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of enterprises or products; `count` stops at `MOST`, where `is_more` says that there are others."""

    rows: Sequence[Hit]
    count: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives. `within` is the region that the last words were read as, `words` what was then looked for."""

    words: str
    within: PlaceHit | None
    places: Sequence[PlaceHit]
    meant: Sequence[PlaceHit]
    meant_words: Sequence[str]
    enterprises: Hits
    products: Hits

    @property
    def count(self) -> int:
        """All hits together."""
        return len(self.places) + self.enterprises.count + self.products.count


NOTHING = Hits((), 0, False)
_ENTERPRISES = """
    WITH hits AS MATERIALIZED (
        SELECT id, name, main_product AS about, village_id FROM registry_publicenterprise
        WHERE search @@ to_tsquery('simple', %(words)s) AND village_id >= %(low)s AND village_id < %(high)s
        LIMIT %(most)s
    )
"""
_PRODUCTS = """
    WITH hits AS MATERIALIZED (
        SELECT id, name, stage AS about, village_id FROM registry_product
        WHERE search @@ to_tsquery('simple', %(words)s) AND village_id >= %(low)s AND village_id < %(high)s
        LIMIT %(most)s
    )
"""
_PAGE = """
    SELECT h.id, h.name, h.about, v.code, v.name, r.name, h.number
    FROM (SELECT *, count(*) OVER () AS number FROM hits ORDER BY name, id LIMIT %(limit)s OFFSET %(offset)s) h
    JOIN registry_region v ON v.code = h.village_id JOIN registry_region r ON r.code = left(h.village_id, 5)
    ORDER BY h.name, h.id
"""


def find(words: str, *, within: str = "", only: Kind | None = None, offset: int = 0, limit: int = 10) -> Found:
    """Everything public that bears `words` at or beneath region `within` (empty: the whole programme).

    `only` one kind gives a page of it from `offset`. Up to eight words are looked for, each as a beginning.
    """
    book = gazetteer()
    hits = _places(book, words, within=within, limit=50 if only == "desa" else 8)
    sure = [hit for hit, score in hits if score >= _SURE]
    meant = [hit for hit, score in hits if score < _SURE][:5]
    asked, region = words, None
    pages = _pages(asked, within, only=only, offset=offset, limit=limit)
    if not any(page.count for page in pages) and only != "desa":
        for head, place in _readings(book, words, within=within):
            pages = _pages(head, place.code, only=only, offset=offset, limit=limit)
            if any(page.count for page in pages):
                asked, region = head, place
                break
    empty = not sure and not any(page.count for page in pages)
    return Found(
        words=asked,
        within=region,
        places=[] if only not in (None, "desa") else sure,
        meant=meant if empty else [],
        meant_words=_commodities_like(words) if empty else [],
        enterprises=pages[0],
        products=pages[1],
    )


def _pages(words: str, within: str, *, only: Kind | None, offset: int, limit: int) -> tuple[Hits, Hits]:
    return (
        _page(_ENTERPRISES, words, within=within, offset=offset, limit=limit) if only in (None, "usaha") else NOTHING,
        _page(_PRODUCTS, words, within=within, offset=offset, limit=limit) if only in (None, "produk") else NOTHING,
    )


def _page(hits: str, words: str, *, within: str, offset: int, limit: int) -> Hits:
    expression = prefix_query(words)
    if not expression:
        return NOTHING
    low, high = bounds(within or settings.PROGRAMME_ROOT)
    values: dict[str, str | int] = {
        "words": expression,
        "low": low,
        "high": high,
        "most": MOST + 1,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(hits + _PAGE, {**values, "limit": limit, "offset": offset})
        rows = cursor.fetchall()
    count = rows[0][6] if rows else 0
    return Hits([Hit(*row[:6]) for row in rows], min(count, MOST), count > MOST)


def _places(book: Gazetteer, words: str, *, within: str, limit: int) -> list[tuple[PlaceHit, float]]:
    found = search(book, words, limit=limit, within=within or None)
    return [(PlaceHit(one.code, one.name, one.path_text), one.score) for one in found]


def _readings(book: Gazetteer, words: str, *, within: str) -> list[tuple[str, PlaceHit]]:
    """Ways to read the last words as a kabupaten, kota or kecamatan, the longest place name first."""
    parts = words.split()
    ways: list[tuple[str, PlaceHit]] = []
    for cut in range(1, len(parts)):
        head = " ".join(part for part in parts[:cut] if part.lower() not in ("di", "in"))
        for level in ("regency", "district"):
            for one in search(book, " ".join(parts[cut:]), limit=2, level=level, within=within or None):
                if head and one.score >= 100.0:
                    ways.append((head, PlaceHit(one.code, one.name, one.path_text)))
    return ways


def _commodities_like(words: str) -> list[str]:
    """Names of commodities that a misspelt word may have meant."""
    names = list(Commodity.objects.order_by("name").values_list("name", flat=True))
    matches = process.extract(words, names, scorer=fuzz.WRatio, processor=str.lower, score_cutoff=_LIKE, limit=3)
    return [name for name, _score, _at in matches]
