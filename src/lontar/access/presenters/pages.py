"""Fact sheets, crumbs and navigation of the screens of access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import policies
from lontar.access.models import Agency, Handover, Holding, Post, User
from lontar.access.queries import OpenWork, region_names
from lontar.access.states import AgencyKind, Role
from lontar.ui import formats
from lontar.ui.presenters import Crumb, KeyValue, Link, NavGroup, NavItem, Status, Tone

OFFICE = "/kantor/"


def navigation(post: Post | None) -> NavGroup | None:
    """The group of the office rail that leads to the screens of access; None when nothing of it is open to the post."""
    items = [
        (policies.check_see_posts, NavItem(pgettext("daftar", "Jabatan"), reverse("access:posts"), "shield")),
        (policies.check_manage_users, NavItem(pgettext("daftar", "Orang"), reverse("access:people"), "users")),
        (policies.check_see_posts, NavItem(pgettext("daftar", "Instansi"), reverse("access:agencies"), "home")),
        (policies.check_see_tokens, NavItem(pgettext("daftar", "Kunci API"), reverse("access:tokens"), "lock")),
    ]
    shown = tuple(item for check, item in items if check.can(post))
    return NavGroup(_("Akses"), shown) if shown else None


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page; the last step, without address, is the current place."""
    return [Crumb(_("Kantor"), OFFICE), *(Crumb(label, url) for label, url in steps)]


def agency_facts(agency: Agency) -> list[KeyValue]:
    """What an agency is."""
    return [
        KeyValue(_("Kode"), agency.code),
        KeyValue(_("Nama singkat"), agency.short_name),
        KeyValue(_("Bidang"), str(AgencyKind(agency.kind).label)),
        KeyValue(_("Wilayah"), place(agency.region_code)),
        KeyValue(_("Keadaan"), Status(_("Aktif"), Tone.GOOD) if agency.is_active else Status(_("Ditutup"))),
    ]


def post_facts(post: Post, held: Holding | None) -> list[KeyValue]:
    """What a post is and who holds it."""
    holder: object = Status(_("Kosong"), Tone.WARN)
    if held:
        holder = Link(held.user.full_name, reverse("access:person", args=[held.user_id]))
    return [
        KeyValue(_("Pemegang"), holder),
        KeyValue(_("Sejak"), held.valid_from if held else None),
        KeyValue(_("Nomor keputusan"), held.decree if held and held.decree else None),
        KeyValue(_("Instansi"), Link(post.agency.name, reverse("access:agency", args=[post.agency.code]))),
        KeyValue(_("Peran"), str(Role(post.role).label)),
        KeyValue(_("Wilayah tugas"), place(post.region_code)),
        KeyValue(_("Kode"), post.code),
        KeyValue(_("Keadaan"), Status(_("Aktif"), Tone.GOOD) if post.is_active else Status(_("Ditutup"))),
    ]


def person_facts(user: User, *, factors: int, sessions: int, is_locked: bool) -> list[KeyValue]:
    """What an account is; how many second factors and open sessions it has."""
    return [
        KeyValue(_("Nama pengguna"), user.username),
        KeyValue(_("Alamat surel"), user.email or None),
        KeyValue(_("Akun"), Status(_("Aktif"), Tone.GOOD) if user.is_active else Status(_("Ditutup"))),
        KeyValue(_("Kata sandi"), _("sudah dibuat") if user.has_usable_password() else _("belum dibuat")),
        KeyValue(_("Langkah kedua"), _("terpasang") if factors else Status(_("Belum terpasang"), Tone.WARN)),
        KeyValue(_("Sesi terbuka"), sessions),
        KeyValue(_("Terakhir masuk"), user.last_login),
        KeyValue(_("Terkunci"), Status(_("Terkunci sementara"), Tone.BAD) if is_locked else _("tidak")),
    ]


def holder_rows(holdings: Iterable[Holding]) -> list[tuple[Link, str, str, str]]:
    """(who, from, until, decree) of every holding of a post."""
    return [
        (
            Link(one.user.full_name, reverse("access:person", args=[one.user_id])),
            formats.short_date(one.valid_from),
            formats.short_date(one.valid_until) if one.valid_until else _("sekarang"),
            one.decree,
        )
        for one in holdings
    ]


def handover_rows(handovers: Iterable[Handover]) -> list[tuple[str, str, str, int, str]]:
    """(when, from, to, open work, note) of every handover of a post."""
    return [
        (
            formats.moment(one.at),
            one.from_user.full_name if one.from_user else _("jabatan kosong"),
            one.to_user.full_name,
            one.open_work,
            one.note,
        )
        for one in handovers
    ]


def work_lines(work: Sequence[OpenWork]) -> list[KeyValue]:
    """What waits at a post, one line for each kind."""
    return [KeyValue(one.label, Link(formats.number(one.count), one.url) if one.url else one.count) for one in work]


def place(code: str) -> str:
    """`Ngada (53.09)`, or the code alone where nobody tells its name."""
    name = region_names([code])[code]
    return code if name == code else f"{name} ({code})"
