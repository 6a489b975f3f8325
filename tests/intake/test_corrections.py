"""Rows that wait: corrected in the marked workbook, or let through by a place that a person decided; each gets in once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.factories import Member, make_enterprise
from tests.intake.making import (
    ELSEWHERE,
    NEIGHBOUR,
    NOW,
    VILLAGE,
    again,
    carry,
    csv_file,
    done,
    enterprise,
    messages,
    outcomes,
    send,
)

from lontar.intake import actions, queries
from lontar.intake.models import Batch, BatchIssue, PlaceAlias
from lontar.intake.states import BatchState
from lontar.intake.steps import matching
from lontar.intake.steps.marking import write_marked_workbook
from lontar.registry.models import Enterprise, Region

MISSPELT = {"village_code": None, "village": "Waesai Uji", "district": "Aimere"}


def marked(batch: Batch, folder: Path, *, all_rows: bool = False) -> Workbook:
    """The workbook that the person gets back."""
    path = folder / f"bertanda-{batch.pk}.xlsx"
    write_marked_workbook(batch, path, only_problem_rows=not all_rows)
    return load_workbook(path)


def corrected(book: Workbook, changes: dict[str, dict[str, str]]) -> bytes:
    """The workbook saved again, with cells changed: business name → header → what is written now."""
    sheet = book.worksheets[1]
    header = {str(cell.value): cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        name = str(row[header["Nama Usaha"] - 1].value)
        for title, value in changes.get(name, {}).items():
            row[header[title] - 1].value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def decide(batch: Batch, member: Member, code: str = VILLAGE) -> None:
    words = queries.unknown_places(batch, offset=0, limit=1)[0].words
    village = Region.objects.get(pk=code)
    actions.decide_place(batch=batch, words=words, village=village, by=member.user, at=NOW)


def retry(batch: Batch, member: Member) -> Batch:
    actions.retry_waiting(batch=batch, by=member.user, at=NOW)
    return carry(batch)


def test_the_workbook_of_waiting_rows_marks_the_bad_cell_and_says_why(officer: Member, tmp_path: Path) -> None:
    batch = done(officer, csv_file([enterprise(), enterprise(nik="123", name="Rusak Contoh")]))

    sheet = marked(batch, tmp_path).worksheets[1]

    header = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[header.index("Nama Usaha")].value for row in rows] == ["Rusak Contoh"]
    bad = rows[0][header.index("NIK Pemilik")]
    assert (bad.value, bad.fill.fgColor.rgb) == ("123", "FFF8C9C4")
    assert bad.comment is not None
    assert bad.comment.text.startswith("NIK harus 16 angka")
    assert rows[0][header.index("_lontar")].value == f"{batch.pk}-1-3"


def test_of_a_corrected_workbook_only_the_changed_rows_are_processed(officer: Member, tmp_path: Path) -> None:
    first = done(officer, csv_file([enterprise(), enterprise(nik="123", name="Rusak Contoh")]))
    book = corrected(marked(first, tmp_path, all_rows=True), {"Rusak Contoh": {"NIK Pemilik": "5309014101909002"}})

    second = done(officer, book, name="perbaikan.xlsx")

    assert outcomes(second) == ["ALREADY", "NEW"]
    assert (second.corrects_id, second.rows_already, second.rows_new) == (first.pk, 1, 1)
    assert Enterprise.objects.count() == 2


def test_a_corrected_row_waits_no_longer_in_the_batch_that_it_came_from(officer: Member, tmp_path: Path) -> None:
    first = done(
        officer,
        csv_file([enterprise(), enterprise(nik="1", name="Satu Contoh"), enterprise(nik="2", name="Dua Contoh")]),
    )
    book = corrected(marked(first, tmp_path), {"Satu Contoh": {"NIK Pemilik": "5309014101909002"}})

    second = done(officer, book, name="perbaikan.xlsx")

    assert outcomes(second) == ["NEW", "WAITING"]
    first = again(first)
    assert outcomes(first) == ["NEW", "CORRECTED", "WAITING"]
    assert (first.rows_waiting, first.rows_corrected, first.rows_new) == (1, 1, 1)
    assert [row for row, _field, _message in messages(first)] == [4]


def test_a_corrected_row_is_not_brought_back_when_the_first_batch_is_looked_at_again(
    officer: Member, tmp_path: Path
) -> None:
    first = done(
        officer,
        csv_file([enterprise(nik=None, name="Satu Contoh", **MISSPELT), enterprise(nik="2", name="Dua Contoh")]),
    )
    book = corrected(
        marked(first, tmp_path), {"Satu Contoh": {"Desa/Kelurahan": "Keligejo Uji", "Nama Usaha": "Satu Baru Contoh"}}
    )
    done(officer, book, name="perbaikan.xlsx")
    PlaceAlias.objects.create(
        agency=officer.held.agency,
        words="| waesai uji | aimere | |",
        village_id=VILLAGE,
        decided_by=officer.user,
        decided_at=NOW,
    )

    first = retry(again(first), officer)

    assert outcomes(first) == ["CORRECTED", "WAITING"]
    assert list(Enterprise.objects.values_list("name", "village_id")) == [("Satu Baru Contoh", NEIGHBOUR)]


def test_a_row_corrected_twice_reaches_the_same_record_even_without_numbers(officer: Member, tmp_path: Path) -> None:
    first = done(officer, csv_file([enterprise(nik=None, name="Satu Contoh", **MISSPELT)]))
    book = marked(first, tmp_path)
    done(officer, corrected(book, {"Satu Contoh": {"Desa/Kelurahan": "Waesae Uji"}}), name="perbaikan.xlsx")

    third = done(officer, corrected(book, {"Satu Contoh": {"Nama Usaha": "Satu Elok Contoh"}}), name="perbaikan.xlsx")

    assert outcomes(third) == ["UPDATED"]
    assert list(Enterprise.objects.values_list("name", flat=True)) == ["Satu Elok Contoh"]


def test_a_correction_of_a_correction_closes_the_row_of_the_first_batch_too(officer: Member, tmp_path: Path) -> None:
    first = done(officer, csv_file([enterprise(), enterprise(nik="1", name="Satu Contoh")]))
    book = corrected(marked(first, tmp_path), {"Satu Contoh": {"NIK Pemilik": "2"}})
    second = done(officer, book, name="perbaikan.xlsx")
    book = corrected(marked(second, tmp_path), {"Satu Contoh": {"NIK Pemilik": "5309014101909002"}})

    third = done(officer, book, name="perbaikan-lagi.xlsx")

    assert outcomes(third) == ["NEW"]
    for earlier in (again(second), again(first)):
        assert outcomes(earlier)[-1] == "CORRECTED"
        assert (earlier.rows_waiting, earlier.rows_corrected) == (0, 1)


def test_a_line_copied_in_the_workbook_is_a_record_of_its_own(officer: Member, tmp_path: Path) -> None:
    first = done(officer, csv_file([enterprise(nik=None, name="Satu Contoh")]))
    book = marked(first, tmp_path, all_rows=True)
    sheet = book.worksheets[1]
    copy = [cell.value for cell in sheet[2]]
    copy[[cell.value for cell in sheet[1]].index("Nama Usaha")] = "Salinan Contoh"
    sheet.append(copy)

    second = done(officer, corrected(book, {}), name="perbaikan.xlsx")

    assert outcomes(second) == ["ALREADY", "NEW"]
    assert list(Enterprise.objects.order_by("name").values_list("name", flat=True)) == ["Salinan Contoh", "Satu Contoh"]


def test_keys_of_another_agency_or_of_nowhere_are_worth_nothing(
    officer: Member, regency_officer: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "AUTOMATIC", 2.0)  # the same words link by themselves, without any key
    foreign = done(
        regency_officer, csv_file([enterprise(nik=None, name="Asing Contoh"), enterprise(nik="1", name="Rusak Contoh")])
    )
    book = marked(foreign, tmp_path, all_rows=True)
    key = [cell.value for cell in book.worksheets[1][1]].index("_lontar") + 1
    book.worksheets[1].cell(row=3, column=key).value = "99999999999999999999-1-1"
    changed = corrected(book, {"Rusak Contoh": {"NIK Pemilik": "5309014101909002"}})

    mine = done(officer, changed, name="tiruan.xlsx")

    assert (mine.corrects_id, outcomes(mine)) == (None, ["NEW", "NEW"])
    assert outcomes(again(foreign)) == ["NEW", "WAITING"]


def test_a_place_that_a_person_decided_lets_its_rows_through_and_is_known_from_then_on(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(nik=None, name=f"Usaha Contoh {n}", **MISSPELT) for n in range(3)]))
    assert [(one.written, one.rows, one.suggestion) for one in queries.unknown_places(batch, offset=0, limit=9)] == [
        ("Waesai Uji, Aimere", 3, VILLAGE)
    ]
    decide(batch, officer)

    batch = retry(batch, officer)

    assert (batch.state, batch.rows_waiting, batch.rows_new, batch.rows_done) == ("done", 0, 3, 3)
    assert outcomes(batch) == ["NEW"] * 3
    assert not BatchIssue.objects.filter(batch=batch).exclude(severity="warning").exists()
    later = done(officer, csv_file([enterprise(name="Kemudian Contoh", **MISSPELT)]))
    assert outcomes(later) == ["NEW"]


def test_looking_again_touches_no_row_that_was_accepted(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(), enterprise(nik=None, name="Tenun Contoh Uji", **MISSPELT)]))
    kept = Enterprise.objects.get()
    Enterprise.objects.filter(pk=kept.pk).update(main_product="Diubah di kantor")
    decide(batch, officer)

    batch = retry(batch, officer)

    kept.refresh_from_db()
    assert (kept.main_product, outcomes(batch)) == ("Diubah di kantor", ["NEW", "NEW"])
    assert (batch.rows_new, batch.rows_waiting) == (2, 0)


def test_what_still_fails_waits_with_its_finding_once(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(nik="1"), enterprise(nik="2", name="Dua Contoh", **MISSPELT)]))
    before = messages(batch)

    batch = retry(batch, officer)

    assert (batch.rows_waiting, messages(batch)) == (2, before)
    assert outcomes(batch) == ["WAITING", "WAITING"]


def test_a_row_is_judged_again_beside_its_neighbours(officer: Member) -> None:
    twice = enterprise(nib="9120000000017", **MISSPELT)
    batch = done(officer, csv_file([twice, twice | {"name": "Salinan Contoh"}]))
    decide(batch, officer)

    batch = retry(batch, officer)

    assert outcomes(batch) == ["NEW", "WAITING"]
    assert messages(batch)[0][2].startswith("NIB ini sudah ada pada baris 2 berkas ini.")


def test_asking_twice_is_asking_once(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(nik="1")]))
    stale = again(batch)
    actions.retry_waiting(batch=batch, by=officer.user, at=NOW)

    with pytest.raises(actions.NotNow):
        actions.retry_waiting(batch=stale, by=officer.user, at=NOW)

    assert again(batch).state == BatchState.QUEUED


@pytest.mark.parametrize("state", ["received", "queued", "running", "failed", "cancelled", "refused", "needs_mapping"])
def test_only_a_done_batch_with_waiting_rows_is_looked_at_again(officer: Member, state: str) -> None:
    batch = send(officer, csv_file([enterprise()]))
    Batch.objects.filter(pk=batch.pk).update(state=state, rows_waiting=1)

    with pytest.raises(actions.NotNow):
        actions.retry_waiting(batch=again(batch), by=officer.user, at=NOW)

    assert again(batch).state == state


def test_a_done_batch_without_waiting_rows_has_nothing_to_look_at(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise()]))

    with pytest.raises(actions.NotNow) as refused:
        actions.retry_waiting(batch=batch, by=officer.user, at=NOW)

    assert refused.value.reason == f"Kiriman #{batch.pk} tidak punya baris yang menunggu untuk diperiksa ulang."


def test_giving_up_a_second_look_leaves_the_batch_as_done_as_it_was(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(), enterprise(nik="1", name="Rusak Contoh")]))
    actions.retry_waiting(batch=batch, by=officer.user, at=NOW)

    actions.cancel_batch(batch=again(batch), by=officer.user, at=NOW)

    batch = again(batch)
    assert (batch.state, batch.is_retry, batch.rows_done, batch.rows_waiting) == ("done", False, 2, 1)


def test_another_mapping_is_used_for_the_waiting_rows_alone(officer: Member) -> None:
    header = {"name": "Nama Usaha", "village_code": "Kode Desa", "main_product": "NIK Pemilik"}
    rows = [
        {"name": "Satu Contoh", "village_code": VILLAGE, "main_product": "Kopi"},
        {"name": "Dua Contoh", "village_code": VILLAGE},
    ]
    batch = done(officer, csv_file(rows, header=header))
    assert outcomes(batch) == ["WAITING", "NEW"]

    actions.confirm_mapping(
        batch=batch,
        mapping={"Nama Usaha": "name", "Kode Desa": "village_code", "NIK Pemilik": "main_product"},
        by=officer.user,
        at=NOW,
    )
    batch = carry(batch)

    assert outcomes(batch) == ["NEW", "NEW"]
    assert list(Enterprise.objects.order_by("name").values_list("name", "main_product")) == [
        ("Dua Contoh", ""),
        ("Satu Contoh", "Kopi"),
    ]


@pytest.mark.parametrize("code", [ELSEWHERE, "53.09.01", "53.09"])
def test_a_spelling_means_only_a_village_of_the_senders_region(officer: Member, code: str) -> None:
    batch = done(officer, csv_file([enterprise(**MISSPELT)]))

    with pytest.raises(actions.NotAPlace):
        decide(batch, officer, code)

    assert not PlaceAlias.objects.exists()


def test_a_record_that_is_gone_is_not_the_target_of_a_row_that_came_back(officer: Member, tmp_path: Path) -> None:
    first = done(officer, csv_file([enterprise(nik=None, name="Satu Contoh")]))
    book = marked(first, tmp_path, all_rows=True)
    Enterprise.objects.all().delete()
    make_enterprise(VILLAGE, name="Lain Contoh")

    second = done(officer, corrected(book, {"Satu Contoh": {"Nama Usaha": "Satu Baru Contoh"}}), name="perbaikan.xlsx")

    assert outcomes(second) == ["NEW"]
    assert sorted(Enterprise.objects.values_list("name", flat=True)) == ["Lain Contoh", "Satu Baru Contoh"]
