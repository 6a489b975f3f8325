"""The list of regions with their documents, the page of one region with its versions, and the making as a progress bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.mapping import policies
from lontar.mapping.models import MappingDocument, MappingRun
from lontar.mapping.queries import Listed
from lontar.mapping.states import OPEN, FileKind, RunState, Stage
from lontar.ui import formats
from lontar.ui.presenters import (
    Column,
    Crumb,
    EmptyState,
    KeyValue,
    Link,
    NavItem,
    Pager,
    Progress,
    ProgressState,
    Query,
    Row,
    Status,
    Table,
    Tone,
)

_PROGRESS = {
    RunState.QUEUED: ProgressState.WAITING,
    RunState.RUNNING: ProgressState.RUNNING,
    RunState.DONE: ProgressState.DONE,
    RunState.UNCHANGED: ProgressState.DONE,
    RunState.FAILED: ProgressState.FAILED,
}
_STEPS = {Stage.WAITING: 0, Stage.READING: 1, Stage.SETTING: 2, Stage.KEEPING: 3}


def navigation(post: Post | None) -> NavItem | None:
    """The entry of the office rail; None when the documents are not open to the post."""
    if not policies.check_see_documents.can(post):
        return None
    return NavItem(_("Dokumen pemetaan"), reverse("mapping:documents"), "document")


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Dokumen pemetaan"), reverse("mapping:documents") if steps else ""),
        *(Crumb(label, url) for label, url in steps),
    ]


def documents_table(query: Query, rows: Sequence[Listed]) -> Table:
    """Every region with its newest version."""
    return Table(
        caption=_("Dokumen pemetaan"),
        columns=[
            Column("wilayah", _("Wilayah")),
            Column("kode", _("Kode")),
            Column("keadaan", _("Keadaan")),
            Column("versi", _("Versi"), numeric=True),
            Column("terbit", _("Diterbitkan")),
            Column("terdaftar", _("Usaha terdaftar"), numeric=True),
            Column("terverifikasi", _("Terverifikasi"), numeric=True),
        ],
        rows=[_listed(one) for one in rows],
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("wilayah"),
        sizes=(),
        empty=EmptyState(
            _("Belum ada wilayah."), _("Operator memuat daftar wilayah dengan perintah “lontar regions load”.")
        ),
    )


def _listed(one: Listed) -> Row:
    newest = one.newest
    if one.run is not None:
        status = Status(str(RunState(one.run.state).label), Tone.INFO)
    elif newest is not None:
        status = Status(_("Terbit"), Tone.GOOD)
    else:
        status = Status(_("Belum terbit"), Tone.PLAIN)
    figures = [newest.version, newest.issued_at, newest.registered, newest.verified] if newest else [None] * 4
    return Row([one.name, one.code, status, *figures], url=reverse("mapping:region", args=[one.code]))


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the history: its downloads, its public page, what it changed."""

    title: str
    when: str
    who: str
    files: tuple[Link, ...]
    check: Link
    changes: tuple[str, ...]
    hashes: tuple[KeyValue, ...]
    newest: bool


@dataclass(frozen=True, slots=True)
class RegionPage:
    """Everything that the page of one region shows; `job` while a version is being made, `notice` after it ended badly."""

    name: str
    code: str
    facts: tuple[KeyValue, ...]
    versions: tuple[VersionLine, ...]
    job: Progress | None
    notice: str
    may_issue: bool
    issue_label: str
    refusal: str
    empty: EmptyState


def download_url(document: MappingDocument, kind: FileKind) -> str:
    """Where a file of a version is had."""
    return reverse("mapping:file", args=[document.region_id, document.version, kind.value])


def region_page(
    code: str, name: str, *, documents: Sequence[MappingDocument], run: MappingRun | None, may_issue: bool, refusal: str
) -> RegionPage:
    """The page of a region; `refusal` says why the reader may not issue."""
    newest = documents[0] if documents else None
    return RegionPage(
        name=name,
        code=code,
        facts=_facts(newest) if newest else (),
        versions=tuple(_version(one, newest=one is newest) for one in documents),
        job=progress_of(run) if run is not None and run.state in OPEN else None,
        notice=_notice(run),
        may_issue=may_issue,
        issue_label=_("Terbitkan versi %(number)s") % {"number": newest.version + 1} if newest else _("Terbitkan"),
        refusal=refusal,
        empty=EmptyState(
            _("Belum ada dokumen untuk wilayah ini."),
            _("Tekan Terbitkan: angka saat ini dibekukan menjadi PDF/A dan Word dengan peta dan kode QR.")
            if may_issue
            else _("Mintalah petugas provinsi atau kabupaten/kota menerbitkannya."),
        ),
    )


def _facts(newest: MappingDocument) -> tuple[KeyValue, ...]:
    return (
        KeyValue(_("Nomor dokumen"), newest.number),
        KeyValue(_("Keadaan data"), formats.long_date(newest.data_as_of)),
        KeyValue(_("Desa/kelurahan"), newest.villages),
        KeyValue(_("Angka resmi"), newest.official),
        KeyValue(_("Usaha terdaftar"), newest.registered),
        KeyValue(_("Terverifikasi"), formats.share(newest.verified, newest.registered)),
        KeyValue(_("Desa tanpa potensi"), newest.without_potential),
        KeyValue(_("Kode periksa"), newest.code),
    )


def _version(one: MappingDocument, *, newest: bool) -> VersionLine:
    who = f"{one.post.title}, {one.post.agency.name}"
    sizes = {FileKind.PDF: one.pdf_size, FileKind.WORD: one.docx_size}
    return VersionLine(
        title=_("Versi %(number)s") % {"number": one.version},
        when=formats.moment(one.issued_at),
        who=f"{who} ({one.issued_by})" if one.issued_by else who,
        files=tuple(
            Link(f"{kind.label} ({formats.size(sizes[kind])})", download_url(one, kind), "download")
            for kind in (FileKind.PDF, FileKind.WORD)
        ),
        check=Link(_("Halaman periksa"), f"/periksa/{one.code}", "shield"),
        changes=tuple(one.changes),
        hashes=(KeyValue(_("SHA-256 PDF"), one.pdf_sha256), KeyValue(_("SHA-256 Word"), one.docx_sha256)),
        newest=newest,
    )


def _notice(run: MappingRun | None) -> str:
    """What the last request came to when it made no version."""
    if run is None:
        return ""
    if run.state == RunState.FAILED:
        return run.problem
    if run.state == RunState.UNCHANGED and run.document is not None:
        return _("Tidak ada angka yang berubah sejak versi %(number)s, sehingga versi itu tetap berlaku.") % {
            "number": run.document.version
        }
    return ""


def progress_of(run: MappingRun) -> Progress:
    """How far the making has come, in its three stages."""
    state, stage = RunState(run.state), Stage(run.stage)
    return Progress(
        key=f"pemetaan-{run.pk}",
        title=_("Menyusun dokumen pemetaan"),
        state=_PROGRESS[state],
        state_label=str(state.label),
        done=_STEPS[stage],
        total=len(_STEPS),
        unit=_("tahap"),
        poll_url=reverse("mapping:progress", args=[run.region_id]),
        message=str(stage.label),
    )
