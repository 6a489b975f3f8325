"""The first page: what waits, how far my region is covered, what happened lately; and the results of the quick search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lontar.audit.queries import act_words
from lontar.office.presenters.goods import body_kind, body_link, licence_link, product_link
from lontar.office.queries.finding import Found
from lontar.office.queries.lately import Happening
from lontar.office.queries.waiting import Waiting
from lontar.office.states import Urgency
from lontar.registry.queries import RegionCounts, RegionCoverage
from lontar.registry.states import LicenceKind, Stage
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Frame
from lontar.ui.presenters import Figure, HistoryEntry, Query, Status, Tone

FEW = 8
_TONES = {Urgency.NOW: Tone.BAD, Urgency.SOON: Tone.WARN, Urgency.LATER: Tone.PLAIN}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the work list."""

    title: str
    count: str
    url: str
    status: Status
    when: str
    hint: str


def tasks(waiting: Sequence[Waiting], now: datetime) -> list[Task]:
    """The work list, in the order given."""
    return [
        Task(
            title=one.title,
            count=formats.number(one.count),
            url=one.url,
            status=Status(str(one.urgency.label), _TONES[one.urgency]),
            when=_when(one, now),
            hint=one.hint,
        )
        for one in waiting
    ]


def _when(one: Waiting, now: datetime) -> str:
    if one.due is not None:
        return _("yang pertama habis %(day)s") % {"day": formats.long_date(one.due)}
    if isinstance(one.since, datetime):
        return _("menunggu sejak %(ago)s") % {"ago": formats.ago(one.since, now=now)}
    return _("menunggu sejak %(day)s") % {"day": formats.long_date(one.since)} if one.since else ""


def figures(counts: RegionCounts, official: int | None) -> list[Figure]:
    """How far the region is covered; the share that is verified carries the accent."""
    share = formats.percent(counts.verified / counts.registered, 1) if counts.registered else formats.NONE
    registered = Figure(
        _("Usaha terdaftar"),
        formats.number(counts.registered),
        _("usaha"),
        note=_("%(share)s dari angka resmi %(official)s")
        % {"share": formats.percent(counts.registered / official, 1), "official": formats.number(official)}
        if official
        else "",
        source=_("Registri Lontar"),
    )
    return [
        registered,
        Figure(
            _("Terverifikasi"),
            share,
            note=_("%(verified)s usaha") % {"verified": formats.number(counts.verified)},
            source=_("Registri Lontar"),
            url=reverse("office:coverage"),
            key=True,
        ),
    ]


def coverage_bars(rows: Sequence[RegionCoverage], *, noun: str) -> Bars | None:
    """The regions beneath mine in which the least is verified; None where there is nothing to compare."""
    shares = [
        (row, 100 * row.enterprises_verified / row.enterprises_registered) for row in rows if row.enterprises_registered
    ]
    if len(shares) < 2 or not any(share for _row, share in shares):
        return None
    least = sorted(shares, key=lambda pair: (pair[1], pair[0].name))[:FEW]
    return Bars(
        frame=Frame(
            question=_("Di mana verifikasi paling tertinggal?"),
            source=_("Registri Lontar"),
            n=sum(row.enterprises_registered for row, _share in least),
            noun=_("usaha terdaftar"),
            note=_("Persen usaha terdaftar yang sudah diverifikasi; %(count)s %(noun)s dengan bagian terkecil.")
            % {"count": len(least), "noun": noun}
            if len(shares) > FEW
            else _("Persen usaha terdaftar yang sudah diverifikasi."),
            level=3,
        ),
        bars=[
            Bar(
                row.name.removeprefix("Kabupaten "),
                share,
                url=f"{reverse('office:enterprises')}?wilayah={row.code}&verifikasi=belum",
            )
            for row, share in least
        ],
        head=noun.capitalize(),
        unit="%",
        decimals=1,
        ordered=False,
    )


# --- what happened lately ---------------------------------------------------------------------------------------------


def happenings(found: Sequence[Happening]) -> list[HistoryEntry]:
    """The newest acts in a region, each in one sentence."""
    verbs = {"insert": _("menambahkan"), "update": _("mengubah"), "delete": _("menghapus")}
    entries = []
    for one in found:
        inner = ", ".join(part for part in (one.person, one.post) if part)
        who = one.agency or _("Sistem")
        act = act_words(one.act)
        number = formats.number(one.number)
        number = _("sedikitnya %(number)s") % {"number": number} if one.is_more else number
        what = _happened(one.what, one.number) % {"act": verbs[one.kind], "number": number}
        entries.append(HistoryEntry(one.at, f"{who} ({inner})" if inner else who, f"{what} · {act}" if act else what))
    return entries


def _happened(what: str, number: int) -> str:
    said = {
        "enterprise": ngettext("%(act)s %(number)s usaha", "%(act)s %(number)s usaha", number),
        "potential": ngettext("%(act)s %(number)s data potensi desa", "%(act)s %(number)s data potensi desa", number),
        "product": ngettext("%(act)s %(number)s produk", "%(act)s %(number)s produk", number),
        "licence": ngettext("%(act)s %(number)s izin", "%(act)s %(number)s izin", number),
        "organization": ngettext("%(act)s %(number)s lembaga", "%(act)s %(number)s lembaga", number),
    }
    return said[what]


# --- quick search -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: where it leads, its name, and what stands beneath it."""

    url: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Results of one kind; `all_url` leads to the whole list of them."""

    heading: str
    hits: Sequence[Hit]
    all_url: str = ""


def results(found: Found, text: str) -> list[Hits]:
    """Groups that have something: places, enterprises, products, licences, organisations."""
    groups = [Hits(pgettext("daftar", "Wilayah"), _places(found))] if found.places else []
    rows = (
        (_("Usaha"), "office:enterprises", "enterprises", _enterprises(found)),
        (_("Produk"), "office:products", "products", _products(found)),
        (_("Izin dan sertifikat"), "office:licences", "licences", _licences(found)),
        (_("Lembaga"), "office:bodies", "bodies", _bodies(found)),
    )
    for heading, route, key, hits in rows:
        if hits:
            groups.append(Hits(heading, hits, Query(reverse(route)).but({"q": text}) if key in found.more else ""))
    return groups


def _places(found: Found) -> list[Hit]:
    return [
        Hit(
            reverse("office:village", args=[one.code])
            if len(one.code) == 13
            else f"{reverse('office:villages')}?wilayah={one.code}",
            one.name,
            f"{one.path} · {one.code}",
        )
        for one in found.places
    ]


def _enterprises(found: Found) -> list[Hit]:
    return [
        Hit(
            reverse("office:enterprise", args=[one["id"]]),
            one["name"],
            _about(one["owner_name"], one["main_product"], one["village_name"], one["regency_name"]),
        )
        for one in found.enterprises
    ]


def _products(found: Found) -> list[Hit]:
    stages = dict(Stage.choices)
    return [
        Hit(
            product_link(one)[1],
            one["name"],
            _about(str(stages.get(one["stage"], "")), one["village_name"], one["regency_name"]),
        )
        for one in found.products
    ]


def _licences(found: Found) -> list[Hit]:
    kinds = dict(LicenceKind.choices)
    return [
        Hit(
            licence_link(one)[1],
            one["number"] or "–",
            _about(str(kinds[one["kind"]]), one["holder"], one["product"]),
        )
        for one in found.licences
    ]


def _bodies(found: Found) -> list[Hit]:
    return [
        Hit(
            body_link(one)[1],
            one["name"],
            _about(body_kind(one["kind"], one["detail"]), one["village_name"], one["regency_name"]),
        )
        for one in found.bodies
    ]


def _about(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
