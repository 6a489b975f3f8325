"""A report is built, looked at and published once: chained, numbered, signed, verified from its files, and never changed."""

from __future__ import annotations

import stat

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from tests.documents.factories import make_paper
from tests.factories import MORNING, Member
from tests.reports.world import LAST, Closed, build, publish, publish_quarters

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.documents.queries import paper, read_file
from lontar.documents.states import FileKind
from lontar.engines.reporting import verify
from lontar.reports import actions
from lontar.reports.models import Draft, Report
from lontar.reports.queries import listing
from lontar.reports.steps import folders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> object:
    with acting_in("53"):
        yield


def test_reports_are_chained_signed_and_sound(
    province_officer: Member, closed: Closed, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture of pytest-django
        first, second = publish_quarters(province_officer)
    assert [(one.number, one.quarter) for one in (first, second)] == [(1, "2026-T2"), (2, "2026-T3")]
    assert second.previous == first
    found = paper(second.paper.code)
    assert found is not None
    assert found.number == "500.3.2/2/DPMD-LAPORAN/2026"
    assert ("SHA-256 manifes", second.manifest_sha256) in found.facts
    assert ("Apakah omzet naik?", "Naik") in found.facts
    assert read_file(found, FileKind.PDF)[:5] == b"%PDF-"
    folder = folders.place("2026-T3", second.manifest_sha256)
    done = verify(folder, folders.place("2026-T2", first.manifest_sha256), manifest_sha256=second.manifest_sha256)
    assert (done.findings, done.chain, done.number) == ([], "tersambung ke laporan 2026-T2", 2)
    assert all(not path.stat().st_mode & stat.S_IWUSR for path in folder.rglob("*") if path.is_file())
    assert [one.quarter for one in listing.published()] == ["2026-T3", "2026-T2"]


def test_a_published_report_can_be_neither_changed_nor_followed_by_another(
    province_officer: Member, closed: Closed
) -> None:
    report = publish(province_officer, build(province_officer))
    for act in (lambda: Report.objects.update(figures=1), lambda: Report.objects.all().delete()):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete rows from reports_report"),
            transaction.atomic(),
        ):
            act()
    with pytest.raises(actions.AlreadyPublished, match="sudah terbit sebagai laporan nomor 1"):
        build(province_officer)
    other = Draft.objects.get(pk=report.draft_id)
    with pytest.raises(actions.AlreadyPublished):
        publish(province_officer, other)
    assert Report.objects.count() == 1


def test_the_database_itself_refuses_a_second_report_of_a_quarter_and_a_gap_in_the_chain(
    province_officer: Member, closed: Closed
) -> None:
    report = publish(province_officer, build(province_officer))
    draft, paper_row = build(province_officer, LAST.shift(1)), make_paper(province_officer, sequence=77)
    values = {
        "quarter": "2026-T3", "number": 2, "previous": report, "draft": draft, "paper": paper_row, "figures": 1,
        "manifest_sha256": "0" * 64, "published_at": MORNING, "post": report.post,
    }  # fmt: skip
    for more, name in (
        ({}, "reports_one_per_quarter"),
        ({"quarter": "2026-T4", "number": 1, "previous": None}, "reports_one_per_number"),
        ({"quarter": "2026-T4", "previous": None}, "reports_chain_has_no_gap"),
        ({"quarter": "2026-5"}, "reports_quarter_shape"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Report.objects.create(**(values | more))


@pytest.mark.parametrize("change", ["quarter", "number", "sha"])
def test_the_database_refuses_a_draft_that_is_none(province_officer: Member, closed: Closed, change: str) -> None:
    values = {
        "quarter": "2026-T3", "number": 1, "stamp": "x", "manifest_sha256": "0" * 64, "figures": 1, "built_at": MORNING,
        "post": province_officer.held,
    }  # fmt: skip
    wrong = {"quarter": {"quarter": "x"}, "number": {"number": 0}, "sha": {"manifest_sha256": "x"}}[change]
    with pytest.raises(IntegrityError, match="reports_draft_"), transaction.atomic():
        Draft.objects.create(**(values | wrong))


def test_a_draft_is_stale_once_its_quarter_is_restated_or_another_report_is_out(
    province_officer: Member, closed: Closed
) -> None:
    draft = build(province_officer)
    closed.restated["2026-T3"] = 1
    with pytest.raises(actions.DraftStale, match="diperbarui sejak rancangan"):
        publish(province_officer, draft)
    closed.restated.clear()
    publish(province_officer, build(province_officer, LAST.shift(-1)))
    with pytest.raises(actions.DraftStale, match="Laporan lain terbit"):
        publish(province_officer, draft)
    again = build(province_officer, days=1)
    assert publish(province_officer, again, days=1).number == 2


def test_a_restatement_during_the_build_leaves_no_draft(
    province_officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lontar.reports.actions import building

    def written(*args: object) -> str:
        closed.restated["2026-T3"] = 1
        return real(*args)  # type: ignore[arg-type]  # handed on

    real = building.write_package
    monkeypatch.setattr(building, "write_package", written)
    with pytest.raises(actions.BuildStale, match="selagi rancangan dibuat"):
        build(province_officer)
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["province_admin", "agency_officer", "regency_officer", "village_officer", "viewer", "stranger"]
)
def test_nobody_but_the_province_officer_builds_or_publishes(
    cast: dict[str, Member], closed: Closed, name: str
) -> None:
    draft = build(cast["province_officer"])
    person = cast[name]
    post = person.post
    for act in (
        lambda: actions.build_report(quarter=LAST.shift(-1), post=post, by=person.user, at=MORNING),  # type: ignore[arg-type]  # may be nobody
        lambda: actions.publish_report(draft=draft, post=post, by=person.user, at=MORNING),  # type: ignore[arg-type]  # the same
    ):
        with pytest.raises(Refused):
            act()
    assert (Draft.objects.count(), Report.objects.count()) == (1, 0)


def test_behind_the_wall_a_regency_sees_reports_but_no_draft(province_officer: Member, closed: Closed) -> None:
    publish(province_officer, build(province_officer))
    with acting_in("53.09"):
        assert (Draft.objects.count(), Report.objects.count()) == (0, 1)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO reports_draft (quarter, number, previous_sha256, stamp, manifest_sha256, figures,"
                           " built_at, post_id) VALUES ('2026-T2', 1, '', 'x', %s, 1, now(), %s)",
                           ["1" * 64, province_officer.held.pk])  # fmt: skip
