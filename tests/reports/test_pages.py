"""What anybody reads of a report: the page with its answers, one figure in full, the files; and the office's drafts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from tests.factories import Member
from tests.reports.world import LAST, Closed, build, publish_quarters

from lontar.access.scope import acting_in
from lontar.engines.reporting import verify
from lontar.reports import actions
from lontar.reports.models import Build, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(province_officer: Member, closed: Closed) -> Report:
    """Two quarters are out; the second lists a restatement."""
    with acting_in("53"):
        return publish_quarters(province_officer, 2)[-1]


def text(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_the_first_words_of_the_page_answer_the_question(published: Report) -> None:
    body = text("/laporan/2026-T3")
    first = body.index("Apakah omzet naik? <strong>Naik</strong>")
    assert first < body.index("Apakah lapangan kerja bertambah? <strong>Belum dapat dipastikan</strong>")
    assert first < body.index("Apakah usaha naik kelas? <strong>Tidak naik</strong>") < body.index("<figure")
    assert "setelah inflasi dikeluarkan dari triwulan yang sama setahun lalu; selang 95 %" in body
    assert "dari 300 produsen, 8,0\xa0% tidak menjawab" in body or "dari 300 produsen, 8\xa0% tidak menjawab" in body


def test_the_page_tells_ranking_quality_restatements_and_proof(published: Report) -> None:
    body = text("/laporan/2026-T3")
    assert body.index("Kabupaten Ngada") < body.index("Kabupaten Lembata") < body.index("Kabupaten Sumba Barat")
    assert "Ditinjau sesudah panen." in body
    assert "Data terlambat dari Ngada" in body
    assert published.manifest_sha256 in body
    assert "Makanan" in body


def test_the_list_shows_every_report_with_its_answers(published: Report) -> None:
    body = text("/laporan")
    assert body.index("/laporan/2026-T3") < body.index("/laporan/2026-T2")
    assert 'href="/laporan"' in text("/")


def test_a_figure_leads_from_the_province_down_to_a_village_and_to_records(published: Report) -> None:
    province = text("/laporan/2026-T3/angka/O1")
    assert "/laporan/2026-T3/angka/O1?wilayah=53.09" in province
    assert "Kain tenun" in province
    regency = text("/laporan/2026-T3/angka/O1?wilayah=53.09")
    assert "/laporan/2026-T3/angka/O1?wilayah=53.09.01" in regency
    assert "Catatan produsen tanpa identitas" in regency
    assert "Aimere Contoh" in text("/laporan/2026-T3/angka/O1?wilayah=53.09.01")
    hidden = text("/laporan/2026-T3/angka/O1?wilayah=53.12")
    assert "ditutup" in hidden
    for missing in (
        "/laporan/2026-T3/angka/XX",
        "/laporan/2026-T3/angka/O1?wilayah=99",
        "/laporan/2031-T1",
        "/laporan/2026-T9",
    ):
        assert Client().get(missing, follow=True).status_code == 404, missing


def test_the_package_that_is_sent_verifies_and_its_workbook_opens(published: Report, tmp_path: Path) -> None:
    answer = Client().get("/laporan/2026-T3/paket.zip")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    zipfile.ZipFile(io.BytesIO(body)).extractall(tmp_path)
    done = verify(tmp_path / "2026-T3", manifest_sha256=published.manifest_sha256)
    assert (done.findings, done.number) == ([], 2)
    book = pl.read_excel(tmp_path / "2026-T3/laporan.xlsx", sheet_name="figures")
    assert book.height == done.figures + 1
    assert {"53", "53.09"} <= set(book["region"])


def test_files_are_served_as_published_and_nothing_else(published: Report) -> None:
    for name in ("data/figures.csv", "metadata/dcat.jsonld", "sdmx/figures.csv", "manifest.json", "laporan.xlsx"):
        answer = Client().get(f"/laporan/2026-T3/berkas/{name}")
        assert answer.status_code == 200, name
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    for name in ("data/../manifest.json", "../2026-T2/manifest.json", "data/nothing.csv", "data"):
        assert Client().get(f"/laporan/2026-T3/berkas/{name}").status_code == 404
    assert Client().get("/laporan/2026-T3/laporan.pdf").content[:5] == b"%PDF-"
    csv = text("/laporan/2026-T3/angka/O1.csv?tingkat=regency")
    assert csv.count("\r\n") == 4
    assert "53.09" in csv


def test_the_page_of_a_place_is_one_page_and_always_the_same(published: Report) -> None:
    import pypdfium2

    url = "/laporan/2026-T3/wilayah/53.09.pdf"
    first, again = (Client().get(url).content for _ in range(2))
    assert first == again
    held = pypdfium2.PdfDocument(first)
    assert len(held) == 1
    words = held[0].get_textpage().get_text_range()
    assert "Kabupaten Ngada" in words
    assert "Apakah omzet naik?" in words
    assert Client().get("/laporan/2026-T3/wilayah/53.pdf").status_code == 404


def test_the_old_page_lists_what_was_restated_later(province_officer: Member, closed: Closed) -> None:
    with acting_in("53"):
        publish_quarters(province_officer, 2)
    closed.restated["2026-T2"] = 1
    body = text("/laporan/2026-T2")
    assert "Diperbarui sesudah laporan ini terbit" in body
    assert "Nota baru ditemukan" in body
    assert "Diperbarui sesudah" not in text("/laporan/2026-T3")


def test_the_office_builds_looks_and_publishes(province_officer: Member, closed: Closed) -> None:
    browser = province_officer.client()
    assert "Buat rancangan" in browser.get("/kantor/laporan/").content.decode()
    browser.post("/kantor/laporan/buat/", {"quarter": LAST.label})
    with acting_in("53"):
        draft = actions.carry_build(Build.objects.get().pk)
    assert draft is not None
    body = browser.get(f"/kantor/laporan/rancangan/{draft.pk}/").content.decode()
    assert "Rancangan laporan" in body
    assert "Apakah omzet naik?" in body
    url = f"/kantor/laporan/rancangan/{draft.pk}/terbitkan/"
    assert "menariknya" in browser.get(url).content.decode()
    browser.post(url, {"kata": "salah"})
    assert Report.objects.count() == 0
    browser.post(url, {"kata": "terbitkan"})
    assert Report.objects.get().quarter == LAST.label
    assert browser.get(f"/kantor/laporan/rancangan/{draft.pk}/").status_code == 302


def test_a_stale_draft_says_so(province_officer: Member, closed: Closed) -> None:
    with acting_in("53"):
        draft = build(province_officer)
    closed.restated[LAST.label] = 1
    body = province_officer.client().get(f"/kantor/laporan/rancangan/{draft.pk}/").content.decode()
    assert "diperbarui sejak rancangan dibuat" in body
    assert "/terbitkan/" not in body
