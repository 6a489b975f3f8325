"""What screens, commands and API show of batches: lists, findings grouped and one by one, unknown places, what waits for whom.

Row-level security keeps out the batches of other regions; findings hang on their batch, so they are read through one that
the reader has got.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.queries import OpenWork
from lontar.audit.queries import BatchFile
from lontar.engines.places import Candidate, Gazetteer, PlaceQuery, resolve, search
from lontar.engines.regions import is_within, level_of
from lontar.intake.models import Batch, BatchIssue, PlaceAlias
from lontar.intake.policies import SENDERS
from lontar.intake.queries.pairs import pairs_waiting
from lontar.intake.rules.places import PARTS
from lontar.intake.states import BatchState, Severity
from lontar.registry.policies import check_merge_enterprises

EXAMPLES = 3
REST = "sisa"  # the filter "done, but rows wait", beside the states themselves


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: sheet, row and field, the value (masked where personal), the rule, the message with its cure."""

    sheet_no: int
    row_no: int
    field: str
    rule: str
    severity: str
    value: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Findings of one rule in one field: how many, and the first few of them."""

    field: str
    rule: str
    severity: str
    number: int
    examples: tuple[Finding, ...]

    @property
    def example(self) -> str:
        """The message of the first."""
        return self.examples[0].message if self.examples else ""


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """A spelling that means no village yet: its key, what was written, how many rows wait for it, why, the likeliest village.

    `decided` is the code that a person chose for it meanwhile; the rows then pass when they are looked at again.
    """

    words: str
    written: str
    rows: int
    message: str
    suggestion: str
    decided: str


def batches(*, dataset: str = "", agency_code: str = "", state: str = "") -> QuerySet[Batch]:
    """Batches of the scope, newest first; `state` is a state or `sisa` for done ones with rows that wait."""
    found = Batch.objects.select_related("agency", "submitted_by")
    if dataset:
        found = found.filter(dataset=dataset)
    if agency_code:
        found = found.filter(agency__code__iexact=agency_code)
    if state == REST:
        found = found.filter(state=BatchState.DONE, rows_waiting__gt=0)
    elif state:
        found = found.filter(state=state)
    return found.order_by("-pk")


SHOWN = ("sheet_no", "row_no", "field", "rule", "severity", "value", "message", "suggestion")


def issue_groups(batch: Batch) -> list[IssueGroup]:
    """Findings by field and rule, errors first, most frequent first, each with its first few."""
    own = BatchIssue.objects.filter(batch=batch)
    counted = own.values("field", "rule", "severity").annotate(number=Count("id")).order_by()
    place = Window(
        RowNumber(), partition_by=[F("field"), F("rule"), F("severity")], order_by=["sheet_no", "row_no", "id"]
    )
    first = own.annotate(place=place).filter(place__lte=EXAMPLES).order_by("sheet_no", "row_no", "pk")
    shown: dict[tuple[str, str, str], list[Finding]] = {}
    for values in first.values_list(*SHOWN):
        one = Finding(*values)
        shown.setdefault((one.field, one.rule, one.severity), []).append(one)
    groups = [
        IssueGroup(
            field=group["field"],
            rule=group["rule"],
            severity=group["severity"],
            number=group["number"],
            examples=tuple(shown.get((group["field"], group["rule"], group["severity"]), ())),
        )
        for group in counted
    ]
    return sorted(groups, key=lambda group: (group.severity != Severity.ERROR, -group.number, group.rule, group.field))


def findings(batch: Batch, *, field: str = "", rule: str = "", severity: str = "") -> QuerySet[BatchIssue]:
    """Findings of a batch in the order of its rows."""
    found = BatchIssue.objects.filter(batch=batch)
    for name, value in (("field", field), ("rule", rule), ("severity", severity)):
        if value:
            found = found.filter(**{name: value})
    return found.order_by("sheet_no", "row_no", "pk")


def findings_page(found: QuerySet[BatchIssue], *, offset: int, limit: int) -> list[Finding]:
    """`limit` findings from `offset` on."""
    return [Finding(*values) for values in found.values_list(*SHOWN)[offset : offset + limit]]


def _unknown(batch: Batch) -> QuerySet[BatchIssue]:
    return BatchIssue.objects.filter(batch=batch, severity=Severity.ERROR).exclude(words="")


def unknown_places_count(batch: Batch) -> tuple[int, int]:
    """How many spellings mean no village yet, and how many rows wait for them."""
    found = _unknown(batch).aggregate(spellings=Count("words", distinct=True), rows=Count("id"))
    return int(found["spellings"]), int(found["rows"])


def unknown_places(batch: Batch, *, offset: int, limit: int) -> list[UnknownPlace]:
    """Spellings without a village, those of the most rows first."""
    return _described(batch, list(_spellings(_unknown(batch)).order_by("-rows", "words")[offset : offset + limit]))


def unknown_places_named(batch: Batch, words: Sequence[str]) -> list[UnknownPlace]:
    """The spellings with these keys, in their order; those that mean a village by now are left out."""
    found = {group["words"]: group for group in _spellings(_unknown(batch).filter(words__in=words)).order_by()}
    return _described(batch, [found[one] for one in dict.fromkeys(words) if one in found])


def _spellings(unknown: QuerySet[BatchIssue]) -> QuerySet[Any, Any]:
    return unknown.values("words").annotate(
        rows=Count("id"), written=Min("value"), told=Min("message"), likely=Min("suggestion")
    )


def _described(batch: Batch, groups: list[dict[str, Any]]) -> list[UnknownPlace]:
    chosen = PlaceAlias.objects.filter(agency=batch.agency_id, words__in=[group["words"] for group in groups])
    decided = dict(chosen.values_list("words", "village_id"))
    return [
        UnknownPlace(
            words=group["words"],
            written=group["written"],
            rows=group["rows"],
            message=group["told"],
            suggestion=group["likely"],
            decided=decided.get(group["words"], ""),
        )
        for group in groups
    ]


def candidates_for(place: UnknownPlace, *, gazetteer: Gazetteer, within: str) -> list[Candidate]:
    """Villages of the region `within` that the spelling may mean, the likeliest first."""
    parts = [part.strip() for part in place.words.split("|")]
    query = PlaceQuery(**dict(zip(PARTS, parts, strict=True))) if len(parts) == len(PARTS) else None
    found = list(resolve(gazetteer, query, limit=5).candidates) if query else []
    found = [one for one in found if level_of(one.code) == "village" and is_within(one.code, within)]
    return found or search(gazetteer, place.written.replace(",", " "), limit=5, level="village", within=within)


def corrections_of(batch: Batch) -> list[Batch]:
    """Batches that correct this one, in the order in which they came."""
    return list(Batch.objects.filter(corrects=batch).order_by("pk"))


def batch_files(numbers: Iterable[int]) -> dict[int, BatchFile]:
    """The files of batches by their numbers, for histories; those beyond the reader's scope are left out."""
    named = Batch.objects.filter(pk__in=list(numbers)).values_list("pk", "file_name")
    return {number: BatchFile(name, reverse("intake:batch", args=[number])) for number, name in named}


def waiting_here(post: Post) -> list[OpenWork]:
    """Batches of the post's agency that a person has to move: to match, to correct, to go on with; and pairs to review."""
    return [*_batches_waiting(post), *_pairs_waiting(post)]


def _pairs_waiting(post: Post) -> list[OpenWork]:
    if not check_merge_enterprises.can(post):
        return []
    number, since = pairs_waiting(post)
    return [OpenWork(_("Pasangan catatan yang perlu ditinjau"), number, reverse("intake:pairs"), since=since)]


def _batches_waiting(post: Post) -> list[OpenWork]:
    if post.role not in SENDERS:
        return []
    own, history = (
        Batch.objects.filter(agency=post.agency_id),
        f"{reverse('intake:batches')}?instansi={post.agency.code}",
    )
    kinds = (
        (
            _("Kiriman yang kolomnya perlu dicocokkan"),
            Q(state=BatchState.NEEDS_MAPPING),
            BatchState.NEEDS_MAPPING.value,
        ),
        (_("Kiriman dengan baris yang menunggu perbaikan"), Q(state=BatchState.DONE, rows_waiting__gt=0), REST),
        (_("Kiriman yang terhenti dan dapat dilanjutkan"), Q(state=BatchState.FAILED), BatchState.FAILED.value),
    )
    counted = own.aggregate(
        **{f"count_{state}": Count("pk", filter=which) for _label, which, state in kinds},
        **{f"since_{state}": Min("created_at", filter=which) for _label, which, state in kinds},
    )
    return [
        OpenWork(
            label,
            counted[f"count_{state}"],
            f"{history}&keadaan={state}",
            since=counted[f"since_{state}"],
            is_urgent=state != REST,
        )
        for label, _which, state in kinds
    ]
