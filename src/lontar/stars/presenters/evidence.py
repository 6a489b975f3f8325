"""Evidence beside what it is for: the page that lists and takes it, and the files beside the criteria of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lontar.access.models import Post
from lontar.engines.rubrics import Rubric
from lontar.engines.scans import SUFFIXES
from lontar.stars import policies
from lontar.stars.models import Assessment
from lontar.stars.presenters.words import item_name
from lontar.stars.queries.evidence import Attached, Place, standing_by_place
from lontar.stars.rules import GATES, ProductFacts
from lontar.stars.states import UNDER_WAY, EvidenceFor
from lontar.ui import formats
from lontar.ui.presenters import Status, Tone


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file: its caption with address, what it is, who attached it and when; how it is removed where it may be."""

    label: str
    url: str
    kind: str
    by: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A criterion or gate with its files; `missing` is a badge where a document is demanded and none is there."""

    value: str
    name: str
    wanted: str
    missing: Status | None
    files: list[FileLine]
    attach_url: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """All evidence of an assessment: gates first, then criteria, then what was removed."""

    pk: int
    title: str
    maker: str
    count: str
    gates: list[PlaceLine]
    criteria: list[PlaceLine]
    removed: list[str]
    may_attach: bool
    note: str


def evidence_page(
    found: Assessment, content: Rubric, *, facts: ProductFacts, rows: list[Attached], post: Post
) -> EvidencePage:
    """The page as this post sees it."""
    files = standing_by_place(rows)
    may_attach = found.state in UNDER_WAY and policies.check_attach_evidence.can(post, found)

    def line(about: EvidenceFor, code: str, name: str, wanted: str) -> PlaceLine:
        held = files.get((about, code), [])
        url = f"{reverse('stars:evidence', args=[found.pk])}?untuk={place_value(about, code)}#lampirkan"
        return PlaceLine(
            value=place_value(about, code),
            name=name,
            wanted=wanted,
            missing=Status(_("Bukti belum ada"), Tone.WARN) if wanted and not held else None,
            files=file_lines(held, may_remove=may_attach),
            attach_url=url if may_attach else "",
        )

    return EvidencePage(
        pk=found.pk,
        title=found.product_name,
        maker=found.maker_name,
        count=count_words(rows),
        gates=[
            line(EvidenceFor.GATE, gate.condition, gate_name(gate.condition), wanted_document(gate.condition, facts))
            for gate in content.gates
        ],
        criteria=[line(EvidenceFor.CRITERION, item.code, item_name(item), "") for item in content.criteria()],
        removed=[_removed(row) for row in rows if row.removed_at is not None],
        may_attach=may_attach,
        note="" if found.state in UNDER_WAY else _("Penilaian ini sudah selesai; buktinya tidak berubah lagi."),
    )


def place_value(about: EvidenceFor, code: str) -> str:
    """A criterion or gate as a form and an address carry it: `criterion:B.1`."""
    return f"{about.value}:{code}"


def gate_name(condition: str) -> str:
    """What a gate asks, in words."""
    known = GATES.get(condition)
    return str(known.title) if known else condition


def wanted_document(condition: str, facts: ProductFacts) -> str:
    """The document that this gate demands of this product; "" where it demands none."""
    known = GATES.get(condition)
    return str(known.document) if known and known.wants_document(facts) else ""


def missing_of(condition: str, facts: ProductFacts, files: dict[Place, list[Attached]]) -> str:
    """`Bukti belum ada: salinan NIB`, "" where a file is there or none is demanded."""
    wanted = wanted_document(condition, facts)
    if not wanted or files.get((EvidenceFor.GATE, condition)):
        return ""
    return _("Bukti belum ada: %(document)s.") % {"document": wanted}


def places(content: Rubric) -> list[tuple[str, list[tuple[str, str]]]]:
    """What evidence may be for, as grouped choices of a form."""
    return [
        (
            _("Gerbang"),
            [(place_value(EvidenceFor.GATE, gate.condition), gate_name(gate.condition)) for gate in content.gates],
        ),
        (
            _("Kriteria"),
            [(place_value(EvidenceFor.CRITERION, item.code), item_name(item)) for item in content.criteria()],
        ),
    ]


def file_lines(rows: Sequence[Attached], *, may_remove: bool = False) -> list[FileLine]:
    """Files with their addresses."""
    return [
        FileLine(
            label=row.caption,
            url=reverse("stars:evidence_file", args=[row.pk]),
            kind=f"{SUFFIXES[row.media_type].upper()}, {formats.size(row.size)}",
            by=f"{row.attached_by} · {formats.moment(row.attached_at)}",
            remove_url=reverse("stars:evidence_remove", args=[row.pk]) if may_remove else "",
        )
        for row in rows
    ]


def count_words(rows: Sequence[Attached]) -> str:
    """`3 berkas bukti`, or that there is none yet."""
    number = sum(1 for row in rows if row.removed_at is None)
    if not number:
        return _("Belum ada bukti yang dilampirkan.")
    return ngettext("%(count)d berkas bukti.", "%(count)d berkas bukti.", number) % {"count": number}


def _removed(row: Attached) -> str:
    if row.removed_at is None:
        return ""
    name = gate_name(row.code) if row.about is EvidenceFor.GATE else row.code
    return _("%(place)s: %(caption)s – dihapus oleh %(who)s, %(when)s") % {
        "place": name, "caption": row.caption, "who": row.removed_by, "when": formats.moment(row.removed_at),
    }  # fmt: skip
