"""Decrees: what they open and end, that they say what was previewed, all or nothing, one flagship for each unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.designation.factories import (
    ABOUT,
    REASON,
    TODAY,
    end_decree,
    make_community,
    make_flagship,
    make_proposal,
    make_ready,
    make_school,
    make_village,
    move,
    open_decree,
    signing,
)
from tests.factories import MORNING, Member

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.designation import actions
from lontar.designation.models import Decree, DecreeLine, Flagship, Proposal
from lontar.designation.queries.preview import preview_opening
from lontar.designation.rules import EffectiveDateUnclear
from lontar.designation.states import Move
from lontar.documents.models import Paper
from lontar.engines.papers.signing import SigningProblem
from lontar.registry.actions import MergeRefused, merge_organizations

Ready = Callable[..., Proposal]


@pytest.fixture
def ready(village_officer: Member, regency_officer: Member, province_officer: Member) -> Ready:
    """Makes a proposal that is ready to be decreed, of the village or of `unit`."""

    def make(**over: Any) -> Proposal:
        return make_ready(make_proposal(village_officer, **over), regency_officer, province_officer)

    return make


def rows_of(decree: Decree) -> list[tuple[str, str]]:
    return [
        (line.effect, line.flagship.name if line.flagship else "")
        for line in DecreeLine.objects.filter(decree=decree).order_by("position")
    ]


def test_one_decree_opens_flagships_of_a_village_a_school_and_a_community(
    ready: Ready, province_officer: Member
) -> None:
    ids = [
        ready().pk,
        ready(unit=make_school(), name="Tas Tenun Contoh").pk,
        ready(unit=make_community(), name="Lilin Contoh").pk,
    ]

    decree = open_decree(province_officer, *ids)

    assert rows_of(decree) == [
        ("opens", "Lilin Contoh"),
        ("opens", "Tas Tenun Contoh"),
        ("opens", "Kopi Bubuk Contoh"),
    ]
    assert set(Flagship.objects.values_list("kind", "valid_from", "valid_until")) == {
        ("village", TODAY, None),
        ("school", TODAY, None),
        ("community", TODAY, None),
    }
    assert set(Proposal.objects.values_list("state", flat=True)) == {"decreed"}
    assert (decree.about, decree.paper.title, decree.paper.kind) == (ABOUT, ABOUT, "sk-produk-unggulan")
    assert decree.paper.number == "500.3.2/1/DPMD/2026"


def test_a_replacement_ends_the_old_one_on_the_day_the_new_one_begins(ready: Ready, province_officer: Member) -> None:
    open_decree(province_officer, ready().pk)
    later = TODAY + timedelta(days=30)

    decree = open_decree(province_officer, ready(name="Tenun Contoh").pk, day=later)

    assert rows_of(decree) == [("ends", "Kopi Bubuk Contoh"), ("opens", "Tenun Contoh")]
    assert list(Flagship.objects.order_by("pk").values_list("name", "valid_from", "valid_until")) == [
        ("Kopi Bubuk Contoh", TODAY, later),
        ("Tenun Contoh", later, None),
    ]
    assert [one.name for one in Flagship.objects.as_at(later - timedelta(days=1))] == ["Kopi Bubuk Contoh"]
    assert [one.name for one in Flagship.objects.as_at(later)] == ["Tenun Contoh"]
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == ["ended", "decreed"]


def test_a_flagship_ends_without_a_new_one_by_decree_only(ready: Ready, province_officer: Member) -> None:
    open_decree(province_officer, ready().pk)
    flagship = Flagship.objects.get()

    decree = end_decree(province_officer, flagship.pk)

    assert rows_of(decree) == [("ends", "Kopi Bubuk Contoh")]
    assert DecreeLine.objects.get(decree=decree).reason == REASON
    flagship.refresh_from_db()
    assert flagship.valid_until == TODAY
    with pytest.raises(Exception, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM designation_flagship")


def test_a_failed_signature_leaves_everything_as_it_was(ready: Ready, province_officer: Member) -> None:
    class Broken:
        name, means = "Contoh", "demo"

        def sign(self, pdf: bytes, **_more: Any) -> Any:
            raise SigningProblem("Layanan tanda tangan tidak menjawab.")

    open_decree(province_officer, ready().pk)
    proposal = ready(name="Tenun Contoh")
    with pytest.raises(SigningProblem):
        open_decree(province_officer, proposal.pk, signer=Broken())

    proposal.refresh_from_db()
    assert proposal.state == "ready"
    assert list(Flagship.objects.values_list("name", "valid_until")) == [("Kopi Bubuk Contoh", None)]
    assert (Decree.objects.count(), Paper.objects.count(), DecreeLine.objects.count()) == (1, 1, 1)
    assert open_decree(province_officer, proposal.pk).paper.number == "500.3.2/2/DPMD/2026", "the number is free again"


def test_what_changed_since_the_preview_is_not_signed(
    ready: Ready, province_officer: Member, regency_officer: Member
) -> None:
    first, second = ready(), ready(unit=make_school(), name="Tas Contoh")
    province_officer.enter()
    stamp = preview_opening([first.pk, second.pk], day=TODAY, today=TODAY).stamp()
    move(second, province_officer, Move.RETURNED)

    with pytest.raises(actions.ChangedSincePreview, match="belum siap ditetapkan"):
        actions.issue_opening(ids=[first.pk, second.pk], signing=signing(province_officer, stamp=stamp))
    with pytest.raises(actions.ChangedSincePreview, match="berubah sejak pratinjau"):
        actions.issue_opening(ids=[first.pk], signing=signing(province_officer, stamp=stamp))

    assert (Decree.objects.count(), Flagship.objects.count()) == (0, 0)


def test_a_row_can_be_left_out(ready: Ready, province_officer: Member) -> None:
    first, second = ready(), ready(unit=make_school(), name="Tas Contoh")
    province_officer.enter()
    preview = preview_opening([first.pk, second.pk], day=TODAY, today=TODAY)

    actions.issue_opening(ids=[second.pk], signing=signing(province_officer, stamp=preview.stamp([second.pk])))

    assert [one.name for one in Flagship.objects.all()] == ["Tas Contoh"]
    first.refresh_from_db()
    assert first.state == "ready"


def test_the_preview_says_what_stands_in_the_way(
    ready: Ready, village_officer: Member, province_officer: Member
) -> None:
    waiting = make_proposal(village_officer, unit=make_school())
    done = ready()
    province_officer.enter()

    preview = preview_opening([waiting.pk, done.pk], day=TODAY, today=TODAY)

    assert [row.key for row in preview.clear] == [done.pk]
    ((key, why),) = [(row.key, row.obstacles) for row in preview.blocked]
    assert key == waiting.pk
    assert why == ("Usulan ini diperiksa kabupaten/kota, belum siap ditetapkan.",)


def test_only_the_province_decrees_and_not_for_yesterday(
    ready: Ready, regency_officer: Member, province_officer: Member
) -> None:
    proposal = ready()
    with pytest.raises(Refused, match="menetapkan keputusan"):
        actions.issue_opening(ids=[proposal.pk], signing=signing(regency_officer, stamp=""))
    with pytest.raises(EffectiveDateUnclear):
        open_decree(province_officer, proposal.pk, day=TODAY - timedelta(days=1))
    assert Decree.objects.count() == 0


def test_the_database_knows_one_lasting_flagship_for_each_unit(ready: Ready, province_officer: Member) -> None:
    open_decree(province_officer, ready().pk)
    second = ready(name="Tenun Contoh")
    with pytest.raises(IntegrityError, match="flagship_one_lasting_per_unit"), transaction.atomic():
        make_flagship(second, valid_from=TODAY + timedelta(days=400))


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2025, 12, 1), TODAY, True),
        (date(2025, 12, 1), TODAY + timedelta(days=1), False),
        (date(2026, 3, 1), date(2026, 4, 1), True),
        (date(2026, 2, 28), date(2026, 4, 1), False),
        (date(2026, 2, 1), date(2026, 2, 1), True),
    ],
)
def test_the_database_knows_no_overlap_of_the_history_of_a_unit(
    ready: Ready, province_officer: Member, start: date, end: date, fits: bool
) -> None:
    open_decree(province_officer, ready().pk)
    Flagship.objects.update(valid_until=date(2026, 3, 1))
    other = ready(unit=make_school(), name="Tas Contoh")
    make_flagship(other, valid_from=TODAY, valid_until=None)
    again = ready(name="Tenun Contoh")
    if fits:
        make_flagship(again, valid_from=start, valid_until=end)
        assert Flagship.objects.filter(unit_key=again.unit_key).count() == 2
        return
    with pytest.raises(IntegrityError, match="flagship_no_overlap"), transaction.atomic():
        make_flagship(again, valid_from=start, valid_until=end)


def test_neighbouring_villages_never_exclude_each_other(
    ready: Ready, province_officer: Member, village_officer: Member
) -> None:
    proposal = ready()
    with acting_in("53"):
        make_flagship(proposal)
        for code in ("53.09.01.2002", "53.09.01.2000", "53.09.02.2001"):
            make_village(code)
            unit = Proposal(village_id=code, kind="village")
            values = {field: getattr(proposal, field) for field in ("name", "meeting_date", "meeting_place", "women")}
            other = Proposal.objects.create(
                village_id=unit.village_id, men=1, minutes_sha256="b" * 64, minutes_type="application/pdf",
                minutes_size=1, moved_at=MORNING, sent_at=MORNING, sent_by=village_officer.user,
                post=village_officer.held, **values,
            )  # fmt: skip
            make_flagship(other)
        assert Flagship.objects.lasting().count() == 4


def test_coaching_and_evaluation_follow_the_decree(
    ready: Ready, regency_officer: Member, province_officer: Member
) -> None:
    proposal = ready()
    open_decree(province_officer, proposal.pk)
    move(proposal, regency_officer, Move.COACHED)
    move(proposal, regency_officer, Move.EVALUATED)
    found = move(proposal, province_officer, Move.CONTINUED)

    assert found.state == "coaching"
    with pytest.raises(Refused):
        move(proposal, province_officer, Move.ENDED)


def test_a_community_that_was_proposed_is_kept_when_organisations_merge(
    village_officer: Member, province_officer: Member
) -> None:
    decided, other = make_community(), make_community("OMK Contoh Dua")
    proposal = make_proposal(village_officer, unit=decided)
    assert decided.community_id is not None
    assert other.community_id is not None
    at = {"by": province_officer.user, "post": province_officer.held, "at": MORNING}

    with acting_in("53"), pytest.raises(MergeRefused, match="Pertahankan komunitas itu"):
        merge_organizations(keep=other.community_id, absorb=decided.community_id, **at)  # type: ignore[arg-type]  # by, post, at

    with acting_in("53"):
        merge_organizations(keep=decided.community_id, absorb=other.community_id, **at)  # type: ignore[arg-type]  # as above
        proposal.refresh_from_db()
    assert proposal.community_id == decided.community_id
