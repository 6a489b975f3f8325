"""The screens of audit: the reveal log with filters and CSV, parameters as at a day, a new value, a history."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import MORNING, Member, make_region, make_reveal

from lontar.access import actions as access
from lontar.audit import queries
from lontar.audit.models import Parameter


@pytest.fixture(autouse=True)
def regions(db: None) -> None:
    """The forms take only codes that the registry knows."""
    make_region("53.09.01.2001")
    make_region("53.10")


def at(name: str, *args: object) -> str:
    return reverse(f"audit:{name}", args=args)


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def fill(province_admin: Member, agency_officer: Member) -> None:
    province_admin.enter()
    make_reveal(agency_officer, reason="Berkas PIRT Ngada", at=MORNING)
    make_reveal(province_admin, reason="Aduan warga Manggarai", region_code="53.10.01.2001", kind="phone")
    make_reveal(province_admin, reason="=HYPERLINK(berbahaya)", at=MORNING - timedelta(days=40))


def test_the_log_says_who_when_what_and_why(province_admin: Member, agency_officer: Member) -> None:
    fill(province_admin, agency_officer)
    page = text_of(province_admin.client().get(at("reveals")))
    assert '<strong class="l-num">3</strong> pembukaan' in page
    for word in ("Rambu Contoh Koperasi", "Petugas Dinas Koperasi Ngada", "Berkas PIRT Ngada", "NIK", "Nomor telepon"):
        assert word in page
    assert "15 Januari 2026 pukul 08.30" in page


def test_the_log_is_filtered_by_person_agency_region_kind_and_day(
    province_admin: Member, agency_officer: Member
) -> None:
    fill(province_admin, agency_officer)
    client = province_admin.client()
    for query, count in (
        ("orang=rambu.contoh", 1),
        ("instansi=dpmd-contoh", 2),
        ("wilayah=53.10", 1),
        ("jenis=phone", 1),
        ("dari=2026-01-01", 2),
        ("sampai=2025-12-31", 1),
        ("dari=2026-01-15&sampai=2026-01-15", 2),
        ("orang=rambu.contoh&jenis=phone", 0),
    ):
        page = text_of(client.get(f"{at('reveals')}?{query}"))
        assert f'<strong class="l-num">{count}</strong> pembukaan' in page, query


def test_the_log_leaves_as_csv_and_runs_nothing_in_a_spreadsheet(
    province_admin: Member, agency_officer: Member
) -> None:
    fill(province_admin, agency_officer)
    answer = province_admin.client().get(f"{at('reveals')}?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "waktu,orang,jabatan,instansi,data,catatan,nomor,kode_wilayah,alasan"
    assert len(lines) == 4
    assert lines[2].startswith("2026-01-15T08:30:00+08:00,Rambu Contoh Koperasi,")
    assert ",'=HYPERLINK(berbahaya)" in lines[3]


def test_parameters_are_shown_as_at_a_day(viewer: Member) -> None:
    client = viewer.client()
    now = text_of(client.get(at("parameters")))
    assert "Rp2.000.000.000" in now
    assert "Perlu konfirmasi" in now
    before = text_of(client.get(f"{at('parameters')}?pada=2025-07-28"))
    assert "Rp500.000.000" in before
    assert "tidak ada" in text_of(client.get(f"{at('parameters')}?pada=1999-01-01")).lower()


def test_an_administrator_sets_the_next_value_and_the_old_one_stays(province_admin: Member) -> None:
    url = at("parameter", "star.validity")
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {"number": "24", "valid_from": str(tomorrow), "source": "SK Contoh 9/2026", "backdated_because": ""}
    assert province_admin.client().post(url, form)["Location"] == url
    values = queries.parameter_history("star.validity")
    assert [(one.number, one.valid_until) for one in values] == [(Decimal(24), None), (Decimal(36), tomorrow)]


def test_a_value_in_the_past_without_a_reason_comes_back_as_a_form(province_admin: Member) -> None:
    url = at("parameter", "star.validity")
    form = {"number": "24,5", "valid_from": "2025-12-01", "source": "SK Contoh"}
    page = text_of(province_admin.client().post(url, form))
    assert "Tuliskan alasan mengapa nilai ini berlaku surut" in page
    assert Parameter.objects.filter(key="star.validity").count() == 1


def test_others_read_a_parameter_and_cannot_set_it(agency_officer: Member) -> None:
    client, url = agency_officer.client(), at("parameter", "star.validity")
    page = text_of(client.get(url))
    assert "36 bulan" in page
    assert "Tetapkan nilai baru" not in page
    assert client.post(url, {"number": "1"}).status_code == 403
    assert Parameter.objects.filter(key="star.validity").count() == 1


def test_an_unknown_parameter_is_not_found(viewer: Member) -> None:
    assert viewer.client().get(at("parameter", "tidak.ada")).status_code == 404


def test_the_history_of_a_post_is_a_page(province_admin: Member, mentor: Member) -> None:
    access.change_post(post=mentor.held, title="Pendamping Utama", is_active=True, by=province_admin.user, at=MORNING)
    page = text_of(province_admin.client().get(at("history", "jabatan", mentor.held.pk)))
    assert "Riwayat Pendamping Utama" in page
    assert "<del>Pendamping Ngada</del> <ins>Pendamping Utama</ins>" in page
    assert "Ina Contoh Admin" in page
