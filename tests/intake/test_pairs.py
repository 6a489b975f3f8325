"""Pairs of records: lent to one person, decided, passed on, taken back; many at once; what merging does with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.factories import MORNING, Member, make_enterprise, make_member, make_pair, make_person
from tests.intake.making import ELSEWHERE, NEIGHBOUR, VILLAGE

from lontar.access.scope import acting_in
from lontar.access.states import Role
from lontar.engines.sealing import Sealer
from lontar.intake import actions
from lontar.intake.models import Bulk, Pair
from lontar.intake.presenters.pairs import chance_figure, pair_view, reason_words
from lontar.intake.queries import pairs as queries
from lontar.intake.queries.pairs import PairFilter
from lontar.intake.states import BulkState, PairState, Verdict
from lontar.registry.actions import MergeRefused, merge_enterprises, undo_merge
from lontar.registry.models import Enterprise, Merge
from lontar.registry.policies import MERGERS

LATER = MORNING + timedelta(minutes=10)


@pytest.fixture
def reviewer(ngada: None, regency_officer: Member) -> Member:
    """The officer of Ngada, in whose scope the test looks."""
    regency_officer.enter()
    return regency_officer


@pytest.fixture
def colleague(reviewer: Member, province_officer: Member) -> Member:
    """Somebody else who may review."""
    return province_officer


def as_(member: Member) -> dict[str, object]:
    return {"by": member.user, "post": member.held, "at": MORNING}


def lent(member: Member, *, at: object = MORNING, without: tuple[int, ...] = ()) -> int | None:
    among = queries.pairs(PairFilter())
    pair = actions.lend_next(among=among, by=member.user, at=at, without=without)  # type: ignore[arg-type]  # an instant
    return pair.pk if pair else None


def state(pair: Pair) -> str:
    return Pair.objects.get(pk=pair.pk).state


def test_the_likeliest_pair_is_lent_first_and_to_one_person_only(reviewer: Member, colleague: Member) -> None:
    low, high = make_pair(probability=0.4), make_pair(probability=0.9)

    assert lent(reviewer) == high.pk
    assert lent(reviewer) == high.pk, "one's own loan comes again"
    assert lent(reviewer, without=(high.pk,)) == low.pk
    assert lent(colleague) is None
    assert lent(colleague, at=LATER) == high.pk, "a loan ends by itself"
    assert actions.give_back(pairs=[low.pk, high.pk], by=reviewer.user) == 1
    assert lent(colleague, at=LATER, without=(high.pk,)) == low.pk


def test_a_pair_that_somebody_else_has_is_not_decided(reviewer: Member, colleague: Member) -> None:
    pair = make_pair()
    lent(colleague)

    with pytest.raises(actions.PairTaken, match="sedang ditinjau orang lain"):
        actions.call_different(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as_ gives by, post, at
    assert state(pair) == "open"
    actions.call_different(pair=pair.pk, **as_(colleague))  # type: ignore[arg-type]  # as above
    with pytest.raises(actions.PairTaken, match="sudah diputuskan"):
        actions.call_same(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above
    assert Enterprise.objects.count() == 2


def test_same_merges_into_the_older_record_and_undo_brings_both_back(reviewer: Member) -> None:
    old, new = make_enterprise(VILLAGE, name="Kopi Satu"), make_enterprise(NEIGHBOUR, name="Kopi I", kbli="")
    pair = make_pair(new, old)

    merge = actions.call_same(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above

    assert (merge.kept_id, merge.absorbed_id) == (old.pk, new.pk)
    told = Pair.objects.get(pk=pair.pk)
    assert (told.state, told.decided_by, told.merge, told.first_id) == ("same", reviewer.user, merge, new.pk)
    actions.undo_decision(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above
    told.refresh_from_db()
    assert (told.state, told.decided_by, told.merge, Enterprise.objects.count()) == ("open", None, None, 2)
    with pytest.raises(actions.PairTaken, match="tidak ada keputusan"):
        actions.undo_decision(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above


def test_a_refused_merge_leaves_the_pair_waiting(reviewer: Member) -> None:
    pair = make_pair(make_enterprise(VILLAGE, nib="9120000000017"), make_enterprise(VILLAGE, nib="9120000000025"))

    with pytest.raises(MergeRefused, match="NIB keduanya berbeda"):
        actions.call_same(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above

    assert (state(pair), Enterprise.objects.count(), Merge.objects.count()) == ("open", 2, 0)
    view = pair_view(queries.lines([pair])[0])
    assert view is not None
    assert view.blocked == ("NIB keduanya berbeda, jadi ini dua usaha. Perbaiki NIB yang salah lebih dahulu.",)


def test_an_unsure_pair_goes_to_somebody_else_with_its_note(reviewer: Member, colleague: Member) -> None:
    pair = make_pair()

    actions.pass_on(pair=pair.pk, note="  Tanyakan desa.  ", **as_(reviewer))  # type: ignore[arg-type]  # as above

    assert (lent(reviewer), lent(colleague)) == (None, pair.pk)
    assert Pair.objects.get(pk=pair.pk).note == "Tanyakan desa."
    actions.give_back(pairs=[pair.pk], by=colleague.user)
    actions.undo_decision(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above
    assert lent(reviewer) == pair.pk


def test_a_pair_of_which_one_record_lies_beyond_the_scope_is_not_seen(reviewer: Member, colleague: Member) -> None:
    with acting_in("53"):
        pair = make_pair(make_enterprise(VILLAGE), make_enterprise(ELSEWHERE))
        assert lent(colleague) == pair.pk
        actions.give_back(pairs=[pair.pk], by=colleague.user)
    reviewer.enter()

    assert (lent(reviewer), Pair.objects.count()) == (None, 0)
    with pytest.raises(actions.PairTaken, match="tidak ada di wilayah tugas Anda"):
        actions.call_different(pair=pair.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above


def test_pairs_follow_a_merge_and_come_back_exactly(reviewer: Member) -> None:
    keep, gone, other, third = (make_enterprise(VILLAGE, name=f"Usaha {n}") for n in range(4))
    between, known, follows, decided = (
        make_pair(gone, keep),
        make_pair(keep, other),
        make_pair(third, gone),
        make_pair(gone, other, state="different", decided_by=reviewer.user, decided_at=MORNING),
    )
    columns = ("pk", "first_id", "second_id", "state", "village_low", "village_high", "decided_at")
    before = list(Pair.objects.order_by("pk").values_list(*columns))

    merge = merge_enterprises(keep=keep.pk, absorb=gone.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above

    after = dict(Pair.objects.values_list("pk", "state"))
    assert after == {between.pk: "moot", known.pk: "open", follows.pk: "open", decided.pk: "moot"}
    assert set(Pair.objects.between(third.pk, keep.pk)) == {follows}
    undo_merge(merge=merge.pk, **as_(reviewer))  # type: ignore[arg-type]  # as above
    assert list(Pair.objects.order_by("pk").values_list(*columns)) == before


def test_many_are_merged_one_by_one_what_cannot_be_is_told_and_all_is_undone(reviewer: Member) -> None:
    good = [make_pair(probability=0.999) for _n in range(3)]
    bad = make_pair(make_enterprise(VILLAGE, nib="9120000000017"), make_enterprise(VILLAGE, nib="9120000000025"))
    ids = [good[0].pk, bad.pk, good[1].pk, good[2].pk]
    work = actions.ask_bulk(pairs=ids, verdict=Verdict.SAME, **as_(reviewer))  # type: ignore[arg-type]  # as above

    assert actions.carry_bulk(work.pk, region="53.09", clock=lambda: MORNING) == BulkState.DONE

    work.refresh_from_db()
    assert (work.done, work.failed, len(work.notes)) == (3, 1, 1)
    assert "NIB keduanya berbeda" in work.notes[0]
    assert [state(one) for one in (*good, bad)] == ["same", "same", "same", "open"]
    back = actions.undo_bulk(bulk=work, **as_(reviewer))  # type: ignore[arg-type]  # as above
    assert actions.carry_bulk(back.pk, region="53.09", clock=lambda: MORNING) == BulkState.DONE
    assert (Pair.objects.filter(state="open").count(), Enterprise.objects.count()) == (4, 8)


def test_many_at_once_can_be_stopped_and_goes_on_where_it_died(
    reviewer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_pair() for _n in range(4)]
    work = actions.ask_bulk(pairs=[one.pk for one in made], verdict=Verdict.SAME, **as_(reviewer))  # type: ignore[arg-type]  # as above
    ticks = iter([MORNING, MORNING])
    with pytest.raises(StopIteration):
        actions.carry_bulk(work.pk, region="53.09", clock=lambda: next(ticks))
    work.refresh_from_db()
    assert (work.done, work.state, Merge.objects.filter(kind="enterprise").count()) == (2, "running", 2)
    actions.stop_bulk(bulk=work, **as_(reviewer))  # type: ignore[arg-type]  # as above
    assert actions.carry_bulk(work.pk, region="53.09", clock=lambda: MORNING) == BulkState.CANCELLED
    Bulk.objects.filter(pk=work.pk).update(state=BulkState.RUNNING)
    assert actions.carry_bulk(work.pk, region="53.09", clock=lambda: MORNING) == BulkState.DONE
    assert Merge.objects.filter(kind="enterprise").count() == 4


def test_side_by_side_marks_letters_and_never_shows_a_number_of_a_person(reviewer: Member) -> None:
    sealer = Sealer(field_key="a" * 64, index_key="b" * 64)
    one = make_person(VILLAGE, name="Maria Contoh", nik_sealed=sealer.seal("5309014101909001", context="person.nik"),
                      nik_index=b"1" * 16, phone_index=b"2" * 16)  # fmt: skip
    two = make_person(VILLAGE, name="Marya Contoh", phone_index=b"2" * 16)
    pair = make_pair(
        make_enterprise(VILLAGE, name="KOPI contoh", owner=one), make_enterprise(VILLAGE, name="Kopi Contoh", owner=two)
    )

    view = pair_view(queries.lines([pair])[0])

    assert view is not None
    told = {line.label: (line.first, line.second, line.word) for line in view.lines}
    assert told["Nama usaha"] == ((("KOPI contoh", False),), (("Kopi Contoh", False),), "sama")
    assert told["Pemilik"] == (
        (("Mar", False), ("i", True), ("a Contoh", False)), (("Mar", False), ("y", True), ("a Contoh", False)), "mirip",
    )  # fmt: skip
    assert told["NIK pemilik"] == ((("ada, disamarkan", False),), (("kosong", False),), "kosong")
    assert told["Nomor HP"][2] == "sama"
    assert "5309014101909001" not in repr(view)


def test_reasons_and_likelihood_are_said_in_words() -> None:
    assert reason_words("=~x.=....") == "pemilik sama, nomor HP sama; nama usaha mirip; desa berbeda"
    assert [chance_figure(one) for one in (0.154, 0.7, 0.9941, 1.0)] == ["15 %", "70 %", "99,4 %", "99,9 %"]


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_merge_see_the_queue(cast: dict[str, Member], role: Role) -> None:
    member = next(one for one in cast.values() if one.post and one.post.role == role)
    answer = member.client().get(reverse("intake:pairs"))
    assert answer.status_code == (200 if role in MERGERS else 403)


def test_the_screens_decide_undo_and_say_what_became_of_a_pair(reviewer: Member) -> None:
    pair, other = make_pair(probability=0.9), make_pair(probability=0.5)
    client = reviewer.client()
    page = client.get(reverse("intake:review"))
    assert f'data-pair="{pair.pk}"' in page.content.decode()
    ahead = client.get(reverse("intake:pair_next"), {"kecuali": str(pair.pk)})
    assert f'data-pair="{other.pk}"' in ahead.content.decode()
    assert client.get(reverse("intake:pair_next"), {"kecuali": f"{pair.pk},{other.pk}"}).status_code == 204

    answer = client.post(reverse("intake:pair_decide", args=[pair.pk]), {"putusan": "beda"})

    assert answer.headers["Location"] == f"{reverse('intake:review')}?terakhir={pair.pk}"
    reviewer.enter()
    assert state(pair) == "different"
    told = client.get(reverse("intake:pair", args=[pair.pk])).content.decode()
    assert "Sudah diputuskan “Berbeda”" in told
    script = client.post(reverse("intake:pair_undo", args=[pair.pk]), headers={"X-Lontar-Review": "1"})
    assert script.json() == {"url": reverse("intake:pair", args=[pair.pk])}
    bad = client.post(reverse("intake:pair_decide", args=[pair.pk]), {}, headers={"X-Lontar-Review": "1"})
    assert (bad.status_code, bad.json()["problem"]) == (409, "Pilih sama, beda, atau ragu.")


def test_the_list_is_filtered_taken_away_and_merges_only_what_is_almost_certain(reviewer: Member) -> None:
    sure, unsure = make_pair(probability=0.995), make_pair(probability=0.5)
    client, here = reviewer.client(), reverse("intake:pairs")
    assert f"/pasangan/{unsure.pk}/" not in client.get(here, {"kemungkinan": "pasti"}).content.decode()
    lines = b"".join(client.get(here, {"format": "csv"})).decode().splitlines()
    assert (len(lines), lines[0].split(",")[0].lstrip("\ufeff")) == (3, "nomor")
    book: Any = client.get(here, {"format": "xlsx"})
    assert b"".join(book)[:2] == b"PK"
    for close in book._resource_closers:  # closing the answer itself would close the test's connection too
        close()
    bulk = reverse("intake:pairs_bulk", args=["gabung"])

    nothing = client.post(bulk, {"pilih": [unsure.pk]}, follow=True).content.decode()
    asked = client.post(bulk, {"pilih": [sure.pk, unsure.pk]}).content.decode()
    done = client.post(bulk, {"pilih": [sure.pk, unsure.pk], "yakin": "1"})

    assert "tidak ada yang hampir pasti sama" in nothing
    assert "Gabungkan 1 pasangan?" in asked
    reviewer.enter()
    work = Bulk.objects.get()
    assert (work.pairs, done.headers["Location"]) == ([sure.pk], reverse("intake:pairs_work", args=[work.pk]))
    assert "0 dari 1" in client.get(done.headers["Location"]).content.decode()
    assert client.get(reverse("intake:pairs_work_stop", args=[work.pk])).status_code == 200


def test_a_work_list_counts_the_pairs_of_its_region(reviewer: Member) -> None:
    from lontar.access.queries import open_work_of

    make_pair()
    found = {work.label: work.count for work in open_work_of(reviewer.held)}
    assert found["Pasangan catatan yang perlu ditinjau"] == 1
    assert PairState.OPEN == "open"
    viewer = make_member("viewer")
    assert "Pasangan catatan yang perlu ditinjau" not in {work.label for work in open_work_of(viewer.held)}
