"""Every page of the office against every role, what lies beyond the region, and that nothing personal stands anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories import Member, make_post, make_return, make_user
from tests.office.world import AWAY, BENA, SECRETS, World, claims_about

from lontar.access import scope
from lontar.verification.models import FieldReturn

READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip
EVERYBODY = READERS | {"lender", "cashier"}
EDITORS = {"province_admin", "agency_officer", "regency_officer", "village_officer"}
RETURNERS = {"province_admin", "province_officer", "agency_officer", "regency_officer"}
MERGERS = {"province_admin", "province_officer", "regency_officer"}
PAGES: dict[str, tuple[str, set[str]]] = {
    "home": ("/kantor/", EVERYBODY),
    "search": ("/kantor/cari?q=contoh", EVERYBODY),
    "suggestions": ("/kantor/wilayah/saran?wilayah=bena", EVERYBODY),
    "enterprises": ("/kantor/usaha/", READERS),
    "enterprises as csv": ("/kantor/usaha/?format=csv", READERS),
    "enterprise panel": ("/kantor/usaha/?buka={tenun}", READERS),
    "enterprise": ("/kantor/usaha/{tenun}/", READERS),
    "enterprise change": ("/kantor/usaha/{tenun}/ubah/", EDITORS),
    "enterprise close": ("/kantor/usaha/{tenun}/tutup/", EDITORS),
    "merge search": ("/kantor/usaha/{tenun}/gabungkan/?cari=contoh", MERGERS),
    "merge": ("/kantor/usaha/{tenun}/gabungkan/{kopi}/", MERGERS),
    "reveal": ("/kantor/usaha/{tenun}/tampilkan/nik/", EDITORS),
    "villages": ("/kantor/desa/", EVERYBODY),
    "villages as csv": ("/kantor/desa/?format=csv", EVERYBODY),
    "village": (f"/kantor/desa/{BENA}/", EVERYBODY),
    "potential new": (f"/kantor/desa/{BENA}/potensi/baru/", EDITORS),
    "potential change": (f"/kantor/desa/{BENA}/potensi/{{potential}}/", EDITORS),
    "potential remove": (f"/kantor/desa/{BENA}/potensi/{{potential}}/hapus/", EDITORS),
    "products": ("/kantor/produk/", EVERYBODY),
    "product": ("/kantor/produk/{product}/", EVERYBODY),
    "licences": ("/kantor/izin/", EVERYBODY),
    "licence": ("/kantor/izin/{licence}/", EVERYBODY),
    "bodies": ("/kantor/lembaga/", EVERYBODY),
    "body": ("/kantor/lembaga/organisasi/{body}/", EVERYBODY),
    "school": ("/kantor/lembaga/sekolah/{school}/", EVERYBODY),
    "coverage": ("/kantor/cakupan/", EVERYBODY),
    "disagreements": ("/kantor/perbedaan/", READERS),
    "disagreements as csv": ("/kantor/perbedaan/?format=csv", READERS),
    "claim accept": ("/kantor/usaha/{tenun}/klaim/annual_turnover/{claim}/terima/", MERGERS),
    "claim release": ("/kantor/usaha/klaim/{acceptance}/lepas/", MERGERS),
    "enterprise as at a day": ("/kantor/usaha/{tenun}/?per=2026-01-31", READERS),
    "authorities": ("/kantor/kewenangan/", EVERYBODY),
    "authority": ("/kantor/kewenangan/money/", EVERYBODY),
    "sections": ("/kantor/pengesahan/", READERS),
    "sections by region": ("/kantor/pengesahan/?bagian=potensi", READERS),
    "sections as csv": ("/kantor/pengesahan/?format=csv", READERS),
    "section enterprises": ("/kantor/pengesahan/usaha/?bagian=usaha&keadaan=belum", READERS),
    "section enterprises as csv": ("/kantor/pengesahan/usaha/?format=csv", READERS),
    "section villages": ("/kantor/pengesahan/desa/?keadaan=belum", READERS),
    "returned fields": ("/kantor/pengesahan/isian/?untuk=jawab", READERS),
    "returned field": ("/kantor/pengesahan/isian/{returned}/", READERS),
    "return a field": ("/kantor/pengesahan/usaha/{tenun}/kembalikan/", RETURNERS),
}


@pytest.fixture(autouse=True)
def returned(world: World) -> None:
    """A field that waits for its keeper."""
    scope.enter("53")
    post = make_post("pengembali-contoh", region_code="53.09")
    make_return(world.tenun, post=post, by=make_user("pengembali.contoh"))


def filled(path: str, world: World) -> str:
    keys = ("tenun", "kopi", "potential", "product", "licence", "body", "school")
    about: dict[str, int] = claims_about(world) if "{claim}" in path or "{acceptance}" in path else {}
    if "{returned}" in path:
        with scope.acting_in("53"):
            about["returned"] = FieldReturn.objects.values_list("pk", flat=True).get()
    return path.format(**{key: getattr(world, key).pk for key in keys}, **about)


def test_each_page_is_open_to_these_roles_and_no_others(cast: dict[str, Member], world: World) -> None:
    found: dict[str, set[str]] = {page: set() for page in PAGES}
    for name, member in cast.items():
        browser = member.client()
        for page, (path, _allowed) in PAGES.items():
            status = browser.get(filled(path, world)).status_code
            assert status in (200, 403), (page, name, status)
            if status == 200:
                found[page].add(name)
    assert found == {page: allowed for page, (_path, allowed) in PAGES.items()}


def test_a_visitor_is_sent_to_the_sign_in_page(client: object, world: World) -> None:
    for path, _allowed in PAGES.values():
        answer = client.get(filled(path, world))  # type: ignore[attr-defined]  # pytest-django's client
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/kantor/masuk/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/kantor/usaha/{away}/", 404),
        ("/kantor/usaha/{away}/ubah/", 404),
        ("/kantor/usaha/{away}/tampilkan/nik/", 404),
        ("/kantor/usaha/{away}/gabungkan/", 404),
        ("/kantor/usaha/999999/", 404),
        (f"/kantor/desa/{AWAY}/", 403),
        (f"/kantor/desa/{AWAY}/potensi/baru/", 403),
        ("/kantor/desa/53.09.01.2999/", 404),
    ],
)
def test_beyond_the_region_nothing_is_shown(regency_officer: Member, world: World, path: str, status: int) -> None:
    answer = regency_officer.client().get(path.format(away=world.away.pk))
    assert answer.status_code == status
    assert "Garam Contoh Jauh" not in answer.content.decode()


def test_a_place_beyond_the_region_gives_an_empty_list(regency_officer: Member, world: World) -> None:
    for path in ("/kantor/usaha/", "/kantor/desa/", "/kantor/produk/", "/kantor/izin/", "/kantor/lembaga/"):
        page = regency_officer.client().get(path, {"wilayah": AWAY}).content.decode()
        assert '<strong class="l-num">0</strong>' in page, path


def test_personal_values_stand_on_no_page_and_in_no_file(province_admin: Member, world: World) -> None:
    browser = province_admin.client()
    for path, _allowed in PAGES.values():
        answer = browser.get(filled(path, world))
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for secret in SECRETS:
            assert secret not in text, path


def test_a_cashier_reads_no_number_of_a_business(cashier: Member, world: World) -> None:
    type(world.licence).objects.filter(pk=world.licence.pk).update(kind="nib", number="1234567890123")
    browser = cashier.client()
    for path in (
        "/kantor/izin/",
        f"/kantor/izin/{world.licence.pk}/",
        "/kantor/izin/?format=csv",
        "/kantor/cari?q=merek",
    ):
        answer = browser.get(path)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert "1234567890123" not in text, path
    assert "Tidak ada yang cocok." in browser.get("/kantor/cari?q=1234567890123").content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/kantor/", 37),
        ("/kantor/usaha/?wilayah=53.09&q=contoh", 14),
        ("/kantor/usaha/{tenun}/", 36),
        ("/kantor/desa/", 13),
        (f"/kantor/desa/{BENA}/", 36),
        ("/kantor/produk/", 12),
        ("/kantor/izin/", 12),
        ("/kantor/lembaga/", 12),
        ("/kantor/cakupan/", 13),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    agency_officer: Member, world: World, path: str, most: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    browser = agency_officer.client()
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]  # a context manager
        assert browser.get(filled(path, world)).status_code == 200
