"""A rubric as a page to read: its tree line by line, bands with their half-open ranges, gates in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lontar.engines.rubrics import Item, ItemKind
from lontar.engines.rubrics import Rubric as Content
from lontar.stars.models import Rubric
from lontar.stars.presenters.words import star_words
from lontar.stars.rules import GATES
from lontar.stars.states import RubricState, Standing
from lontar.ui import formats
from lontar.ui.presenters import KeyValue, Status, Tone


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A part or criterion: `depth` 0 is the top; `options` are (points, words)."""

    code: str
    name: str
    points: str
    is_part: bool
    depth: int
    hint: str
    unknown: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RubricPage:
    """The page of one version."""

    pk: int
    title: str
    status: Status
    standing: Status
    note: str
    facts: list[KeyValue]
    items: list[ItemLine]
    bands: list[tuple[str, str, str]]
    gates: list[tuple[str, str, str]]
    is_draft: bool
    is_own_draft: bool
    refusal: str


def rubric_page(rubric: Rubric, content: Content) -> RubricPage:
    """Everything about one version."""
    state, standing = RubricState(rubric.state), Standing(rubric.standing)
    english = formats.language() == "en"
    name = rubric.name_en if english and rubric.name_en else rubric.name
    tones = {Standing.OFFICIAL: Tone.GOOD, Standing.EXAMPLE: Tone.INFO, Standing.PROPOSAL: Tone.WARN}
    return RubricPage(
        pk=rubric.pk,
        title=_("%(name)s, versi %(version)d") % {"name": name, "version": rubric.version},
        status=Status(str(state.label), Tone.GOOD if state is RubricState.IN_FORCE else Tone.PLAIN),
        standing=Status(str(standing.label), tones[standing]),
        note=rubric.note,
        facts=_facts(rubric),
        items=[_line(content, item, english=english) for item in content.items],
        bands=_bands(content),
        gates=[
            (str(GATES[gate.condition].words) if gate.condition in GATES else gate.condition,
             _("paling tinggi bintang %d") % gate.cap,
             str(GATES[gate.condition].source) if gate.condition in GATES else "")
            for gate in content.gates
        ],
        is_draft=state is RubricState.DRAFT,
        is_own_draft=state is RubricState.DRAFT and rubric.drafted_by_id is not None,
        refusal="" if content.is_scorable
        else _("Ada butir yang uraiannya belum diketahui; rubrik ini dapat dibaca, tetapi tidak dapat dipakai menilai."),
    )  # fmt: skip


def _facts(rubric: Rubric) -> list[KeyValue]:
    end = formats.long_date(rubric.valid_until) if rubric.valid_until else _("seterusnya")
    return [
        KeyValue(_("Kunci"), rubric.key),
        KeyValue(_("Jumlah nilai tertinggi"), formats.number(rubric.maximum)),
        KeyValue(_("Berlaku"), f"{formats.long_date(rubric.valid_from)} – {end}"),
        KeyValue(_("Sumber"), rubric.source),
    ]


def _line(content: Content, item: Item, *, english: bool) -> ItemLine:
    is_part = item.kind is ItemKind.PART
    low = "" if is_part or not item.low else f"{formats.number(item.low)}–"
    return ItemLine(
        code=item.code,
        name=item.name_en if english and item.name_en else item.name,
        points=f"{low}{formats.number(item.high)}",
        is_part=is_part,
        depth=_depth(content, item),
        hint=item.hint,
        unknown="" if item.is_known else _("uraian belum diketahui"),
        options=[
            (formats.number(option.points), option.label_en if english and option.label_en else option.label)
            for option in item.options
        ],
    )


def _depth(content: Content, item: Item) -> int:
    parents = {one.code: one.parent for one in content.items}
    depth, code = 0, item.parent
    while code and depth < 9:
        depth, code = depth + 1, parents.get(code, "")
    return depth


def _bands(content: Content) -> list[tuple[str, str, str]]:
    """(stars, range, label), the highest first; a range holds its lower and not its upper end."""
    rows = []
    uppers = [*(band.low for band in content.bands[1:]), None]
    for band, upper in zip(content.bands, uppers, strict=True):
        low = formats.number(band.low)
        words = (
            _("%(low)s sampai sebelum %(high)s") % {"low": low, "high": formats.number(upper)}
            if upper is not None
            else _("%(low)s sampai %(high)s") % {"low": low, "high": formats.number(content.maximum)}
        )
        rows.append((star_words(band.stars) or "", words, band.label))
    return rows[::-1]
