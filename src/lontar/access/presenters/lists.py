"""Tables of agencies, posts, people and tokens. The queries are the views'; these write one page of rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Agency, ApiToken, Holding, Post, User
from lontar.access.queries import post_count, region_names
from lontar.access.states import AgencyKind, Role, TokenScope
from lontar.ui.presenters import Chip, Column, EmptyState, Export, Link, Pager, Query, Row, Status, Table, Tone

PAGE_SIZES = (25, 50, 100)


def _page(query: Query, rows: QuerySet[Any]) -> tuple[list[Any], Pager]:
    """The rows of the page that the address asks for; a page beyond the last gives the last."""
    size = int(query.get("per") or 50) if query.get("per", "50").isdecimal() else 50
    size = size if size in PAGE_SIZES else 50
    count = rows.count()
    wanted = int(query.get("hal", "1")) if query.get("hal", "1").isdecimal() else 1
    page = min(max(wanted, 1), max(1, -(-count // size)))
    return list(rows[(page - 1) * size : page * size]), Pager(query, count, page, size)


def _sorted(rows: QuerySet[Any], query: Query, fields: dict[str, str], default: str) -> tuple[QuerySet[Any], str]:
    asked = query.get("urut", default)
    name = asked.removeprefix("-")
    if name not in fields:
        return rows, default
    sign = "-" if asked.startswith("-") else ""
    return rows.order_by(f"{sign}{fields[name]}", "pk"), asked


def _chips(query: Query, labels: dict[str, str]) -> list[Chip]:
    """One chip for each filter in use; `labels` says how to call its value."""
    return [Chip(text, query.without(key)) for key, text in labels.items() if query.get(key)]


def _export(query: Query) -> list[Export]:
    return [Export("CSV", query.but({"format": "csv"}))]


def agencies_table(query: Query, rows: QuerySet[Agency], *, can_add: bool) -> Table:
    """Agencies with their field, region and number of posts."""
    rows, sort = _sorted(rows, query, {"nama": "name", "bidang": "kind", "jabatan": "post_count"}, "nama")
    shown, pager = _page(query, rows)
    places = region_names(one.region_code for one in shown)
    add = Link(_("Tambah instansi"), reverse("access:agency_new")) if can_add else None
    return Table(
        caption=pgettext("daftar", "Instansi"),
        columns=[
            Column("nama", _("Nama"), sortable=True),
            Column("bidang", _("Bidang"), sortable=True),
            Column("wilayah", _("Wilayah")),
            Column("jabatan", pgettext("daftar", "Jabatan"), numeric=True, sortable=True),
            Column("keadaan", _("Keadaan")),
        ],
        rows=[
            Row(
                [
                    one.name,
                    str(AgencyKind(one.kind).label),
                    places[one.region_code],
                    post_count(one),
                    _open(one.is_active),
                ],
                url=reverse("access:agency", args=[one.code]),
            )
            for one in shown
        ],
        pager=pager,
        noun=pgettext("daftar", "instansi"),
        sort=sort,
        chips=_chips(query, {"q": query.get("q"), "bidang": _label(AgencyKind, query.get("bidang"))}),
        exports=_export(query),
        empty=EmptyState(_("Belum ada instansi yang cocok."), _("Longgarkan saringan, atau tambahkan instansi."), add),
    )


def posts_table(query: Query, rows: QuerySet[Post], *, can_add: bool) -> Table:
    """Posts with their agency, role, region and present holder."""
    fields = {"jabatan": "title", "instansi": "agency__name", "peran": "role", "wilayah": "region_code"}
    rows, sort = _sorted(rows, query, fields, "wilayah")
    shown, pager = _page(query, rows)
    places = region_names(one.region_code for one in shown)
    add = Link(_("Tambah jabatan"), reverse("access:post_new")) if can_add else None
    return Table(
        caption=pgettext("daftar", "Jabatan"),
        columns=[
            Column("jabatan", _("Jabatan"), sortable=True),
            Column("instansi", _("Instansi"), sortable=True),
            Column("peran", _("Peran"), sortable=True),
            Column("wilayah", _("Wilayah tugas"), sortable=True),
            Column("pemegang", _("Pemegang")),
            Column("sejak", _("Sejak"), optional=True),
        ],
        rows=[_post_row(one, places) for one in shown],
        pager=pager,
        noun=pgettext("daftar", "jabatan"),
        sort=sort,
        shown=query.all("kolom"),
        chips=_chips(
            query,
            {
                "q": query.get("q"),
                "peran": _label(Role, query.get("peran")),
                "wilayah": query.get("wilayah"),
                "kosong": _("Hanya yang kosong"),
            },
        ),
        exports=_export(query),
        empty=EmptyState(_("Belum ada jabatan yang cocok."), _("Longgarkan saringan, atau tambahkan jabatan."), add),
    )


def _post_row(post: Post, places: dict[str, str]) -> Row:
    held = current_of(post)
    if not post.is_active:
        holder: object = Status(_("Ditutup"), Tone.PLAIN)
    else:
        holder = held.user.full_name if held else Status(_("Kosong"), Tone.WARN)
    cells = [post.title, str(post.agency), str(Role(post.role).label), places[post.region_code], holder]
    return Row([*cells, held.valid_from if held else None], url=reverse("access:post", args=[post.pk]))


def people_table(query: Query, rows: QuerySet[User], *, can_add: bool) -> Table:
    """People with the posts that they hold now."""
    rows, sort = _sorted(rows, query, {"nama": "full_name", "pengguna": "username"}, "nama")
    shown, pager = _page(query, rows)
    add = Link(_("Tambah orang"), reverse("access:person_new")) if can_add else None
    return Table(
        caption=pgettext("daftar", "Orang"),
        columns=[
            Column("nama", _("Nama"), sortable=True),
            Column("pengguna", _("Nama pengguna"), sortable=True),
            Column("jabatan", _("Jabatan sekarang")),
            Column("keadaan", _("Akun")),
        ],
        rows=[
            Row(
                [
                    one.full_name,
                    one.username,
                    "; ".join(held.post.title for held in _holdings(one)) or None,
                    _open(one.is_active),
                ],
                url=reverse("access:person", args=[one.pk]),
            )
            for one in shown
        ],
        pager=pager,
        noun=_("orang"),
        sort=sort,
        chips=_chips(query, {"q": query.get("q"), "tanpa": _("Hanya yang tanpa jabatan")}),
        exports=_export(query),
        empty=EmptyState(_("Belum ada orang yang cocok."), _("Longgarkan saringan, atau tambahkan orang."), add),
    )


def tokens_table(query: Query, rows: Iterable[ApiToken], *, now: datetime) -> Table:
    """Every key of a post, usable ones first told apart by their state."""
    shown = list(rows)
    return Table(
        caption=pgettext("daftar", "Kunci API"),
        columns=[
            Column("nama", _("Nama")),
            Column("awal", _("Awal kunci")),
            Column("izin", pgettext("kunci API", "Izin")),
            Column("penerbit", _("Diterbitkan oleh")),
            Column("dibuat", _("Dibuat")),
            Column("sampai", _("Berlaku sampai")),
            Column("dipakai", _("Terakhir dipakai")),
            Column("keadaan", _("Keadaan")),
            Column("tindakan", _("Tindakan")),
        ],
        rows=[
            Row(
                [
                    one.name,
                    f"{one.prefix}…",
                    ", ".join(_label(TokenScope, scope) for scope in one.scopes),
                    one.created_by.full_name,
                    timezone.localdate(one.created_at),
                    timezone.localdate(one.expires_at),
                    one.last_used_at or _("belum pernah"),
                    _token_state(one, now),
                    _revoke(one, now),
                ]
            )
            for one in shown
        ],
        pager=Pager(query, len(shown), 1, max(len(shown), 1)),
        noun=pgettext("daftar", "kunci"),
        empty=EmptyState(
            _("Belum ada kunci."), _("Terbitkan kunci bila sebuah program perlu bekerja untuk jabatan ini.")
        ),
    )


def current_of(post: Post) -> Holding | None:
    """The holding that `posts_within` put on the post."""
    found: list[Holding] = getattr(post, "current", [])
    return found[0] if found else None


def _holdings(user: User) -> list[Holding]:
    found: list[Holding] = getattr(user, "current", [])
    return found


def _open(is_active: bool) -> Status:
    return Status(_("Aktif"), Tone.GOOD) if is_active else Status(_("Ditutup"), Tone.PLAIN)


def _token_state(token: ApiToken, now: datetime) -> Status:
    if token.revoked_at:
        return Status(_("Dicabut"), Tone.BAD)
    if token.expires_at <= now:
        return Status(_("Kedaluwarsa"), Tone.PLAIN)
    return Status(_("Berlaku"), Tone.GOOD)


def _revoke(token: ApiToken, now: datetime) -> Link | None:
    if token.revoked_at or token.expires_at <= now:
        return None
    return Link(_("Cabut"), reverse("access:token_revoke", args=[token.pk]), dialog=True)


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
