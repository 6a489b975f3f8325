"""Presenters of the small components: status, figure, progress, steps, history, notices of emptiness, confirmations.

Each names its template below `ui/parts/`. Tables have their own module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from lontar.ui import formats


class Tone(StrEnum):
    """What a status means to the reader. Each tone has an icon besides its colour."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    PLAIN = "plain"


TONE_ICONS = {Tone.GOOD: "check", Tone.WARN: "clock", Tone.BAD: "alert", Tone.INFO: "info", Tone.PLAIN: "dash"}


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `dialog` opens the page over the present one where script runs."""

    label: str
    url: str
    icon: str = ""
    dialog: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation. `count` is what waits there; `current` is set by the template tag from the path."""

    label: str
    url: str
    icon: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A heading of the office rail with its entries."""

    label: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the region path; the last one, without `url`, is the current place."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words, with its tone. `icon` replaces the tone's own drawing."""

    label: str
    tone: Tone = Tone.PLAIN
    icon: str = ""

    @property
    def drawing(self) -> str:
        """Name of the icon."""
        return self.icon or TONE_ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: value already formatted, unit beside it, and where and when it is from.

    `key` marks the one figure of a page that carries the accent.
    """

    label: str
    value: str
    unit: str = ""
    source: str = ""
    as_of: date | None = None
    note: str = ""
    url: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A line of a fact sheet; `value` is text or any value that a table cell takes."""

    label: str
    value: object
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What a person reads in a history: who did what when, from which source, and why.

    `changes` are (field, old, new), shown as struck out and new text; old or new may be empty.
    """

    at: datetime
    who: str
    what: str
    changes: Sequence[tuple[str, str, str]] = ()
    source: Link | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab is a link with its own address."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process, in order. `url` leads back to a finished one."""

    label: str
    state: str = "todo"  # done, current, todo
    url: str = ""


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What a list says when it has nothing: why, and what to do next."""

    title: str
    text: str = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Masked:
    """A personal value under its mask. The reveal page asks for a reason and writes the log; without a right, no link."""

    label: str
    masked: str
    reveal_url: str = ""


@dataclass(frozen=True, slots=True)
class PanelHead:
    """Title of the side panel, the address without it, and the page of its own that shows the same in full."""

    title: str
    close_url: str
    full_url: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Before a destructive act: what will happen, to how many, and the word to type (empty: a button is enough).

    `fields` are hidden (name, value) pairs sent along. The server checks the word again, in the field `kata`.
    """

    title: str
    consequence: str
    action_url: str
    submit: str
    cancel_url: str
    word: str = ""
    undo: str = ""
    fields: Sequence[tuple[str, str]] = ()
    error: str = ""


class ProgressState(StrEnum):
    """Where a long job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


PROGRESS_TONES = {
    ProgressState.WAITING: Tone.WARN,
    ProgressState.RUNNING: Tone.INFO,
    ProgressState.DONE: Tone.GOOD,
    ProgressState.FAILED: Tone.BAD,
    ProgressState.CANCELLED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A long job: rows done of total (None while unknown), rate per second, seconds left, and what may be done.

    `poll_url` answers with `ui/parts/progress.html` for the same job; it is asked every two seconds until the job ends.
    """

    key: str
    title: str
    state: ProgressState
    state_label: str
    done: int
    total: int | None = None
    unit: str = "baris"
    rate: float | None = None
    seconds_left: float | None = None
    poll_url: str = ""
    cancel_url: str = ""
    message: str = ""
    next: Link | None = None
    facts: Sequence[str] = field(default_factory=tuple)

    @property
    def is_open(self) -> bool:
        """Whether the job may still move."""
        return self.state in (ProgressState.WAITING, ProgressState.RUNNING)

    @property
    def status(self) -> Status:
        """The state as a badge."""
        return Status(self.state_label, PROGRESS_TONES[self.state])

    @property
    def ratio(self) -> str:
        """Done share for the `value` of the bar, as a machine number; empty while the total is unknown."""
        return f"{min(self.done / self.total, 1):.4f}" if self.total else ""

    @property
    def counted(self) -> str:
        """`84.001 dari 168.002 (50 %) baris`; of per cents `35 %`."""
        if self.unit == "%":
            return f"{formats.number(self.done)}\u00a0%"
        text = formats.number(self.done) if self.total is None else formats.share(self.done, self.total, 0)
        return f"{text} {self.unit}"
