"""Making, keeping and showing verdicts: the stated effect is recovered, rows stay, every address against every role."""

from __future__ import annotations

import json
from datetime import date
from math import log1p
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from django.test import Client
from pghistory.models import Context
from tests.factories import Member
from tests.verdicts.factories import (
    NOW,
    QUARTER,
    UNITS,
    WAVES,
    make_class_move,
    make_finding,
    make_verdict,
    village,
)
from tests.verdicts.test_rules import inputs_of, producers

from lontar.access import doors
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.cli.demo_returns import waves
from lontar.engines.demo.returns import DEMO_EFFECT
from lontar.engines.periods import Month, Quarter
from lontar.verdicts import actions, queries
from lontar.verdicts.models import Finding, Verdict
from lontar.verdicts.presenters import pages
from lontar.verdicts.rules.judging import judge

HOME = "/kantor/putusan/"
READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip


def stated(waves: tuple[date, ...] = WAVES) -> float:
    """The effect that the generator states, averaged over the quarters since each wave (share)."""
    logs = []
    for wave in waves:
        for quarter in Quarter.from_date(wave).until(QUARTER.shift(1)):
            since = [month.steps_since(Month.from_date(wave)) for month in quarter.months()]
            logs.append(log1p(sum(DEMO_EFFECT.turnover_after(one) for one in since) / 3))
    return float(sum(logs) / len(logs))


def made() -> Verdict:
    return actions.make_verdict(quarter=QUARTER, by=None, post=None, at=NOW)


def test_the_verdict_recovers_what_the_generator_states(programme: None) -> None:
    told = queries.told(made())

    turnover, workers = told.turnover, told.workers
    assert turnover is not None
    assert workers is not None
    assert (turnover.said, turnover.called) == ("rose", "impact")
    assert turnover.low is not None
    assert turnover.high is not None
    assert log1p(turnover.low) < stated() < log1p(turnover.high)
    assert workers.low is not None
    assert workers.high is not None
    assert workers.low < DEMO_EFFECT.workers * 0.75 and workers.high > DEMO_EFFECT.workers * 0.3  # noqa: PT018 - one interval
    assert told.verdict.units == UNITS
    assert {one.unit_key for one in told.units} == {f"village:{village(at)}" for at in range(UNITS) if at % 3 != 2}
    assert told.of_programme("rung")[0] is not None


def test_making_it_again_changes_nothing_and_a_correction_makes_the_next_number(programme: None) -> None:
    from lontar.returns.models import Return

    first = made()
    events = Context.objects.filter(metadata__action="verdicts.verdict.made").count()
    assert made().pk == first.pk

    with acting_in("53"):
        one = Return.objects.order_by("pk").first()
        assert one is not None
        Return.objects.filter(pk=one.pk).update(turnover=one.turnover + 1_000_000)
    second = made()

    assert (events, second.number, Verdict.objects.count()) == (1, 2, 2)
    assert second.inputs_sha256 != first.inputs_sha256
    assert queries.checked(first).is_same
    assert queries.checked(second).is_same


def test_a_verdict_that_says_something_else_is_found(programme: None) -> None:
    first = made()
    with acting_in("53"):
        forged = make_verdict(number=2, inputs_sha256=first.inputs_sha256, result_sha256="f" * 64)

    again = queries.checked(forged)

    assert not again.is_same
    assert again.sha256 == first.result_sha256
    assert not again.same_code


def test_rows_can_neither_be_changed_nor_removed(db: None) -> None:
    with acting_in("53"):
        finding = make_finding(make_verdict())
        move = make_class_move(finding.verdict)
        for change in (
            lambda: Finding.objects.filter(pk=finding.pk).update(value=0.9),
            lambda: Finding.objects.filter(pk=finding.pk).delete(),
            lambda: Verdict.objects.filter(pk=finding.verdict_id).update(evidence={"x": 1}),
            lambda: move.delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    finding.refresh_from_db()
    assert finding.value == 0.15


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ({"said": "fell"}, "finding_word_known"),
        ({"because": "luck"}, "finding_reason_known"),
        ({"outcome": "joy"}, "finding_outcome_known"),
        ({"called": "proof"}, "finding_called_known"),
        ({"low": 0.3}, "finding_interval"),
        ({"unit_key": "village:1", "months": 7}, "finding_months_known"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_by_the_database(db: None, over: dict[str, Any], name: str) -> None:
    with acting_in("53"):
        verdict = make_verdict()
        with pytest.raises(DatabaseError, match=name), transaction.atomic():
            make_finding(verdict, **over)


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ({"quarter": "2026-Q3"}, "verdict_quarter_shape"),
        ({"inputs_sha256": "x"}, "verdict_digests_shape"),
        ({"number": 0}, "verdict_number_from_one"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused_by_the_database(db: None, over: dict[str, Any], name: str) -> None:
    with acting_in("53"), pytest.raises(DatabaseError, match=name), transaction.atomic():
        make_verdict(**over)


def test_class_moves_of_unknown_kind_are_refused_by_the_database(db: None) -> None:
    with acting_in("53"):
        verdict = make_verdict()
        for over, name in (
            ({"group": "all"}, "class_move_group_known"),
            ({"ladder": "sky"}, "class_move_ladder_known"),
        ):
            with pytest.raises(DatabaseError, match=name), transaction.atomic():
                make_class_move(verdict, **over)


def test_a_quarter_that_runs_and_returns_that_are_missing_are_refused(db: None) -> None:
    with pytest.raises(actions.QuarterNotOver, match="Triwulan IV 2026 belum berakhir"):
        actions.make_verdict(quarter=Quarter.of(2026, 4), by=None, post=None, at=NOW)
    with pytest.raises(actions.NothingReported, match="Belum ada laporan"):
        made()

    assert not Verdict.objects.exists()


def test_only_the_province_has_a_verdict_made(cast: dict[str, Member]) -> None:
    member = cast["regency_officer"]

    with pytest.raises(Refused):
        actions.make_verdict(quarter=QUARTER, by=member.user, post=member.held, at=NOW)

    assert not Verdict.objects.exists()


def test_every_address_answers_every_role(cast: dict[str, Member]) -> None:
    with acting_in("53"):
        finding = make_finding(make_verdict(), unit_key="village:53.09.01.2001", unit_name="Desa Contoh", months=6,
                               since=WAVES[0])  # fmt: skip
    here = f"{HOME}{finding.verdict_id}/"
    pages = {
        "verdicts": (HOME, READERS, 200),
        "make": (f"{HOME}buat/", {"province_officer"}, 405),
        "verdict": (here, READERS, 200),
        "unit": (f"{here}unit/village:53.09.01.2001/", READERS, 200),
    }
    assert {door.name for door in doors.doors() if door.name.startswith("verdicts:")} == {
        f"verdicts:{one}" for one in pages
    }

    for name, (url, inside, status) in pages.items():
        for role, member in cast.items():
            answer = member.client().get(url)
            wanted = {status} if role in inside else ({403, 405} if name == "make" else {403})
            assert answer.status_code in wanted, (name, role, answer.status_code)
    assert Client().get(HOME).status_code == 302


def test_the_province_asks_for_a_verdict_and_others_do_not(cast: dict[str, Member]) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    refused = cast["regency_officer"].client().post(f"{HOME}buat/", {"triwulan": "2026-T3"})
    wrong = cast["province_officer"].client().post(f"{HOME}buat/", {"triwulan": "1999-T1"})
    assert (refused.status_code, wrong.status_code) == (403, 422)
    assert not ProcrastinateJob.objects.filter(task_name="verdicts.make").exists()

    choices = cast["province_officer"].client().get(HOME).content.decode()
    label = choices.split('<option value="')[1].split('"')[0]
    asked = cast["province_officer"].client().post(f"{HOME}buat/", {"triwulan": label})

    assert asked.status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="verdicts.make").count() == 1


def test_the_public_reads_the_sentence_first(db: None) -> None:
    bare = Client().get("/putusan").content.decode()
    assert "Belum ada putusan" in bare

    with acting_in("53"):
        verdict = make_verdict()
        make_finding(verdict)
        make_finding(verdict, unit_key="village:53.09.01.2001", unit_name="Desa Contoh", months=6, since=WAVES[0])
    page = Client().get("/putusan").content.decode()

    sentence = "Omzet naik dibandingkan dengan produsen serupa di luar program."
    assert page.index(sentence) < page.index("Perkiraan terbaik +15,0") < page.index("Bagaimana ini dihitung")
    unit = Client().get("/putusan/village:53.09.01.2001")
    assert sentence in unit.content.decode()
    assert Client().get("/putusan/village:53.09.01.2099").status_code == 404
    assert Client().get("/putusan?triwulan=1999-T1").status_code == 404
    assert Client().get("/putusan/").status_code == 301


def test_a_demonstration_says_that_its_days_are_invented(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_in("53"):
        verdict = make_verdict()
        make_finding(verdict)
        make_finding(verdict, unit_key="village:53.09.01.2001", unit_name="Desa Contoh", months=6, since=WAVES[0])
    paths = ("/putusan", "/putusan/village:53.09.01.2001")
    words = "laporan dan hari penetapan di halaman ini rekaan"
    for path in paths:
        assert words not in Client().get(path).content.decode()

    monkeypatch.setattr(pages, "has_demo_data", lambda: True)

    for path in paths:
        assert words in Client().get(path).content.decode()


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (Month.of(2026, 9), [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]),
        (Month.of(2027, 3), [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]),
    ],
)
def test_the_days_of_the_demo_move_with_its_newest_quarter(last: Month, days: list[date]) -> None:
    found = waves(last)

    assert list(found) == days
    first = last.quarter.ordinal - 7
    assert [Quarter.from_date(day).ordinal - first for day in found] == [4, 5, 6]  # whole quarters before each


def test_the_waves_of_the_demo_recover_the_stated_effect() -> None:
    days = waves(Month.from_date(QUARTER.last_day))

    result = judge(inputs_of(producers(days=days), effect=DEMO_EFFECT), region="53")

    found = next(one for one in result.findings if not one.unit_key and one.outcome == "turnover")
    assert (found.said, found.called) == ("rose", "impact")
    assert found.low is not None
    assert found.high is not None
    assert log1p(found.low) < stated(days) < log1p(found.high)


def test_what_has_no_baseline_is_never_called_impact(db: None) -> None:
    with acting_in("53"):
        make_finding(make_verdict(), called="indicative")

    page = Client().get("/putusan").content.decode()

    assert "Indikatif: Omzet naik" in page
    assert "tidak boleh disebut dampak" in page


def test_the_api_gives_words_and_numbers(db: None) -> None:
    with acting_in("53"):
        verdict = make_verdict()
        make_finding(verdict)
        make_class_move(verdict)

    found = json.loads(Client().get("/api/v1/verdicts").content)
    one = json.loads(Client().get("/api/v1/verdicts/2026-T3").content)

    assert (found["count"], found["items"][0]["quarter"]) == (1, "2026-T3")
    assert one["programme"][0] | {"value": 0.15, "said": "rose"} == one["programme"][0]
    assert one["classes"][0]["net"] == 2
    assert Client().get("/api/v1/verdicts/1999-T1").status_code == 404


@pytest.mark.parametrize(
    ("words", "says"), [(["make", "2027-T9"], "tidak terbaca"), (["check", "2019-T1"], "belum ada putusan")]
)
def test_the_command_says_what_is_wrong(db: None, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str) -> None:
    from lontar.cli import database
    from lontar.cli.verdict import verdict

    monkeypatch.setattr(database, "ready", lambda *_args: None)

    done = CliRunner().invoke(verdict, words)

    assert done.exit_code == 1
    assert says in done.output


def test_the_command_makes_and_checks(programme: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from lontar.cli import database
    from lontar.cli.verdict import verdict

    monkeypatch.setattr(database, "ready", lambda *_args: None)

    made_ = CliRunner().invoke(verdict, ["make", "2026-T3"])
    checked = CliRunner().invoke(verdict, ["check", "2026-T3"])

    assert "Omzet naik dibandingkan" in made_.output
    assert (made_.exit_code, checked.exit_code) == (0, 0)
    assert "terhitung sama" in checked.output
