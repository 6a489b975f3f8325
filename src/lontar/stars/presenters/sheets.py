"""The sheet that an assessor fills one part at a time: sums that say what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.engines.rubrics import Item, Progress, Rubric, progress
from lontar.stars.models import Assessment
from lontar.stars.presenters.evidence import FileLine
from lontar.stars.presenters.words import item_name, of_most
from lontar.stars.queries.assessing import Sheet, points_of
from lontar.ui import formats
from lontar.ui.presenters import Link, Step


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet at one of its parts: the sums so far, what is missing, where to go on."""

    pk: int
    title: str
    maker: str
    part: str
    part_name: str
    part_hint: str
    steps: list[Step]
    part_sum: str
    part_left: str
    whole_sum: str
    whole_left: str
    reach: str
    is_complete: bool
    previous_url: str
    next_url: str
    action_url: str
    missing: list[Link]


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A criterion on the form: the names of its two inputs, and the evidence beside them."""

    points: str
    note: str
    name: str
    files: Sequence[FileLine]


def parts_of(content: Rubric) -> list[Item]:
    """What is filled on a page of its own: the top of the tree."""
    return list(content.children())


def criteria_of(content: Rubric, part: Item) -> list[Item]:
    """The criteria of a page; a criterion at the top is a page by itself."""
    return list(content.criteria(part.code)) or [part]


def sheet_page(found: Assessment, content: Rubric, sheet: Sheet, *, part: Item) -> SheetPage:
    """The sheet at `part`; sums say what is still missing, so that an unfinished one never looks like a total."""
    parts, given = parts_of(content), points_of(sheet)
    at = parts.index(part)
    url = reverse("stars:sheet", args=[found.pk])
    here, whole = _progress_of(content, part, given), progress(content, given)
    done = [_progress_of(content, one, given).is_complete for one in parts]
    return SheetPage(
        pk=found.pk,
        title=found.product_name,
        maker=found.maker_name,
        part=part.code,
        part_name=item_name(part),
        part_hint=part.hint if part.high and content.children(part.code) else "",
        steps=[
            Step(_short(one), "current" if one is part else "done" if done[place] else "todo", f"{url}?bagian={one.code}")
            for place, one in enumerate(parts)
        ],
        part_sum=of_most(here.points, part.high),
        part_left=_left(here),
        whole_sum=of_most(whole.points, content.maximum),
        whole_left=_left(whole),
        reach=_reach(whole),
        is_complete=whole.is_complete,
        previous_url=f"{url}?bagian={parts[at - 1].code}" if at else "",
        next_url=f"{url}?bagian={parts[at + 1].code}" if at + 1 < len(parts) else reverse("stars:review", args=[found.pk]),
        action_url=f"{url}?bagian={part.code}",
        missing=_missing(content, whole, url),
    )  # fmt: skip


def _short(item: Item) -> str:
    return f"{item.code}. {item.name_en if formats.language() == 'en' and item.name_en else item.name}"


def _progress_of(content: Rubric, part: Item, given: dict[str, Decimal]) -> Progress:
    if content.children(part.code):
        return progress(content, given, part=part.code)
    value = given.get(part.code)
    if value is None:
        return Progress(Decimal(0), 0, 1, part.low, part.high, (part.code,))
    return Progress(value, 1, 1, value, value, ())


def _left(found: Progress) -> str:
    if found.is_complete:
        return _("lengkap")
    return _("%(answered)d dari %(criteria)d kriteria terisi") % {
        "answered": found.answered, "criteria": found.criteria,
    }  # fmt: skip


def _reach(found: Progress) -> str:
    if found.is_complete:
        return ""
    return _("Belum jumlah akhir: masih mungkin antara %(least)s dan %(most)s.") % {
        "least": formats.number(found.least), "most": formats.number(found.most),
    }  # fmt: skip


def _missing(content: Rubric, found: Progress, url: str) -> list[Link]:
    names = {item.code: item_name(item) for item in content.criteria()}
    lines = []
    for part in parts_of(content):
        codes = {item.code for item in criteria_of(content, part)}
        lines += [Link(names[code], f"{url}?bagian={part.code}") for code in found.missing if code in codes]
    return lines
