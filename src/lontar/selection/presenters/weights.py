"""The page of a criteria set with its weights and versions, a panel of experts, and the sliders of one expert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.selection.models import CandidateRun, Criterion, Gate, Panel, SetVersion
from lontar.selection.presenters.lists import progress_of
from lontar.selection.queries.panels import Answers, Level, Mend, PanelResult, Verdict
from lontar.selection.rules.gates import gate_named
from lontar.selection.rules.measures import measure_named
from lontar.selection.rules.shipped import GOALS, goal_words
from lontar.selection.states import PanelState
from lontar.ui import formats
from lontar.ui.presenters import KeyValue, Progress, Status, Tone

SCALE = ("9", "7", "5", "3", "1", "3", "5", "7", "9")


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion as the page tells it."""

    name: str
    goal: str
    weight: str
    formula: str
    unit: str
    better: str
    source: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A panel in the list of a set."""

    title: str
    url: str
    state: Status
    opened: str


@dataclass(frozen=True, slots=True)
class SetPage:
    """A set: what it weighs, what it asks first, its versions, its panels, and the run that is going on."""

    key: str
    name: str
    purpose: str
    facts: list[KeyValue]
    criteria: list[CriterionLine]
    gates: list[str]
    versions: list[str]
    panels: list[PanelLine]
    job: Progress | None
    problem: str
    may_rank: bool
    may_weigh: bool


def criterion_lines(criteria: Sequence[Criterion]) -> list[CriterionLine]:
    """The criteria of a version."""
    told = []
    for one in criteria:
        measure = measure_named(one.measure)
        told.append(
            CriterionLine(
                str(measure.name), goal_words(one.goal), formats.percent(one.weight, 1), str(measure.formula),
                str(measure.unit), one.get_direction_display(), measure.source,
            )
        )  # fmt: skip
    return told


def set_page(
    version: SetVersion, *, versions: Sequence[SetVersion], panels: Sequence[Panel],
    runs: tuple[CandidateRun | None, CandidateRun | None],
    may_rank: bool, may_weigh: bool,
) -> SetPage:  # fmt: skip
    """The page of a set; `runs` are the one in force and the newest one."""
    current, newest = runs
    held = version.criteria_set
    facts = [
        KeyValue(_("Versi"), _("%(number)s, berlaku mulai %(day)s") % {
            "number": version.number, "day": formats.long_date(version.valid_from)}),
        KeyValue(_("Asal bobot"), version.get_weights_from_display()),
        KeyValue(_("Sumber"), version.source),
        KeyValue(_("Kedudukan"), _("Usulan program, belum baku") if version.is_proposal else _("Menurut sumbernya")),
        KeyValue(_("Peringkat yang berlaku"), formats.NONE if current is None else formats.moment(current.finished_at)),
    ]  # fmt: skip
    if version.consistency is not None:
        facts.append(KeyValue(_("Rasio konsistensi"), formats.number(version.consistency, 4)))
    is_open = newest is not None and newest.state in ("queued", "running")
    return SetPage(
        key=held.key, name=held.shown, purpose=held.purpose, facts=facts,
        criteria=criterion_lines(list(version.criteria.order_by("position"))),
        gates=[gate_words(one) for one in version.gates.order_by("position")],
        versions=[_version_words(one) for one in versions], panels=[_panel_line(one) for one in panels],
        job=progress_of(newest, held.key) if newest is not None and is_open else None,
        problem=newest.problem if newest is not None and newest.state == "failed" else "",
        may_rank=may_rank, may_weigh=may_weigh,
    )  # fmt: skip


def gate_words(one: Gate) -> str:
    """A gate with its limit and source."""
    limit = "" if one.limit is None else f": {formats.number(one.limit.normalize())}"
    return f"{gate_named(one.rule).name}{limit} ({one.source})"


def _version_words(one: SetVersion) -> str:
    until = formats.long_date(one.valid_until) if one.valid_until else _("sekarang")
    return _("Versi %(number)s, %(since)s sampai %(until)s: %(weights)s. %(source)s") % {
        "number": one.number, "since": formats.long_date(one.valid_from), "until": until,
        "weights": one.get_weights_from_display().lower(), "source": one.source,
    }  # fmt: skip


_TONES = {PanelState.DRAFT: Tone.INFO, PanelState.IN_FORCE: Tone.GOOD, PanelState.DROPPED: Tone.PLAIN}


def _panel_line(one: Panel) -> PanelLine:
    state = PanelState(one.state)
    return PanelLine(
        one.title, reverse("selection:panel", args=[one.pk]), Status(str(state.label), _TONES[state]),
        formats.long_date(one.opened_at),
    )  # fmt: skip


# --- panels -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """An expert with the consistency of the answers, and what would mend them."""

    name: str
    affiliation: str
    url: str
    ratio: Status
    mend: str


@dataclass(frozen=True, slots=True)
class PanelPage:
    """A panel: experts, the group's weights, whether they may be brought into force."""

    pk: int
    title: str
    set_key: str
    set_name: str
    state: Status
    experts: list[ExpertLine]
    weights: list[tuple[str, str, str]]
    group: Status | None
    is_ready: bool
    is_draft: bool
    new_url: str


def panel_page(found: PanelResult) -> PanelPage:
    """The page of a panel."""
    panel = found.panel
    line = _panel_line(panel)
    return PanelPage(
        pk=panel.pk, title=panel.title, set_key=panel.version.criteria_set.key, set_name=panel.version.criteria_set.shown,
        state=line.state,
        experts=[
            ExpertLine(
                one.panelist.name, one.panelist.affiliation, reverse("selection:expert", args=[panel.pk, one.panelist.pk]),
                ratio_badge(one.verdict), mend_words(one.verdict.mend if one.verdict else None),
            )
            for one in found.experts
        ],
        weights=[
            (item_name(one.measure), formats.percent(found.weights.get(one.measure, 0.0), 1), formats.percent(one.weight, 1))
            for one in found.criteria
        ] if found.weights else [],
        group=ratio_badge(found.verdict) if found.verdict else None,
        is_ready=found.is_ready, is_draft=panel.state == PanelState.DRAFT,
        new_url=reverse("selection:new_expert", args=[panel.pk]),
    )  # fmt: skip


def ratio_badge(verdict: Verdict | None) -> Status:
    """The consistency ratio as a badge."""
    if verdict is None:
        return Status(_("Belum menjawab"), Tone.PLAIN)
    words = {"ratio": formats.number(round(verdict.ratio, 3), 3)}
    if verdict.is_consistent:
        return Status(_("Konsisten, rasio %(ratio)s") % words, Tone.GOOD)
    return Status(_("Belum konsisten, rasio %(ratio)s (batas 0,10)") % words, Tone.BAD)


def mend_words(mend: Mend | None) -> str:
    """Which pair to look at again, what was said of it, and what would fit the other answers."""
    if mend is None:
        return ""
    return _(
        "Periksa lagi “%(one)s” dan “%(other)s”: jawaban sekarang %(said)s; yang cocok dengan jawaban lain %(better)s"
        " (rasio menjadi %(ratio)s)."
    ) % {
        "one": item_name(mend.one), "other": item_name(mend.other), "said": step_words(mend.said, mend.one, mend.other),
        "better": step_words(mend.better, mend.one, mend.other), "ratio": formats.number(round(mend.ratio, 3), 3),
    }  # fmt: skip


def item_name(key: str) -> str:
    """A measure or a goal in words."""
    return goal_words(key) if key in GOALS else str(measure_named(key).name)


def step_words(steps: int, one: str, other: str) -> str:
    """A place of the slider in words."""
    if steps == 0:
        return _("sama penting")
    words = {"item": item_name(one if steps > 0 else other), "times": abs(steps) + 1}
    return _("%(item)s %(times)s kali lebih penting") % words


@dataclass(frozen=True, slots=True)
class Slider:
    """One comparison. The range runs from −8 (left more important) to 8 (right): `value` is turned round for that."""

    name: str
    left: str
    right: str
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class SliderGroup:
    """The sliders of one level under its heading."""

    title: str
    sliders: list[Slider]


def slider_groups(levels: Sequence[Level], answers: Answers, posted: Mapping[str, str]) -> list[SliderGroup]:
    """The sliders in the order of the form's fields; what was just sent goes before what is kept."""
    groups, number = [], 0
    for level in levels:
        sliders = []
        for one, other in level.pairs:
            name = f"p{number}"
            kept = answers.get((level.key, one, other), 0)
            value = int(posted[name]) if posted.get(name, "").lstrip("-").isdigit() else -kept
            sliders.append(Slider(name, item_name(one), item_name(other), value, step_words(-value, one, other)))
            number += 1
        title = _("Kriteria untuk “%(goal)s”") % {"goal": goal_words(level.key)} if level.key else (
            _("Tujuan") if len(levels) > 1 else _("Kriteria"))  # fmt: skip
        groups.append(SliderGroup(title, sliders))
    return groups
