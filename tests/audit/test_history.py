"""The history of a record, as a person reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from tests.factories import (
    MORNING,
    Member,
    make_agency,
    make_enterprise,
    make_person,
    make_post,
    make_region,
    make_user,
)

from lontar.access import actions as access
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit import queries
from lontar.audit.queries import BatchFile, history
from lontar.registry.models import Enterprise


@pytest.fixture(autouse=True)
def named_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_batch_files", {})
    queries.register_batch_files(
        lambda numbers: {7: BatchFile("usaha-ngada.xlsx", "/kantor/kiriman/7/")} if 7 in numbers else {}
    )


def change(member: Member, enterprise: Enterprise, **values: object) -> None:
    with recorded("registry.enterprise.changed", by=member.user, at=MORNING, post=member.post):
        Enterprise.objects.filter(pk=enterprise.pk).update(**values)


def test_a_change_from_a_file_names_agency_field_values_file_and_row(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise(annual_turnover=Decimal(12_500_000))
    change(agency_officer, enterprise, annual_turnover=Decimal(18_000_000), source_batch=7, source_row=214)
    newest, first = queries.history_of(enterprise, agency_officer.post)
    assert newest.sentence == (
        "Koperasi Ngada Contoh mengubah omzet setahun dari Rp12.500.000 menjadi Rp18.000.000, "
        "dari berkas usaha-ngada.xlsx, baris 214"
    )
    assert newest.who == "Koperasi Ngada Contoh (Rambu Contoh Koperasi, Petugas Dinas Koperasi Ngada)"
    assert (newest.file, newest.row) == (BatchFile("usaha-ngada.xlsx", "/kantor/kiriman/7/"), 214)
    assert (first.kind, first.what) == ("insert", "menambahkan catatan ini")


def test_a_later_hand_on_a_row_from_a_file_is_not_laid_to_the_file(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise(source_batch=7, source_row=3)
    change(agency_officer, enterprise, name="Usaha Lain")
    newest, first = queries.history_of(enterprise, agency_officer.post)
    assert newest.source == ""
    assert newest.sentence == "Koperasi Ngada Contoh mengubah nama usaha dari Usaha Contoh Uji menjadi Usaha Lain"
    assert first.source == "usaha-ngada.xlsx, baris 3"


def test_the_same_data_sent_again_is_told_as_that_and_an_empty_touch_not_at_all(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise()
    change(agency_officer, enterprise, source_batch=8, source_row=1)
    change(agency_officer, enterprise, recorded_at=MORNING.replace(year=2027))
    told = queries.history_of(enterprise, agency_officer.post)
    assert [one.what for one in told] == ["mengirim data yang sama", "menambahkan catatan ini"]
    assert told[0].source == "kiriman 8, baris 1"


def test_values_are_written_by_their_kind(agency_officer: Member) -> None:
    agency_officer.enter()
    make_region("53.09.01.2002", name="Desa Uji Dua")
    enterprise = make_enterprise()
    change(
        agency_officer,
        enterprise,
        start_year=2019,
        workers_paid=1250,
        umkm_class="kecil",
        village_id="53.09.01.2002",
        verified_at=MORNING,
        kbli="10761",
        kbli_version=2020,
    )
    newest = queries.history_of(enterprise, agency_officer.post)[0]
    assert {one.label: (one.before, one.after) for one in newest.fields} == {
        "wilayah": ("Contoh 53.09.01.2001 (53.09.01.2001)", "Desa Uji Dua (53.09.01.2002)"),
        "tahun mulai": ("", "2019"),
        "tenaga kerja dibayar": ("", "1.250"),
        "kelas UMKM": ("", "Usaha kecil"),
        "diverifikasi": ("", "15 Januari 2026 pukul 08.30\xa0WITA"),
        "KBLI": ("", "10761"),
        "versi KBLI": ("", "2020"),
    }


def test_a_value_taken_away_is_told_as_emptied(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise(capital=Decimal(5_000_000))
    change(agency_officer, enterprise, capital=None)
    newest = queries.history_of(enterprise, agency_officer.post)[0]
    assert newest.what == "mengubah modal usaha dari Rp5.000.000 menjadi kosong"


def test_personal_values_are_never_written(agency_officer: Member) -> None:
    agency_officer.enter()
    person = make_person(nik_sealed=b"sealed-one", nik_index=b"index-one-------", phone_sealed=b"p1", phone_index=b"i1")
    with recorded("registry.person.changed", by=agency_officer.user, at=MORNING, post=agency_officer.post):
        type(person).objects.filter(pk=person.pk).update(
            nik_sealed=b"sealed-two",
            nik_index=b"index-two-------",
            phone_sealed=b"p2",
            address_sealed=b"a2",  # no index
        )
    newest = queries.history_of(person, agency_officer.post)[0]
    assert [(one.label, one.before, one.after, one.is_secret) for one in newest.fields] == [
        ("NIK", "", "", True),
        ("Alamat rumah", "", "", True),
    ], "the phone was sealed anew with the same index: the same number"
    assert newest.what == "mengubah NIK: diubah (disembunyikan); Alamat rumah: diubah (disembunyikan)"
    assert "sealed" not in repr(newest)


def test_another_agency_is_told_by_name_but_not_its_people(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise()
    change(agency_officer, enterprise, name="Usaha Lain")
    other = make_post("lain", agency=make_agency("dinas-lain"), region_code="53.09.01", role="viewer")
    newest = queries.history_of(enterprise, other)[0]
    assert (newest.agency, newest.person, newest.post_title) == ("Koperasi Ngada Contoh", "", "")
    assert newest.who == "Koperasi Ngada Contoh"


def test_a_row_of_an_operator_names_the_agency_that_it_came_from(province_admin: Member) -> None:
    province_admin.enter()
    enterprise = make_enterprise(
        source_agency=make_agency("bps-contoh", name="BPS Contoh"), source_batch=7, source_row=1
    )
    first = queries.history_of(enterprise, province_admin.post)[0]
    assert first.sentence == "BPS Contoh menambahkan catatan ini, dari berkas usaha-ngada.xlsx, baris 1"


def test_history_needs_a_post_and_ends_at_the_wall(agency_officer: Member, stranger: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise()
    with pytest.raises(Refused, match="belum memegang jabatan"):
        queries.history_of(enterprise, stranger.post)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lontar.scope_low', '53.10', false), set_config('lontar.scope_high', '53.10/', false)"
        )
    assert queries.history_of(enterprise, agency_officer.post) == []


def test_only_the_newest_are_read_and_each_still_knows_what_was_before(agency_officer: Member) -> None:
    agency_officer.enter()
    enterprise = make_enterprise(name="Nama 0")
    for number in range(1, 6):
        change(agency_officer, enterprise, name=f"Nama {number}")
    told = queries.history_of(enterprise, agency_officer.post, limit=2)
    assert [one.fields[0].before for one in told] == ["Nama 4", "Nama 3"]
    assert len(queries.history_of(enterprise, agency_officer.post)) == 6


def test_the_act_is_told_in_words(province_admin: Member) -> None:
    post = make_post()
    with recorded("access.post.changed", by=province_admin.user, at=MORNING, post=province_admin.post):
        post.title = "Petugas Baru"
        post.save()
    newest = queries.history_of(post, province_admin.post)[0]
    assert (newest.act, newest.fields[0].after) == ("Jabatan diubah", "Petugas Baru")


def test_the_queries_do_not_grow_with_the_history(
    agency_officer: Member, django_assert_max_num_queries: object
) -> None:
    agency_officer.enter()
    enterprise = make_enterprise()
    for number in range(30):
        change(agency_officer, enterprise, name=f"Nama {number}", workers_paid=number)
    with django_assert_max_num_queries(7):
        assert len(queries.history_of(enterprise, agency_officer.post)) == 31


def test_accounts_keep_no_password_in_their_history(province_admin: Member) -> None:
    user = make_user("baru.contoh")
    access.set_password(user=user, password="panjang sekali dan aman 9", by=None, at=MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_userevent e WHERE e::text LIKE %s", [f"%{user.password[-20:]}%"])
        assert cursor.fetchone() == (0,)
