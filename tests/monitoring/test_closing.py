"""Closing a quarter: refused, overridden, carried once, taken up after a death; restating it afterwards."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.factories import Member
from tests.monitoring.factories import (
    MILLION,
    NOW,
    QUARTER,
    World,
    close,
    make_price_series,
    make_quarter_run,
    make_world,
)

from lontar.access.scope import acting_in
from lontar.engines.indicators import recompute
from lontar.monitoring import actions
from lontar.monitoring.models import Figure, QuarterRun, RestatedFigure
from lontar.monitoring.queries import figures, quarters, snapshot
from lontar.monitoring.queries.stored import restatements
from lontar.monitoring.steps import keeping, run
from lontar.returns.models import Return
from lontar.returns.states import PeriodState, ReturnState


def one(indicator: str, region: str = "53") -> Decimal | None:
    """The value of a figure."""
    return figures(QUARTER.label, indicator=indicator, region=region)[0].value


def test_a_quarter_that_is_not_over_is_refused(world: World) -> None:
    with pytest.raises(actions.NotOver, match="belum berakhir"):
        close(at=datetime(2026, 9, 30, 1, tzinfo=UTC))


def test_closing_is_refused_while_a_check_is_missed_and_says_which(world: World) -> None:
    with pytest.raises(actions.ChecksMissed, match="indeks harga konsumen 0,0 % \\(batas 100 %\\)"):
        close()

    assert not QuarterRun.objects.exists()


def test_a_reason_overrides_and_is_kept_with_the_checks(db: None, closed: Path) -> None:
    make_world(missing=4)

    made = close("Jaringan di tiga desa terputus sejak Agustus")

    assert (made.state, made.is_override, made.words) == ("done", True, "Jaringan di tiga desa terputus sejak Agustus")
    coverage = next(one for one in made.checks if one["check"] == "coverage")
    assert (coverage["found"], coverage["among"], coverage["share"], coverage["is_met"]) == (24, 36, "66.7", False)


def test_closing_locks_the_months_freezes_the_input_and_stores_the_figures(world: World, closed: Path) -> None:
    make_price_series()

    made = close()

    assert (made.state, made.is_override, made.problem) == ("done", False, "")
    assert one("O1T") == 12 * 3 * MILLION * 12 // 10
    assert (one("O1"), one("O1R"), one("R1")) == (Decimal("0.2"), Decimal("0.090909"), Decimal(1))
    with acting_in("53"):
        of_2025, of_2026 = (Return.objects.filter(month__year=year).count() for year in (2025, 2026))
        assert Return.objects.all().standing(ReturnState.LOCKED).filter(month__year=2026).count() == of_2026 > 0
        assert Return.objects.all().standing(ReturnState.ACCEPTED).filter(month__year=2025).count() == of_2025 > 0
        assert Return.objects.all().standing(ReturnState.LOCKED).filter(month__year=2025).count() == 0
    assert quarters()[0].state == PeriodState.CLOSED
    assert Figure.objects.count() == made.figures == pl.read_parquet(snapshot(QUARTER.label) / "figures.parquet").height


def test_the_snapshot_is_closed_to_strangers_and_gives_the_same_figures_again(world: World) -> None:
    close("Tanpa indeks harga")
    folder = snapshot(QUARTER.label)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert_frame_equal(recompute(folder), pl.read_parquet(folder / "figures.parquet"), check_exact=True)


def test_a_small_kabupaten_is_hidden_and_nothing_of_it_is_stored(world: World) -> None:
    with acting_in("53"):
        Return.objects.filter(producer_id__in=world.producers[9:11], month__year=2026).delete()

    close("Tanpa indeks harga")

    hidden = figures(QUARTER.label, indicator="O1T", region="53.12")[0]
    assert (hidden.status, hidden.value, hidden.n, hidden.missing) == ("S", None, None, None)
    assert figures(QUARTER.label, indicator="O1T", region="53.09")[0].status == "S"
    assert figures(QUARTER.label, indicator="O1T", region="53")[0].value == 10 * 3 * MILLION * 12 // 10


def test_a_second_closing_is_refused(world: World) -> None:
    close("Tanpa indeks harga")

    with pytest.raises(actions.AlreadyClosed, match="sudah ditutup"):
        close("Lagi")


def test_two_closings_at_once_are_one(world: World) -> None:
    make_quarter_run()

    with pytest.raises(actions.RunOpen, match="sedang dikerjakan"):
        close("Tanpa indeks harga")


@pytest.mark.parametrize("stage", ["freeze", "recompute", "store"])
def test_a_killed_closing_is_taken_up_again_and_ends_the_same(
    world: World, closed: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    class Killed(BaseException):
        """The worker dies."""

    def die(*_args: object, **_named: object) -> None:
        raise Killed

    place = {"freeze": run.freezing, "recompute": run, "store": keeping}[stage]
    with monkeypatch.context() as patch:
        patch.setattr(place, stage, die)
        with pytest.raises(Killed):
            close("Tanpa indeks harga")
    broken = QuarterRun.objects.get()
    assert broken.state == "running"
    assert not Figure.objects.exists()

    assert run.carry(broken.pk, clock=lambda: NOW + timedelta(seconds=60)) is None
    run.carry(broken.pk, clock=lambda: NOW + timedelta(seconds=121))

    broken.refresh_from_db()
    assert (broken.state, broken.attempts, broken.figures) == ("done", 2, Figure.objects.count())
    assert one("O1") == Decimal("0.2")
    assert [path.name for path in closed.iterdir()] == [QUARTER.label]


def correct(producers: tuple[int, ...], turnover: int) -> None:
    """Correct July 2026 of these producers after the closing, as a restatement."""
    with acting_in("53"):
        Return.objects.filter(producer_id__in=producers, month=QUARTER.start).update(
            turnover=turnover, restated_at=NOW, restated_words="Nota terlambat", version=2
        )


def restate(words: str = "Nota tiga produsen terlambat masuk") -> QuarterRun:
    """Ask for a restatement and carry it."""
    with acting_in("53"):
        made = actions.request_restatement(QUARTER, words=words, by=None, post=None, at=NOW, queued=False)
        run.carry(made.pk, clock=lambda: NOW)
    made.refresh_from_db()
    return made


def test_a_late_correction_changes_nothing_until_it_is_restated_with_old_and_new(world: World) -> None:
    close("Tanpa indeks harga")
    correct(world.producers[:3], 2 * MILLION)
    assert one("O1T") == 43_200_000

    made = restate()

    # Two of the three belong to men and one to a woman: by sex the change is held back, in the province and the kabupaten.
    assert (made.number, made.state, made.held_back) == (1, "done", 4)
    assert one("O1T") == 43_200_000 + 3 * 800_000
    old = RestatedFigure.objects.get(indicator="O1T", level="province", by="")
    assert (old.value, old.new_value, old.n, old.new_n) == (43_200_000, 45_600_000, 12, 12)
    told = restatements(QUARTER.label)[0]
    assert (told.number, told.words, told.changed) == (
        1,
        "Nota tiga produsen terlambat masuk",
        RestatedFigure.objects.count(),
    )
    folder = snapshot(QUARTER.label)
    assert folder.name == "2026-T3.1"
    assert_frame_equal(recompute(folder), pl.read_parquet(folder / "figures.parquet"), check_exact=True)


def test_the_correction_of_one_producer_is_held_back_until_more_come_together(world: World) -> None:
    """Otherwise new less old would be exactly what this producer corrected."""
    close("Tanpa indeks harga")
    correct(world.producers[:1], 2 * MILLION)

    alone = restate("Satu nota terlambat")
    assert (alone.figures, RestatedFigure.objects.count()) == (0, 0)
    assert alone.held_back > 0
    assert one("O1T") == 43_200_000


def test_a_restatement_needs_a_closed_quarter_and_a_reason(world: World) -> None:
    with pytest.raises(actions.NotClosed):
        restate()
    close("Tanpa indeks harga")

    with pytest.raises(actions.ReasonMissing):
        restate("  ")


def test_only_the_province_closes(world: World, cast: dict[str, Member]) -> None:
    officer = cast["regency_officer"]

    with pytest.raises(Exception, match="menutup triwulan"):
        close("Alasan", by=officer.user, post=officer.held)

    assert not QuarterRun.objects.exists()
