"""The list of plans, one plan, and plans side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.priority import policies
from lontar.priority.models import Pick, Plan
from lontar.priority.presenters.trying import share_words, try_url
from lontar.priority.queries.plans import NOTHING, Progress, span_of, wanted_of
from lontar.priority.queries.solving import limit_words
from lontar.priority.states import IN_FORCE, PILLARS, PlanState, VerdictKind
from lontar.ui import formats
from lontar.ui.presenters import (
    Column,
    EmptyState,
    Export,
    Figure,
    KeyValue,
    Link,
    Pager,
    Query,
    Row,
    Status,
    Table,
    Tone,
)

STATE_TONES = {
    PlanState.DRAFT: Tone.PLAIN,
    PlanState.RUNNING: Tone.INFO,
    PlanState.FINISHED: Tone.GOOD,
    PlanState.DROPPED: Tone.PLAIN,
}
VERDICT_TONES = {
    VerdictKind.REACHED: Tone.GOOD,
    VerdictKind.PARTLY: Tone.WARN,
    VerdictKind.MISSED: Tone.BAD,
    VerdictKind.NO_EVIDENCE: Tone.PLAIN,
}


def state_badge(plan: Plan) -> Status:
    """Where the plan stands."""
    state = PlanState(plan.state)
    return Status(str(state.label), STATE_TONES[state])


def verdict_badge(kind: VerdictKind) -> Status:
    """A verdict as a badge."""
    return Status(str(kind.label), VERDICT_TONES[kind])


def plans_table(query: Query, plans: Sequence[Plan], day: date) -> Table:
    """Every plan that the reader may see."""
    return Table(
        caption=_("Peta prioritas"),
        columns=[
            Column("nama", _("Nama")),
            Column("wilayah", _("Wilayah")),
            Column("keadaan", _("Keadaan")),
            Column("mulai", _("Hari pertama")),
            Column("hari", _("Hari ke-"), numeric=True),
            Column("pilihan", _("Pilihan"), numeric=True),
        ],
        rows=[
            Row(
                [one.name, one.region.name, state_badge(one), one.start_date, _counter(one, day), count_of(one)],
                url=reverse("priority:plan", args=[one.pk]),
                key=str(one.pk),
            )
            for one in plans
        ],
        pager=Pager(query, len(plans), 1, max(len(plans), 1)),
        noun=_("rencana"),
        sizes=(),
        empty=EmptyState(
            _("Belum ada peta prioritas."), _("Cobalah syarat di layar Coba syarat, lalu simpan sebagai rancangan.")
        ),
    )  # fmt: skip


def count_of(plan: Plan) -> int:
    """The picks that the list counted."""
    return int(getattr(plan, "pick_count", 0))


def _counter(plan: Plan, day: date) -> str:
    if plan.state != PlanState.RUNNING:
        return ""
    span = span_of(plan)
    return f"{span.shown_day(day)}/{span.days}"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan: what was asked, how it stands, its picks; the addresses are empty where the reader may not."""

    pk: int
    name: str
    region: str
    status: Status
    is_draft: bool
    figures: tuple[Figure, ...]
    facts: tuple[KeyValue, ...]
    table: Table
    day: int
    days: int
    try_url: str
    may_change: bool
    may_decide: bool
    may_publish: bool
    paper: Link | None


def plan_page(
    plan: Plan, progress: Mapping[int, Progress], *, post: Post, day: date, query: Query, names: Mapping[str, str]
) -> PlanPage:
    """The page of a plan for a reader."""
    span = span_of(plan)
    picks = list(plan.picks.all())
    draft = plan.state == PlanState.DRAFT
    paper = None
    if plan.paper is not None:
        paper = Link(_("Lembar A3 (PDF)"), reverse("documents:file", args=[plan.paper.code, "pdf"]), "download")
    return PlanPage(
        pk=plan.pk,
        name=plan.name,
        region=plan.region.name,
        status=state_badge(plan),
        is_draft=draft,
        figures=_figures(plan, picks, progress, day=day),
        facts=_facts(plan),
        table=picks_table(query, plan, picks, progress, names=names),
        day=span.shown_day(day),
        days=span.days,
        try_url=try_url(wanted_of(plan), str(plan.pk) if draft else "") if policies.check_plan.can(post) else "",
        may_change=draft and policies.check_plan_region.can(post, plan.region_id),
        may_decide=draft and policies.check_decide_region.can(post, plan.region_id),
        may_publish=plan.state == PlanState.RUNNING and policies.check_decide_region.can(post, plan.region_id),
        paper=paper,
    )


def _figures(plan: Plan, picks: Sequence[Pick], progress: Mapping[int, Progress], *, day: date) -> tuple[Figure, ...]:
    found = [progress.get(one.pk, NOTHING) for one in picks]
    targets = [one.target for one in found if one.target is not None]
    extras = [one.achieved if one.verdict else one.extra for one in found]
    known = [one for one in extras if one is not None]
    span = span_of(plan)
    figures = [
        Figure(
            _("Pilihan"),
            formats.number(len(picks)),
            note=_("dari %(offers)s calon") % {"offers": formats.number(plan.offers)},
        )
    ]
    if plan.state in IN_FORCE:
        counter = f"{formats.number(span.shown_day(day))} / {formats.number(span.days)}"
        figures = [
            Figure(_("Hari ke-"), counter, key=True),
            Figure(_("Sasaran tambahan omzet"), formats.rupiah_short(sum(targets)) if targets else formats.NONE,
                   note=_("%(known)s dari %(all)s pilihan sudah bersasaran") % {"known": len(targets), "all": len(picks)}),
            Figure(_("Tambahan berbukti"), formats.rupiah_short(sum(known)) if known else formats.NONE,
                   note=_("dari %(known)s pilihan yang omzet awalnya berbukti") % {"known": len(known)}),
            Figure(_("Hambatan terbuka"), formats.number(sum(one.blockers for one in found))),
        ]  # fmt: skip
    return tuple(figures)


def _facts(plan: Plan) -> tuple[KeyValue, ...]:
    wanted = wanted_of(plan)
    last = plan.end_date - timedelta(days=1)
    limits = [limit_words(kind, value, bound) for (kind, value), bound in wanted.limits.items()]
    units = [(_("Wajib ikut"), wanted.must), (_("Dikecualikan"), wanted.must_not)]
    proof = _("terbukti optimum") if plan.is_proven else _("belum terbukti optimum")
    worth = "" if plan.worth is None else f"{formats.number(plan.worth * 100, 1)} ({proof})"
    return (
        KeyValue(_("Masa"), f"{formats.long_date(plan.start_date)} – {formats.long_date(last)}"),
        KeyValue(_("Yang dibuat sebesar mungkin"), plan.get_objective_display()),
        KeyValue(_("Batas"), "; ".join(limits) or _("tanpa batas")),
        *(KeyValue(label, ", ".join(one.removeprefix("village:") for one in found)) for label, found in units if found),
        KeyValue(_("Jumlah kesiapan"), worth),
        KeyValue(
            _("Aturan kesiapan"), _("versi %(number)s") % {"number": plan.rule_set.number}, source=plan.rule_set.source
        ),
        KeyValue(_("Disusun oleh"), f"{plan.post.title}, {plan.post.agency.name}"),
        KeyValue(_("Diberlakukan"), formats.moment(plan.decided_at) if plan.decided_at else None),
    )


def picks_table(
    query: Query, plan: Plan, picks: Sequence[Pick], progress: Mapping[int, Progress], *, names: Mapping[str, str]
) -> Table:
    """The picks with readiness and, once the plan runs, target and progress."""
    runs = plan.state in IN_FORCE
    columns = [
        Column("pilihan", _("Produk")),
        Column("unit", _("Tempat")),
        Column("pilar", _("Pilar")),
        Column("kesiapan", _("Kesiapan (0–100)"), numeric=True),
        Column("biaya", _("Perkiraan biaya"), numeric=True),
    ]
    if runs:
        columns += [
            Column("sasaran", _("Sasaran"), numeric=True),
            Column("capaian", _("Tercapai"), numeric=True),
            Column("minggu", _("Minggu berbukti"), numeric=True),
            Column("hasil", _("Hasil")),
        ]
    rows = []
    for one in picks:
        place = ", ".join(part for part in (one.unit_name, names.get(one.village_id[:5], "")) if part)
        cells: list[object] = [
            f"{one.place}. {one.product}", place, str(PILLARS[one.kind].value).upper(),
            share_words(float(one.low), float(one.high)), formats.rupiah_short(one.cost),
        ]  # fmt: skip
        if runs:
            cells += _running_cells(progress.get(one.pk, NOTHING))
        rows.append(Row(cells, url=reverse("priority:pick", args=[one.pk]) if runs else ""))
    return Table(
        caption=_("Pilihan"),
        columns=columns,
        rows=rows,
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("pilihan"),
        sizes=(),
        exports=[Export("CSV", reverse("priority:plan_csv", args=[plan.pk]))],
    )


def _running_cells(one: Progress) -> list[object]:
    result = verdict_badge(one.verdict) if one.verdict else None
    if result is None and one.blockers:
        result = Status(_("%(number)s hambatan") % {"number": one.blockers}, Tone.WARN)
    return [
        formats.rupiah_short(one.target) if one.target is not None else None,
        formats.percent(one.share, 0) if one.share is not None else None,
        one.weeks,
        result,
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two or three plans side by side: figures by row, and who is in which."""

    heads: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    units: tuple[tuple[str, tuple[str, ...]], ...]


def compared(plans: Sequence[Plan]) -> Compared:
    """The comparison; units in the order of the first plan that has them."""
    places = [{str(one.unit_key): one for one in plan.picks.all()} for plan in plans]
    order: dict[str, Pick] = {}
    for found in places:
        for key, pick in found.items():
            order.setdefault(key, pick)
    rows = (
        (_("Wilayah"), tuple(one.region.name for one in plans)),
        (_("Hari pertama"), tuple(formats.long_date(one.start_date) for one in plans)),
        (
            _("Jumlah kesiapan"),
            tuple(formats.number(None if one.worth is None else one.worth * 100, 1) for one in plans),
        ),
        (
            _("Perkiraan biaya"),
            tuple(formats.rupiah_short(sum(pick.cost for pick in one.picks.all())) for one in plans),
        ),
        (_("Kabupaten/kota"), tuple(formats.number(len({p.village_id[:5] for p in one.picks.all()})) for one in plans)),
        (_("Pulau"), tuple(formats.number(len({p.island for p in one.picks.all()})) for one in plans)),
        (
            _("Batas"),
            tuple(
                "; ".join(limit_words(k, v, b) for (k, v), b in wanted_of(one).limits.items()) or formats.NONE
                for one in plans
            ),
        ),
    )
    units = tuple(
        (
            f"{pick.product}, {pick.unit_name}",
            tuple(
                _("nomor %(place)s · %(share)s")
                % {"place": found[key].place, "share": share_words(float(found[key].low), float(found[key].high))}
                if key in found
                else formats.NONE
                for found in places
            ),
        )
        for key, pick in order.items()
    )
    return Compared(tuple(Link(one.name, reverse("priority:plan", args=[one.pk])) for one in plans), rows, units)
