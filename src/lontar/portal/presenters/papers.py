"""The public check of a paper of any kind: what it says, whether it holds, and whether a file that a reader brings is the one.

A mapping document and an issued paper become the same `PublicPaper`, so that one page tells both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.documents.queries import CheckedFile, IssuedPaper
from lontar.documents.states import FateKind, FileKind, Signature
from lontar.engines.papers.signing import FoundSignature, Trust
from lontar.mapping.queries import Verified
from lontar.ui import formats
from lontar.ui.presenters import KeyValue, Link, Status, Tone

_SHA = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer for a typed SHA-256 or a brought file: `kind` good, bad or unread."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a paper still holds, in words; `link` leads to what took its place."""

    tone: str
    icon: str
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """A paper as anyone may see it."""

    number: str
    code: str
    heading: str
    lead: str
    standing: Standing
    facts: tuple[KeyValue, ...]
    contents: tuple[KeyValue, ...]
    pdf_sha256: str
    docx_sha256: str
    is_demo: bool
    more: Link | None = None

    @property
    def prints(self) -> tuple[tuple[str, str], ...]:
        """The SHA-256 of each file, in groups that a phone can break."""
        held = (("PDF/A", self.pdf_sha256), ("Word", self.docx_sha256))
        return tuple((label, grouped(sha256)) for label, sha256 in held if sha256)


def grouped(sha256: str) -> str:
    """Sixteen by sixteen; a figure that is typed or pasted may hold the spaces."""
    return " ".join(sha256[start : start + 16] for start in range(0, len(sha256), 16))


def of_mapping(paper: Verified) -> PublicPaper:
    """A mapping document."""
    newer = paper.newest > paper.version
    words = {"version": paper.version, "newest": paper.newest}
    standing = Standing("good", "check", _("Ini versi terbaru."))
    if newer:
        link = Link(_("Lihat versi terbaru"), reverse("portal:check", args=[paper.newest_code]))
        text = _("Ini versi %(version)s. Sudah ada versi %(newest)s yang lebih baru.") % words
        standing = Standing("warn", "clock", text, link)
    region = (
        reverse("portal:places") if len(paper.region_code) == 2 else reverse("portal:region", args=[paper.region_code])
    )
    return PublicPaper(
        number=paper.number,
        code=paper.code,
        heading=_("Dokumen ini asli"),
        lead=_(
            "%(number)s, dokumen pemetaan %(region)s, diterbitkan lewat Lontar. Cocokkan angkanya dengan kertas Anda."
        )
        % {"number": paper.number, "region": paper.region},
        standing=standing,
        facts=(),
        contents=_mapping_facts(paper),
        pdf_sha256=paper.pdf_sha256,
        docx_sha256=paper.docx_sha256,
        is_demo=paper.is_demo,
        more=Link(_("Angka %(region)s yang berlaku hari ini") % {"region": paper.region}, region),
    )


def _mapping_facts(paper: Verified) -> tuple[KeyValue, ...]:
    return (
        KeyValue(_("Wilayah"), paper.region),
        KeyValue(_("Nomor dokumen"), paper.number),
        KeyValue(_("Versi"), paper.version),
        KeyValue(_("Diterbitkan"), formats.moment(paper.issued_at)),
        KeyValue(_("Oleh"), f"{paper.post}, {paper.agency}"),
        KeyValue(_("Keadaan data"), formats.long_date(paper.data_as_of)),
        KeyValue(_("Desa/kelurahan"), paper.villages),
        KeyValue(_("Angka resmi"), paper.official),
        KeyValue(_("Usaha terdaftar"), paper.registered),
        KeyValue(_("Terverifikasi"), formats.share(paper.verified, paper.registered)),
        KeyValue(_("Desa tanpa potensi"), paper.without_potential),
    )


def of_issued(paper: IssuedPaper, signature: FoundSignature | None) -> PublicPaper:
    """A paper with a number, such as a decree; `signature` is the one in the kept file."""
    return PublicPaper(
        number=paper.number,
        code=paper.code,
        heading=_("Dokumen ini asli") if paper.is_in_force else _("Dokumen ini asli, tetapi tidak berlaku lagi"),
        lead=_("%(number)s, %(title)s, diterbitkan lewat Lontar. Cocokkan isinya dengan kertas Anda.")
        % {"number": paper.number, "title": paper.title},
        standing=_issued_standing(paper),
        facts=(
            KeyValue(_("Jenis"), paper.kind_label),
            KeyValue(_("Nomor dokumen"), paper.number),
            KeyValue(_("Perihal"), paper.title),
            KeyValue(_("Diterbitkan"), formats.moment(paper.issued_at)),
            KeyValue(_("Oleh"), f"{paper.post}, {paper.agency}"),
            *_signed(paper, signature),
        ),
        contents=tuple(KeyValue(label, value) for label, value in paper.facts),
        pdf_sha256=paper.pdf_sha256,
        docx_sha256=paper.docx_sha256,
        is_demo=paper.is_demo,
    )


def _issued_standing(paper: IssuedPaper) -> Standing:
    fate = paper.fate
    if fate is None:
        return Standing("good", "check", _("Berlaku: dokumen ini belum diganti atau dicabut."))
    words = {"when": formats.long_date(fate.at), "post": fate.post, "reason": fate.reason}
    if fate.kind == FateKind.REVOKED:
        return Standing("bad", "alert", _("Dicabut pada %(when)s oleh %(post)s: %(reason)s") % words)
    number, code = fate.successor
    link = Link(_("Lihat penggantinya, %(number)s") % {"number": number}, reverse("portal:check", args=[code]))
    return Standing("warn", "clock", _("Diganti pada %(when)s oleh %(post)s: %(reason)s") % words, link)


def _signed(paper: IssuedPaper, signature: FoundSignature | None) -> tuple[KeyValue, ...]:
    if paper.signature == Signature.NONE:
        return _standing(Status(_("Tinta")), _("Ditandatangani dengan pena; belum bertanda tangan elektronik."))
    if signature is None:
        return _standing(Status(_("Belum diperiksa"), Tone.WARN), _("Sedang tidak dapat diperiksa; coba lagi nanti."))
    return signature_lines(signature)


def signature_lines(found: FoundSignature) -> tuple[KeyValue, ...]:
    """What holds of a signature inside a file."""
    stamped = _("disahkan otoritas waktu") if found.is_stamped else _("menurut penanda tangan")
    return (
        *_standing(*_told(found)),
        KeyValue(_("Penanda tangan"), found.signer),
        KeyValue(_("Sertifikat dari"), found.issuer),
        KeyValue(_("Ditandatangani"), f"{formats.moment(found.signed_at)} ({stamped})" if found.signed_at else None),
    )


def _standing(status: Status, meaning: str) -> tuple[KeyValue, ...]:
    """One word that stands out, and the sentence, which may need two lines on a phone."""
    return KeyValue(_("Tanda tangan"), status), KeyValue(_("Artinya"), meaning)


def _told(found: FoundSignature) -> tuple[Status, str]:
    if not found.is_intact:
        return Status(_("Rusak"), Tone.BAD), _("Isi berkas berubah sesudah ditandatangani.")
    if not found.is_whole:
        return Status(_("Ditambahi"), Tone.BAD), _("Berkas ditambahi sesudah ditandatangani.")
    if found.trust == Trust.TRUSTED:
        return Status(_("Sah"), Tone.GOOD), _("Utuh, dan sertifikatnya tepercaya.")
    if found.trust == Trust.DEMO:
        return Status(pgettext("tanda tangan", "Contoh"), Tone.WARN), _("Utuh, tetapi bukan sertifikat BSrE.")
    return Status(_("Belum dikenal"), Tone.WARN), _("Utuh; penerbit sertifikatnya belum dikenal di sini.")


def words() -> dict[str, str]:
    """What the script says; the page carries it, because scripts have no catalogue."""
    return {
        "pdf": _("Cocok: ini berkas PDF asli, tidak berubah satu huruf pun."),
        "docx": _("Cocok: ini berkas Word asli seperti diunduh, belum disunting."),
        "lain": _(
            "Tidak cocok: berkas ini bukan berkas yang diterbitkan, atau sudah diubah. Jangan dipakai sebagai asli."
        ),
        "busy": _("Menghitung …"),
        "unable": _("Peramban ini tidak dapat menghitung sidik berkas; hitung sendiri lalu ketik di bawah."),
    }


def compared(paper: PublicPaper, written: str) -> Compared | None:
    """The answer for what was typed; None for nothing."""
    text = "".join(written.split()).lower()
    if not text:
        return None
    if not _SHA.fullmatch(text):
        return Compared("unread", _("Sidik SHA-256 terdiri dari 64 angka dan huruf a–f. Salin seluruhnya."))
    known = {paper.pdf_sha256: "pdf", paper.docx_sha256: "docx"}
    which = known.get(text, "lain")
    return Compared("bad" if which == "lain" else "good", words()[which])


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """The answer for a file that was sent: which paper it is, and what its signatures say, one list of lines for each."""

    answer: Compared
    signatures: tuple[tuple[KeyValue, ...], ...]
    note: str
    sha256: str


def brought(checked: CheckedFile, *, code: str, mapping_code: str, against: str) -> BroughtFile:
    """The answer for a sent file: `code` is the paper that it turned out to be, `against` the one whose page it came from."""
    if not code:
        answer = Compared("bad", words()["lain"])
    elif against and code != against:
        answer = Compared("bad", _("Ini berkas asli, tetapi dari dokumen lain. Halaman ini menunjukkan dokumen itu."))
    elif mapping_code or checked.kind is None:
        answer = Compared("good", _("Cocok: ini berkas asli, tidak berubah satu huruf pun."))
    else:
        answer = Compared("good", words()["pdf" if checked.kind == FileKind.PDF else "docx"])
    found = checked.signatures
    note = ""
    if found is None:
        note = _("Berkas ini bukan PDF yang dapat dibaca, sehingga tanda tangan di dalamnya tidak dapat diperiksa.")
    elif not found:
        note = _("Di dalam berkas ini tidak ada tanda tangan elektronik.")
    return BroughtFile(answer, tuple(signature_lines(one) for one in found or ()), note, grouped(checked.sha256))
