"""The list of returns with what may be done to many, who has not answered, and one return in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post
from lontar.engines.periods import Month
from lontar.returns import policies
from lontar.returns.forms import shown
from lontar.returns.models import Producer, Return, ReturnedValue
from lontar.returns.presenters.answering import value_words
from lontar.returns.presenters.words import state_badge
from lontar.returns.queries.standing import Progress, history, open_months, standing, told_before
from lontar.returns.rules.checks import label_of
from lontar.returns.rules.schema import VALUES
from lontar.returns.states import ReturnedState, ReturnState
from lontar.ui import formats
from lontar.ui.charts import Frame, Line, Lines
from lontar.ui.presenters import (
    BulkAction,
    Chip,
    Column,
    EmptyState,
    Figure,
    KeyValue,
    Link,
    Pager,
    Query,
    Row,
    Status,
    Table,
)


def figures_of(found: Progress) -> list[Figure]:
    """Asked, answered, verified, accepted, and the sum of turnover."""
    asked = found.asked
    return [
        Figure(_("Sudah melapor"), formats.number(found.answered), _("dari %(asked)s") % {"asked": formats.number(asked)},
               note=formats.percent(found.answered / asked, 1) if asked else "", key=True),
        Figure(_("Diverifikasi"), formats.number(found.verified)),
        Figure(_("Diterima"), formats.number(found.accepted)),
        Figure(_("Omzet dilaporkan"), formats.rupiah_short(found.turnover)),
    ]  # fmt: skip


def returns_table(query: Query, *, rows: Sequence[Return], pager: Pager, chips: Sequence[Chip], post: Post) -> Table:
    """The list, with the steps that the post may take for many."""
    bulk, taking = [], open_months()
    suffix = query.but({}).partition("?")[2]
    if policies.check_verify.can(post):
        bulk.append(BulkAction(_("Verifikasi"), f"{reverse('returns:many', args=['verifikasi'])}?{suffix}", "check"))
    if policies.check_accept.can(post):
        bulk.append(BulkAction(_("Terima"), f"{reverse('returns:many', args=['terima'])}?{suffix}", "check"))
    return Table(
        caption=_("Laporan bulanan"),
        columns=[
            Column("produsen", pgettext("satu", "Produsen")), Column("desa", _("Desa/kelurahan")),
            Column("bulan", pgettext("masa lapor", "Bulan"), sortable=True),
            Column("omzet", _("Omzet"), numeric=True, sortable=True), Column("tanda", _("Tanda")),
            Column("keadaan", _("Keadaan"), sortable=True),
        ],
        rows=[
            Row(
                [
                    one.producer.name, one.village.name, str(Month.from_date(one.month)),
                    formats.rupiah(one.turnover) if one.turnover is not None else "–", flag_words(one),
                    state_badge(standing(one, taking)),
                ],
                url=reverse("returns:detail", args=[one.pk]), key=str(one.pk),
            )
            for one in rows
        ],
        pager=pager, noun=pgettext("hitungan", "laporan bulanan"), sort=query.get("urut", "-bulan"), chips=chips, bulk=bulk,
        empty=EmptyState(
            _("Tidak ada laporan menurut saringan ini."), _("Hapus saringan, atau lihat siapa yang belum melapor."),
            Link(_("Belum melapor"), reverse("returns:missing")),
        ),
    )  # fmt: skip


def flag_words(one: Return) -> str:
    """Which values are flagged, and whether it was said why."""
    names = list(dict.fromkeys(flag.partition(".")[0] for flag in one.flags))
    if not names:
        return ""
    words = ", ".join(label_of(name) for name in names)
    is_said = all(name in one.justifications for name in names)
    return words if is_said else _("%(fields)s (belum dijelaskan)") % {"fields": words}


def missing_table(query: Query, *, rows: Sequence[Producer], pager: Pager, month: Month, post: Post) -> Table:
    """Producers that have not submitted for the month."""
    may = policies.check_report.can(post)
    return Table(
        caption=_("Belum melapor"),
        columns=[
            Column("produsen", pgettext("satu", "Produsen")), Column("desa", _("Desa/kelurahan")),
            Column("satuan", _("Satuan")),
        ],
        rows=[
            Row(
                [one.name, one.village.name, one.unit],
                url=reverse("returns:answer", args=[one.pk, month.label]) if may else "", key=str(one.pk),
            )
            for one in rows
        ],
        pager=pager, noun=pgettext("hitungan", "produsen"),
        empty=EmptyState(_("Semua produsen sudah melapor untuk bulan ini.")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value: as it was told, last month's, its remark and its justification."""

    field: str
    label: str
    value: str
    before: str
    is_flagged: bool
    said: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A value that was sent back, where it stands, and whether the post can settle it."""

    pk: int
    label: str
    reason: str
    value: str
    corrected: str
    status: str
    may_settle: bool


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A return in full."""

    pk: int
    producer_id: int
    title: str
    place: str
    month: str
    month_label: str
    status: Status
    values: Sequence[ValueLine]
    returned: Sequence[ReturnedRow]
    facts: Sequence[KeyValue]
    chart: str
    may_return: bool
    may_verify: bool
    may_accept: bool
    may_answer: bool
    may_link: bool


def return_page(found: Return, *, post: Post) -> ReturnPage:
    """Everything about one return that the post may see."""
    month, verifies = Month.from_date(found.month), policies.check_verify_region.can(post, found.village_id)
    is_open = found.state in {ReturnState.SUBMITTED, ReturnState.VERIFIED}
    is_held = ReturnedValue.objects.live().filter(filing=found).exists()
    status = state_badge(standing(found, open_months()))
    return ReturnPage(
        pk=found.pk, producer_id=found.producer_id, title=found.producer.name, place=found.village.name, month=str(month),
        month_label=month.label, status=status, values=_values(found), returned=_returned(found, verifies),
        facts=_facts(found), chart=chart_of(found.producer_id, found.month), may_return=verifies and is_open,
        may_verify=verifies and found.state == ReturnState.SUBMITTED and not is_held,
        may_accept=policies.check_accept_region.can(post, found.village_id) and found.state == ReturnState.VERIFIED,
        may_answer=policies.check_report_village.can(post, found.village_id)
        and found.state in {ReturnState.DRAFT, ReturnState.SUBMITTED},
        may_link=policies.check_report_village.can(post, found.village_id),
    )  # fmt: skip


def _values(found: Return) -> list[ValueLine]:
    before = told_before(found.producer_id, found.month)
    flagged = {flag.partition(".")[0] for flag in found.flags}
    return [
        ValueLine(
            name, label_of(name), shown(getattr(found, name)) or "–",
            (shown(getattr(before, name)) if before else "") or "–", name in flagged, found.justifications.get(name, ""),
        )
        for name in VALUES
    ]  # fmt: skip


def _returned(found: Return, verifies: bool) -> list[ReturnedRow]:
    rows = ReturnedValue.objects.filter(filing=found).order_by("-pk")
    return [
        ReturnedRow(
            one.pk, label_of(one.field), one.reason, value_words(one.value),
            value_words(one.corrected) if one.state != ReturnedState.OPEN else "–", one.get_state_display(),
            verifies and one.state == ReturnedState.CORRECTED,
        )
        for one in rows
    ]  # fmt: skip


def _facts(found: Return) -> list[KeyValue]:
    facts = [
        KeyValue(_("Jalur masuk"), found.get_channel_display()),
        KeyValue(_("Dikirim"), formats.moment(found.submitted_at)),
        KeyValue(_("Diverifikasi"), formats.moment(found.verified_at)),
        KeyValue(_("Diterima"), formats.moment(found.accepted_at)),
    ]
    if found.restated_at:
        facts.append(
            KeyValue(_("Diperbaiki setelah ditutup"), f"{formats.moment(found.restated_at)} – {found.restated_words}")
        )
    return [one for one in facts if one.value]


def chart_of(producer: int, last: date) -> str:
    """The producer's turnover of two years as a small chart with its table; "" before the second return."""
    told = history(producer, last=last)
    if len(told) < 2:
        return ""
    values = [round(float(one.turnover or 0) / 1_000_000, 2) if one else None for _month, one in told]
    frame = Frame(
        question=_("Bagaimana omzetnya sejak dua tahun?"), source=_("Laporan bulanan"), n=len(values), noun=_("bulan")
    )
    return Lines(
        frame=frame, axis=[month.label for month, _one in told], lines=[Line(_("Omzet"), values, key=True)],
        head=pgettext("masa lapor", "Bulan"), unit=_("juta rupiah"), decimals=1,
    ).render()  # fmt: skip
