"""One audit event for each action, whatever surrounds it; events that only grow."""

from __future__ import annotations

import pghistory
import pytest
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Context
from tests.factories import MORNING, Member, make_agency, make_post

from lontar.access.models import Agency
from lontar.access.trail import recorded


def label_of(agency: Agency) -> str:
    """The action that the newest event of this agency belongs to."""
    newest = agency.events.order_by("-pgh_id").first()
    return str(newest.pgh_context.metadata.get("action", ""))


def test_two_actions_of_one_request_are_two_events_with_its_path(province_admin: Member) -> None:
    first, second, third = make_agency("satu"), make_agency("dua"), make_agency("tiga")
    with pghistory.context(user=1, post=2, path="/kantor/contoh/"):
        with recorded("contoh.uji.satu", by=province_admin.user, at=MORNING):
            Agency.objects.filter(pk=first.pk).update(name="A")
        with recorded("contoh.uji.dua", by=province_admin.user, at=MORNING, post=province_admin.post):
            Agency.objects.filter(pk=second.pk).update(name="B")
        Agency.objects.filter(pk=third.pk).update(name="C")
    assert [label_of(one) for one in (first, second, third)] == ["contoh.uji.satu", "contoh.uji.dua", ""]
    event = Context.objects.get(metadata__action="contoh.uji.dua").metadata
    assert event == {
        "action": "contoh.uji.dua",
        "at": "2026-01-15T00:30:00+00:00",
        "path": "/kantor/contoh/",
        "post": province_admin.held.pk,
        "user": province_admin.user.pk,
    }


def test_an_action_inside_an_action_belongs_to_the_outer_one(province_admin: Member) -> None:
    agency = make_agency()
    with recorded("contoh.uji.luar", by=province_admin.user, at=MORNING) as outer:
        with recorded("contoh.uji.dalam", by=None, at=MORNING) as inner:
            Agency.objects.filter(pk=agency.pk).update(name="A")
    assert inner == outer
    assert label_of(agency) == "contoh.uji.luar"
    assert not Context.objects.filter(metadata__action="contoh.uji.dalam").exists()


def test_an_action_that_fails_leaves_neither_rows_nor_event(province_admin: Member) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        _fail(province_admin)
    assert not Agency.objects.filter(code="gagal").exists()
    assert not Context.objects.filter(metadata__action="contoh.uji.gagal").exists()
    with recorded("contoh.uji.sesudah", by=None, at=MORNING):
        make_agency("sesudah")
    assert label_of(Agency.objects.get(code="sesudah")) == "contoh.uji.sesudah"


def _fail(member: Member) -> None:
    with recorded("contoh.uji.gagal", by=member.user, at=MORNING):
        make_agency("gagal")
        raise RuntimeError("stop")


def test_an_action_that_changes_no_row_is_an_event_all_the_same(province_admin: Member) -> None:
    with recorded("contoh.uji.kosong", by=province_admin.user, at=MORNING, note=3):
        pass
    assert Context.objects.get(metadata__action="contoh.uji.kosong").metadata["note"] == 3


@pytest.mark.parametrize("name", ["", "contoh", "contoh.uji", "Contoh.uji.satu", "contoh.uji.satu.dua", "contoh..uji"])
def test_an_event_has_a_dotted_name_of_three_words(db: None, name: str) -> None:
    with pytest.raises(ValueError, match=r"named app\.thing\.done"), recorded(name, by=None, at=MORNING):
        pass


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM pghistory_context", "cannot be deleted"),
        (
            "UPDATE pghistory_context SET metadata = metadata || '{\"user\": 0}'",
            "user of an event .* cannot be changed",
        ),
        ("UPDATE pghistory_context SET metadata = metadata - 'action'", "action of an event .* cannot be changed"),
    ],
)
def test_who_did_what_cannot_be_rewritten(province_admin: Member, statement: str, message: str) -> None:
    with recorded("contoh.uji.tetap", by=province_admin.user, at=MORNING, post=province_admin.post):
        make_post()
    with pytest.raises(ProgrammingError, match=message), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_word_may_be_added_to_the_event_of_a_request(province_admin: Member) -> None:
    with pghistory.context(user=province_admin.user.pk):
        agency = make_agency()
        with pghistory.context(batch=7):
            Agency.objects.filter(pk=agency.pk).update(name="A")
    assert agency.events.order_by("-pgh_id").first().pgh_context.metadata == {
        "user": province_admin.user.pk,
        "batch": 7,
    }


@pytest.mark.parametrize("statement", ["UPDATE access_agencyevent SET name = 'x'", "DELETE FROM access_agencyevent"])
def test_the_rows_of_the_trail_cannot_be_changed(province_admin: Member, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
