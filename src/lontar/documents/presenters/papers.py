"""The list of papers, the page of one with files and fate, and the way to it from other apps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post
from lontar.access.queries import region_names
from lontar.documents import policies
from lontar.documents.models import Paper
from lontar.documents.queries import IssuedPaper, kind_label
from lontar.documents.states import FateKind, FileKind, Signature
from lontar.ui import formats
from lontar.ui.presenters import (
    Chip,
    Column,
    Crumb,
    EmptyState,
    Export,
    KeyValue,
    Link,
    NavItem,
    Pager,
    Query,
    Row,
    Status,
    Table,
    Tone,
)

_TONES = {
    Signature.NONE: Tone.PLAIN,
    Signature.DEMO: Tone.WARN,
    Signature.CERTIFICATE: Tone.GOOD,
    Signature.BSRE: Tone.GOOD,
}
HEADER = ("nomor", "jenis", "perihal", "kode_wilayah", "diterbitkan", "keadaan", "tanda_tangan", "penanda_tangan",
          "kode_periksa", "alamat_periksa", "sha256_pdf")  # fmt: skip


def navigation(post: Post | None) -> tuple[NavItem, ...]:
    """Entries of the rail that are open to the post."""
    if not policies.check_see_papers.can(post):
        return ()
    return (NavItem(pgettext("daftar", "Surat"), reverse("documents:papers"), "document"),)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(pgettext("daftar", "Surat"), reverse("documents:papers") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]


def paper_link(paper: IssuedPaper | Paper) -> Link:
    """The way to a paper in the office."""
    return Link(paper.number, reverse("documents:paper", args=[paper.code]), "document")


def download_url(paper: IssuedPaper | Paper, kind: FileKind) -> str:
    """Where a file of a paper is had."""
    return reverse("documents:file", args=[paper.code, kind.value])


def state_badge(kind: FateKind | None) -> Status:
    """In force, replaced or revoked."""
    if kind is None:
        return Status(_("Berlaku"), Tone.GOOD)
    return Status(str(kind.label), Tone.WARN if kind == FateKind.REPLACED else Tone.BAD)


def signature_badge(signature: Signature) -> Status:
    """With what a paper was signed."""
    return Status(str(signature.label), _TONES[signature])


def _fate(one: Paper) -> FateKind | None:
    found = getattr(one, "fate", None)
    return FateKind(found.kind) if found else None


def papers_table(query: Query, rows: Sequence[Paper], *, pager: Pager, chips: dict[str, str]) -> Table:
    """The papers of one page."""
    places = region_names(one.region_code for one in rows)
    return Table(
        caption=pgettext("daftar", "Surat"),
        columns=[
            Column("nomor", _("Nomor")),
            Column("perihal", _("Perihal")),
            Column("jenis", _("Jenis")),
            Column("wilayah", _("Wilayah")),
            Column("terbit", _("Diterbitkan")),
            Column("keadaan", _("Keadaan")),
            Column("tanda", _("Tanda tangan"), optional=True),
            Column("kode", _("Kode periksa"), optional=True),
        ],
        rows=[
            Row(
                [
                    one.number, one.title, kind_label(one.kind), places[one.region_code], one.issued_at,
                    state_badge(_fate(one)), signature_badge(Signature(one.signature)), one.code,
                ],
                url=reverse("documents:paper", args=[one.code]),
            )
            for one in rows
        ],
        pager=pager,
        noun=_("surat"),
        shown=query.all("kolom"),
        chips=[Chip(text, query.without(key)) for key, text in chips.items() if query.get(key)],
        exports=[Export("CSV", query.but({"format": "csv"}))],
        empty=EmptyState(
            _("Tidak ada surat yang cocok.") if chips_given(query) else _("Belum ada surat."),
            _("Longgarkan saringan.")
            if chips_given(query)
            else _("Surat terbit dari penetapan, penilaian, dan peta prioritas."),
        ),
    )  # fmt: skip


def chips_given(query: Query) -> bool:
    """Whether anything is filtered."""
    return any(query.get(key) for key in ("cari", "jenis", "keadaan", "tanda", "wilayah", "dari", "sampai"))


def lines(rows: Iterable[Paper]) -> Iterator[list[object]]:
    """The papers as lines of a CSV, under `HEADER`."""
    for one in rows:
        at = timezone.localtime(one.issued_at).isoformat(timespec="seconds")
        fate = _fate(one)
        yield [one.number, kind_label(one.kind), one.title, one.region_code, at,
               str(fate.label) if fate else _("Berlaku"), str(Signature(one.signature).label), one.signer, one.code,
               one.address, one.pdf_sha256]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Everything that the page of one paper shows; `ended` says why it is no longer in force, "" when it is."""

    number: str
    title: str
    facts: tuple[KeyValue, ...]
    contents: tuple[KeyValue, ...]
    files: tuple[Link, ...]
    check: Link
    ended: str
    successor: Link | None
    revoke_url: str
    hashes: tuple[KeyValue, ...]
    is_demo: bool


def paper_page(one: IssuedPaper, *, may_revoke: bool) -> PaperPage:
    """The page of a paper."""
    place = region_names([one.region_code])[one.region_code]
    kinds = [kind for kind in FileKind if one.sha256(kind)]
    sizes = {FileKind.PDF: one.pdf_size, FileKind.WORD: one.docx_size}
    fate = one.fate
    return PaperPage(
        number=one.number,
        title=one.title,
        facts=(
            KeyValue(_("Keadaan"), state_badge(fate.kind if fate else None)),
            KeyValue(_("Jenis"), one.kind_label),
            KeyValue(_("Wilayah"), place),
            KeyValue(_("Diterbitkan"), formats.moment(one.issued_at)),
            KeyValue(_("Oleh"), f"{one.post}, {one.agency}" + (f" ({one.issued_by})" if one.issued_by else "")),
            KeyValue(_("Tanda tangan"), signature_badge(one.signature)),
            KeyValue(_("Penanda tangan"), one.signer or None),
            KeyValue(_("Ditandatangani"), formats.moment(one.signed_at) if one.signed_at else None),
            KeyValue(_("Kode periksa"), one.code),
        ),
        contents=tuple(KeyValue(label, value) for label, value in one.facts),
        files=tuple(Link(f"{kind.label} ({formats.size(sizes[kind])})", download_url(one, kind), "download") for kind in kinds),
        check=Link(_("Halaman periksa"), f"/periksa/{one.code}", "shield"),
        ended=_ended(one),
        successor=Link(fate.successor[0], reverse("documents:paper", args=[fate.successor[1]]), "document")
        if fate and fate.successor[1]
        else None,
        revoke_url=reverse("documents:revoke", args=[one.code]) if may_revoke and one.is_in_force else "",
        hashes=(
            KeyValue(_("SHA-256 PDF"), one.pdf_sha256),
            *((KeyValue(_("SHA-256 Word"), one.docx_sha256),) if one.docx_sha256 else ()),
            *((KeyValue(_("Sidik sertifikat"), one.certificate_sha256),) if one.certificate_sha256 else ()),
        ),
        is_demo=one.is_demo,
    )  # fmt: skip


def _ended(one: IssuedPaper) -> str:
    fate = one.fate
    if fate is None:
        return ""
    words = {"when": formats.long_date(fate.at), "post": fate.post, "reason": fate.reason}
    if fate.kind == FateKind.REPLACED:
        return _("Diganti pada %(when)s oleh %(post)s: %(reason)s") % words
    return _("Dicabut pada %(when)s oleh %(post)s: %(reason)s") % words
