"""The locus list: ranking within a quota, gates, moves by hand, the decree that opens loci, replacing one of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.test import Client
from tests.designation.factories import REASON, TODAY, make_locus, make_round, make_village, signing
from tests.factories import MORNING, Member
from tests.selection.factories import make_set

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.designation import actions
from lontar.designation.actions import rounds as rounds_module
from lontar.designation.models import DecreeLine, Locus, LocusEntry, LocusMove, LocusRound, RoundQuota
from lontar.designation.queries.loci import VillageStanding, filled
from lontar.designation.queries.preview import preview_change, preview_loci
from lontar.designation.rules import LocusFacts, QuotaUnclear, ReasonTooShort, failed_gates, read_quotas
from lontar.designation.states import ROUND_TRANSITIONS, LocusGate, Place, RoundState
from lontar.registry.models import Region

CODES = ("53.09.01.2001", "53.09.01.2002", "53.09.01.2003", "53.01.01.2001")


@pytest.fixture
def ranked(province_officer: Member, monkeypatch: pytest.MonkeyPatch) -> LocusRound:
    """A ranked round: in 53.09 the second village is best, the third has no enterprise; one village in 53.01."""
    for code in CODES:
        make_village(code)
    facts = LocusFacts(has_candidate=True, producers=5, bodies=1, is_locus=False)
    none = LocusFacts(has_candidate=True, producers=0, bodies=1, is_locus=False)
    standing: Sequence[VillageStanding] = [
        VillageStanding(CODES[1], "Kopi", 0.9, facts),
        VillageStanding(CODES[2], "Tenun", 0.8, none),
        VillageStanding(CODES[0], "Madu", 0.7, facts),
        VillageStanding(CODES[3], "Ikan", 0.2, facts),
    ]
    monkeypatch.setattr(rounds_module, "villages_for_round", lambda *_args, **_more: standing)
    found = make_round(province_officer, gates=[LocusGate.PRODUCERS])
    return actions.rank_round(round_id=found.pk, by=province_officer.user, post=province_officer.held, at=MORNING)


def places(found: LocusRound) -> list[tuple[str, str, int | None]]:
    rows = LocusEntry.objects.filter(round=found).order_by("village_id")
    return [(one.village_id, one.place, one.position) for one in rows]


def entry(found: LocusRound, code: str) -> LocusEntry:
    return LocusEntry.objects.get(round=found, village_id=code)


def decree(found: LocusRound, province: Member) -> None:
    stamp = preview_loci(found, day=TODAY).stamp()
    actions.issue_loci(round_id=found.pk, signing=signing(province, stamp=stamp))


def test_each_kabupaten_gets_its_quota_the_rest_wait_and_gates_shut_out(ranked: LocusRound) -> None:
    assert places(ranked) == [
        ("53.01.01.2001", "chosen", 1),
        ("53.09.01.2001", "waiting", 2),
        ("53.09.01.2002", "chosen", 1),
        ("53.09.01.2003", "out", None),
    ]
    assert entry(ranked, CODES[2]).failed == ["producers"]
    assert [(one.code, one.quota, one.chosen, one.waiting, one.out) for one in filled(ranked)] == [
        ("53.01", 1, 1, 0, 0),
        ("53.09", 1, 1, 1, 1),
    ]


def test_a_decree_opens_the_chosen_as_loci(ranked: LocusRound, province_officer: Member) -> None:
    decree(ranked, province_officer)

    assert list(Locus.objects.order_by("village_id").values_list("village_id", "valid_from", "valid_until")) == [
        ("53.01.01.2001", TODAY, None),
        ("53.09.01.2002", TODAY, None),
    ]
    ranked.refresh_from_db()
    assert ranked.state == "decreed"
    assert set(DecreeLine.objects.values_list("effect", "flagship")) == {("opens", None)}
    with pytest.raises(actions.RoundElsewhere):
        decree(ranked, province_officer)


def test_a_move_by_hand_needs_a_reason_and_ends_ranking(ranked: LocusRound, province_officer: Member) -> None:
    who = {"by": province_officer.user, "post": province_officer.held, "at": MORNING}
    chosen = entry(ranked, CODES[1])
    with pytest.raises(ReasonTooShort):
        actions.move_entry(entry_id=chosen.pk, to=Place.WAITING, reason="tukar", **who)
    actions.move_entry(entry_id=chosen.pk, to=Place.WAITING, reason=REASON, **who)
    actions.move_entry(entry_id=entry(ranked, CODES[0]).pk, to=Place.CHOSEN, reason=REASON, **who)

    assert [one[1] for one in places(ranked)] == ["chosen", "chosen", "waiting", "out"]
    assert set(LocusMove.objects.values_list("from_place", "to_place")) == {
        ("chosen", "waiting"),
        ("waiting", "chosen"),
    }
    with pytest.raises(actions.RoundElsewhere, match="dipindahkan dengan alasan"):
        actions.rank_round(round_id=ranked.pk, **who)
    with pytest.raises(actions.RoundElsewhere):
        actions.move_entry(entry_id=entry(ranked, CODES[2]).pk, to=Place.CHOSEN, reason=REASON, **who)


def test_anyone_reads_the_loci_with_their_decree(ranked: LocusRound, province_officer: Member) -> None:
    decree(ranked, province_officer)
    number = DecreeLine.objects.filter(locus__isnull=False)[0].decree.paper.number

    page, table = Client().get("/lokus").content.decode(), Client().get("/lokus.csv").content.decode()

    assert number in page.replace("\u200b", "")
    lines = table.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("village_code,village,district,regency,round,rank")
    assert [line.split(",")[0] for line in lines[1:]] == sorted(Locus.objects.values_list("village_id", flat=True))


def test_more_than_the_quota_is_not_decreed(ranked: LocusRound, province_officer: Member) -> None:
    waiting = entry(ranked, CODES[0])
    actions.move_entry(
        entry_id=waiting.pk, to=Place.CHOSEN, reason=REASON, by=province_officer.user, post=province_officer.held,
        at=MORNING,
    )  # fmt: skip
    with pytest.raises(actions.RoundElsewhere, match="2 desa terpilih, kuotanya 1"):
        decree(ranked, province_officer)
    assert Locus.objects.count() == 0


def test_a_locus_is_replaced_from_the_waiting_list_of_its_kabupaten(
    ranked: LocusRound, province_officer: Member
) -> None:
    decree(ranked, province_officer)
    old, new = Locus.objects.get(village_id=CODES[1]), entry(ranked, CODES[0])
    stamp = preview_change(old, new, day=TODAY, reason=REASON).stamp()
    actions.replace_locus(
        locus_id=old.pk, entry_id=new.pk, reason=REASON, signing=signing(province_officer, stamp=stamp)
    )

    old.refresh_from_db()
    assert old.valid_until == TODAY
    assert Locus.objects.lasting().get(village_id=CODES[0]).replaces == old
    assert (entry(ranked, CODES[1]).place, entry(ranked, CODES[0]).place) == ("left", "chosen")


def test_a_village_of_another_kabupaten_is_no_replacement(ranked: LocusRound, province_officer: Member) -> None:
    decree(ranked, province_officer)
    old, new = Locus.objects.get(village_id=CODES[3]), entry(ranked, CODES[0])
    stamp = preview_change(old, new, day=TODAY, reason=REASON).stamp()
    with pytest.raises(actions.ChangedSincePreview, match="daftar tunggu"):
        actions.replace_locus(
            locus_id=old.pk, entry_id=new.pk, reason=REASON, signing=signing(province_officer, stamp=stamp)
        )
    old.refresh_from_db()
    assert old.valid_until is None


def test_only_the_province_runs_rounds(regency_officer: Member, ranked: LocusRound) -> None:
    with pytest.raises(Refused):
        actions.rank_round(round_id=ranked.pk, by=regency_officer.user, post=regency_officer.held, at=MORNING)


@pytest.mark.parametrize(
    ("gate", "facts"),
    [
        (LocusGate.CANDIDATE, LocusFacts(False, 1, 1, False)),
        (LocusGate.PRODUCERS, LocusFacts(True, 0, 1, False)),
        (LocusGate.BODY, LocusFacts(True, 1, 0, False)),
        (LocusGate.NO_LOCUS, LocusFacts(True, 1, 1, True)),
    ],
)
def test_each_gate_shuts_for_its_own_reason(gate: LocusGate, facts: LocusFacts) -> None:
    assert failed_gates(facts, list(LocusGate)) == [gate]


def test_a_village_is_a_locus_once(ranked: LocusRound) -> None:
    from django.db import IntegrityError, transaction

    make_locus(entry(ranked, CODES[0]))
    with pytest.raises(IntegrityError, match=r"locus_one_lasting_per_village"), transaction.atomic():
        make_locus(entry(ranked, CODES[1]), village_id=CODES[0])


def test_the_table_of_states_is_whole() -> None:
    assert set(ROUND_TRANSITIONS) == set(RoundState)
    assert {one for one, ends in ROUND_TRANSITIONS.items() if not ends} == {RoundState.CLOSED, RoundState.DROPPED}


def test_quotas_that_differ_are_typed_by_name_or_code() -> None:
    names = {"53.03": "Timor Tengah Utara", "53.11": "Kabupaten Sumba Timur", "53.71": "Kota Kupang"}

    found = read_quotas("Kab. Timor Tengah Utara = 3\n\nsumba timur=0\n53.71 = 1\n", names)

    assert found == {"53.03": 3, "53.11": 0, "53.71": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [("53.11 = 2\nSumba Timur = 3", "disebut dua kali"), ("Antah = 2", "Baris 1"), ("53.11 = 2\n53.11 x", "Baris 2")],
)
def test_a_quota_that_cannot_be_read_is_refused_by_its_line(text: str, told: str) -> None:
    with pytest.raises(QuotaUnclear, match=told):
        read_quotas(text, {"53.11": "Sumba Timur"})


def test_the_quotas_of_the_form_reach_the_round(province_officer: Member) -> None:
    with acting_in("53"):
        make_village("53.03.01.2001")
        name = Region.objects.get(code="53.03").name
        key = make_set().key
    values = {"nama": "Putaran berkuota", "set": key, "kuota": "2", "sumber": "Contoh", "kuota_beda": f"{name} = 5"}

    answer = province_officer.client().post("/kantor/lokus/baru/", values)

    assert answer.status_code == 302
    with acting_in("53"):
        assert list(RoundQuota.objects.values_list("regency_id", "quota")) == [("53.03", 5)]
