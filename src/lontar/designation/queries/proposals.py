"""Reads of proposals: the list of an office, one in full, what waits for a post, what a unit has and proposes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from lontar.access.models import Post
from lontar.access.states import AgencyKind, Role
from lontar.designation.models import Flagship, Proposal, ProposalAdvice, ProposalStep
from lontar.designation.states import HOLDERS, Holder, ProposalState

SORTS = {"sejak": "moved_at", "desa": "village_id", "nama": "name", "keadaan": "state"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of proposals is asked for; empty values ask for nothing."""

    region: str
    words: str = ""
    state: str = ""
    kind: str = ""

    def rows(self) -> QuerySet[Proposal]:
        """The proposals, without an order."""
        rows = Proposal.objects.within(self.region)
        if self.words:
            words = Q(name__icontains=self.words) | Q(village__name__icontains=self.words)
            rows = rows.filter(words | Q(school__name__icontains=self.words) | Q(community__name__icontains=self.words))
        if self.state:
            rows = rows.filter(state=self.state)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows.select_related("village__parent__parent", "school", "community", "commodity", "post__agency")


def ordered(rows: QuerySet[Proposal], sort: str) -> QuerySet[Proposal]:
    """In the order that the address names (`-` in front: the other way round); the oldest first otherwise."""
    column = SORTS.get(sort.removeprefix("-"), "moved_at")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "pk")


def proposal_for(pk: int) -> Proposal | None:
    """One proposal with what its page names; None outside the connection's scope."""
    rows = Proposal.objects.select_related(
        "village__parent__parent", "school", "community", "commodity", "post__agency", "sent_by"
    )
    return rows.filter(pk=pk).first()


def steps_of(proposal: Proposal) -> list[ProposalStep]:
    """Every step, the newest first."""
    return list(ProposalStep.objects.filter(proposal=proposal).select_related("by", "agency").order_by("-at", "-pk"))


def advice_of(proposal: Proposal) -> list[ProposalAdvice]:
    """What the ranking said at the last sending."""
    rows = ProposalAdvice.objects.filter(proposal=proposal)
    last = rows.order_by("-sending").values_list("sending", flat=True).first()
    return list(rows.filter(sending=last).order_by("position")) if last else []


def open_by_unit(keys: list[str]) -> dict[str, Proposal]:
    """The open proposal of each unit that has one."""
    return {str(one.unit_key): one for one in Proposal.objects.open().filter(unit_key__in=keys)}


def flagship_by_unit(keys: list[str]) -> dict[str, Flagship]:
    """The flagship without an end of each unit that has one."""
    return {str(one.unit_key): one for one in Flagship.objects.lasting().filter(unit_key__in=keys)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Proposals in one state that wait for a post, and since when the first of them."""

    state: ProposalState
    number: int
    since: datetime


def waiting_for(post: Post) -> list[Waiting]:
    """What the post has to do next with proposals of its region, by state."""
    holders = {
        Role.REGENCY_OFFICER: Holder.REGENCY,
        Role.PROVINCE_OFFICER: Holder.PROVINCE,
        Role.VILLAGE_OFFICER: Holder.PROPOSER,
    }
    holder = holders.get(Role(post.role))
    rows = Proposal.objects.within(post.region_code)
    if holder is None and post.role == Role.AGENCY_OFFICER and post.agency.kind == AgencyKind.EDUCATION:
        holder, rows = Holder.PROPOSER, rows.filter(post__agency=post.agency)
    if holder is None:
        return []
    states = [state for state, who in HOLDERS.items() if who is holder and state not in _QUIET]
    found = rows.filter(state__in=states).values("state").annotate(number=Count("pk"), since=Min("moved_at"))
    return [Waiting(ProposalState(row["state"]), row["number"], row["since"]) for row in found.order_by("state")]


# Coaching goes on by itself; it waits for nobody.
_QUIET = (ProposalState.COACHING,)
