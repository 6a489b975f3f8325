"""Returns come in one or many by the same way; what is wrong is named, what is remarkable asked about, nothing comes twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from tests.factories import Member
from tests.returns.factories import HOME, JULY, NOW, World, acting, make_return

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.returns import actions
from lontar.returns.models import Return
from lontar.returns.queries.listing import ReturnFilter
from lontar.returns.states import Channel, PeriodState, ReturnState

JUNE = Month.of(2026, 6)
KEY = "0b8f1f6e-5a5c-4f6a-9c55-1f1a2b3c4d5e"


def send(member: Member, *rows: dict[str, Any], **over: Any) -> list[actions.Outcome]:
    """Send rows as the member, within its region."""
    member.enter()
    values = {"channel": Channel.API, **acting(member), **over}
    return actions.receive_returns(actions.arriving(rows), **values)


def row(producer: int, turnover: int | None = 1_000_000, month: Month = JULY, **over: Any) -> dict[str, Any]:
    """A plain answer."""
    return {"producer_id": producer, "month": month.start, "turnover": turnover, **over}


def said(outcome: actions.Outcome) -> list[tuple[str, str]]:
    """Rules and messages."""
    return [(one.rule, one.message) for one in outcome.findings]


def test_a_return_is_stored_with_who_sent_it(world: World, village_officer: Member) -> None:
    (one,) = send(village_officer, row(world.coffee, quantity=12.5, price_packed=80_000, youth=1, paid_women=2))

    held = Return.objects.get(pk=one.return_id)
    assert (one.kind, one.version, said(one)) == (actions.Kind.STORED, 1, [])
    assert (held.state, held.turnover, held.unit, held.channel) == ("submitted", 1_000_000, "kg", "api")
    assert (str(held.quantity), held.price_raw, held.problems) == ("12.500", None, "")
    assert (held.submitted_by, held.submitted_post, held.submitted_at) == (
        village_officer.user, village_officer.post, NOW,
    )  # fmt: skip


def test_errors_name_value_and_cure_and_nothing_is_written(world: World, village_officer: Member) -> None:
    outcomes = send(
        village_officer,
        row(world.coffee, None),
        row(world.school, 100_000, channel_mart=80_000, channel_fair=30_000),
    )

    assert [one.kind for one in outcomes] == [actions.Kind.REFUSED, actions.Kind.REFUSED]
    assert said(outcomes[0]) == [("turnover.missing", "Omzet belum diisi. Tulis 0 bila bulan ini tidak ada penjualan.")]
    assert said(outcomes[1]) == [
        (
            "turnover.channels",
            "Jumlah jalur penjualan Rp110.000 melebihi omzet Rp100.000. Perbaiki omzet, atau bagian jalurnya.",
        )
    ]
    assert Return.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"turnover": -1}, "turnover.bounds"),
        ({"youth": 3, "paid_men": 2}, "youth.workers"),
        ({"worker_days": 63, "paid_men": 2}, "worker_days.workers"),
        ({"quantity": 3.0, "unit": "botol"}, "unit.other"),
        ({"problems": "Hubungi 081234567890"}, "problems.person"),
        ({"problems": "x" * 501}, "problems.length"),
    ],
)
def test_what_cannot_be_is_refused(world: World, village_officer: Member, values: dict[str, Any], rule: str) -> None:
    (one,) = send(village_officer, row(world.coffee) | values)

    assert (one.kind, [finding.rule for finding in one.findings]) == (actions.Kind.REFUSED, [rule])


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"turnover": 3_000_001}, "turnover.jump_month"),
        ({"turnover": 333_333}, "turnover.jump_month"),
        ({"price_packed": 1_000_001}, "price_packed.range"),
        ({"price_packed": 10_000, "price_raw": 20_000}, "price_packed.order"),
        ({"quantity": 1.0, "price_packed": 100_000}, "quantity.match"),
        (
            dict.fromkeys(("channel_mart", "channel_catalogue", "channel_marketplace", "channel_fair"), 0)
            | {"channel_direct": 979_999, "channel_outside": 0},
            "channel_direct.sum",
        ),
    ],
)
def test_what_is_remarkable_is_flagged(
    world: World, village_officer: Member, values: dict[str, Any], rule: str
) -> None:
    with acting_in("53"):
        make_return(world.coffee, JUNE)

    (one,) = send(village_officer, row(world.coffee) | values)

    assert (one.kind, [finding.rule for finding in one.findings]) == (actions.Kind.STORED, [rule])
    assert Return.objects.get(pk=one.return_id).flags == [rule]


@pytest.mark.parametrize("turnover", [3_000_000, 333_334])
def test_the_edge_of_a_jump_is_no_jump(world: World, village_officer: Member, turnover: int) -> None:
    with acting_in("53"):
        make_return(world.coffee, JUNE)

    (one,) = send(village_officer, row(world.coffee, turnover))

    assert said(one) == []


def test_a_person_is_asked_at_once_and_the_return_stays_a_draft(world: World, village_officer: Member) -> None:
    with acting_in("53"):
        make_return(world.coffee, JUNE)

    (asked,) = send(village_officer, row(world.coffee, 9_000_000), channel=Channel.FORM)
    (told,) = send(
        village_officer,
        row(world.coffee, 9_000_000, justifications='{"turnover": "Pesanan hotel"}', base_version=1),
        channel=Channel.FORM,
    )

    assert (asked.kind, told.kind, told.version) == (actions.Kind.DRAFT, actions.Kind.STORED, 2)
    assert said(asked) == [
        ("turnover.jump_month", "Omzet (Rp) Rp9.000.000 jauh dari bulan lalu (Rp1.000.000). Jelaskan sebabnya.")
    ]
    held = Return.objects.get(pk=told.return_id)
    assert (held.state, held.justifications) == ("submitted", {"turnover": "Pesanan hotel"})


def test_what_was_sent_stays_until_its_change_is_justified(world: World, village_officer: Member) -> None:
    send(village_officer, row(world.coffee))
    change = row(world.coffee, 2_000_000_000, base_version=1, client_key=KEY)

    (asked,) = send(village_officer, change, channel=Channel.LINK)
    before = Return.objects.get()
    (told,) = send(village_officer, change | {"justifications": '{"turnover": "Ekspor"}'}, channel=Channel.LINK)

    assert (asked.kind, before.state, before.turnover) == (actions.Kind.DRAFT, "submitted", 1_000_000)
    assert (told.kind, Return.objects.get().turnover) == (actions.Kind.STORED, 2_000_000_000)


def test_a_draft_that_was_asked_about_is_sent_under_its_own_key(world: World, village_officer: Member) -> None:
    first = row(world.coffee, 2_000_000_000, base_version=0, client_key=KEY)
    (asked,) = send(village_officer, first, channel=Channel.LINK)
    again = first | {"base_version": 1, "justifications": '{"turnover": "Ekspor"}'}
    (told,) = send(village_officer, again, channel=Channel.LINK)

    assert (asked.kind, told.kind, Return.objects.get().state) == (actions.Kind.DRAFT, actions.Kind.STORED, "submitted")


def test_units_of_weight_are_counted_in_the_producers_own(world: World, village_officer: Member) -> None:
    (one,) = send(village_officer, row(world.coffee, quantity=0.02, unit="ton", price_raw=50_000_000))

    held = Return.objects.get(pk=one.return_id)
    assert (str(held.quantity), held.unit, held.price_raw) == ("20.000", "kg", 50_000)


def test_the_same_sending_and_the_same_answers_change_nothing(world: World, village_officer: Member) -> None:
    first = send(village_officer, row(world.coffee, client_key=KEY))[0]
    again = send(village_officer, row(world.coffee, 5, client_key=KEY))[0]
    equal = send(village_officer, row(world.coffee, base_version=0))[0]

    assert [first.kind, again.kind, equal.kind] == [actions.Kind.STORED, actions.Kind.SAME, actions.Kind.SAME]
    held = Return.objects.get()
    assert (held.version, held.turnover, held.client_key) == (1, 1_000_000, UUID(KEY))


def test_a_return_that_was_changed_meanwhile_is_a_conflict_with_both_values(
    world: World, village_officer: Member
) -> None:
    send(village_officer, row(world.coffee, 1_000_000, paid_men=2))

    (one,) = send(village_officer, row(world.coffee, 1_100_000, base_version=0))

    assert one.kind == actions.Kind.CONFLICT
    assert dict(one.differing) == {"turnover": (1_100_000, 1_000_000), "paid_men": (None, 2)}
    assert Return.objects.get().turnover == 1_000_000


def test_rows_that_are_no_returns_are_told_why(world: World, village_officer: Member) -> None:
    outcomes = send(
        village_officer,
        row(world.comparison),
        row(world.coffee, month=Month.of(2026, 8)),
        row(world.coffee, month=Month.of(2025, 6)),
        row(world.school),
        row(world.school, 2),
    )

    assert [(one.kind.value, [f.rule for f in one.findings]) for one in outcomes] == [
        ("refused", ["producer.unknown"]),
        ("refused", ["month.closed"]),
        ("refused", ["producer.not_asked"]),
        ("stored", []),
        ("refused", ["producer.twice"]),
    ]


def test_after_verification_only_a_returned_value_is_changed(
    world: World, village_officer: Member, regency_officer: Member
) -> None:
    send(village_officer, row(world.coffee))
    regency_officer.enter()
    actions.verify_returns(ReturnFilter("53.09", JULY.start), **acting(regency_officer))

    (one,) = send(village_officer, row(world.coffee, 2))

    assert (one.kind, said(one)[0][0]) == (actions.Kind.REFUSED, "state.verified")
    assert Return.objects.get().turnover == 1_000_000


def test_the_order_of_arrival_does_not_matter(world: World, province_officer: Member) -> None:
    months = [Month.of(2025, 7), JUNE, JULY]
    rows = [
        row(world.coffee, amount, month)
        for amount, month in zip((2_000_000, 9_000_000, 1_000_000), months, strict=True)
    ]
    rows.append(row(world.weaving, 400_000, JUNE, quantity=3.0))
    seen = set()

    for order in permutations(range(len(rows))):
        for place in order:
            send(province_officer, rows[place])
        held = Return.objects.order_by("producer_id", "month").values_list(
            "producer_id", "month", "state", "turnover", "quantity", "flags", "version"
        )
        seen.add(str(list(held)))
        Return.objects.all().delete()
    send(province_officer, *rows)
    held = Return.objects.order_by("producer_id", "month").values_list(
        "producer_id", "month", "state", "turnover", "quantity", "flags", "version"
    )
    seen.add(str(list(held)))

    assert len(seen) == 1
    assert seen.pop().count("turnover.jump_month") == 1


def test_a_closed_month_is_refused_in_words(world: World, province_officer: Member) -> None:
    province_officer.enter()
    actions.move_periods([JULY], to=PeriodState.CLOSED, **acting(province_officer))

    (one,) = send(province_officer, row(world.coffee))

    assert said(one) == [
        (
            "month.closed",
            "Bulan 07-2026 tidak menerima laporan lagi. Sampaikan perbaikan kepada petugas provinsi.",
        )
    ]


def test_bulk_steps_move_what_nothing_holds(
    world: World, province_officer: Member, regency_officer: Member, village_officer: Member
) -> None:
    with acting_in("53"):
        make_return(world.coffee)
        held = make_return(world.school)
        doubtful = make_return(world.weaving, flags=["turnover.range"])
        explained = make_return(world.community, flags=["turnover.range"], justifications={"turnover": "Pesanan"})
    regency_officer.enter()
    back = actions.return_value(return_id=held.pk, field="turnover", reason="Periksa nota", **acting(regency_officer))

    first = actions.verify_returns(ReturnFilter("53.09", JULY.start), **acting(regency_officer))
    village_officer.enter()
    actions.correct_value(returned_id=back.pk, value=1_200_000, **acting(village_officer))
    regency_officer.enter()
    before = actions.verify_returns(ReturnFilter("53.09", JULY.start), **acting(regency_officer))
    actions.settle_value(returned_id=back.pk, **acting(regency_officer))
    after = actions.verify_returns(ReturnFilter("53.09", JULY.start), **acting(regency_officer))
    province_officer.enter()
    last = actions.accept_returns(ReturnFilter("53", JULY.start), **acting(province_officer))

    assert (first, before, after, last) == (
        actions.Moved(2, 2), actions.Moved(0, 2), actions.Moved(1, 1), actions.Moved(3, 0),
    )  # fmt: skip
    states = dict(Return.objects.values_list("pk", "state"))
    assert (states[held.pk], states[doubtful.pk], states[explained.pk]) == ("accepted", "submitted", "accepted")


def test_only_the_returned_value_changes_and_only_with_words_when_it_stays(
    world: World, village_officer: Member, regency_officer: Member
) -> None:
    with acting_in("53"):
        filing = make_return(world.coffee, paid_women=3)
    regency_officer.enter()
    back = actions.return_value(return_id=filing.pk, field="turnover", reason="Nota?", **acting(regency_officer))
    village_officer.enter()

    with pytest.raises(actions.ValueRefused, match="Nilainya sama seperti semula"):
        actions.correct_value(returned_id=back.pk, value=1_000_000, **acting(village_officer))
    actions.correct_value(returned_id=back.pk, value=1_000_000, justification="Nota 1–9", **acting(village_officer))
    regency_officer.enter()
    actions.return_again(returned_id=back.pk, reason="Nota 4 hilang", **acting(regency_officer))
    village_officer.enter()
    done = actions.correct_value(returned_id=back.pk, value=900_000, **acting(village_officer))

    filing.refresh_from_db()
    assert (filing.turnover, filing.paid_women, filing.state, filing.version) == (900_000, 3, "submitted", 3)
    assert (done.state, done.value, done.corrected, done.reason) == ("corrected", "1000000", "900000", "Nota 4 hilang")


def test_a_closed_month_is_restated_with_a_reason(
    world: World, province_officer: Member, regency_officer: Member
) -> None:
    with acting_in("53"):
        make_return(world.coffee, state="accepted", paid_men=1)
    province_officer.enter()
    actions.move_periods([JULY], to=PeriodState.CLOSED, **acting(province_officer))
    words = {"month": JULY.start, "reason": "Nota susulan", **acting(province_officer)}

    changed = actions.restate_return(producer_id=world.coffee, values={"turnover": 1_500_000}, **words)
    added = actions.restate_return(producer_id=world.school, values={"turnover": 2}, **words)
    with pytest.raises(Refused):
        actions.restate_return(
            producer_id=world.coffee, values={"turnover": 3}, month=JULY.start, reason="x", **acting(regency_officer)
        )

    assert (changed.turnover, changed.paid_men, changed.state, changed.restated_words) == (
        1_500_000, 1, "accepted", "Nota susulan",
    )  # fmt: skip
    assert (added.turnover, added.state, added.restated_at) == (2, "accepted", NOW)


def test_a_link_works_until_its_time_and_until_it_is_revoked(world: World, village_officer: Member) -> None:
    village_officer.enter()
    first = actions.give_link(producer_id=world.coffee, **acting(village_officer))
    second = actions.give_link(producer_id=world.coffee, **acting(village_officer))
    later = NOW + timedelta(days=45)

    assert actions.find_link(first.code, NOW) is None
    assert actions.find_link(second.code, NOW) == second.link
    assert actions.find_link(second.code, later - timedelta(seconds=1)) == second.link
    assert actions.find_link(second.code, later) is None
    assert bytes(second.link.digest) != second.code.encode()
    assert actions.revoke_links(producer_id=world.coffee, **acting(village_officer)) == 1
    assert actions.find_link(second.code, NOW) is None


def test_drafts_hold_what_is_not_yet_whole_and_never_replace_what_was_sent(
    world: World, village_officer: Member
) -> None:
    (kept,) = send(village_officer, row(world.coffee, None, paid_men=2), to=ReturnState.DRAFT)
    send(village_officer, row(world.coffee, 7))
    (late,) = send(village_officer, row(world.coffee, 9), to=ReturnState.DRAFT)

    assert (kept.kind, late.kind) == (actions.Kind.STORED, actions.Kind.SAME)
    assert [(one.state, one.turnover, one.village_id) for one in Return.objects.all()] == [("submitted", 7, HOME)]
