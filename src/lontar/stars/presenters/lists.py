"""The lists of assessments, stars, rounds and rubrics: their columns, tabs, pages and exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.stars.forms import Filter
from lontar.stars.models import Assessment, Round, Rubric, Star
from lontar.stars.presenters.words import mean_words, standing_badge, star_words, state_badge
from lontar.stars.queries.stars import first_notice, standing_of
from lontar.stars.states import RoundState, RubricState, Standing
from lontar.ui.presenters import (
    BulkAction,
    Chip,
    Column,
    EmptyState,
    Export,
    Link,
    Pager,
    Query,
    Row,
    Status,
    Tab,
    Table,
    Tone,
)

SIZES = (25, 50, 100)


def tabs(current: str) -> list[Tab]:
    """The four lists of this part of the office."""
    pages = (
        ("assessments", _("Penilaian")),
        ("stars", pgettext("daftar", "Bintang")),
        ("rounds", pgettext("daftar", "Ronde")),
        ("rubrics", pgettext("daftar", "Rubrik")),
    )
    return [Tab(label, reverse(f"stars:{name}"), current=name == current) for name, label in pages]


def _paged(query: Query, rows: QuerySet[Any]) -> tuple[list[Any], Pager]:
    asked, page = query.get("per"), query.get("hal", "1")
    size = int(asked) if asked.isdecimal() and int(asked) in SIZES else 50
    count = rows.count()
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    number = min(max(number, 1), max(1, -(-count // size)))
    return list(rows[(number - 1) * size : number * size]), Pager(query, count, number, size)


def _sorted(rows: QuerySet[Any], query: Query, fields: dict[str, str], first: str) -> tuple[QuerySet[Any], str]:
    asked = query.get("urut", first)
    asked = asked if asked.removeprefix("-") in fields else first
    sign = "-" if asked.startswith("-") else ""
    return rows.order_by(f"{sign}{fields[asked.removeprefix('-')]}", "pk"), asked


def _chips(form: Filter, query: Query) -> list[Chip]:
    return [Chip(text, query.without(name)) for name, text in form.words()]


_ASSESSMENT_ORDERS = {
    "produk": "product_name",
    "desa": "village__name",
    "diajukan": "submitted_at",
    "gerak": "moved_at",
}


def assessments_table(query: Query, rows: QuerySet[Assessment], *, form: Filter, submit_url: str) -> Table:
    """Assessments of the region."""
    rows, sort = _sorted(rows.select_related("village", "round"), query, _ASSESSMENT_ORDERS, "-gerak")
    shown, pager = _paged(query, rows)
    add = Link(_("Ajukan produk"), submit_url) if submit_url else None
    return Table(
        caption=_("Penilaian"),
        columns=[
            Column("produk", pgettext("satu", "Produk"), sortable=True),
            Column("pembuat", _("Pembuat")),
            Column("desa", _("Desa/kelurahan"), sortable=True),
            Column("ronde", _("Ronde")),
            Column("keadaan", _("Keadaan")),
            Column("nilai", _("Rata-rata"), numeric=True),
            Column("bintang", pgettext("penilaian", "Bintang")),
            Column("gerak", _("Bergerak"), sortable=True),
        ],
        rows=[_assessment_row(one) for one in shown],
        pager=pager,
        noun=_("penilaian"),
        sort=sort,
        chips=_chips(form, query),
        exports=[Export("CSV", query.but({"format": "csv"}), _("saringan seperti di layar"))] if pager.count else (),
        empty=EmptyState(_("Belum ada penilaian yang cocok."), _("Ajukan produk, atau longgarkan saringan."), add),
        sizes=SIZES,
    )


def _assessment_row(one: Assessment) -> Row:
    return Row(
        [
            one.product_name,
            one.maker_name,
            one.village.name,
            one.round.name,
            state_badge(one),
            mean_words(one),
            star_words(one.stars),
            one.moved_at,
        ],
        url=reverse("stars:assessment", args=[one.pk]),
    )


def assessments_csv(rows: QuerySet[Assessment]) -> Iterator[list[object]]:
    """Lines of the export, the header first."""
    yield [_("Produk"), _("Pembuat"), _("Desa/kelurahan"), _("Kode desa"), _("Ronde"), _("Keadaan"), _("Rata-rata"),
           _("Bintang"), _("Diajukan")]  # fmt: skip
    for one in rows.select_related("village", "round").order_by("pk").iterator(chunk_size=2000):
        yield [one.product_name, one.maker_name, one.village.name, one.village_id, one.round.name,
               str(one.get_state_display()), mean_words(one), one.stars, one.submitted_at]  # fmt: skip


_STAR_ORDERS = {"produk": "product_name", "bintang": "stars", "sampai": "valid_until", "desa": "village__name"}


def stars_table(query: Query, rows: QuerySet[Star], *, form: Filter, day: date, may_certify: bool) -> Table:
    """Stars of the region as they stand on `day`."""
    rows, sort = _sorted(rows.select_related("village", "paper"), query, _STAR_ORDERS, "sampai")
    shown, pager = _paged(query, rows)
    notice = first_notice(day)
    bulk = [BulkAction(_("Terbitkan piagam"), reverse("stars:certify"), "document")] if may_certify else []
    return Table(
        caption=pgettext("daftar", "Bintang"),
        columns=[
            Column("produk", pgettext("satu", "Produk"), sortable=True),
            Column("pembuat", _("Pembuat")),
            Column("desa", _("Desa/kelurahan"), sortable=True),
            Column("bintang", pgettext("penilaian", "Bintang"), sortable=True),
            Column("rubrik", _("Rubrik")),
            Column("keadaan", _("Keadaan")),
            Column("sampai", _("Berlaku sampai"), sortable=True),
            Column("piagam", _("Piagam")),
        ],
        rows=[
            Row(
                [
                    one.product_name,
                    one.maker_name,
                    one.village.name,
                    star_words(one.stars),
                    f"{one.rubric_name} v{one.rubric_version}, {one.year}",
                    standing_badge(standing_of(one, day, notice=notice)),
                    one.valid_until,
                    one.paper.number if one.paper else None,
                ],
                url=reverse("stars:star", args=[one.pk]),
                key=str(one.pk),
            )
            for one in shown
        ],
        pager=pager,
        noun=pgettext("penilaian", "bintang"),
        sort=sort,
        chips=_chips(form, query),
        bulk=bulk,
        exports=[Export("CSV", query.but({"format": "csv"}), _("saringan seperti di layar"))] if pager.count else (),
        empty=EmptyState(
            _("Belum ada bintang yang cocok."), _("Longgarkan saringan, atau putuskan penilaian yang siap.")
        ),
        sizes=SIZES,
    )


def stars_csv(rows: QuerySet[Star], day: date) -> Iterator[list[object]]:
    """Lines of the export, the header first; the same for the office and the public."""
    yield [_("Produk"), _("Pembuat"), _("Desa/kelurahan"), _("Kode desa"), _("Bintang"), _("Rubrik"), _("Versi rubrik"),
           _("Ronde"), _("Tahun"), _("Berlaku mulai"), _("Berlaku sampai"), _("Keadaan"), _("Nomor piagam")]  # fmt: skip
    notice = first_notice(day)
    for one in rows.select_related("village", "paper").order_by("pk").iterator(chunk_size=2000):
        yield [one.product_name, one.maker_name, one.village.name, one.village_id, one.stars, one.rubric_name,
               one.rubric_version, one.round_name, one.year, one.valid_from, one.valid_until,
               str(standing_of(one, day, notice=notice).label), one.paper.number if one.paper else ""]  # fmt: skip


def rounds_table(query: Query, rows: Sequence[Round], *, add: Link | None) -> Table:
    """Rounds, the newest first."""
    return Table(
        caption=pgettext("daftar", "Ronde"),
        columns=[
            Column("nama", _("Nama")),
            Column("tahun", _("Tahun"), numeric=True),
            Column("rubrik", _("Rubrik")),
            Column("keadaan", _("Keadaan")),
            Column("dibuka", _("Dibuka")),
            Column("ditutup", _("Ditutup")),
        ],
        rows=[
            Row(
                [one.name, str(one.year), str(one.rubric), _round_badge(one), one.opened_at, one.closed_at],
                url=reverse("stars:round", args=[one.pk]),
            )
            for one in rows
        ],
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("ronde"),
        empty=EmptyState(_("Belum ada ronde penilaian."), _("Buka ronde agar produk dapat diajukan."), add),
        sizes=(),
    )


def _round_badge(one: Round) -> Status:
    state = RoundState(one.state)
    return Status(str(state.label), Tone.GOOD if state is RoundState.OPEN else Tone.PLAIN)


def rubrics_table(query: Query, rows: Sequence[Rubric]) -> Table:
    """Every version of every rubric."""
    tones = {RubricState.DRAFT: Tone.WARN, RubricState.IN_FORCE: Tone.GOOD, RubricState.ENDED: Tone.PLAIN}
    return Table(
        caption=pgettext("daftar", "Rubrik"),
        columns=[
            Column("nama", _("Nama")),
            Column("versi", _("Versi"), numeric=True),
            Column("asal", _("Asal")),
            Column("keadaan", _("Keadaan")),
            Column("mulai", _("Berlaku mulai")),
            Column("sampai", _("Berlaku sampai")),
        ],
        rows=[
            Row(
                [
                    one.name,
                    str(one.version),
                    str(Standing(one.standing).label),
                    Status(str(RubricState(one.state).label), tones[RubricState(one.state)]),
                    one.valid_from,
                    one.valid_until,
                ],
                url=reverse("stars:rubric", args=[one.pk]),
            )
            for one in rows
        ],
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("versi rubrik"),
        sizes=(),
    )
