"""Panels of experts: opened, answered, dropped, and brought into force as the next version of the set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.selection import policies
from lontar.selection.actions.sets import set_weights
from lontar.selection.models import Judgement, Panel, Panelist, SetVersion
from lontar.selection.queries.panels import levels_of, panel_result
from lontar.selection.states import Act, PanelState, WeightSource


class PanelClosed(Refused):
    """Penilaian ini sudah ditutup."""


class PanelNotReady(Refused):
    """Penilaian belum dapat diberlakukan."""


class AnswerInvalid(Refused):
    """Jawaban ahli tidak lengkap."""


def open_panel(*, version: SetVersion, title: str, post: Post, by: User, at: datetime) -> Panel:
    """Open a panel for the criteria of a version. Raises Refused for a post that may not and AnswerInvalid without a title."""
    policies.check_set_weights(post)
    if not title.strip():
        raise AnswerInvalid(_("Beri judul penilaian, misalnya “FGD Kupang, November 2026”."))
    with recorded(Act.PANEL_OPENED, by=by, at=at, post=post, set=version.criteria_set.key):
        return Panel.objects.create(version=version, title=title.strip()[:120], opened_at=at, opened_by=by, post=post)


def answer_panel(
    *,
    panel: Panel,
    name: str,
    affiliation: str,
    steps: Mapping[tuple[str, str, str], int],
    post: Post,
    by: User,
    at: datetime,
) -> Panelist:
    """Keep one expert's answers: `steps` by (level, one, other), −8 to 8; answering again under the same name replaces them.

    Inconsistent answers are kept too: they are a draft to go on from. Raises Refused for a post that may not, PanelClosed,
    AnswerInvalid for a missing name, an unknown pair, or a step off the scale.
    """
    policies.check_set_weights(post)
    _require_draft(panel)
    wanted = {
        (level.key, one, other)
        for level in levels_of(list(panel.version.criteria.order_by("position")))
        for one, other in level.pairs
    }
    if not name.strip():
        raise AnswerInvalid(_("Tulis nama ahli."))
    if set(steps) != wanted or any(not -8 <= value <= 8 for value in steps.values()):
        raise AnswerInvalid(_("Setiap pasangan harus dibandingkan dengan skala 1 sampai 9."))
    with recorded(Act.PANEL_ANSWERED, by=by, at=at, post=post, panel=panel.pk):
        expert, _new = Panelist.objects.update_or_create(
            panel=panel, name=name.strip()[:120],
            defaults={"affiliation": affiliation.strip()[:160], "answered_at": at, "written_by": by},
        )  # fmt: skip
        expert.judgements.all().delete()
        Judgement.objects.bulk_create(
            Judgement(panelist=expert, level=level, one=one, other=other, steps=value)
            for (level, one, other), value in steps.items()
        )
    return expert


def bring_into_force(*, panel: Panel, post: Post, by: User, at: datetime, day: date) -> SetVersion:
    """Make the group's weights the next version of the set, in force from `day`, and close the panel; the version.

    Raises PanelNotReady while nobody has answered or somebody's or the group's ratio is not below 0.10, PanelClosed, SetMoved.
    """
    policies.check_set_weights(post)
    _require_draft(panel)
    found = panel_result(panel)
    if not found.is_ready or found.verdict is None:
        raise PanelNotReady(
            _("Rasio konsistensi setiap ahli dan kelompok harus di bawah 0,10. Perbaiki dahulu pasangan yang ditunjuk.")
        )
    number = sum(one.verdict is not None for one in found.experts)
    with recorded(Act.WEIGHTS_SET, by=by, at=at, post=post, panel=panel.pk):
        made = set_weights(
            version=panel.version, weights=dict(found.weights), weights_from=WeightSource.AHP, post=post, by=by, at=at,
            day=day, consistency=min(found.verdict.ratio, 0.0999),
            source=_("Penilaian AHP “%(title)s”, %(number)s ahli") % {"title": panel.title, "number": number},
        )  # fmt: skip
        _close(panel, PanelState.IN_FORCE, at=at, made=made)
    return made


def drop_panel(*, panel: Panel, post: Post, by: User, at: datetime) -> None:
    """Close a panel without using it; its answers stay. Raises Refused and PanelClosed."""
    policies.check_set_weights(post)
    with recorded(Act.PANEL_DROPPED, by=by, at=at, post=post, panel=panel.pk):
        _close(panel, PanelState.DROPPED, at=at, made=None)


def _require_draft(panel: Panel) -> None:
    if panel.state != PanelState.DRAFT:
        raise PanelClosed(_("Penilaian ini sudah ditutup."))


def _close(panel: Panel, state: PanelState, *, at: datetime, made: SetVersion | None) -> None:
    mine = Panel.objects.filter(pk=panel.pk, state=PanelState.DRAFT)
    if mine.update(state=state, closed_at=at, made=made) != 1:
        raise PanelClosed(_("Penilaian ini sudah ditutup."))
