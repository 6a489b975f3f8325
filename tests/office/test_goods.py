"""Products, licences, organisations and schools: filters, states, side panels and files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import MORNING, Member
from tests.office.test_enterprises import names
from tests.office.world import BENA, LANGA, World

from lontar.access import scope
from lontar.registry.models import Licence, Product


def page(member: Member, path: str) -> str:
    answer = member.client().get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def more(world: World) -> World:
    """Licences in every state, a product of another village."""
    scope.enter("53")
    today = timezone.localdate()
    raw = Product.objects.create(
        village_id=LANGA,
        enterprise=world.kopi,
        name="Kopi Biji Contoh",
        category="drink",
        stage="raw",
        recorded_at=MORNING,
    )
    for number, kind, expires, shape in (
        ("P-IRT 1", "md", today - timedelta(days=1), True),
        ("LAMA 2", "sni", today + timedelta(days=400), False),
        ("NIB 3", "nib", None, True),
        ("LAIN 4", "other", None, True),
    ):
        Licence.objects.create(
            village_id=LANGA, product=raw, enterprise=None, kind=kind, number=number, number_raw=number,
            is_format_ok=shape, expires_date=expires, recorded_at=MORNING,
        )  # fmt: skip
    return world


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/kantor/produk/", ["Kopi Biji Contoh", "Selendang Contoh"]),
        ("/kantor/produk/?tahap=raw", ["Kopi Biji Contoh"]),
        ("/kantor/produk/?kelompok=weaving", ["Selendang Contoh"]),
        ("/kantor/produk/?q=selen", ["Selendang Contoh"]),
        ("/kantor/produk/?izin=ada", ["Kopi Biji Contoh"]),
        ("/kantor/produk/?izin=tidak", ["Selendang Contoh"]),
        ("/kantor/produk/?urut=-harga", ["Selendang Contoh", "Kopi Biji Contoh"]),
        (f"/kantor/produk/?wilayah={BENA}", ["Selendang Contoh"]),
        ("/kantor/izin/", ["P-IRT 1", "IDM000000001", "LAMA 2", "NIB 3", "LAIN 4"]),
        ("/kantor/izin/?keadaan=segera", ["IDM000000001"]),
        ("/kantor/izin/?keadaan=habis", ["P-IRT 1"]),
        ("/kantor/izin/?keadaan=berlaku", ["LAMA 2"]),
        ("/kantor/izin/?keadaan=tetap", ["NIB 3"]),
        ("/kantor/izin/?keadaan=belum", ["LAIN 4"]),
        ("/kantor/izin/?nomor=salah", ["LAMA 2"]),
        ("/kantor/izin/?jenis=merek", ["IDM000000001"]),
        ("/kantor/izin/?q=tenun+ikat", ["IDM000000001"]),
        ("/kantor/lembaga/", ["Koperasi Contoh", "SMK Contoh"]),
        ("/kantor/lembaga/?jenis=school", ["SMK Contoh"]),
        ("/kantor/lembaga/?q=koperasi", ["Koperasi Contoh"]),
    ],
)
def test_the_address_filters_and_orders(agency_officer: Member, more: World, path: str, found: list[str]) -> None:
    assert names(page(agency_officer, path)) == found


def test_side_panels_show_the_record_and_lead_to_its_page(agency_officer: Member, world: World) -> None:
    for path, key, words in (
        ("/kantor/produk/", str(world.product.pk), "Rp350.000"),
        ("/kantor/izin/", str(world.licence.pk), "Nomor sebagaimana ditulis"),
        ("/kantor/lembaga/", f"organisasi-{world.body.pk}", "Tenun Ikat Contoh"),
        ("/kantor/lembaga/", f"sekolah-{world.school.pk}", "50300001"),
        ("/kantor/desa/", BENA, "Hutan Contoh"),
    ):
        text = page(agency_officer, f"{path}?buka={key}")
        panel = text[text.index('<aside id="panel"') :]
        assert words in panel, path
        assert "Buka halaman lengkap" in panel
    for key in ("999999", "abc", "sekolah-", "53.10.01.2001"):
        assert "tidak ditemukan di wilayah Anda" in page(agency_officer, f"/kantor/lembaga/?buka={key}")


def test_a_holder_beyond_the_region_is_not_named(regency_officer: Member, world: World) -> None:
    scope.enter("53")
    Licence.objects.filter(pk=world.licence.pk).update(enterprise=world.away)
    for path in ("/kantor/izin/", f"/kantor/izin/{world.licence.pk}/"):
        text = page(regency_officer, path)
        assert "IDM000000001" in text
        assert "Garam Contoh Jauh" not in text.partition("Riwayat")[0]


def test_files_equal_the_tables(agency_officer: Member, more: World) -> None:
    for path in ("/kantor/produk/", "/kantor/izin/", "/kantor/lembaga/", "/kantor/cakupan/?tingkat=kecamatan"):
        text = page(agency_officer, path)
        answer = agency_officer.client().get(f"{path}{'&' if '?' in path else '?'}format=csv")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == names(text), path
