"""One factory per model of selection; rankings are made as a run would have kept them."""

from __future__ import annotations

from datetime import date

from tests.factories import MORNING, Member, make_region

from lontar.registry.models import Commodity, Organization, School
from lontar.selection.models import (
    Candidate,
    CandidateRun,
    CommodityTrait,
    CriteriaSet,
    Criterion,
    Gate,
    Judgement,
    Panel,
    Panelist,
    Ranking,
    SetVersion,
)
from lontar.selection.states import RunState

VILLAGE = "53.09.01.2001"
DAY = date(2026, 1, 15)


def make_commodity(code: str = "kopi", **over: object) -> Commodity:
    """A commodity of the catalogue; the one of this code when it is there."""
    values: dict[str, object] = {"name": code.title(), "unit": "kg", "source": "daftar contoh"}
    found: Commodity = Commodity.objects.get_or_create(code=code, defaults=values | over)[0]
    return found


def make_school(npsn: str = "50309001", *, village: str = VILLAGE, **over: object) -> School:
    """A school; enter a scope that covers it first."""
    values: dict[str, object] = {"name": f"SMK Contoh {npsn}", "kind": "SMK", "recorded_at": MORNING}
    return School.objects.create(npsn=npsn, village=make_region_once(village), **(values | over))


def make_community(name: str = "Komunitas Contoh Tenun", *, village: str = VILLAGE, **over: object) -> Organization:
    """A community of women; enter a scope that covers it first."""
    values: dict[str, object] = {"kind": "community", "community_kind": "women", "recorded_at": MORNING}
    return Organization.objects.create(name=name, village=make_region_once(village), **(values | over))


def make_region_once(code: str = VILLAGE) -> object:
    """The region of a code, made when it is missing."""
    from lontar.registry.models import Region

    return Region.objects.filter(code=code).first() or make_region(code)


def make_set(key: str = "contoh", **over: object) -> CriteriaSet:
    """A criteria set without versions."""
    return CriteriaSet.objects.create(key=key, **({"name": f"Set {key}", "purpose": "Untuk uji"} | over))


def make_version(of: CriteriaSet, *, number: int = 1, **over: object) -> SetVersion:
    """A version in force since the first of the year, without criteria."""
    values: dict[str, object] = {
        "valid_from": date(2026, 1, 1),
        "source": "Keputusan Contoh 1/2026",
        "made_at": MORNING,
    }
    return SetVersion.objects.create(criteria_set=of, number=number, **(values | over))


def make_criterion(version: SetVersion, measure: str, *, position: int = 0, **over: object) -> Criterion:
    """A criterion of a version that weighs everything."""
    return Criterion.objects.create(version=version, measure=measure, position=position, **({"weight": 1} | over))


def make_gate(version: SetVersion, rule: str = "producers", *, position: int = 0, **over: object) -> Gate:
    """A gate of a version: at least three producers."""
    values: dict[str, object] = {"limit": 3, "source": "Keputusan Contoh 1/2026"}
    return Gate.objects.create(version=version, rule=rule, position=position, **(values | over))


def make_trait(code: str = "kopi", **over: object) -> CommodityTrait:
    """A commodity that is forbidden everywhere since the first of the year."""
    values: dict[str, object] = {
        "kind": "unlawful", "reason": "Contoh larangan", "source": "Peraturan Contoh 1/2026", "made_at": MORNING,
        "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    return CommodityTrait.objects.create(code=code, **(values | over))


def make_run(version: SetVersion, **over: object) -> CandidateRun:
    """A finished run whose rankings are in force."""
    values: dict[str, object] = {
        "criteria_set": version.criteria_set, "day": DAY, "asked_at": MORNING, "moved_at": MORNING, "finished_at": MORNING,
        "state": RunState.DONE, "is_current": True, "done": 100,
    }  # fmt: skip
    return CandidateRun.objects.create(version=version, **(values | over))


def make_ranking(run: CandidateRun, village: str = VILLAGE, **over: object) -> Ranking:
    """A village's ranking without candidates; enter a scope that covers it first."""
    values: dict[str, object] = {"name": f"Contoh {village}", "candidates": 0, "ranked": 0}
    return Ranking.objects.create(run=run, village=make_region_once(village), **(values | over))


def make_candidate(ranking: Ranking, label: str = "Kopi", *, place: int = 1, **over: object) -> Candidate:
    """A candidate that is ranked at its place."""
    values: dict[str, object] = {"village_id": ranking.village_id, "rank": float(place), "score": 0.5, "label": label}
    return Candidate.objects.create(ranking=ranking, place=place, **(values | over))


def make_panel(version: SetVersion, member: Member, **over: object) -> Panel:
    """A draft panel for a version."""
    values: dict[str, object] = {"title": "Penilaian contoh", "opened_at": MORNING}
    return Panel.objects.create(version=version, post=member.held, opened_by=member.user, **(values | over))


def make_panelist(panel: Panel, name: str = "Ahli Contoh Satu") -> Panelist:
    """An expert of a panel, without answers."""
    return Panelist.objects.create(panel=panel, name=name)


def make_judgement(panelist: Panelist, one: str, other: str, *, steps: int = 0, **over: object) -> Judgement:
    """One comparison of an expert."""
    return Judgement.objects.create(panelist=panelist, one=one, other=other, steps=steps, **over)
