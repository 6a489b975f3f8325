"""The screens: list, paper, files, revoking, numbering, templates; every address against every role; the public check."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.documents.factories import KIND, make_draft
from tests.factories import MORNING, Member

from lontar.access import doors
from lontar.cli.papers import papers
from lontar.documents import queries
from lontar.documents.actions import publish, replace_paper, revoke_paper, take_template, upload_template
from lontar.documents.models import NumberPattern, Paper, PaperFate, PaperTemplate, TemplateTerm
from lontar.documents.queries import template_in_force
from lontar.documents.states import FileKind
from lontar.engines.papers.decree_word import default_template
from lontar.ui import formats

HOME = "/kantor/surat/"
READERS = {"province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "viewer"}
PROVINCE = {"province_officer"}


@pytest.fixture
def paper(province_officer: Member) -> Paper:
    """One decree about a village of Ngada, with a sample signature."""
    province_officer.enter()
    (one,) = publish(drafts=[make_draft()], post=province_officer.held, by=province_officer.user, at=MORNING)
    return one


def pages(code: str) -> dict[str, tuple[str, set[str]]]:
    decree = f"{HOME}templat/{KIND}/"
    return {
        "papers": (HOME, READERS),
        "paper": (f"{HOME}{code}/", READERS),
        "file": (f"{HOME}{code}.pdf", READERS),
        "revoke": (f"{HOME}{code}/cabut/", PROVINCE),
        "numberings": (f"{HOME}penomoran/", PROVINCE),
        "numbering": (f"{HOME}penomoran/{KIND}/", PROVINCE),
        "templates": (f"{HOME}templat/", PROVINCE),
        "template": (decree, PROVINCE),
        "template_file": (f"{decree}0.docx", PROVINCE),
        "template_preview": (f"{decree}0-terisi.docx", PROVINCE),
        "template_take": (f"{decree}0/berlakukan/", PROVINCE),
    }


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_address_of_the_app_is_walked_here() -> None:
    assert set(pages("x")) == {pattern.name for pattern in get_resolver("lontar.documents.urls").url_patterns}


def test_every_address_answers_every_role_as_the_table_says(paper: Paper, cast: dict[str, Member]) -> None:
    table = {door.name: answers for door, answers in doors.permission_table()}
    for name, (path, allowed) in pages(paper.code).items():
        for role, member in cast.items():
            status = member.client().get(path).status_code
            assert status == (200 if role in allowed else 403), (name, role)
            assert (table[f"documents:{name}"][role] == "open") == (role in allowed), (name, role)
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"][:14]) == (302, "/kantor/masuk/"), name


def test_another_regency_s_paper_is_closed(province_officer: Member, regency_officer: Member) -> None:
    province_officer.enter()
    other, above = publish(
        drafts=[make_draft(region_code="53.12"), make_draft(region_code="53")],
        post=province_officer.held, by=None, at=MORNING,
    )  # fmt: skip
    browser = regency_officer.client()

    assert browser.get(f"{HOME}{other.code}/").status_code == 403
    assert browser.get(f"{HOME}{other.code}.pdf").status_code == 403
    assert browser.get(f"{HOME}{above.code}/").status_code == 200
    listed = text(browser, HOME)
    assert above.number in listed
    assert other.number not in listed
    assert browser.get(f"{HOME}K7QF-2M9A-X3TB/").status_code == 404


def test_the_list_is_filtered_searched_and_taken_away(paper: Paper, province_officer: Member) -> None:
    browser = province_officer.client()
    for query in ("", "cari=kopi", f"cari={paper.code.lower()}", "jenis=sk-produk-unggulan", "keadaan=in_force",
                  "tanda=demo", "wilayah=53.09", "dari=2026-01-15&sampai=2026-01-15", "per=25&hal=9"):  # fmt: skip
        assert paper.number in text(browser, f"{HOME}?{query}"), query
    for query in ("cari=tenun", "jenis=sk-lokus", "keadaan=revoked", "tanda=bsre", "sampai=2026-01-14"):
        page = text(browser, f"{HOME}?{query}")
        assert paper.number not in page, query
        assert "Tidak ada surat yang cocok." in page, query

    reply = browser.get(f"{HOME}?format=csv")
    lines = b"".join(reply.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # a stream
    assert lines[0].lstrip("\ufeff").startswith("nomor,jenis,perihal")
    assert len(lines) == 2
    assert paper.number in lines[1]


def test_a_paper_shows_its_files_and_gives_them_as_issued(paper: Paper, viewer: Member) -> None:
    browser = viewer.client()
    page = text(browser, f"{HOME}{paper.code}/")

    assert "Kopi Contoh" in page
    assert "Penanda Tangan Contoh" in page
    assert "cabut/" not in page
    found = queries.paper(paper.code)
    assert found is not None
    answer = browser.get(f"{HOME}{paper.code}.pdf")
    assert answer.content == queries.read_file(found, FileKind.PDF)
    assert answer["Content-Disposition"] == f'attachment; filename="{KIND}-{paper.code}.pdf"'
    assert browser.get(f"{HOME}{paper.code}.docx").status_code == 200


def test_revoking_asks_a_reason_and_tells_everybody(paper: Paper, province_officer: Member) -> None:
    browser, where = province_officer.client(), f"{HOME}{paper.code}/cabut/"

    refused = browser.post(where, {"reason": "salah"})
    assert refused.status_code == 200
    assert "paling sedikit 10 huruf" in refused.content.decode()
    assert PaperFate.objects.count() == 0
    done = browser.post(where, {"reason": "Nama produk keliru ditulis."}, follow=True).content.decode()

    assert "dicabut." in done
    assert "Nama produk keliru ditulis." in done
    assert "cabut/" not in done
    public = text(Client(), f"/periksa/{paper.code}")
    assert "Dokumen ini asli, tetapi tidak berlaku lagi" in public
    assert "Nama produk keliru ditulis." in public
    again = browser.post(where, {"reason": "Nama produk keliru ditulis."})
    assert "sudah diganti atau dicabut" in again.content.decode()


def test_the_rail_leads_here(province_officer: Member, cashier: Member) -> None:
    assert f'href="{HOME}"' in text(province_officer.client(), "/kantor/cakupan/")
    assert f'href="{HOME}"' not in text(cashier.client(), "/kantor/cakupan/")


# --- numbering ----------------------------------------------------------------------------------------------------------


def test_a_new_pattern_ends_the_old_one_and_counting_goes_on(paper: Paper, province_officer: Member) -> None:
    browser, where = province_officer.client(), f"{HOME}penomoran/{KIND}/"
    today = timezone.localdate()
    bad = browser.post(where, {"pattern": "KEP/{nomor}", "valid_from": today.isoformat(), "source": "Surat Contoh 2"})
    assert bad.status_code == 200
    assert "Isian {nomor} tidak dikenal." in bad.content.decode()
    assert "memuat {urut} satu kali dan {tahun}" in browser.post(
        where, {"pattern": "KEP/{urut}", "valid_from": today.isoformat(), "source": "Surat Contoh 2"}
    ).content.decode()  # fmt: skip

    done = browser.post(
        where, {"pattern": "KEP/{urut:3}/{bulan}/{tahun}", "valid_from": today.isoformat(), "source": "Surat Contoh 2"}
    )

    assert done.status_code == 302
    old, new = NumberPattern.objects.filter(kind=KIND).order_by("valid_from")
    assert (old.valid_until, new.valid_until) == (today, None)
    assert "KEP/{urut:3}/{bulan}/{tahun}" in text(browser, where)
    province_officer.enter()
    (later,) = publish(drafts=[make_draft()], post=province_officer.held, by=None, at=timezone.now())
    sequence = 2 if today.year == 2026 else 1
    assert later.number.startswith(f"KEP/00{sequence}/")


# --- templates ----------------------------------------------------------------------------------------------------------


def word(*lines: str) -> bytes:
    book = docx.Document()
    for line in lines:
        book.add_paragraph(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(browser: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("templat saya.docx", content)
    return browser.post(f"{HOME}templat/{KIND}/", {"file": file}, follow=True)


def test_a_template_is_tried_kept_looked_at_and_taken_into_force(province_officer: Member) -> None:
    browser, today = province_officer.client(), timezone.localdate()

    refused = send(browser, word("{{ nomr }}"))
    assert refused.status_code == 200
    assert "Isian “nomr” tidak dikenal. Maksud Anda “nomor”?" in refused.content.decode()
    assert PaperTemplate.objects.count() == 0
    mine = word("Perihal {{ tentang }}")
    page = send(browser, mine).content.decode()
    assert "Versi 1 diterima." in page
    assert template_in_force(KIND, today) is None
    filled = browser.get(f"{HOME}templat/{KIND}/1-terisi.docx").content
    assert docx.Document(io.BytesIO(filled)).paragraphs[0].text == "Perihal Penetapan Produk Unggulan Desa Contoh"
    assert browser.get(f"{HOME}templat/{KIND}/1.docx").content == mine

    begins = today + timedelta(days=3)
    browser.post(f"{HOME}templat/{KIND}/1/berlakukan/", {"valid_from": begins.isoformat()})

    assert template_in_force(KIND, today) is None
    assert template_in_force(KIND, begins) == mine
    browser.post(f"{HOME}templat/{KIND}/0/berlakukan/", {"valid_from": begins.isoformat()})
    assert template_in_force(KIND, begins) is None
    assert TemplateTerm.objects.count() == 2
    assert "Riwayat pemberlakuan" in text(browser, f"{HOME}templat/{KIND}/")


def test_a_template_is_not_taken_into_force_in_the_past(province_officer: Member) -> None:
    browser, yesterday = province_officer.client(), timezone.localdate() - timedelta(days=1)

    answer = browser.post(f"{HOME}templat/{KIND}/0/berlakukan/", {"valid_from": yesterday.isoformat()})

    assert answer.status_code == 200
    assert "paling cepat mulai hari ini" in answer.content.decode()
    assert TemplateTerm.objects.count() == 0


def test_the_shipped_template_is_downloaded_and_kinds_without_one_are_not_found(province_officer: Member) -> None:
    browser = province_officer.client()

    assert browser.get(f"{HOME}templat/{KIND}/0.docx").content == default_template()
    for path in ("templat/sertifikat-bintang/", "templat/lain/", f"templat/{KIND}/7.docx", "penomoran/lain/"):
        assert browser.get(f"{HOME}{path}").status_code == 404, path


def test_versions_count_on(province_officer: Member) -> None:
    act = {"post": province_officer.held, "by": None, "at": MORNING}
    for _round in range(2):
        upload_template(kind=KIND, content=default_template(), name="a.docx", **act)  # type: ignore[arg-type]  # by name
    take_template(kind=KIND, template=None, valid_from=date(2026, 1, 15), **act)  # type: ignore[arg-type]  # as above

    assert list(PaperTemplate.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]


# --- the public check ---------------------------------------------------------------------------------------------------


def check(content: bytes, code: str = "", name: str = "surat.pdf") -> str:
    path = f"/periksa/{code}" if code else "/periksa"
    answer = Client(enforce_csrf_checks=True).post(path, {"berkas": SimpleUploadedFile(name, content)})
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode()


def test_the_check_tells_what_the_paper_is_and_that_it_holds(paper: Paper) -> None:
    page = text(Client(), f"/periksa/{paper.code}")

    assert "<h1>Dokumen ini asli</h1>" in page
    assert paper.number in page
    assert "Kopi Contoh" in page
    assert "Berlaku: dokumen ini belum diganti atau dicabut." in page
    assert "Utuh, tetapi bukan sertifikat BSrE." in page
    assert f'data-pdf-sha="{paper.pdf_sha256}"' in page
    loose = Client().get("/periksa", {"kode": paper.code.lower().replace("-", " ")})
    assert (loose.status_code, loose["Location"]) == (302, f"/periksa/{paper.code}")
    typed = Client().get(f"/periksa/{paper.code}", {"sha256": paper.docx_sha256.upper()}).content.decode()
    assert "Cocok: ini berkas Word asli" in typed


def content_of(paper: Paper, kind: FileKind = FileKind.PDF) -> bytes:
    found = queries.paper(paper.code)
    assert found is not None
    return queries.read_file(found, kind)


def test_a_brought_file_leads_to_its_paper(paper: Paper) -> None:
    page = check(content_of(paper))

    assert paper.number in page
    assert "Cocok: ini berkas PDF asli" in page
    assert page.count("Utuh, tetapi bukan sertifikat BSrE.") == 2
    word_file = check(content_of(paper, FileKind.WORD), name="surat.docx")
    assert "Cocok: ini berkas Word asli" in word_file
    assert "bukan PDF yang dapat dibaca" in word_file


def test_one_changed_byte_is_told(paper: Paper) -> None:
    content = bytearray(content_of(paper))
    content[700] ^= 1

    page = check(bytes(content), paper.code)

    assert "Tidak cocok: berkas ini bukan berkas yang diterbitkan" in page
    assert "Isi berkas berubah sesudah ditandatangani." in page
    assert "Cocok: ini" not in page.split("hasil-cocok")[1].split("</div></div>")[0]


def test_a_page_added_behind_is_told(paper: Paper) -> None:
    page = check(content_of(paper) + b"\n% sisipan\n")

    assert "Tidak cocok" in page
    assert "Berkas ditambahi sesudah ditandatangani." in page


def test_a_file_of_another_paper_is_told(paper: Paper, province_officer: Member) -> None:
    (other,) = publish(drafts=[make_draft(title="Lain")], post=province_officer.held, by=None, at=MORNING)

    page = check(content_of(other), paper.code)

    assert "Ini berkas asli, tetapi dari dokumen lain." in page
    assert other.number in page


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"\xff" * 300, b"GIF89a", b"%PDF-"])
def test_a_file_of_nobody_is_told_and_nothing_breaks(db: None, content: bytes) -> None:
    page = check(content)

    assert "Tidak cocok" in page
    assert "bukan PDF yang dapat dibaca" in page


def test_a_file_beyond_the_limit_is_not_read(db: None) -> None:
    file = SimpleUploadedFile("besar.pdf", b"x" * 20_000_001)

    answer = Client().post("/periksa", {"berkas": file})

    assert answer.status_code == 413
    assert f"Berkas lebih besar dari {formats.size(20_000_000)}." in answer.content.decode()


def test_a_replaced_paper_leads_to_its_successor(paper: Paper, province_officer: Member) -> None:
    (new,) = publish(drafts=[make_draft()], post=province_officer.held, by=None, at=MORNING)
    replace_paper(
        paper=paper, successor=new, reason="Produk unggulan berganti.", post=province_officer.held, by=None, at=MORNING
    )

    page = text(Client(), f"/periksa/{paper.code}")

    assert "Diganti pada 15 Januari 2026" in page
    assert f'href="/periksa/{new.code}"' in page
    province_officer.enter()
    revoke_paper(paper=new, reason="Dicabut untuk contoh.", post=province_officer.held, by=None, at=MORNING)
    assert "Dicabut pada" in text(Client(), f"/periksa/{new.code}")


def test_the_screens_speak_english(paper: Paper, province_officer: Member) -> None:
    browser = province_officer.client()
    browser.cookies["django_language"] = "en"

    for path, _roles in pages(paper.code).values():
        if not path.endswith((".pdf", ".docx")):
            assert "Surat yang" not in text(browser, path), path
    public = Client()
    public.cookies["django_language"] = "en"
    assert "In force: this document has been neither replaced nor revoked." in text(public, f"/periksa/{paper.code}")


def test_the_api_tells_of_a_paper_what_the_public_check_tells(paper: Paper, province_officer: Member) -> None:
    before = Client().get(f"/api/v1/papers/{paper.code.lower()}")
    province_officer.enter()
    revoke_paper(paper=paper, reason="Dicabut untuk contoh.", post=province_officer.held, by=None, at=MORNING)

    after = Client().get(f"/api/v1/papers/{paper.code}").json()

    assert before["Cache-Control"] == "no-store"
    assert (before.json()["number"], before.json()["is_in_force"], before.json()["end"]) == (paper.number, True, None)
    assert (after["is_in_force"], after["end"]["kind"], after["end"]["reason"]) == (
        False, "revoked", "Dicabut untuk contoh.",
    )  # fmt: skip
    assert "issued_by" not in after, "people are not named"
    assert Client().get("/api/v1/papers/AAAA-BBBB-CCCC").status_code == 404


def test_the_command_lists_shows_and_verifies(paper: Paper, province_officer: Member, tmp_path: Path) -> None:
    file, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    content = queries.read_file(queries.paper_row(paper.pk), FileKind.PDF)  # type: ignore[arg-type]  # there is one
    file.write_bytes(content)
    other.write_bytes(content.replace(b"%%EOF", b"%%EOf", 1))
    run = CliRunner().invoke

    listed, shown = run(papers, ["list"]), run(papers, ["show", paper.code])
    genuine, changed = run(papers, ["verify", str(file)]), run(papers, ["verify", str(other)])
    revoke_paper(paper=paper, reason="Dicabut untuk contoh.", post=province_officer.held, by=None, at=MORNING)
    ended = run(papers, ["verify", str(file)])

    assert listed.output.startswith(f"{paper.code}\t{paper.number}\t")
    assert json.loads(shown.output)["code"] == paper.code
    assert (genuine.exit_code, "Asli dan masih berlaku." in genuine.output) == (0, True)
    assert (changed.exit_code, "Bukan berkas yang diterbitkan" in changed.output) == (1, True)
    assert (ended.exit_code, "tidak berlaku lagi" in ended.output) == (2, True)
    assert run(papers, ["show", "AAAA-BBBB-CCCC"]).exit_code == 1
