"""The paper of a decree: its words, its annex and its facts for the public check, handed to `documents` to be published.

Always Indonesian, whatever the language of the person who signs. Only what the preview showed is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import override

from lontar.designation import rules
from lontar.designation.queries.decrees import wording_as_at
from lontar.designation.queries.preview import Preview, PreviewRow
from lontar.designation.states import DecreeKind
from lontar.documents import actions as documents
from lontar.documents.actions import Draft
from lontar.documents.models import Paper
from lontar.documents.queries.marks import has_demo_data
from lontar.documents.states import PaperKind
from lontar.engines.papers.decree import Annex, Decree, Signatory, decree_drawer
from lontar.registry.models import Region
from lontar.selection.states import UnitKind
from lontar.ui import formats

if TYPE_CHECKING:
    from lontar.designation.actions.decrees import Signing

_KINDS = {
    DecreeKind.OPENING: PaperKind.FLAGSHIP,
    DecreeKind.ENDING: PaperKind.FLAGSHIP,
    DecreeKind.LOCI: PaperKind.LOCUS,
    DecreeKind.LOCUS_CHANGE: PaperKind.LOCUS,
}
_CONSIDERING = {
    DecreeKind.OPENING: (
        "bahwa setiap desa/kelurahan, sekolah, dan komunitas mempunyai satu produk unggulan yang disepakati dalam musyawarah;",
        "bahwa usulan dalam Lampiran telah diperiksa pemerintah kabupaten/kota dan pemerintah provinsi;",
    ),
    DecreeKind.ENDING: (
        "bahwa produk unggulan dalam Lampiran tidak lagi dapat dilanjutkan karena alasan yang disebut;",
    ),
    DecreeKind.LOCI: (
        "bahwa lokus program dipilih menurut peringkat, syarat mutlak, dan kuota setiap kabupaten/kota yang diumumkan;",
    ),
    DecreeKind.LOCUS_CHANGE: ("bahwa lokus dalam Lampiran diganti dari daftar tunggu karena alasan yang disebut;",),
}
_DECIDING = {
    DecreeKind.OPENING: "Menetapkan produk unggulan sebagaimana tercantum dalam Lampiran; produk unggulan terdahulu yang"
    " disebut di sana berakhir pada hari keputusan ini mulai berlaku.",
    DecreeKind.ENDING: "Mengakhiri produk unggulan sebagaimana tercantum dalam Lampiran tanpa pengganti.",
    DecreeKind.LOCI: "Menetapkan desa dan kelurahan dalam Lampiran sebagai lokus program.",
    DecreeKind.LOCUS_CHANGE: "Mengakhiri lokus yang diganti dan menetapkan penggantinya sebagaimana tercantum dalam Lampiran.",
}
SAID = 12  # rows that the public check names; of more it tells the number, the annex names all


def issue_paper(kind: DecreeKind, preview: Preview, signing: Signing) -> Paper:
    """Publish the paper of a decree within the caller's transaction. Raises what `documents.actions.publish` raises."""
    with override("id"):
        content = _content(kind, preview, signing)
        facts = _facts(kind, preview)
    draft = Draft(_KINDS[kind].value, signing.about, signing.post.region_code, facts, decree_drawer(content))
    (paper,) = documents.publish(
        drafts=[draft], post=signing.post, by=signing.by, at=signing.at, base=signing.base, signer=signing.signer
    )
    return paper


def _content(kind: DecreeKind, preview: Preview, signing: Signing) -> Decree:
    post = signing.post
    place, recalling = _wording(signing)
    region = Region.objects.filter(code=post.region_code).values_list("name", flat=True).first() or post.region_code
    return Decree(
        government=f"Pemerintah Provinsi {region.removeprefix('Provinsi ').title()}",
        office=post.agency.name,
        office_address="",
        decided_by=f"{post.title} {post.agency.name}",
        about=signing.about,
        considering=_CONSIDERING[kind],
        recalling=recalling,
        deciding=(
            _DECIDING[kind],
            f"Keputusan ini mulai berlaku pada tanggal {formats.long_date(preview.effective_date)}.",
        ),
        place=place,
        issued_at=timezone.localtime(signing.at),
        signatory=Signatory(post.title, str(signing.by)),
        annexes=(_annex(kind, preview),),
        is_demo=has_demo_data(),
    )


def _wording(signing: Signing) -> tuple[str, tuple[str, ...]]:
    """Place and legal basis as they were signed; else those in force on the day of signing. Raises `BasisUnclear`."""
    wording = wording_as_at(timezone.localdate(signing.at))
    place = signing.place or (wording.place if wording else "")
    recalling = signing.recalling or (wording.recalling if wording else "")
    return place, rules.read_recalling(recalling)


def _annex(kind: DecreeKind, preview: Preview) -> Annex:
    rows = enumerate(preview.rows, start=1)
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    if kind is DecreeKind.OPENING:
        head = ("No.", "Unit", "Tempat", "Produk unggulan", "Komoditas dan sentra", "Menggantikan")
        lines = tuple((str(n), _unit(r), r.place, r.product, _goods(r), r.ends or "–") for n, r in rows)
        return Annex("Daftar produk unggulan", head, lines, (0,), (0.3, 1.1, 1.4, 1.1, 1, 0.9))
    if kind is DecreeKind.ENDING:
        head = ("No.", "Unit", "Tempat", "Produk unggulan yang berakhir", "Alasan")
        lines = tuple((str(n), _unit(r), r.place, r.product, r.reason) for n, r in rows)
        return Annex("Daftar produk unggulan yang berakhir", head, lines, (0,), (0.3, 1.1, 1.4, 1.1, 1.4))
    if kind is DecreeKind.LOCI:
        head = ("No.", "Kode", "Desa/kelurahan", "Calon produk terbaik")
        lines = tuple((str(n), r.village_code, r.place, r.product or "–") for n, r in rows)
        return Annex("Daftar lokus", head, lines, (0,), (0.3, 0.8, 2, 1))
    head = ("No.", "Lokus baru", "Menggantikan", "Alasan")
    return Annex(
        "Penggantian lokus",
        head,
        tuple((str(n), r.place, r.ends, r.reason) for n, r in rows),
        (0,),
        (0.3, 1.4, 1.4, 1.4),
    )


def _unit(row: PreviewRow) -> str:
    return f"{UnitKind(row.kind).label} {row.unit}"


def _goods(row: PreviewRow) -> str:
    return " · ".join(word for word in (row.commodity, row.cluster) if word) or "–"


def _facts(kind: DecreeKind, preview: Preview) -> list[tuple[str, str]]:
    """What the public check tells: kind, day, how many, and which where they are few. No personal data."""
    told = [
        ("Jenis keputusan", str(kind.label)),
        ("Berlaku mulai", formats.long_date(preview.effective_date)),
        ("Jumlah baris lampiran", formats.number(len(preview.rows))),
    ]
    if len(preview.rows) <= SAID:
        told += [(row.unit, row.product or row.place) for row in preview.rows]
    return told
