"""Frames hold what was accepted, with the producer's attributes; loading writes what was read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.db import DatabaseError, transaction
from tests.factories import Member
from tests.returns.factories import FAR, HOME, JULY, NEAR, NOW, World, acting, make_return

from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.returns import actions
from lontar.returns.models import Return, ReturnTally
from lontar.returns.queries import frames
from lontar.returns.states import PeriodState

JUNE = Month.of(2026, 6)


def test_accepted_returns_come_with_what_is_known_of_their_producer(world: World, village_officer: Member) -> None:
    with acting_in("53"):
        make_return(world.coffee, state="accepted", turnover=1_250_000, quantity="12.5", unit="kg", paid_women=2)
        make_return(world.weaving, state="accepted", turnover=0)
        make_return(world.school, state="verified")
        make_return(world.comparison, JUNE, state="accepted")

        found = frames.accepted(JULY, JULY)
        both = frames.accepted(JUNE, JULY)

    assert found.columns == [
        *frames.RETURN_COLUMNS, "return_id", "village", "unit_key", "pillar", "is_comparison", "category", "commodity",
        "maker", "maker_id", "sex", "submitted_at", "accepted_at",
    ]  # fmt: skip
    first, second = found.to_dicts()
    assert (first["producer_id"], first["turnover"], first["quantity"], first["unit"]) == (
        world.coffee, 1_250_000, 12.5, "kg",
    )  # fmt: skip
    assert (first["paid_women"], first["paid_men"], first["problems"]) == (2, None, None)
    assert (first["village"], first["unit_key"], first["pillar"]) == (HOME, f"village:{HOME}", "village")
    assert (first["is_comparison"], first["category"], first["commodity"], first["sex"]) == (
        False, "drink", "kopi-contoh", "F",
    )  # fmt: skip
    assert first["accepted_at"] == NOW
    assert (second["producer_id"], second["turnover"], second["unit"], second["sex"]) == (world.weaving, 0, None, "")
    assert both["producer_id"].to_list() == [world.comparison, world.coffee, world.weaving]
    assert both["is_comparison"].to_list() == [True, False, False]


def test_an_empty_month_gives_the_same_columns(world: World) -> None:
    with acting_in("53"):
        make_return(world.coffee, state="accepted")
        full, empty = frames.accepted(JULY, JULY), frames.accepted(JUNE, JUNE)

    assert empty.schema == full.schema
    assert empty.height == 0


def test_producers_are_those_who_were_asked_in_the_months(world: World, province_officer: Member) -> None:
    with acting_in("53"):
        actions.end_producer(producer_id=world.school, until=Month.of(2026, 3), **acting(province_officer))
        then, now = frames.producers(Month.of(2026, 2), Month.of(2026, 3)), frames.producers(Month.of(2026, 3), JULY)

    assert then.height == 5
    assert now["producer_id"].to_list() == [world.coffee, world.weaving, world.community, world.comparison]
    assert now["village"].to_list() == [HOME, NEAR, NEAR, FAR]
    assert now["pillar"].to_list() == ["village", "village", "community", ""]
    assert then.filter(pl.col("producer_id") == world.school)["until_month"].to_list() == [date(2026, 3, 1)]


def test_the_wall_leaves_only_the_villages_of_the_scope(world: World, regency_officer: Member) -> None:
    with acting_in("53"):
        make_return(world.coffee, state="accepted")
        make_return(world.comparison, state="accepted")
    with acting_in("53.09"):
        inside = frames.accepted(JULY, JULY)
    with acting_in(""):
        outside = frames.accepted(JULY, JULY)

    assert inside["producer_id"].to_list() == [world.coffee]
    assert outside.height == 0


def test_a_frame_is_loaded_as_accepted_returns_and_read_back_as_it_was(world: World) -> None:
    frame = pl.DataFrame(
        {
            "producer_id": [world.coffee, world.weaving], "month": [JULY.start, JUNE.start],
            "turnover": [2_000_000, 300_000], "quantity": [20.25, None], "price_packed": [90_000, None],
            "problems": ["Jalan, \"putus\"", None],
        }
    )  # fmt: skip
    with acting_in("53"):
        actions.receive_frame(frame, by=None, post=None, at=NOW)
        back = frames.accepted(JUNE, JULY)
        tally = dict(ReturnTally.objects.values_list("village_id", "turnover"))

    assert back.select(frame.columns).to_dicts() == frame.sort("month", "producer_id").to_dicts()
    assert back["unit"].to_list() == [None, "kg"]
    assert back["submitted_at"].to_list() == [datetime(2026, 7, 5, tzinfo=UTC), NOW]
    assert tally == {HOME: 2_000_000, NEAR: 300_000}


def test_a_frame_of_strangers_is_refused_and_names_the_first(world: World) -> None:
    with acting_in("53"), pytest.raises(actions.UnknownProducers, match="Produsen 999999 tidak terdaftar"):
        actions.receive_frame(
            pl.DataFrame({"producer_id": [999_999], "month": [JULY.start], "turnover": [1]}), by=None, post=None, at=NOW
        )


def test_a_closed_month_refuses_every_write_but_a_restatement(world: World, province_officer: Member) -> None:
    with acting_in("53"):
        held = make_return(world.coffee, state="accepted")
        actions.move_periods([JULY], to=PeriodState.CLOSED, **acting(province_officer))
        writes = [
            lambda: make_return(world.weaving),
            lambda: Return.objects.filter(pk=held.pk).update(turnover=5),
            lambda: Return.objects.filter(pk=held.pk).update(restated_at=NOW),
            lambda: Return.objects.filter(pk=held.pk).delete(),
        ]
        for write in writes:
            with pytest.raises(DatabaseError, match="returns of 2026-07 are not taken"), transaction.atomic():
                write()
        Return.objects.filter(pk=held.pk).update(turnover=7, restated_at=NOW, restated_words="Nota susulan")
        held.refresh_from_db()

    assert (held.state, held.turnover) == ("accepted", 7)
    assert Return.objects.count() == 0  # without a scope nothing is seen


def test_sums_per_village_follow_every_change(world: World) -> None:
    def sums() -> list[tuple[object, ...]]:
        rows = ReturnTally.objects.order_by("village_id")
        return list(rows.values_list("village_id", "drafts", "submitted", "verified", "accepted", "turnover"))

    with acting_in("53"):
        one = make_return(world.coffee, state="draft", turnover=500)
        make_return(world.school, turnover=300)
        before = sums()
        Return.objects.filter(pk=one.pk).update(state="submitted", submitted_at=NOW, turnover=700)
        Return.objects.filter(month=JULY.start).update(state="verified")
        after = sums()
        Return.objects.filter(pk=one.pk).delete()
        last = sums()

    assert before == [(HOME, 1, 1, 0, 0, 300)]
    assert after == [(HOME, 0, 0, 2, 0, 1000)]
    assert last == [(HOME, 0, 0, 1, 0, 300)]
