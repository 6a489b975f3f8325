"""The public check of a paper: what it says, and which of its files has the SHA-256 that a reader brings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.mapping.queries import KindOfMatch, Verified
from lontar.ui import formats
from lontar.ui.presenters import KeyValue

_SHA = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer for a typed SHA-256: `kind` good, bad or unread."""

    kind: str
    text: str


def facts(paper: Verified) -> list[KeyValue]:
    """What the paper is and says, as it was frozen."""
    return [
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
    ]


def newer_url(paper: Verified) -> str:
    """The check of the newest version; nothing when this is the newest."""
    return reverse("portal:check", args=[paper.newest_code]) if paper.newest > paper.version else ""


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


def compared(paper: Verified, written: str) -> Compared | None:
    """The answer for what was typed; None for nothing."""
    text = "".join(written.split())
    if not text:
        return None
    if not _SHA.fullmatch(text):
        return Compared("unread", _("Sidik SHA-256 terdiri dari 64 angka dan huruf a–f. Salin seluruhnya."))
    match = paper.match(text)
    return Compared("bad" if match == KindOfMatch.NONE else "good", words()[match.value])
