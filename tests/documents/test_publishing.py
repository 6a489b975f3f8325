"""Publishing: numbers, codes, files, rows, the trail, the wall; all or nothing; a paper's end."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.utils import timezone
from pghistory.models import Context
from tests.documents.factories import KIND, draw, make_draft, make_pattern
from tests.factories import MORNING, Member

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.documents import queries
from lontar.documents.actions import (
    AlreadyEnded,
    Drawn,
    Marks,
    NumberTaken,
    ReasonMissing,
    UnknownKind,
    publish,
    replace_paper,
    revoke_paper,
)
from lontar.documents.models import NumberSeries, Paper, PaperFate
from lontar.documents.states import FateKind, FileKind
from lontar.documents.steps.making import FILES, DrawingReadsDatabase
from lontar.documents.steps.sweeping import sweep


def published(member: Member, count: int = 1, **over: object) -> list[Paper]:
    member.enter()
    return publish(drafts=[make_draft(**over)] * count, post=member.held, by=member.user, at=MORNING)


def test_papers_are_numbered_in_order_and_found_by_their_code(province_officer: Member) -> None:
    first, second = published(province_officer, 2)

    assert (first.number, second.number) == ("500.3.2/1/DPMD/2026", "500.3.2/2/DPMD/2026")
    found = queries.paper(second.code.lower().replace("-", " "))
    assert found is not None
    assert (found.pk, found.title, found.is_in_force) == (second.pk, second.title, True)
    assert found.facts == (("Produk", "Kopi Contoh"), ("Desa", "Desa Contoh"))
    assert found.address == f"http://localhost:8000/periksa/{second.code}"
    assert queries.read_file(found, FileKind.WORD) == b"PK contoh " + second.code.encode()
    assert queries.read_file(found, FileKind.PDF)[:5] == b"%PDF-"
    assert queries.paper("K7QF-2M9A-X3TB") is None


def test_one_event_of_the_trail_holds_all_papers(province_officer: Member) -> None:
    published(province_officer, 3)

    (event,) = Context.objects.filter(metadata__action="documents.paper.published")
    assert (event.metadata["papers"], event.metadata["post"]) == (3, province_officer.held.pk)


def test_files_lie_sealed(province_officer: Member) -> None:
    (one,) = published(province_officer)

    kept = FILES.path_of(one.pdf_sha256).read_bytes()

    assert kept[:6] == b"LNTRF1"
    assert b"PDF" not in kept[:64]


def test_a_year_begins_at_one_in_its_own_place_of_the_clock(province_officer: Member) -> None:
    published(province_officer)
    last_night = MORNING.replace(year=2026, month=12, day=31, hour=16, minute=30)  # 00.30 WITA of 2027

    (one,) = publish(drafts=[make_draft()], post=province_officer.held, by=None, at=last_night)

    assert one.number == "500.3.2/1/DPMD/2027"


def test_kinds_count_apart_and_one_without_a_pattern_is_refused(province_officer: Member) -> None:
    published(province_officer, 2)
    (locus,) = published(province_officer, kind="sk-lokus")
    assert locus.number == "500.3.2/1/DPMD-LOKUS/2026"

    with pytest.raises(UnknownKind, match="“tak-dikenal” belum punya pola nomor"):
        published(province_officer, kind="tak-dikenal")

    make_pattern("kembar", pattern="500.3.2/{urut}/DPMD/{tahun}")
    with pytest.raises(NumberTaken, match=r"500\.3\.2/1/DPMD/2026 sudah dipakai"):
        published(province_officer, kind="kembar")


def test_who_may_not_issue_there_is_refused_and_nothing_is_written(
    regency_officer: Member, village_officer: Member
) -> None:
    with pytest.raises(Refused, match=r"53\.12 berada di luar"):
        published(regency_officer, region_code="53.12")
    with pytest.raises(Refused, match="menerbitkan surat"):
        published(village_officer)

    assert (Paper.objects.count(), NumberSeries.objects.count()) == (0, 0)


def fail_at(number: int, problem: Exception) -> object:
    def drawn(marks: Marks) -> Drawn:
        if f"/{number}/" in marks.number:
            raise problem
        return draw(marks)

    return drawn


def files() -> set[str]:
    return {path.name for path in FILES.path_of("00").parents[1].rglob("*") if path.is_file()}


def test_when_one_paper_breaks_none_is_issued_and_its_files_are_swept(province_officer: Member) -> None:
    (kept,) = published(province_officer)
    before = files()

    with pytest.raises(OSError, match="rusak"):
        published(province_officer, 8, draw=fail_at(5, OSError("rusak")))

    assert (Paper.objects.count(), NumberSeries.objects.get().last) == (1, 1)
    assert sweep(at=timezone.now() + timedelta(hours=23)) == 0
    assert files() > before
    sweep(at=timezone.now() + timedelta(hours=25))
    assert files() == {kept.pdf_sha256, kept.docx_sha256}
    (one,) = published(province_officer)
    assert one.number == "500.3.2/2/DPMD/2026"


def test_five_hundred_in_a_transaction_that_fails_leave_nothing(province_officer: Member) -> None:
    class Stopped(Exception):
        pass

    def decree() -> NoReturn:
        with transaction.atomic():
            assert len(published(province_officer, 500, draw=lambda marks: Drawn(marks.code.encode()))) == 500
            raise Stopped

    with pytest.raises(Stopped):
        decree()

    assert (Paper.objects.count(), NumberSeries.objects.count()) == (0, 0)
    assert [one.sequence for one in published(province_officer, 2)] == [1, 2]


def test_a_draft_that_asks_the_database_while_drawn_is_told(province_officer: Member) -> None:
    def asks(marks: Marks) -> Drawn:
        return Drawn(str(Paper.objects.count()).encode())

    with pytest.raises(DrawingReadsDatabase):
        published(province_officer, draw=asks)


# --- rows that nobody changes, and ends ---------------------------------------------------------------------------------


def test_a_paper_is_never_changed(province_officer: Member) -> None:
    (one,) = published(province_officer)

    for change in (lambda: Paper.objects.update(title="x"), lambda: Paper.objects.filter(pk=one.pk).delete()):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            change()


def test_the_wall_lets_all_read_papers_and_none_write_beyond_the_scope(province_officer: Member) -> None:
    (one,) = published(province_officer)
    scope.enter("")
    assert queries.paper(one.code) is not None
    scope.enter("53.12")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        publish(drafts=[make_draft()], post=province_officer.held, by=None, at=MORNING)


def test_a_paper_is_revoked_once_with_a_reason(province_officer: Member, regency_officer: Member) -> None:
    (one,) = published(province_officer)
    act = {"paper": one, "by": None, "at": MORNING + timedelta(days=1)}

    with pytest.raises(ReasonMissing, match="paling sedikit 10 huruf"):
        revoke_paper(reason="  salah ", post=province_officer.held, **act)  # type: ignore[arg-type]  # by name
    with pytest.raises(Refused, match="mencabut surat"):
        revoke_paper(reason="Nama produk keliru.", post=regency_officer.held, **act)  # type: ignore[arg-type]  # as above
    assert PaperFate.objects.count() == 0
    revoke_paper(reason="Nama  produk keliru.", post=province_officer.held, **act)  # type: ignore[arg-type]  # as above

    found = queries.paper(one.code)
    assert found is not None
    assert found.fate is not None
    assert (found.fate.kind, found.fate.reason, found.is_in_force) == (FateKind.REVOKED, "Nama produk keliru.", False)
    with pytest.raises(AlreadyEnded):
        revoke_paper(reason="Nama produk keliru.", post=province_officer.held, **act)  # type: ignore[arg-type]  # as above


def test_a_replaced_paper_leads_to_its_successor(province_officer: Member) -> None:
    old, new = published(province_officer, 2)

    replace_paper(
        paper=old, successor=new, reason="Produk unggulan berganti.", post=province_officer.held, by=None, at=MORNING
    )

    found = queries.paper(old.code)
    assert found is not None
    assert found.fate is not None
    assert found.fate.successor == (new.number, new.code)
    assert [one.pk for one in queries.papers(kinds=[KIND], is_in_force=True)] == [new.pk]
    assert [one.pk for one in queries.papers(within="53.09")] == [new.pk, old.pk]
    assert queries.papers(within="53.12") == []
    with pytest.raises(IntegrityError, match="paperfate_not_by_itself"), transaction.atomic():
        PaperFate.objects.create(
            paper=new, successor=new, kind="replaced", reason="x", region_code="53", at=MORNING,
            post=province_officer.held,
        )  # fmt: skip
