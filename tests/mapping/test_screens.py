"""The screens: list, region, issuing, progress, files; every address against every role; the public check."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.factories import MORNING, Member
from tests.mapping.test_issuing import issued
from tests.portal.province import Seeded

from lontar.access import doors
from lontar.mapping.models import MappingDocument, MappingRun
from lontar.mapping.states import RunState
from lontar.mapping.steps import keeping
from lontar.mapping.steps.run import run
from lontar.registry.models import Enterprise

HOME = "/kantor/dokumen-pemetaan/"
READERS = {"province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "viewer"}
ISSUERS = {"province_officer", "regency_officer"}
PAGES = {
    "documents": (HOME, READERS),
    "region": (f"{HOME}53.09/", READERS),
    "issue": (f"{HOME}53.09/terbitkan/", ISSUERS),
    "progress": (f"{HOME}53.09/kemajuan/", READERS),
    "file": (f"{HOME}53.09/versi-1.pdf", READERS),
}


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_address_of_the_app_is_walked_here() -> None:
    assert set(PAGES) == {pattern.name for pattern in get_resolver("lontar.mapping.urls").url_patterns}


def test_every_address_answers_every_role_as_the_table_says(province: Seeded, cast: dict[str, Member]) -> None:
    issued(cast["regency_officer"])
    table = {door.name: answers for door, answers in doors.permission_table()}
    for name, (path, allowed) in PAGES.items():
        for role, member in cast.items():
            status = member.client().get(path).status_code
            assert status == ({True: 302 if name == "issue" else 200, False: 403}[role in allowed]), (name, role)
            assert (table[f"mapping:{name}"][role] == "open") == (role in allowed), (name, role)
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"][:14]) == (302, "/kantor/masuk/"), name


def test_a_region_without_a_document_says_what_to_do(province: Seeded, regency_officer: Member, viewer: Member) -> None:
    own = text(regency_officer.client(), f"{HOME}53.09/")
    other = text(viewer.client(), f"{HOME}53.09/")

    assert "Belum ada dokumen untuk wilayah ini." in own
    assert "Tekan Terbitkan" in own
    assert f'action="{HOME}53.09/terbitkan/"' in own
    assert f'action="{HOME}53.09/terbitkan/"' not in other
    assert "Mintalah petugas provinsi atau kabupaten/kota menerbitkannya." in other


def test_issuing_shows_progress_and_then_the_files(province: Seeded, regency_officer: Member) -> None:
    browser = regency_officer.client()

    answer = browser.post(f"{HOME}53.09/terbitkan/")

    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}53.09/")
    waiting = text(browser, f"{HOME}53.09/")
    assert "Menyusun dokumen pemetaan" in waiting
    assert "Menunggu pekerja" in waiting
    assert f'hx-get="{HOME}53.09/kemajuan/"' in waiting
    assert "terbitkan/" not in waiting
    again = browser.post(f"{HOME}53.09/terbitkan/", follow=True).content.decode()
    assert "Dokumen Kabupaten Ngada sedang dibuat." in again
    made = MappingRun.objects.get()
    assert made.base == "http://testserver"
    run(made.pk, clock=lambda: MORNING)
    assert browser.get(f"{HOME}53.09/kemajuan/")["HX-Redirect"] == f"{HOME}53.09/"

    done = text(browser, f"{HOME}53.09/")

    document = MappingDocument.objects.get()
    assert "Versi 1" in done
    assert "Terbitkan versi 2" in done
    assert document.pdf_sha256 in done
    assert "1 dari 3 (33,3" in done
    pdf = browser.get(f"{HOME}53.09/versi-1.pdf")
    assert pdf.content == keeping.read(document.pdf_sha256)
    assert pdf["Content-Disposition"] == 'attachment; filename="pemetaan-53.09-versi-1.pdf"'
    assert browser.get(f"{HOME}53.09/versi-1.docx").content[:2] == b"PK"
    assert browser.get(f"{HOME}53.09/versi-9.pdf").status_code == 404


def test_another_regency_is_closed_and_a_kecamatan_has_no_paper(province: Seeded, regency_officer: Member) -> None:
    browser = regency_officer.client()

    assert browser.get(f"{HOME}53.12/").status_code == 403
    assert browser.post(f"{HOME}53.12/terbitkan/").status_code == 403
    assert browser.get(f"{HOME}53.09.01/").status_code == 404
    assert MappingRun.objects.count() == 0


def test_the_page_says_when_nothing_changed_or_something_failed(province: Seeded, regency_officer: Member) -> None:
    issued(regency_officer)
    browser = regency_officer.client()
    browser.post(f"{HOME}53.09/terbitkan/")
    regency_officer.enter()
    run(MappingRun.objects.order_by("-pk")[0].pk, clock=lambda: MORNING)

    assert "Tidak ada angka yang berubah sejak versi 1" in text(browser, f"{HOME}53.09/")
    regency_officer.enter()
    newest = MappingRun.objects.order_by("-pk")[0].pk
    MappingRun.objects.filter(pk=newest).update(state=RunState.FAILED, problem="Contoh masalah.")
    assert "Contoh masalah." in text(browser, f"{HOME}53.09/")


def test_the_rail_and_the_coverage_page_lead_here(province: Seeded, regency_officer: Member, cashier: Member) -> None:
    page = text(regency_officer.client(), "/kantor/cakupan/")

    assert page.count(f'href="{HOME}"') == 2
    assert f'href="{HOME}"' not in text(cashier.client(), "/kantor/cakupan/")


def test_the_screens_speak_english(province: Seeded, regency_officer: Member) -> None:
    issued(regency_officer)
    browser = regency_officer.client()
    browser.cookies["django_language"] = "en"

    page = text(browser, f"{HOME}53.09/")

    assert "Mapping document of Kabupaten Ngada" in page
    assert "Newest version" in page
    assert "Terbitkan" not in page


# --- the public check ---------------------------------------------------------------------------------------------------


def test_the_check_says_that_the_paper_is_genuine_and_what_it_holds(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)

    answer = Client().get(f"/periksa/{document.code}")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "Dokumen ini asli" in page
    assert "PEMETAAN/53.09/1" in page
    assert "Ini versi terbaru." in page
    assert "1 dari 3 (33,3" in page
    assert f'data-pdf-sha="{document.pdf_sha256}"' in page
    assert "Goris" not in page


def test_an_older_version_leads_to_the_newest(province: Seeded, regency_officer: Member) -> None:
    first = issued(regency_officer)
    Enterprise.objects.update(verified_at=MORNING)
    second = issued(regency_officer)

    page = text(Client(), f"/periksa/{first.code}")

    assert "Sudah ada versi 2 yang lebih baru." in page
    assert f'href="/periksa/{second.code}"' in page
    assert "Ini versi terbaru." in text(Client(), f"/periksa/{second.code}")


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("pdf", "Cocok: ini berkas PDF asli"),
        ("docx", "Cocok: ini berkas Word asli"),
        ("other", "Tidak cocok"),
        ("short", "64 angka dan huruf"),
    ],
)
def test_a_typed_fingerprint_is_compared_without_script(
    province: Seeded, regency_officer: Member, which: str, said: str
) -> None:
    document = issued(regency_officer)
    typed = {"pdf": f" {document.pdf_sha256.upper()} ", "docx": document.docx_sha256, "other": "0" * 64, "short": "ab"}

    page = Client().get(f"/periksa/{document.code}", {"sha256": typed[which]}).content.decode()

    answer = page.split('id="hasil-cocok"')[1].split("</div></div>")[0]
    assert said in answer


def test_a_wrong_code_is_helped_and_a_loosely_written_one_led(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)

    wrong = Client().get("/periksa/K7QF-2M9A-X3TB")
    loose = Client().get("/periksa", {"kode": document.code.lower().replace("-", "")})

    assert wrong.status_code == 404
    assert "Tidak ada dokumen berkode <strong>K7QF-2M9A-X3TB</strong>" in wrong.content.decode()
    assert (loose.status_code, loose["Location"]) == (302, f"/periksa/{document.code}")
    assert "&lt;b&gt;" in text(Client(), "/periksa?kode=<b>")
    assert text(Client(), "/periksa").count("Tidak ada dokumen") == 0


def test_no_library_of_papers_is_loaded_when_the_web_server_starts() -> None:
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "print([name for name in ('typst', 'docx', 'segno', 'lxml') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
