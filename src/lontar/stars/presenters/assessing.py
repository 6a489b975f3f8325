"""The page of one assessment, and the sheet that an assessor fills one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lontar.access.models import Post
from lontar.engines.rubrics import Gate, Outcome, Rubric, Spread, outcome
from lontar.stars import policies
from lontar.stars.models import Assessment, Assessor, Star
from lontar.stars.presenters.evidence import count_words, missing_of
from lontar.stars.presenters.words import item_name, mean_words, points, star_words, state_badge
from lontar.stars.queries.assessing import OpenSheet, mean_points
from lontar.stars.queries.evidence import Attached, standing_by_place
from lontar.stars.rules import GATES, ProductFacts, gates_holding
from lontar.stars.states import TRANSITIONS, AssessmentState, Halal, RoundState
from lontar.ui import formats
from lontar.ui.presenters import Figure, KeyValue, Link, Status, Tone


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate of the rubric: what it asks, whether it holds and why, what it costs, what to do."""

    title: str
    words: str
    status: Status
    consequence: str
    cure: str
    missing: str


@dataclass(frozen=True, slots=True)
class AssessorLine:
    """Who assesses, and how far; the total only once the sheets are open."""

    name: str
    status: Status
    note: str
    total: str


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """One criterion: the points of each sheet in order, and their range."""

    name: str
    values: Sequence[str]
    range: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """Everything that the page of an assessment shows; the `may_*` say which forms stand on it."""

    pk: int
    title: str
    maker: str
    status: Status
    facts: list[KeyValue]
    figures: list[Figure]
    gates: list[GateLine]
    assessors: list[AssessorLine]
    heads: list[str]
    spread: list[SpreadLine]
    sealed: str
    wide: str
    outlook: str
    own_sheet: str
    evidence: str
    evidence_url: str
    star: Link | None
    may_appoint: bool
    may_discuss: bool
    may_decide: bool
    may_withdraw: bool
    refusal: str


def assessment_page(
    found: Assessment, content: Rubric, *, facts: ProductFacts, sheets: Sequence[OpenSheet], spread: Spread | None,
    threshold: Decimal, evidence: list[Attached], post: Post,
) -> AssessmentPage:  # fmt: skip
    """The page of an assessment, as this post sees it."""
    state = AssessmentState(found.state)
    holding = list(found.gates_held) if state is AssessmentState.DECIDED else gates_holding(facts)
    mean = mean_points(found)
    reached = outcome(content, mean, holding=holding) if mean is not None else None
    assessors = list(found.assessors.select_related("post__agency").order_by("appointed_at", "pk"))
    own = next((one for one in assessors if one.post_id == post.pk and one.dropped_at is None), None)
    may_run = policies.check_decide.can(post, found)
    files = standing_by_place(evidence)
    is_open = found.round.state == RoundState.OPEN
    appoint_states = (AssessmentState.SUBMITTED, AssessmentState.SCORING, AssessmentState.SECOND_LOOK)
    star = Star.objects.filter(assessment=found).first()
    return AssessmentPage(
        pk=found.pk,
        title=found.product_name,
        maker=found.maker_name,
        status=state_badge(found),
        facts=_facts(found),
        figures=_figures(found, content, reached),
        gates=[
            _gate(gate, holds=gate.condition in holding, missing=missing_of(gate.condition, facts, files))
            for gate in content.gates
        ],
        assessors=[_assessor(one, sheets, content) for one in assessors],
        heads=[one.assessor.post.agency.short_name for one in sheets],
        spread=_spread(content, sheets, spread),
        sealed=_sealed(found, assessors),
        wide=_wide(found, spread, threshold),
        outlook=_outlook(reached, state),
        own_sheet=_own_url(found, own),
        evidence=count_words(evidence),
        evidence_url=reverse("stars:evidence", args=[found.pk]) if policies.check_see_evidence.can(post, found) else "",
        star=Link(_("Lihat bintangnya"), reverse("stars:star", args=[star.pk])) if star else None,
        may_appoint=policies.check_manage_rounds.can(post) and is_open and state in appoint_states,
        may_discuss=may_run and state is AssessmentState.SECOND_LOOK,
        may_decide=may_run and state is AssessmentState.READY,
        may_withdraw=AssessmentState.WITHDRAWN in TRANSITIONS[state]
        and policies.check_withdraw_assessment.can(post, found),
        refusal=_refusal(found, post, state),
    )


def _facts(found: Assessment) -> list[KeyValue]:
    rows = [
        KeyValue(
            pgettext("satu", "Produk"), Link(found.product_name, reverse("office:product", args=[found.product_id]))
        ),
        KeyValue(_("Pembuat"), found.maker_name),
        KeyValue(_("Desa/kelurahan"), f"{found.village.name} ({found.village_id})"),
        KeyValue(_("Ronde"), Link(found.round.name, reverse("stars:round", args=[found.round_id]))),
        KeyValue(_("Rubrik"), Link(str(found.round.rubric), reverse("stars:rubric", args=[found.round.rubric_id]))),
        KeyValue(_("Status halal"), str(Halal(found.halal).label)),
        KeyValue(_("Diajukan"), f"{formats.long_date(found.submitted_at)} · {found.post.agency.short_name}"),
    ]
    if found.note:
        rows.append(KeyValue(_("Catatan pengajuan"), found.note))
    if found.discussion:
        rows.append(KeyValue(_("Hasil pembahasan"), found.discussion))
    if found.reason:
        rows.append(KeyValue(_("Alasan"), found.reason))
    return rows


def _figures(found: Assessment, content: Rubric, reached: Outcome | None) -> list[Figure]:
    if reached is None or found.points_low is None or found.points_high is None:
        return []
    spread = f"{formats.number(found.points_low)} – {formats.number(found.points_high)}"
    label = pgettext("penilaian", "Bintang") if found.state == AssessmentState.DECIDED else _("Setelah gerbang")
    return [
        Figure(_("Rata-rata"), mean_words(found), _("dari %s") % formats.number(content.maximum),
               note=_("%d lembar nilai, dibulatkan ke bawah") % (found.sheets or 0)),
        Figure(_("Terendah – tertinggi"), spread, _("poin")),
        Figure(_("Bintang menurut nilai"), star_words(reached.band) or ""),
        Figure(label, star_words(reached.stars) or "", key=True),
    ]  # fmt: skip


def _gate(gate: Gate, *, holds: bool, missing: str) -> GateLine:
    known = GATES.get(gate.condition)
    return GateLine(
        title=str(known.title) if known else gate.condition,
        words=(str(known.words) if known else gate.reason) if holds else "",
        status=Status(_("Membatasi"), Tone.BAD) if holds else Status(_("Lolos"), Tone.GOOD),
        consequence=_("paling tinggi bintang %d") % gate.cap,
        cure=str(known.cure) if known and holds else "",
        missing=missing,
    )


def _assessor(one: Assessor, sheets: Sequence[OpenSheet], content: Rubric) -> AssessorLine:
    total = next((points(sheet.total) for sheet in sheets if sheet.assessor.pk == one.pk), "")
    if one.dropped_at is not None:
        status = Status(_("Tidak dihitung"), Tone.PLAIN)
    elif one.handed_in_at is not None:
        status = Status(_("Diserahkan"), Tone.GOOD)
    else:
        status = Status(_("Sedang mengisi"), Tone.WARN)
    return AssessorLine(f"{one.post.agency.short_name} – {one.post.title}", status, one.dropped_because, total)


def _spread(content: Rubric, sheets: Sequence[OpenSheet], spread: Spread | None) -> list[SpreadLine]:
    """Criteria, those that divide most first."""
    if not sheets:
        return []
    names = {item.code: item_name(item) for item in content.criteria()}
    order = [code for code, _low, _high in spread.by_criterion] if spread else list(names)
    lines = []
    for code in order:
        given = [sheet.given[code] for sheet in sheets]
        values = [one.points for one in given if one.points is not None]
        notes = [
            f"{sheet.assessor.post.agency.short_name}: {one.note}"
            for sheet, one in zip(sheets, given, strict=True)
            if one.note
        ]
        lines.append(
            SpreadLine(names[code], [points(value) for value in values], points(max(values) - min(values)), notes)
        )
    return lines


def _sealed(found: Assessment, assessors: Sequence[Assessor]) -> str:
    if found.state != AssessmentState.SCORING:
        return ""
    counted = [one for one in assessors if one.dropped_at is None]
    left = sum(1 for one in counted if one.handed_in_at is None)
    if not left:
        return _("Lembar nilai yang ada belum cukup. Tunjuk penilai lain.")
    return ngettext(
        "Nilai masih tertutup bagi semua orang sampai %(left)d lembar lagi diserahkan atau ronde ditutup.",
        "Nilai masih tertutup bagi semua orang sampai %(left)d lembar lagi diserahkan atau ronde ditutup.",
        left,
    ) % {"left": left}


def _wide(found: Assessment, spread: Spread | None, threshold: Decimal) -> str:
    if spread is None or not spread.is_wide(threshold):
        return ""
    return _("Penilai berselisih %(range)s poin; mulai %(limit)s poin penilaian dilihat lagi (ambang ini usulan program).") % {
        "range": formats.number(spread.range), "limit": formats.number(threshold),
    }  # fmt: skip


def _outlook(reached: Outcome | None, state: AssessmentState) -> str:
    if reached is None or not reached.capped_by or state is AssessmentState.DECIDED:
        return ""
    return _("Nilainya cukup untuk bintang %(band)d, tetapi gerbang di bawah membatasinya menjadi bintang %(stars)d.") % {
        "band": reached.band, "stars": reached.stars,
    }  # fmt: skip


def _own_url(found: Assessment, own: Assessor | None) -> str:
    if own is None or own.handed_in_at is not None or found.state != AssessmentState.SCORING:
        return ""
    return reverse("stars:sheet", args=[found.pk])


def _refusal(found: Assessment, post: Post, state: AssessmentState) -> str:
    """Why someone who runs rounds may not decide this one."""
    waits = state in (AssessmentState.SECOND_LOOK, AssessmentState.READY)
    if not waits or not policies.check_manage_rounds.can(post) or policies.check_decide.can(post, found):
        return ""
    return _("Anda menilai produk ini; bintangnya diputuskan oleh petugas provinsi yang lain.")
