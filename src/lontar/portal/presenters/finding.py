"""The page of search results: groups with counts, what was probably meant, ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lontar.portal.presenters.words import place_url
from lontar.portal.queries.finding import Found, Hit, Hits, PlaceHit
from lontar.registry.rules import public_text
from lontar.registry.states import Stage
from lontar.ui import formats
from lontar.ui.presenters import Pager, Query, Tab


@dataclass(frozen=True, slots=True)
class Line:
    """One result: where it leads, its name, and what stands beneath it."""

    url: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind; `all_url` leads to the rest of them, `pager` is there when only this kind is shown."""

    key: str
    heading: str
    count: str
    lines: Sequence[Line]
    all_url: str = ""
    pager: Pager | None = None


def place_lines(found: Sequence[PlaceHit]) -> list[Line]:
    """Places with their path."""
    return [Line(place_url(one.code), one.name, f"{above(one.path)} · {one.code}") for one in found]


def above(path: str) -> str:
    """What a place lies in: its path without its own name, which stands above it already."""
    return path.partition(", ")[2] or path


def _enterprise(one: Hit) -> Line:
    about = " · ".join(part for part in (public_text(one.about), f"{one.village}, {one.regency}") if part)
    return Line(reverse("portal:enterprise", args=[one.pk]), public_text(one.name), about)


def _product(one: Hit) -> Line:
    about = f"{Stage(one.about).label} · {one.village}, {one.regency}"
    return Line(reverse("portal:product", args=[one.pk]), public_text(one.name), about)


def counted(hits: Hits) -> str:
    """`27`, or `lebih dari 1.000`."""
    number = formats.number(hits.count)
    return _("lebih dari %s") % number if hits.is_more else number


def groups(found: Found, query: Query, *, only: str, page: int, size: int) -> list[Group]:
    """Groups that have something, in the order places, enterprises, products."""
    made = []
    if found.places:
        made.append(
            Group("desa", pgettext("daftar", "Wilayah"), formats.number(len(found.places)), place_lines(found.places))
        )
    for key, heading, hits, line in (
        ("usaha", _("Usaha"), found.enterprises, _enterprise),
        ("produk", _("Produk"), found.products, _product),
    ):
        if hits.count:
            made.append(
                Group(
                    key,
                    heading,
                    counted(hits),
                    [line(one) for one in hits.rows],
                    all_url=query.but({"jenis": key}) if not only and hits.count > len(hits.rows) else "",
                    pager=Pager(query, hits.count, page, size) if only == key else None,
                )
            )
    return made


def tabs(query: Query, only: str) -> list[Tab]:
    """Everything, or one kind."""
    kinds = (("", _("Semua")), ("desa", pgettext("daftar", "Wilayah")), ("usaha", _("Usaha")), ("produk", _("Produk")))
    return [Tab(label, query.but({"jenis": key}), current=only == key) for key, label in kinds]


def summary(found: Found, words: str) -> str:
    """One sentence on what was found."""
    if not found.count:
        return _("Tidak ada yang cocok dengan “%s”.") % words
    many = found.enterprises.is_more or found.products.is_more
    said = ngettext("%(count)s hasil untuk “%(words)s”.", "%(count)s hasil untuk “%(words)s”.", found.count) % {
        "count": (_("Lebih dari %s") if many else "%s") % formats.number(found.count),
        "words": found.words,
    }
    return " ".join([said, _("Dicari di %s.") % found.within.name]) if found.within else said
