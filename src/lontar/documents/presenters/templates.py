"""Number patterns and Word templates as their screens show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.documents.models import NumberPattern, PaperTemplate, TemplateTerm
from lontar.documents.queries import kind_label
from lontar.documents.queries.templates import Term
from lontar.documents.rules import write_number
from lontar.documents.states import DECREES, PaperKind
from lontar.ui import formats
from lontar.ui.presenters import Column, KeyValue, Link, Pager, Query, Row, Status, Table, Tone


def patterns_table(query: Query, rows: Sequence[NumberPattern], day: date) -> Table:
    """How each kind of paper is numbered today."""
    known = {one.kind: one for one in rows}
    kinds = list(dict.fromkeys([*PaperKind.values, *known]))
    return Table(
        caption=_("Penomoran surat"),
        columns=[
            Column("jenis", _("Jenis")),
            Column("pola", _("Pola nomor")),
            Column("contoh", _("Contoh")),
            Column("mulai", _("Berlaku mulai")),
            Column("sumber", _("Sumber")),
        ],
        rows=[
            Row(_pattern_cells(kind, known.get(kind), day), url=reverse("documents:numbering", args=[kind]))
            for kind in kinds
        ],
        pager=Pager(query, len(kinds), 1, max(len(kinds), 1)),
        noun=_("jenis surat"),
        sizes=(),
    )


def _pattern_cells(kind: str, one: NumberPattern | None, day: date) -> list[object]:
    if one is None:
        return [kind_label(kind), Status(_("Belum ada"), Tone.WARN), None, None, None]
    written = write_number(one.pattern, sequence=12, day=day, region_code="53")
    return [kind_label(kind), one.pattern, written, one.valid_from, one.source]


@dataclass(frozen=True, slots=True)
class PatternRow:
    """One pattern that a kind had."""

    pattern: str
    start: str
    end: str
    source: str


def pattern_rows(rows: Sequence[NumberPattern]) -> list[PatternRow]:
    """Every pattern of a kind, newest first."""
    return [
        PatternRow(
            one.pattern, formats.long_date(one.valid_from),
            formats.long_date(one.valid_until) if one.valid_until else _("seterusnya"), one.source,
        )
        for one in rows
    ]  # fmt: skip


def templates_table(query: Query, terms: Mapping[str, Term | None]) -> Table:
    """Each decree with the template that it is written after today."""
    return Table(
        caption=_("Templat surat"),
        columns=[
            Column("jenis", _("Jenis")),
            Column("templat", _("Templat yang berlaku")),
            Column("mulai", _("Berlaku mulai")),
        ],
        rows=[
            Row(
                [kind_label(kind), _template_name(term), term.valid_from if term else None],
                url=reverse("documents:template", args=[kind]),
            )
            for kind, term in terms.items()
        ],
        pager=Pager(query, len(terms), 1, max(len(terms), 1)),
        noun=_("jenis surat"),
        sizes=(),
    )  # fmt: skip


def _template_name(term: Term | None) -> str:
    if term is None or term.template is None:
        return _("Templat bawaan")
    return _("Versi %(number)s: %(name)s") % {"number": term.template.version, "name": term.template.name}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """An uploaded version: who brought it when, its file, its preview, and how it is taken into force."""

    title: str
    when: str
    who: str
    in_force: bool
    file: Link
    preview: Link
    take_url: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """The templates of one kind: what holds, the shipped one, the versions, every choice made, the places."""

    kind: str
    label: str
    facts: tuple[KeyValue, ...]
    shipped: VersionLine
    versions: tuple[VersionLine, ...]
    choices: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


def template_page(
    kind: str, *, term: Term | None, versions: Sequence[PaperTemplate], terms: Sequence[TemplateTerm]
) -> TemplatePage:
    """The page of one kind's templates."""
    from lontar.engines.papers.decree_word import PLACES

    held = term.template.pk if term and term.template else None
    return TemplatePage(
        kind=kind,
        label=kind_label(kind),
        facts=(
            KeyValue(_("Templat yang berlaku"), _template_name(term)),
            KeyValue(_("Berlaku mulai"), formats.long_date(term.valid_from) if term else None),
        ),
        shipped=_line(kind, None, in_force=held is None),
        versions=tuple(_line(kind, one, in_force=one.pk == held) for one in versions),
        choices=tuple(
            _("%(name)s berlaku mulai %(when)s, ditetapkan %(post)s")
            % {
                "name": _template_name(Term(one.template, one.valid_from)),
                "when": formats.long_date(one.valid_from),
                "post": one.post.title,
            }
            for one in terms
        ),
        places=PLACES,
    )


def _line(kind: str, one: PaperTemplate | None, *, in_force: bool) -> VersionLine:
    version = one.version if one else 0
    where = [kind, version]
    return VersionLine(
        title=_("Versi %(number)s") % {"number": version} if one else _("Templat bawaan"),
        when=formats.moment(one.uploaded_at) if one else "",
        who=f"{one.name} – {one.by or one.post.title}" if one else "",
        in_force=in_force,
        file=Link(_("Unduh templat"), reverse("documents:template_file", args=where), "download"),
        preview=Link(_("Pratinjau terisi"), reverse("documents:template_preview", args=where), "eye"),
        take_url=reverse("documents:template_take", args=where),
    )


def has_template(kind: str) -> bool:
    """Whether papers of the kind are written after a template."""
    return kind in DECREES
