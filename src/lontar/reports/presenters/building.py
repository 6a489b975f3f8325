"""A build on the screen: its progress, why it came to nothing, and the line of it in the list of reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.engines.periods import parse_quarter
from lontar.reports.models import Build
from lontar.reports.states import BuildState, Stage
from lontar.ui.presenters import Link, Progress, ProgressState

_STATES = {
    BuildState.QUEUED: ProgressState.WAITING,
    BuildState.RUNNING: ProgressState.RUNNING,
    BuildState.DONE: ProgressState.DONE,
    BuildState.FAILED: ProgressState.FAILED,
}


@dataclass(frozen=True, slots=True)
class BuildPage:
    """How far a build is; `problem` says why it failed, and `quarter` is what can be asked for once more."""

    title: str
    period: str
    quarter: str
    job: Progress | None
    problem: str


@dataclass(frozen=True, slots=True)
class BuildNotice:
    """A build that runs, or the last one of its quarter that failed, in the list of reports."""

    words: str
    is_failed: bool
    link: Link


def progress_of(build: Build) -> Progress:
    """A build as a progress bar."""
    return Progress(
        key=f"susun-{build.pk}", title=_("Penyusunan"), state=_STATES[BuildState(build.state)],
        state_label=str(BuildState(build.state).label), done=build.done, total=100, unit="%",
        poll_url=reverse("reports:building_progress", args=[build.pk]), message=str(Stage(build.stage).label),
    )  # fmt: skip


def build_page(build: Build) -> BuildPage:
    """The page of a build that has no draft yet, or none."""
    period = str(parse_quarter(build.quarter))
    is_failed = build.state == BuildState.FAILED
    return BuildPage(
        _("Menyusun rancangan %(quarter)s") % {"quarter": period}, period, build.quarter,
        None if is_failed else progress_of(build), build.problem if is_failed else "",
    )  # fmt: skip


def notice_of(build: Build) -> BuildNotice:
    """One line with the way to its page."""
    period = parse_quarter(build.quarter)
    link = Link(_("Lihat kemajuan"), reverse("reports:building", args=[build.pk]))
    if build.state != BuildState.FAILED:
        return BuildNotice(_("Rancangan %(quarter)s sedang disusun.") % {"quarter": period}, is_failed=False, link=link)
    words = _("Rancangan %(quarter)s gagal disusun: %(problem)s") % {"quarter": period, "problem": build.problem}
    return BuildNotice(words, is_failed=True, link=Link(_("Lihat dan coba lagi"), link.url))
