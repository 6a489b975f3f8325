"""One factory per model of designation, nothing random; and the moves that bring a proposal to a stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories import MORNING, Member, make_region

from lontar.access import scope
from lontar.designation import actions
from lontar.designation.actions import Choice, Meeting, Signing
from lontar.designation.models import (
    Cluster,
    ClusterMember,
    Flagship,
    Locus,
    LocusEntry,
    LocusRound,
    Proposal,
)
from lontar.designation.queries.preview import preview_ending, preview_opening
from lontar.designation.queries.units import UnitFacts, unit_of
from lontar.designation.states import Move, Place
from lontar.registry.models import Commodity, Organization, Region, School

VILLAGE = "53.09.01.2001"
TODAY = date(2026, 1, 15)
SHA = "a" * 64
REASON = "Musyawarah mengetahui pembelinya sudah ada."
ABOUT = "Penetapan produk unggulan contoh"


def make_commodity(code: str = "kopi-contoh", **over: object) -> Commodity:
    """A commodity of the catalogue."""
    values: dict[str, object] = {"name": code.replace("-", " ").title(), "unit": "ton", "source": "daftar contoh"}
    return Commodity.objects.create(code=code, **(values | over))


def make_village(code: str = VILLAGE, **over: object) -> UnitFacts:
    """A village as a unit, made where it is missing."""
    if not Region.objects.filter(code=code).exists():
        make_region(code, **over)
    found = unit_of(f"village:{code}")
    assert found is not None
    return found


def make_school(npsn: str = "50300001", village: str = VILLAGE) -> UnitFacts:
    """A school as a unit."""
    make_village(village)
    with scope.acting_in("53"):
        school = School.objects.create(
            npsn=npsn, name=f"SMK Contoh {npsn}", village_id=village, kind="SMK", recorded_at=MORNING
        )
    found = unit_of(f"school:{school.pk}")
    assert found is not None
    return found


def make_community(name: str = "OMK Contoh", village: str = VILLAGE) -> UnitFacts:
    """A community as a unit."""
    make_village(village)
    with scope.acting_in("53"):
        body = Organization.objects.create(
            village_id=village, kind="community", community_kind="church", name=name, recorded_at=MORNING
        )
    found = unit_of(f"community:{body.pk}")
    assert found is not None
    return found


def a_meeting(**over: Any) -> Meeting:
    """A meeting of 41 people with minutes."""
    values = {
        "day": date(2026, 1, 10), "place": "Balai Desa Contoh", "women": 23, "men": 18, "minutes_sha256": SHA,
        "minutes_type": "application/pdf", "minutes_size": 2_000,
    }  # fmt: skip
    return Meeting(**(values | over))


def make_proposal(
    member: Member, *, unit: UnitFacts | None = None, name: str = "Kopi Bubuk Contoh", **over: Any
) -> Proposal:
    """A proposal that waits for the kabupaten/kota, sent by the member."""
    member.enter()
    values = {"reason": "", "at": MORNING} | over
    commodity: Commodity | None = values.pop("commodity", None)
    meeting: Meeting = values.pop("meeting", a_meeting())
    return actions.propose(
        unit=unit or make_village(), choice=Choice(name, commodity.pk if commodity else None), meeting=meeting,
        by=member.user, post=member.held, **values,
    )  # fmt: skip


def move(proposal: Proposal, member: Member, what: Move, **over: Any) -> Proposal:
    """One step by the member; a return, refusal or withdrawal with a reason."""
    member.enter()
    values = {"reason": REASON, "at": MORNING} | over
    return actions.move_proposal(proposal_id=proposal.pk, move=what, by=member.user, post=member.held, **values)


def make_ready(proposal: Proposal, regency: Member, province: Member) -> Proposal:
    """Accepted by both: ready to be decreed."""
    move(proposal, regency, Move.ACCEPTED)
    return move(proposal, province, Move.ACCEPTED)


def signing(province: Member, *, stamp: str, **over: Any) -> Signing:
    """What the province's officer signs with."""
    values = {"at": MORNING, "about": ABOUT, "effective_date": TODAY} | over
    return Signing(by=province.user, post=province.held, stamp=stamp, **values)


def open_decree(province: Member, *ids: int, day: date = TODAY, **over: Any) -> Any:
    """Preview and sign a decree for these proposals."""
    province.enter()
    stamp = preview_opening(ids, day=day, today=TODAY).stamp()
    return actions.issue_opening(ids=ids, signing=signing(province, stamp=stamp, effective_date=day, **over))


def end_decree(province: Member, *ids: int, day: date = TODAY, reason: str = REASON) -> Any:
    """Preview and sign a decree that ends these flagships."""
    province.enter()
    stamp = preview_ending(ids, day=day, reason=reason).stamp()
    return actions.issue_ending(ids=ids, reason=reason, signing=signing(province, stamp=stamp, effective_date=day))


def make_flagship(proposal: Proposal, **over: Any) -> Flagship:
    """A flagship of a proposal's unit as a bare row, without a decree; enter a scope that covers it first."""
    values = {
        "kind": proposal.kind, "village_id": proposal.village_id, "school_id": proposal.school_id,
        "community_id": proposal.community_id, "name": proposal.name, "proposal": proposal, "valid_from": TODAY,
    }  # fmt: skip
    return Flagship.objects.create(**(values | over))


def make_cluster(member: Member, commodity: Commodity, **over: Any) -> Cluster:
    """A sentra of a kecamatan without members."""
    values = {
        "name": "Sentra Contoh", "region_id": VILLAGE[:8], "commodity": commodity, "reason": REASON, "made_at": MORNING,
        "made_by": member.user, "post": member.held,
    }  # fmt: skip
    return Cluster.objects.create(**(values | over))


def make_cluster_member(cluster: Cluster, village: str = VILLAGE) -> ClusterMember:
    """A village of a sentra."""
    return ClusterMember.objects.create(cluster=cluster, commodity=cluster.commodity, village_id=village)


def make_round(province: Member, **over: Any) -> LocusRound:
    """A round with a quota of one and no gates."""
    province.enter()
    if not Region.objects.filter(code="53").exists():
        make_region("53")
    values = {
        "name": "Putaran Contoh", "set_key": "wilayah", "set_name": "Set contoh", "gates": [], "quota": 1,
        "source": "Keputusan contoh", "at": MORNING,
    }  # fmt: skip
    return actions.open_round(by=province.user, post=province.held, **(values | over))


def make_entry(locus_round: LocusRound, village: str = VILLAGE, **over: Any) -> LocusEntry:
    """A chosen village of a round."""
    make_village(village)
    values = {"regency_id": village[:5], "place": Place.CHOSEN, "position": 1}
    return LocusEntry.objects.create(round=locus_round, village_id=village, **(values | over))


def make_locus(entry: LocusEntry, **over: Any) -> Locus:
    """A locus as a bare row, without a decree."""
    scope.enter("53")
    return Locus.objects.create(**({"village_id": entry.village_id, "entry": entry, "valid_from": TODAY} | over))
