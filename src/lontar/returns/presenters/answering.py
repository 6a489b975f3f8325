"""The page on which one return is answered, for an officer and behind a personal link alike: form, remarks, returned values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lontar.engines.periods import Month
from lontar.returns.forms import SAID, AnswerForm, shown
from lontar.returns.models import Producer, Return, ReturnedValue
from lontar.returns.presenters.words import state_badge
from lontar.returns.queries.standing import open_months, standing, told_before
from lontar.returns.rules.checks import label_of
from lontar.returns.rules.schema import CHANNELS, SCREENS
from lontar.returns.states import WRITABLE, ReturnedState
from lontar.ui import formats
from lontar.ui.presenters import Status

# What changes every month is told beside the field; what mostly stays stands in it.
_TOLD = ("turnover", "quantity", *CHANNELS)


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A value that was sent back and waits for its correction."""

    pk: int
    label: str
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A value that somebody else changed meanwhile."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """All that the page shows; `draft_key` is under what the browser keeps what was typed."""

    name: str
    month: str
    month_label: str
    form: AnswerForm
    status: Status | None
    is_writable: bool
    is_sent: bool
    draft_key: str
    returned: Sequence[ReturnedLine] = ()
    conflicts: Sequence[ConflictLine] = ()
    steps: Sequence[tuple[str, list[Any]]] = field(default_factory=tuple)


def form_for(producer: Producer, month: date, held: Return | None, data: Any = None) -> AnswerForm:
    """The form with what stands, else with what stayed the same last month."""
    before = told_before(producer.pk, month)
    hints = {}
    initial: dict[str, Any] = {"versi": held.version if held else 0}
    for name in [one for screen in SCREENS for one in screen]:
        value = getattr(before, name) if before else None
        if value not in (None, "") and name != "problems":
            hints[name] = _("Bulan lalu: %(value)s.") % {"value": shown(value)}
        if held is not None:
            initial[name] = shown(getattr(held, name))
        elif before is not None and name not in _TOLD and name != "problems":
            initial[name] = shown(value)
    for name, words in (held.justifications if held else {}).items():
        initial[SAID + name] = words
    form = AnswerForm(data, producer=producer, hints=hints, initial=initial)
    if held is not None:
        for flag in held.flags:
            if SAID + flag.partition(".")[0] not in form.fields and flag.partition(".")[0] in form.fields:
                form.ask(flag.partition(".")[0])
    return form


def page_of(
    producer: Producer, month: date, held: Return | None, form: AnswerForm, conflicts: Sequence[ConflictLine] = ()
) -> AnswerPage:
    """The page; a verified return is shown, and only its returned values can be corrected."""
    returned = ReturnedValue.objects.filter(filing=held, state=ReturnedState.OPEN).order_by("pk") if held else []
    titles = (_("Penjualan dan harga"), _("Tenaga kerja dan bahan"))
    return AnswerPage(
        name=producer.name, month=str(Month.from_date(month)), month_label=Month.from_date(month).label, form=form,
        status=state_badge(standing(held, open_months())) if held else None,
        is_writable=held is None or held.state in WRITABLE,
        is_sent=held is not None and held.state != "draft",
        draft_key=f"lapor-{producer.pk}-{month:%Y-%m}",
        returned=[ReturnedLine(one.pk, label_of(one.field), one.reason, value_words(one.value)) for one in returned],
        conflicts=conflicts, steps=list(zip(titles, form.screens, strict=True)),
    )  # fmt: skip


def conflict_lines(differing: Any) -> list[ConflictLine]:
    """What differs, in words."""
    return [
        ConflictLine(label_of(name), shown(mine) or _("kosong"), shown(theirs) or _("kosong"))
        for name, (mine, theirs) in differing.items()
    ]


def value_words(value: str) -> str:
    """A kept value as people write it."""
    return formats.number(float(value)) if value.replace(".", "", 1).isdigit() else value or _("kosong")
