"""What matching made of the rows of a batch, for people: figures for its page, and the rows with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.engines.tabular.export import Kind
from lontar.intake.models import Batch
from lontar.intake.presenters.pairs import chance_figure, reason_words
from lontar.intake.queries.pairs import MatchLine, match_counts
from lontar.registry.policies import check_merge_enterprises
from lontar.ui import formats
from lontar.ui.presenters import Column, EmptyState, Export, Figure, Pager, Query, Row, Table


def match_figures(batch: Batch, post: Post | None) -> tuple[Figure, ...]:
    """Linked, waiting for people, new; each leads to its list. Nothing for a batch that was not matched."""
    counts = match_counts(batch)
    if counts is None or not batch.matching.known:
        return ()
    unit = _("baris")
    address = f"{reverse('intake:pairs')}?kiriman={batch.pk}" if check_merge_enterprises.can(post) else ""
    found = [
        Figure(
            _("Dihubungkan otomatis"),
            formats.number(counts.linked),
            unit,
            url=reverse("intake:matched", args=[batch.pk, "otomatis"]) if counts.linked else "",
        ),
        Figure(
            _("Menunggu ditinjau"), formats.number(counts.waiting), _("pasangan"), url=address if counts.waiting else ""
        ),
        Figure(
            _("Baru"),
            formats.number(counts.new),
            unit,
            url=reverse("intake:matched", args=[batch.pk, "baru"]) if counts.new else "",
        ),
    ]
    if counts.decided:
        found.insert(2, Figure(_("Sudah ditinjau"), formats.number(counts.decided), _("pasangan")))
    return tuple(found)


def kind_title(kind: str) -> str:
    """What the list of one kind is called."""
    return {"otomatis": _("Baris yang dihubungkan otomatis"), "baru": _("Baris yang masuk sebagai usaha baru")}[kind]


def matched_table(shown: Sequence[MatchLine], *, kind: str, query: Query, pager: Pager) -> Table:
    """One page of rows; a new one has no reasons."""
    columns = [Column("usaha", _("Usaha di registri")), Column("baris", _("Baris"), numeric=True)]
    if kind == "otomatis":
        columns += [Column("kemungkinan", _("Kemungkinan"), numeric=True), Column("alasan", _("Alasan"))]
    return Table(
        caption=kind_title(kind),
        columns=columns,
        rows=[
            Row(
                [
                    one.name or _("(tidak ada lagi)"),
                    one.row_no,
                    *([chance_figure(one.probability or 0), reason_words(one.reasons)] if kind == "otomatis" else []),
                ],
                url=reverse("office:enterprise", args=[one.target]) if one.target and one.name else "",
            )
            for one in shown
        ],
        pager=pager,
        noun=_("baris"),
        exports=[Export("CSV", query.but({"format": "csv"})), Export("XLSX", query.but({"format": "xlsx"}))],
        empty=EmptyState(_("Tidak ada baris di sini."), _("Kembali ke halaman kiriman untuk hasil lainnya.")),
    )


EXPORT_HEADER = ("lembar", "baris", "nomor_usaha", "usaha", "kemungkinan", "alasan")
EXPORT_KINDS: tuple[Kind, ...] = ("integer", "integer", "integer", "text", "decimal", "text")


def export_line(one: MatchLine) -> list[object]:
    """One row as a line of the exported list."""
    return [one.sheet_no, one.row_no, one.target, one.name, one.probability, reason_words(one.reasons)]
