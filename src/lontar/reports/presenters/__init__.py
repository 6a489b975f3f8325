"""What the screens of the open quarterly report give to templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post
from lontar.engines.periods import parse_quarter
from lontar.reports import policies
from lontar.reports.models import Draft
from lontar.reports.presenters import telling
from lontar.reports.queries.listing import DraftLine, PublishedReport
from lontar.reports.rules import reach, signed
from lontar.ui import formats
from lontar.ui.presenters import Column, Confirm, Crumb, EmptyState, KeyValue, Link, NavItem, Pager, Row, Table

ROOT = "53"


def navigation(post: Post) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_drafts.can(post):
        return ()
    return (NavItem(_("Laporan terbuka"), reverse("reports:reports"), "document"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    home = Crumb(_("Kantor"), "/kantor/")
    here = Crumb(_("Laporan terbuka"), reverse("reports:reports") if steps else "")
    return [home, here, *(Crumb(label, url) for label, url in steps)]


def published_table(found: Sequence[PublishedReport]) -> Table:
    """The chain, newest first."""
    rows = [
        Row(
            [
                one.number,
                Link(str(one.period), f"/laporan/{one.quarter}"),
                Link(one.paper_number, reverse("portal:check", args=[one.code]), "shield"),
                one.published_at,
                one.figures,
                one.manifest_sha256[:16],
            ]
        )
        for one in found
    ]
    return Table(
        caption=_("Laporan yang sudah terbit"),
        columns=[
            Column("nomor", _("Nomor"), numeric=True),
            Column("triwulan", _("Triwulan")),
            Column("surat", _("Surat")),
            Column("terbit", _("Terbit")),
            Column("angka", _("Angka"), numeric=True),
            Column("manifes", _("Manifes")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=pgettext("hitungan", "laporan"),
        key="terbit",
        empty=EmptyState(_("Belum ada laporan yang terbit."), _("Buat rancangan dari triwulan yang sudah ditutup.")),
    )


def drafts_table(found: Sequence[DraftLine]) -> Table:
    """Drafts that were not published, newest first."""
    open_ = [one for one in found if not one.is_published]
    rows = [
        Row(
            [Link(str(parse_quarter(one.quarter)), reverse("reports:draft", args=[one.pk])), one.built_at, one.post,
             one.figures, one.manifest_sha256[:16]]
        )
        for one in open_
    ]  # fmt: skip
    return Table(
        caption=_("Rancangan"),
        columns=[
            Column("triwulan", _("Triwulan")),
            Column("dibuat", _("Dibuat")),
            Column("jabatan", _("Jabatan")),
            Column("angka", _("Angka"), numeric=True),
            Column("manifes", _("Manifes")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=pgettext("hitungan", "rancangan"),
        key="rancangan",
        empty=EmptyState(_("Tidak ada rancangan."), _("Rancangan yang sudah terbit tidak disebut lagi di sini.")),
    )


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft on the screen: what it says, and whether it may still be published."""

    pk: int
    title: str
    is_stale: bool
    answers: list[telling.Told]
    lines: list[KeyValue]
    ranking: Table
    publish_url: str


def draft_page(draft: Draft, chain: telling.Chain, *, is_stale: bool) -> DraftPage:
    """What a draft's report would say."""
    lines = [
        KeyValue(_("Nomor laporan"), draft.number),
        KeyValue(_("Dibuat"), draft.built_at),
        KeyValue(_("Jumlah angka"), draft.figures),
        KeyValue(_("SHA-256 manifes"), draft.manifest_sha256),
        KeyValue(_("Manifes laporan sebelumnya"), draft.previous_sha256 or _("laporan pertama")),
    ]
    return DraftPage(
        draft.pk,
        _("Rancangan laporan %(quarter)s") % {"quarter": parse_quarter(draft.quarter)},
        is_stale,
        telling.headlines(chain, ROOT),
        lines,
        ranking_table(chain),
        reverse("reports:publish", args=[draft.pk]),
    )


def ranking_table(chain: telling.Chain) -> Table:
    """Kabupaten by growth with certainty and movement."""
    rows = [
        Row(
            [
                one.rank,
                one.place.name,
                signed(one.figure),
                reach(one.figure) or formats.NONE,
                one.figure.n,
                telling.moved_words(one),
            ]
        )
        for one in telling.ranking(chain)
    ]
    return Table(
        caption=_("Kabupaten/kota menurut pertumbuhan omzet"),
        columns=[
            Column("peringkat", _("Peringkat"), numeric=True),
            Column("kabupaten", _("Kabupaten/kota")),
            Column("nilai", _("Pertumbuhan omzet"), numeric=True),
            Column("selang", _("Kepastian")),
            Column("n", _("Produsen"), numeric=True),
            Column("gerak", _("Sejak triwulan lalu")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=pgettext("hitungan", "kabupaten/kota"),
        key="peringkat",
        empty=EmptyState(_("Belum ada angka kabupaten/kota.")),
    )


def publish_confirm(draft: Draft) -> Confirm:
    """What publishing does, and that it cannot be undone."""
    return Confirm(
        title=_("Terbitkan laporan %(quarter)s?") % {"quarter": parse_quarter(draft.quarter)},
        consequence=_(
            "Laporan nomor %(number)s ditandatangani dan terbuka bagi siapa saja. Sesudah itu tidak ada yang dapat mengubah"
            " atau menariknya; data yang datang kemudian menjadi pembaruan yang didaftar."
        )
        % {"number": draft.number},
        action_url=reverse("reports:publish", args=[draft.pk]),
        submit=_("Terbitkan"),
        cancel_url=reverse("reports:draft", args=[draft.pk]),
        word="terbitkan",
    )
