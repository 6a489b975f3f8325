"""A stranger checks a decree on a phone and a changed file of it; the province revokes it, and changes template and number."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser

_ISSUE = """
import sys
from lontar.cli import database
database.ready(lambda _line: None)
from django.utils import timezone
from lontar.access.models import Post
from lontar.access.scope import acting_in
from lontar.documents.actions import Draft, publish
from lontar.engines.papers.decree import decree_drawer, sample_decree
with acting_in("53"):
    post = Post.objects.filter(role="province_officer", is_active=True).order_by("pk").first()
    drawer = decree_drawer(sample_decree())
    draft = Draft("sk-produk-unggulan", "Penetapan Contoh Periksa", "53.09", (("Produk", "Kopi Periksa"),), drawer)
    (one,) = publish(drafts=[draft], post=post, by=None, at=timezone.now(), base=sys.argv[1])
print(one.code)
"""


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone and a desk; any error in its console fails the journey."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 780}, locale="id-ID", accept_downloads=True
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def code(installation: Installation) -> str:
    """The check code of a decree that was just issued."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _ISSUE, installation.address],
        env=installation.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()[-1]


def look(page: Page) -> None:
    assert_nothing_sticks_out(page)
    assert_accessible(page)


def test_a_decree_is_checked_changed_and_revoked(
    page: Page, installation: Installation, code: str, tmp_path: Path
) -> None:
    page.goto(f"{installation.address}/periksa")
    look(page)
    page.get_by_label("Kode periksa").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Periksa", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Dokumen ini asli")).to_be_visible()
    expect(page.get_by_text("Kopi Periksa")).to_be_visible()
    expect(page.get_by_text("Utuh, tetapi bukan sertifikat BSrE.")).to_be_visible()
    look(page)

    sign_in(page, installation, "dpmd.bidang")
    page.goto(f"{installation.address}/kantor/surat/?cari=Contoh+Periksa")
    look(page)
    page.goto(f"{installation.address}/kantor/surat/{code}/")
    look(page)
    with page.expect_download() as waited:
        page.get_by_role("link", name="PDF/A").click()
    pdf = tmp_path / "keputusan.pdf"
    waited.value.save_as(pdf)
    changed = bytearray(pdf.read_bytes())
    changed[900] ^= 1
    (tmp_path / "diubah.pdf").write_bytes(bytes(changed))

    page.goto(f"{installation.address}/periksa/{code}")
    page.get_by_label("Berkas dokumen").set_input_files(pdf)
    expect(page.get_by_text("Cocok: ini berkas PDF asli")).to_be_visible()
    page.get_by_label("Berkas yang dikirim").set_input_files(tmp_path / "diubah.pdf")
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("Tidak cocok")).to_be_visible()
    expect(page.get_by_text("Isi berkas berubah sesudah ditandatangani.")).to_be_visible()
    look(page)

    page.goto(f"{installation.address}/kantor/surat/{code}/")
    page.get_by_role("link", name="Cabut").press("Enter")
    look(page)
    page.get_by_label("Alasan").fill("Nama produk pada lampiran keliru.")
    page.get_by_role("button", name="Cabut surat").press("Enter")
    expect(page.get_by_text("Nama produk pada lampiran keliru.")).to_be_visible()
    page.goto(f"{installation.address}/periksa/{code}")
    expect(page.get_by_role("heading", name="tidak berlaku lagi")).to_be_visible()
    look(page)


def test_a_template_is_changed_and_numbers_are_set(page: Page, installation: Installation, tmp_path: Path) -> None:
    sign_in(page, installation, "dpmd.bidang")
    page.goto(f"{installation.address}/kantor/surat/templat/")
    look(page)
    page.get_by_role("link", name="Keputusan lokus").press("Enter")
    look(page)
    book = docx.Document()
    book.add_paragraph("Perihal {{ tentan }}")
    target = io.BytesIO()
    book.save(target)
    wrong = tmp_path / "salah.docx"
    wrong.write_bytes(target.getvalue())
    page.get_by_label("Berkas Word").set_input_files(wrong)
    page.get_by_role("button", name="Unggah").click()
    expect(page.get_by_text("Maksud Anda “tentang”?").first).to_be_visible()
    look(page)
    page.goto(f"{installation.address}/kantor/surat/penomoran/")
    look(page)
    page.get_by_role("link", name="Keputusan lokus").press("Enter")
    expect(page.get_by_role("heading", name="Tetapkan pola baru")).to_be_visible()
    look(page)
