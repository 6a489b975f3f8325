"""The sections in force on a day, the steps in which they are signed, and which of them a post may sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from lontar.access.models import Post
from lontar.access.states import AgencyKind, Role
from lontar.registry.states import CommoditySector
from lontar.verification.models import SectionDuty, SectionTerm
from lontar.verification.states import SubjectKind

EVERY_SECTOR = ("", *CommoditySector.values)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as it is on a day: `fields` are columns (enterprise) or kinds of records (village).

    `steps` gives, step by step in order, which kind of agency signs which sectors ("" for everything else).
    """

    id: int
    key: str
    name: str
    subject: SubjectKind
    fields: tuple[str, ...]
    is_required: bool
    source: str
    steps: tuple[dict[str, AgencyKind], ...] = field(default_factory=tuple)

    @property
    def last_step(self) -> int:
        """The step that completes the section."""
        return max(len(self.steps), 1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a post may sign: a section in one step, for the commodities of these sectors ("": no commodity)."""

    section: SectionView
    step: int
    sectors: tuple[str, ...]


def sections_on(day: date, subject: SubjectKind | None = None) -> list[SectionView]:
    """The sections in force on `day`, in their order."""
    terms = SectionTerm.objects.as_at(day).select_related("section").order_by("section__position")
    if subject is not None:
        terms = terms.filter(section__subject=subject)
    steps: dict[int, dict[int, dict[str, AgencyKind]]] = defaultdict(lambda: defaultdict(dict))
    for duty in SectionDuty.objects.as_at(day):
        steps[duty.section_id][duty.step][duty.sector] = AgencyKind(duty.agency_kind)
    is_english = get_language() == "en"
    return [
        SectionView(
            id=term.section_id,
            key=term.section.key,
            name=term.section.name_en if is_english else term.section.name,
            subject=SubjectKind(term.section.subject),
            fields=tuple(term.fields),
            is_required=term.is_required,
            source=term.source,
            steps=tuple(kinds for _step, kinds in sorted(steps[term.section_id].items())),
        )
        for term in terms
    ]


def section_named(key: str, day: date) -> SectionView | None:
    """The section with this key on `day`."""
    return next((one for one in sections_on(day) if one.key == key), None)


def duties_of(post: Post, day: date, *, subject: SubjectKind | None = None, keys: Sequence[str] = ()) -> list[Duty]:
    """What the post's agency signs on `day`, narrowed to the sections `keys`; the province's administrator may sign for all."""
    found = []
    for section in sections_on(day, subject):
        if keys and section.key not in keys:
            continue
        for step, kinds in enumerate(section.steps, start=1):
            mine = tuple(
                sector
                for sector in EVERY_SECTOR
                if post.role == Role.PROVINCE_ADMIN or kinds.get(sector, kinds.get("")) == post.agency.kind
            )
            if mine:
                found.append(Duty(section, step, mine))
    return found
