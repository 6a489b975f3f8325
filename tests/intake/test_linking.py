"""Rows of a list beside the registry: sure links, pairs for people, what is new; decided once and then followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import polars as pl
import pytest
from django.db import transaction
from tests.factories import Member, make_enterprise
from tests.intake.making import (
    NEIGHBOUR,
    NIB,
    NOW,
    VILLAGE,
    again,
    carry,
    csv_file,
    done,
    enterprise,
    outcomes,
    send,
)

from lontar.access.scope import acting_in
from lontar.engines.sealing import Sealer
from lontar.intake import actions
from lontar.intake.models import Batch, BatchRow, Matching, Pair, RowMatch
from lontar.intake.states import BatchState, PairSource
from lontar.intake.steps import apart, duplicates, matching, pairing, run
from lontar.intake.steps.duplicates import worth_asking
from lontar.registry.actions import merge_enterprises
from lontar.registry.models import Enterprise, Person

Sure = dict[tuple[str, str], float]


@dataclass
class Linkage:
    """A linkage that answers what a test says: by the names of two businesses, how likely they are one."""

    sure: Sure = field(default_factory=dict)
    asked: list[tuple[list[str | None], list[str | None]]] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    @contextmanager
    def linker(self, *, least: float, quietly: bool = False) -> Iterator[Linkage]:
        """As `apart.linker`."""
        del least, quietly
        yield self

    def pairs(self, left: pl.DataFrame, right: pl.DataFrame | None, *, tick: Callable[[], None]) -> pl.DataFrame:
        """As `apart.Linker.pairs`."""
        tick()
        other = left if right is None else right
        self.asked.append((left["business_name"].to_list(), other["business_name"].to_list()))
        found = [
            (one["id"], two["id"], chance)
            for one in left.iter_rows(named=True)
            for two in other.iter_rows(named=True)
            if (chance := self.sure.get((one["business_name"], two["business_name"])))
        ]
        self.meanwhile()
        return pl.DataFrame(found, schema=apart.SCHEMA, orient="row")


@pytest.fixture
def linkage(monkeypatch: pytest.MonkeyPatch) -> Linkage:
    """The linkage of the test instead of the real one."""
    made = Linkage()
    monkeypatch.setattr(apart, "linker", made.linker)
    return made


def row(name: str, **over: object) -> dict[str, object]:
    """A row without numbers."""
    return enterprise(nik=None, name=name, **over)


def pairs() -> list[tuple[int, int, float, str, str]]:
    """The review queue."""
    return list(Pair.objects.order_by("pk").values_list("first_id", "second_id", "probability", "source", "state"))


def target(batch: Batch, number: int = 2) -> int | None:
    """What a row of a batch went to."""
    return BatchRow.objects.get(batch=batch, row_no=number).target_id


def pk_of(name: str) -> int:
    return Enterprise.objects.get(name=name).pk


def test_the_real_linkage_finds_a_business_under_another_spelling(officer: Member, regency_officer: Member) -> None:
    done(
        officer,
        csv_file(
            [
                enterprise(
                    nik=None, owner_name="Yohanes Contoh Bria", name="Tenun Ikat Contoh Melati", phone="081234567890"
                ),
                row("Kopi Contoh Wangi", owner_name="Maria Uji Lolo", village_code=NEIGHBOUR),
            ]
        ),
    )
    batch = done(
        regency_officer,
        csv_file(
            [
                row("TENUN IKAT CONTOH MELATI", owner_name="Yoh. Contoh Bria", phone="0812-3456-7890"),
                row("Bengkel Contoh Jaya", owner_name="Petrus Uji Rato", village_code=NEIGHBOUR),
            ]
        ),
    )

    assert outcomes(batch) == ["UPDATED", "NEW"]
    link = RowMatch.objects.get(batch=batch)
    assert (link.enterprise_id, link.is_linked, link.reasons) == (target(batch), True, "~==.=....")
    assert (Enterprise.objects.count(), Pair.objects.count()) == (3, 0)


def test_a_sure_link_is_the_target_and_a_likely_one_goes_in_as_new_with_a_pair(
    officer: Member, linkage: Linkage
) -> None:
    sure, likely = make_enterprise(VILLAGE, name="Tenun Satu"), make_enterprise(NEIGHBOUR, name="Kopi Dua")
    linkage.sure = {("TENUN SATU", "Tenun Satu"): 0.995, ("KOPI DUA", "Kopi Dua"): 0.6}

    batch = done(officer, csv_file([row("TENUN SATU"), row("KOPI DUA"), row("Madu III")]))

    assert outcomes(batch) == ["UPDATED", "NEW", "NEW"]
    assert target(batch) == sure.pk
    assert pairs() == [(pk_of("KOPI DUA"), likely.pk, 0.6, "list", "open")]
    pair = Pair.objects.get()
    assert (pair.village_low, pair.village_high, pair.batch_id, pair.reasons) == (
        VILLAGE, NEIGHBOUR, batch.pk, ".=~......",
    )  # fmt: skip
    told = Matching.objects.get(batch=batch)
    assert (told.rows_settled, told.rows_compared, told.known, told.searched_at) == (0, 3, 2, None)


def test_rows_that_numbers_settle_and_what_they_take_are_not_compared(officer: Member, linkage: Linkage) -> None:
    known = [
        enterprise(nik="5309014101909001", name="Satu Contoh"),
        row("Dua Contoh", nib=NIB, owner_name="Contoh Dua"),
        row("Tiga Contoh", source_key="K-3", owner_name="Contoh Tiga"),
        row("Empat Contoh", owner_name="Contoh Empat", capital=None),
        row("Lima Contoh", owner_name="Contoh Lima"),
    ]
    done(officer, csv_file(known))
    linkage.asked.clear()
    changed = [known[0] | {"capital": "5"}, known[1] | {"capital": "5"}, known[2] | {"capital": "5"}, known[3]]

    batch = done(officer, csv_file([*changed, row("Baru Contoh", owner_name="Contoh Baru")]))

    assert linkage.asked == [(["Baru Contoh"], ["Lima Contoh"])]
    assert outcomes(batch) == ["UPDATED", "UPDATED", "UPDATED", "UNCHANGED", "NEW"]


@pytest.mark.parametrize("field", ["nik", "nib"])
def test_two_numbers_are_never_linked_without_asking(officer: Member, linkage: Linkage, field: str) -> None:
    first = {"nik": "5309014101909001", "nib": NIB}[field]
    second = {"nik": "5309014101909002", "nib": "9120000000025"}[field]
    done(officer, csv_file([row("Tenun Satu") | {field: first}]))
    linkage.sure = {("Tenun Dua", "Tenun Satu"): 1.0}

    batch = done(officer, csv_file([row("Tenun Dua") | {field: second}]))

    assert outcomes(batch) == ["NEW"]
    assert pairs() == [(pk_of("Tenun Dua"), pk_of("Tenun Satu"), 1.0, "list", "open")]


def test_one_owner_with_businesses_of_other_names_is_not_linked_without_asking(
    officer: Member, linkage: Linkage
) -> None:
    done(officer, csv_file([row("Tenun Contoh", phone="081234567890")]))
    linkage.sure = {("Bengkel Las", "Tenun Contoh"): 0.999}

    batch = done(officer, csv_file([row("Bengkel Las", phone="081234567890")]))

    assert outcomes(batch) == ["NEW"]
    assert Pair.objects.get().probability == 0.999


def test_an_empty_registry_loads_no_linkage(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_given: object) -> None:
        raise AssertionError("nothing to link")

    monkeypatch.setattr(apart, "linker", never)

    batch = done(officer, csv_file([row("Satu"), row("Dua")]))

    assert Matching.objects.get(batch=batch).rows_compared == 0


def test_a_list_sent_again_in_other_bytes_doubles_neither_rows_nor_pairs(officer: Member, linkage: Linkage) -> None:
    make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 0.6}
    rows = [row("KOPI DUA"), enterprise(name="Madu Contoh")]
    done(officer, csv_file(rows))

    batch = done(officer, csv_file(list(reversed(rows))))

    assert outcomes(batch) == ["UNCHANGED", "UNCHANGED"]
    assert (Pair.objects.count(), Enterprise.objects.count()) == (1, 3)


def test_what_people_called_different_is_not_asked_again(officer: Member, linkage: Linkage) -> None:
    one, two = make_enterprise(VILLAGE, name="Kopi Satu"), make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("Kopi Satu", "Kopi Dua"): 0.7}
    duplicates.search_region("53.09", by=officer.user, at=NOW)
    Pair.objects.update(state="different", decided_by=officer.user, decided_at=NOW)

    found = duplicates.search_region("53.09", by=officer.user, at=NOW)

    assert found == (2, 0)
    assert pairs() == [(one.pk, two.pk, 0.7, "search", "different")]


def test_a_person_may_stop_a_batch_while_it_is_matched(officer: Member, linkage: Linkage) -> None:
    make_enterprise(VILLAGE, name="Kopi Dua")
    batch = send(officer, csv_file([row("KOPI DUA")]))
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0}
    ask = linkage.pairs

    def asked(*given: object, **more: object) -> pl.DataFrame:
        Batch.objects.filter(pk=batch.pk).update(cancel_requested=True)
        return ask(*given, **more)  # type: ignore[arg-type]  # passed on

    linkage.pairs = asked  # type: ignore[method-assign]  # cancelled at the first tick

    stopped = carry(batch)

    assert (stopped.state, stopped.stage, stopped.rows_done) == ("cancelled", "matching", 0)
    assert (Matching.objects.count(), RowMatch.objects.count(), Enterprise.objects.count()) == (0, 0, 1)


def test_a_batch_taken_up_after_matching_follows_the_links_of_then(
    officer: Member, linkage: Linkage, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0}
    batch = send(officer, csv_file([row("KOPI DUA")]))
    with monkeypatch.context() as broken:
        broken.setattr(run, "_apply", lambda *_given: (_ for _ in ()).throw(RuntimeError("contoh")))
        with pytest.raises(RuntimeError):
            carry(batch)
    make_enterprise(VILLAGE, name="Kopi Tiga")
    linkage.sure = {("KOPI DUA", "Kopi Tiga"): 1.0}
    actions.resume_batch(batch=again(batch), by=officer.user, at=NOW)

    finished = carry(batch)

    assert (finished.state, len(linkage.asked), target(batch)) == ("done", 1, known.pk)


def test_a_link_follows_a_merge_made_between_matching_and_applying(
    officer: Member, regency_officer: Member, linkage: Linkage
) -> None:
    keep, gone = make_enterprise(VILLAGE, name="Kopi Satu"), make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0}
    merging = {"by": regency_officer.user, "post": regency_officer.held, "at": NOW}
    linkage.meanwhile = lambda: merge_enterprises(keep=keep.pk, absorb=gone.pk, **merging)

    batch = done(officer, csv_file([row("KOPI DUA")]))

    assert (target(batch), outcomes(batch)) == (keep.pk, ["UPDATED"])
    assert Enterprise.objects.count() == 1


def test_a_link_to_a_record_that_got_another_number_meanwhile_becomes_a_pair(officer: Member, linkage: Linkage) -> None:
    known = make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0}
    linkage.meanwhile = lambda: Enterprise.objects.filter(pk=known.pk).update(nib="9120000000025")

    batch = done(officer, csv_file([row("KOPI DUA", nib=NIB)]))

    assert outcomes(batch) == ["NEW"]
    assert pairs() == [(pk_of("KOPI DUA"), known.pk, 1.0, "list", "open")]
    known.refresh_from_db()
    assert known.nib == "9120000000025"


def test_rows_that_waited_are_matched_when_they_are_looked_at_again(officer: Member, linkage: Linkage) -> None:
    known = make_enterprise(VILLAGE, name="Kopi Dua")
    other = make_enterprise(VILLAGE, name="Madu Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0, ("MADU DUA", "Madu Dua"): 1.0}
    misspelt = {"village_code": None, "village": "Wesae Ujii", "district": "Aimere", "regency": "Ngada"}
    batch = done(officer, csv_file([row("MADU DUA"), row("KOPI DUA", **misspelt)]))
    assert outcomes(batch) == ["UPDATED", "WAITING"]
    words = batch.issues.exclude(words="").get().words
    village = Enterprise.objects.select_related("village").get(pk=known.pk).village
    actions.decide_place(batch=batch, words=words, village=village, by=officer.user, at=NOW)
    actions.retry_waiting(batch=again(batch), by=officer.user, at=NOW)

    carry(batch, at=NOW + timedelta(minutes=5))

    assert (target(batch, 2), target(batch, 3)) == (other.pk, known.pk)
    assert len(linkage.asked) == 2


def test_of_two_lists_matched_before_either_went_in_the_later_asks_about_the_same_business(
    officer: Member, regency_officer: Member, linkage: Linkage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enterprise(VILLAGE, name="Lain Contoh")
    first = send(officer, csv_file([row("Kopi Wangi")]))
    second = send(regency_officer, csv_file([row("Kopi Harum")]))
    linkage.sure = {("Kopi Wangi", "Kopi Harum"): 0.9, ("Kopi Harum", "Kopi Wangi"): 0.9}
    with monkeypatch.context() as held:
        held.setattr(run, "_apply", lambda *_given: (_ for _ in ()).throw(run.CancelledByPerson))
        carry(second)
    carry(first)
    actions.resume_batch(batch=again(second), by=regency_officer.user, at=NOW)
    carry(second)
    assert Pair.objects.count() == 0

    with acting_in("53"):
        assert duplicates.unsearched() == [first.pk, second.pk]
    assert duplicates.search_batch(second.pk, clock=lambda: NOW) == 1

    low, high = sorted((pk_of("Kopi Wangi"), pk_of("Kopi Harum")))
    assert [[*sorted(one[:2]), one[3]] for one in pairs()] == [[low, high, "search"]]
    assert again(second).matching.searched_at == NOW


def test_a_business_that_stands_twice_in_one_list_is_found_after_it(officer: Member, linkage: Linkage) -> None:
    known = make_enterprise(VILLAGE, name="Kopi Dua")
    linkage.sure = {("KOPI DUA", "Kopi Dua"): 1.0, ("KOPI DUA", "Kopi Ke-2"): 0.8}
    batch = done(officer, csv_file([row("KOPI DUA"), row("Kopi Ke-2")]))

    assert duplicates.search_batch(batch.pk, clock=lambda: NOW) == 1

    assert pairs() == [(known.pk, pk_of("Kopi Ke-2"), 0.8, "search", "open")]
    assert duplicates.search_batch(batch.pk, clock=lambda: NOW) is None, "once is enough"


@pytest.mark.parametrize(
    ("reasons", "is_asked"),
    [
        ("x==.......", False),  # another owner, nothing that agrees
        ("x==.=....", True),  # another owner, the same telephone
        ("x==~.....", True),  # a NIK with a slip
        ("===x.....", False),  # two NIK are two people
        ("===......", True),
        ("~~=.x....", True),
    ],
)
def test_within_one_registry_neighbours_are_asked_about_only_with_reason(reasons: str, *, is_asked: bool) -> None:
    assert worth_asking(pl.DataFrame({"reasons": [reasons]})).height == int(is_asked)


def test_a_search_gives_way_to_a_list_and_is_queued_again(officer: Member, linkage: Linkage) -> None:
    batch = done(officer, csv_file([row("KOPI DUA"), row("Kopi Ke-2")]))
    waiting = send(officer, csv_file([row("Madu")]), name="lain.csv")

    assert duplicates.search_batch(batch.pk, clock=lambda: NOW) is None
    assert again(batch).matching.searched_at is None
    Batch.objects.filter(pk=waiting.pk).update(state=BatchState.CANCELLED)
    assert duplicates.unsearched() == [batch.pk]
    assert duplicates.search_batch(batch.pk, clock=lambda: NOW) == 0


def test_pairs_beyond_the_scope_are_not_made(officer: Member) -> None:
    here = make_enterprise(VILLAGE)
    with acting_in("53"):
        away = make_enterprise("53.10.01.2001")
    frame = pl.DataFrame(
        {"first_id": [here.pk], "second_id": [away.pk], "probability": [0.9], "reasons": ["........."]}
    )
    with transaction.atomic():
        assert pairing.put(frame, batch=None, source=PairSource.SEARCH, at=NOW) == 0


def test_names_made_of_the_owner_say_nothing_of_the_business(officer: Member) -> None:
    rows = pl.DataFrame(
        {
            "index": [0, 1],
            "owner_name": ["Maria Contoh", "Maria Contoh"],
            "name": ["Usaha Maria Contoh", "Kopi Maria"],
            "village_id": [VILLAGE, VILLAGE],
        }
    )

    assert matching.as_list(rows)["business_name"].to_list() == [None, "Kopi Maria"]


@pytest.mark.usefixtures("bounded")
def test_the_process_of_its_own_links_opened_numbers_and_ends(officer: Member) -> None:
    sealer = Sealer(field_key="a" * 64, index_key="b" * 64)
    assert sealer.open_all([sealer.seal("x", context="c"), None], context="c") == ["x", None]
    done(officer, csv_file([enterprise(name="Tenun Contoh Melati", phone="081234567890")]))
    assert Person.objects.filter(nik_sealed=None).count() == 0

    batch = done(officer, csv_file([row("Tenun Contoh Melati", phone="081234567890")]), name="lain.csv")

    assert RowMatch.objects.filter(batch=batch).values_list("reasons", flat=True).get() == "===.=...."
    assert outcomes(batch) == ["UNCHANGED"]


@pytest.mark.usefixtures("bounded")
def test_the_process_ends_with_the_one_that_asked_and_without_an_answer_it_is_an_error() -> None:
    frame = pl.DataFrame({name: ["1", "2"] for name in ("id", "owner_name")}).with_columns(pl.col("id").cast(pl.Int64))

    class Enough(Exception):
        pass

    def stop() -> None:
        raise Enough

    with pytest.raises(Enough), apart.linker(least=0.15) as child:
        child.pairs(frame, None, tick=stop)
    assert child.child.poll() is not None
    with apart.linker(least=0.15) as child:
        child.child.kill()
        with pytest.raises(apart.LinkageStopped):
            child.pairs(frame, None, tick=lambda: None)
