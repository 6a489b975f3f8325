"""What the screens of audit give to templates, and the history component for the pages of every app."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from lontar.access.models import Post
from lontar.access.queries import region_names
from lontar.audit import policies
from lontar.audit.models import Reveal
from lontar.audit.queries import Change, ParameterValue
from lontar.audit.states import RevealKind
from lontar.ui import formats
from lontar.ui.presenters import (
    Chip,
    Column,
    Crumb,
    EmptyState,
    Export,
    HistoryEntry,
    Link,
    NavGroup,
    NavItem,
    Pager,
    Query,
    Row,
    Status,
    Table,
    Tone,
)


def navigation(post: Post | None) -> NavGroup | None:
    """The group of the office rail that leads to the screens of audit; None when nothing of it is open to the post."""
    items = [
        (policies.check_read_reveals, NavItem(_("Pembukaan data pribadi"), reverse("audit:reveals"), "eye")),
        (
            policies.check_see_parameters,
            NavItem(pgettext("daftar", "Parameter"), reverse("audit:parameters"), "settings"),
        ),
    ]
    shown = tuple(item for check, item in items if check.can(post))
    return NavGroup(_("Jejak dan aturan"), shown) if shown else None


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [Crumb(_("Kantor"), "/kantor/"), *(Crumb(label, url) for label, url in steps)]


def history_entries(changes: Iterable[Change]) -> list[HistoryEntry]:
    """A history for the component `{% history entries %}`."""
    return [_entry(change) for change in changes]


def _entry(change: Change) -> HistoryEntry:
    hidden = _("diubah (disembunyikan)")
    fields = [(one.label, one.before, hidden if one.is_secret else one.after) for one in change.fields]
    verbs = {"insert": _("menambahkan catatan ini"), "delete": _("menghapus catatan ini")}
    source = Link(change.source, change.file.url) if change.file else None
    what = verbs.get(change.kind) or (change.act.lower() if change.act and not fields else _("mengubah"))
    return HistoryEntry(change.at, change.who, what, fields, source)


UNITS = (
    gettext_noop("orang"),
    gettext_noop("pabrik"),
    gettext_noop("gerai"),
    gettext_noop("bulan"),
    gettext_noop("pelaku usaha"),
)


def number_with_unit(value: Decimal, unit: str) -> str:
    """`Rp2.000.000.000`, `40 %`, `36 bulan`."""
    if unit == "Rp":
        return formats.rupiah(value)
    return f"{formats.number(value)}{formats.NBSP}{unit_words(unit)}" if unit else formats.number(value)


def unit_words(unit: str) -> str:
    """The unit of a parameter in the language of the page; "" for none."""
    return _(unit) if unit in UNITS else unit


def parameters_table(query: Query, values: Sequence[ParameterValue]) -> Table:
    """Parameters in force on a day."""
    return Table(
        caption=_("Parameter yang berlaku"),
        columns=[
            Column("parameter", _("Parameter")),
            Column("nilai", _("Nilai")),
            Column("mulai", _("Berlaku mulai")),
            Column("sumber", _("Sumber")),
            Column("keadaan", _("Keadaan")),
            Column("kunci", _("Kunci"), optional=True),
        ],
        rows=[
            Row(
                [
                    one.label,
                    number_with_unit(one.number, one.unit),
                    one.valid_from,
                    one.source,
                    confirmation(one.source),
                    one.key,
                ],
                url=reverse("audit:parameter", args=[one.key]),
            )
            for one in values
        ],
        pager=Pager(query, len(values), 1, max(len(values), 1)),
        noun=_("parameter"),
        shown=query.all("kolom"),
        exports=[Export("CSV", query.but({"format": "csv"}))],
        empty=EmptyState(_("Tidak ada parameter yang berlaku pada hari itu.")),
    )


def parameter_rows(values: Sequence[ParameterValue]) -> list[tuple[str, str, str, str, Status | None]]:
    """(value, from, until, source, mark) of every value that a parameter had."""
    return [
        (
            number_with_unit(one.number, one.unit),
            formats.long_date(one.valid_from),
            formats.long_date(one.valid_until) if one.valid_until else _("seterusnya"),
            one.source,
            confirmation(one.source),
        )
        for one in values
    ]


def confirmation(source: str) -> Status | None:
    """The mark of a value whose source says that it is not confirmed yet."""
    return Status(_("Perlu konfirmasi"), Tone.WARN) if _UNCONFIRMED in source else None


_UNCONFIRMED = "perlu konfirmasi"


def reveals_table(query: Query, rows: Sequence[Reveal], pager: Pager, chips: dict[str, str]) -> Table:
    """Who revealed what, when and why."""
    places = region_names(one.region_code for one in rows)
    return Table(
        caption=_("Pembukaan data pribadi"),
        columns=[
            Column("waktu", _("Waktu")),
            Column("orang", _("Orang")),
            Column("jabatan", _("Jabatan dan instansi")),
            Column("jenis", _("Data")),
            Column("catatan", pgettext("data", "Catatan")),
            Column("wilayah", _("Wilayah")),
            Column("alasan", _("Alasan")),
        ],
        rows=[
            Row(
                [
                    formats.moment(one.at),
                    one.user.full_name,
                    f"{one.post.title} – {one.post.agency}",
                    kind_label(one.kind),
                    f"{one.subject} #{one.subject_id}",
                    places[one.region_code],
                    one.reason,
                ]
            )
            for one in rows
        ],
        pager=pager,
        noun=_("pembukaan"),
        chips=[Chip(text, query.without(key)) for key, text in chips.items() if query.get(key)],
        exports=[Export("CSV", query.but({"format": "csv"}))],
        empty=EmptyState(_("Tidak ada pembukaan data pribadi yang cocok."), _("Longgarkan saringan.")),
    )


def kind_label(kind: str) -> str:
    """What was revealed, in words."""
    return str(RevealKind(kind).label) if kind in RevealKind.values else kind
