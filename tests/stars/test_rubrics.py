"""Rubrics: what ships, drafts out of a file with their faults, being put in force, being frozen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.factories import MORNING, Member
from tests.stars.world import make_band, make_gate, make_item, make_option, make_rubric

from lontar.engines.rubrics import as_json, as_rows, as_workbook, shipped
from lontar.stars import actions
from lontar.stars.models import Rubric, RubricItem
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import RubricState

pytestmark = pytest.mark.django_db
UPLOAD = "/kantor/bintang/rubrik/unggah/"


def ntt() -> Rubric:
    return Rubric.objects.get(key="ntt", version=1)


def test_what_ships_stands_in_the_database_as_it_is_shipped() -> None:
    assert [content_of(Rubric.objects.get(key=one.key, version=one.version)) for one in shipped()] == shipped()
    assert set(Rubric.objects.values_list("key", "version", "state")) == {
        ("kemenperin-ovop", 1, "draft"),
        ("ntt", 1, "in_force"),
        ("ocop-vn", 1, "ended"),
        ("ocop-vn", 2, "in_force"),
        ("opc-th", 1, "in_force"),
    }


def test_the_version_of_a_day_is_the_one_in_force_then() -> None:
    day = date(2023, 2, 24)

    for at, version in ((day - timedelta(days=1), 1), (day, 2)):
        assert list(Rubric.objects.as_at(at).filter(key="ocop-vn").values_list("version", flat=True)) == [version]


def test_what_is_in_force_cannot_be_changed() -> None:
    rubric = ntt()
    changes = (
        lambda: RubricItem.objects.filter(rubric=rubric, code="B.1").update(high=9),
        lambda: RubricItem.objects.filter(rubric=rubric, code="B.1").delete(),
        lambda: make_item(rubric, code="Z", position=99),
        lambda: make_option(rubric),
        lambda: make_gate(rubric, condition="lain"),
        lambda: make_band(make_rubric(state="in_force")),
        lambda: Rubric.objects.filter(pk=rubric.pk).update(maximum=200),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="in force and frozen"), transaction.atomic():
            change()


def send(member: Member, name: str, content: bytes) -> object:
    return member.client().post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_a_new_version_is_brought_put_in_force_and_ends_the_one_before(province_officer: Member, kind: str) -> None:
    day = timezone.localdate()
    content = replace(content_of(ntt()), version=2, valid_from=day)
    body = as_workbook(content) if kind == "xlsx" else as_json(content)

    send(province_officer, f"rubrik.{kind}", body)
    draft = Rubric.objects.get(key="ntt", version=2)
    assert (draft.state, content_of(draft)) == (RubricState.DRAFT, content)
    province_officer.client().post(f"/kantor/bintang/rubrik/{draft.pk}/berlakukan/")

    draft.refresh_from_db()
    before = ntt()
    assert (draft.state, before.state, before.valid_until) == (RubricState.IN_FORCE, RubricState.ENDED, day)


def test_every_fault_of_a_file_is_told_with_row_column_value_and_cure(province_officer: Member) -> None:
    rows = as_rows(replace(content_of(ntt()), version=1))
    at = next(number for number, row in enumerate(rows) if row.get("kode") == "B.1")
    rows[at]["tertinggi"] = "7"

    answer = send(province_officer, "rubrik.json", json.dumps(rows).encode())

    text = answer.content.decode()  # type: ignore[attr-defined]  # a response
    assert answer.status_code == 422  # type: ignore[attr-defined]  # a response
    assert "(bagian B), kolom tertinggi: “25”. Butir di bawah B berjumlah 27, seharusnya 25." in text
    assert Rubric.objects.filter(key="ntt").count() == 1


def test_words_that_only_the_app_knows_are_faults_too(province_officer: Member) -> None:
    content = content_of(ntt())
    gate = replace(content.gates[0], condition="tanpa_izin")
    broken = replace(content, standing="baku", gates=(gate,))

    with pytest.raises(actions.RubricRefused) as problem:
        actions.draft_rubric(content=broken, by=province_officer.user, post=province_officer.held, at=MORNING)

    assert [(one.kind, one.code) for one in problem.value.faults] == [
        ("rubrik", "keadaan"),
        ("rubrik", "versi"),
        ("gerbang", "tanpa_izin"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rubrik.json", b"{}", "harus berupa daftar baris"),
        ("rubrik.json", b"\xff\xfe", "harus berupa daftar baris"),
        ("rubrik.pdf", b"%PDF", "Pilih berkas XLSX atau JSON"),
        ("rubrik.xlsx", b"bukan buku kerja", "rubrik"),
    ],
)
def test_a_file_that_is_none_gets_a_clear_answer(
    province_officer: Member, name: str, content: bytes, words: str
) -> None:
    answer = send(province_officer, name, content)

    assert answer.status_code == 422  # type: ignore[attr-defined]  # a response
    assert words in answer.content.decode()  # type: ignore[attr-defined]  # a response


def test_a_rubric_with_unknown_items_is_never_put_in_force(province_officer: Member) -> None:
    found = Rubric.objects.get(key="kemenperin-ovop")

    with pytest.raises(actions.RubricRefused, match="belum diketahui"):
        actions.enforce_rubric(rubric_id=found.pk, by=province_officer.user, post=province_officer.held, at=MORNING)
    with pytest.raises(actions.RubricRefused, match="diunggah pengguna"):
        actions.discard_draft(rubric_id=found.pk, by=province_officer.user, post=province_officer.held, at=MORNING)


def test_a_rubric_of_the_past_is_not_put_in_force(province_officer: Member) -> None:
    acting = {"by": province_officer.user, "post": province_officer.held, "at": MORNING}
    late = replace(content_of(ntt()), version=2, valid_from=date(2026, 1, 14))
    draft = actions.draft_rubric(content=late, **acting)  # type: ignore[arg-type]  # by, post and at

    with pytest.raises(actions.RubricRefused, match="sudah lewat"):
        actions.enforce_rubric(rubric_id=draft.pk, **acting)  # type: ignore[arg-type]  # the same
    actions.discard_draft(rubric_id=draft.pk, **acting)  # type: ignore[arg-type]  # the same

    assert not Rubric.objects.filter(key="ntt", version=2).exists()
