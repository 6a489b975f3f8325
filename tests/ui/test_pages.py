"""Pages as the server writes them: components, error pages, language, and what the policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from lontar.ui import presenters as p
from lontar.ui import views

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "lontar"
ADDRESSES = ("/", "/kantor/?jenis=kopi&buka=2", "/kantor/konfirmasi", "/bagan", "/peta", "/hilang")

pytestmark = pytest.mark.usefixtures("gallery")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_carries_inline_style_or_script(address: str) -> None:
    html = Client().get(address).content.decode()
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert "<style" not in html
    assert not re.search(r"<[^>]+\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_no_template_of_the_house_breaks_the_policy() -> None:
    bad = [
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("templates/**/*.html")
        if re.search(
            r"""<[^>{]*\s(?:style|on[a-z]+)\s*=\s*["']|<style|<script(?![^>]*(?:\bsrc=|application/json))""",
            file.read_text("utf-8"),
        )
    ]
    assert bad == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_one_title_a_skip_link_and_unique_ids(address: str) -> None:
    html = Client().get(address).content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert '<a class="l-skip" href="#isi">' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_list_says_count_filters_order_export_and_pages() -> None:
    html = Client().get("/kantor/?jenis=kopi&urut=-omzet").content.decode()
    assert "168.002</strong> usaha" in html
    assert "baris 1–50" in html
    assert "Hapus saringan Jenis: Kopi" in html
    assert 'aria-sort="descending"' in html
    assert 'href="/unduh.csv" download' in html
    assert 'href="/kantor/?jenis=kopi&amp;urut=-omzet&amp;hal=2"' in html
    assert '<input type="hidden" name="urut" value="-omzet">' in html


def test_an_empty_list_says_what_to_do_next() -> None:
    empty = p.EmptyState("Belum ada usaha.", "Unggah daftar usaha.", p.Link("Unggah", "/u"))
    query = p.Query("/kantor/")
    listed = p.Table("Usaha", [p.Column("nama", "Nama")], [], p.Pager(query, 0), "usaha", empty=empty)
    html = Template("{% load lontar %}{% table t %}").render(Context({"t": listed}))
    assert "Belum ada usaha." in html
    assert 'href="/u">Unggah</a>' in html
    assert "<table" not in html


def test_the_panel_has_an_address_and_one_to_leave_it() -> None:
    html = Client().get("/kantor/?jenis=kopi&buka=2").content.decode()
    assert 'href="/kantor/?jenis=kopi" hx-get="/kantor/?jenis=kopi" hx-target="#panel"' in html
    assert re.search(r'<aside id="panel"[^>]*hidden', Client().get("/kantor/").content.decode())


def test_the_present_place_is_marked_in_the_navigation() -> None:
    html = Client().get("/kantor/konfirmasi").content.decode()
    assert 'href="/kantor/" aria-current="true"' in html
    assert 'href="/kantor/" aria-current="page"' in Client().get("/kantor/").content.decode()


def test_a_job_asks_for_itself_only_while_it_runs() -> None:
    running = p.Progress(
        "7", "Memeriksa", p.ProgressState.RUNNING, "Berjalan", 5, 10, poll_url="/kerja/7", rate=2, seconds_left=3
    )
    source = Template("{% load lontar %}{% progress job %}")
    html = source.render(Context({"job": running}))
    assert 'hx-get="/kerja/7" hx-trigger="every 2s"' in html
    assert 'value="0.5000"' in html
    done = p.Progress("7", "Memeriksa", p.ProgressState.DONE, "Selesai", 10, 10, poll_url="/kerja/7")
    html = source.render(Context({"job": done}))
    assert "hx-get" not in html
    assert "<progress" not in html


def test_a_confirmation_says_how_many_and_asks_for_the_word() -> None:
    html = Client().get("/kantor/konfirmasi").content.decode()
    assert "214 usaha dari berkas" in html
    assert 'data-word="HAPUS"' in html
    assert "csrfmiddlewaretoken" in html


def test_indonesian_is_spoken_unless_the_reader_chose_otherwise() -> None:
    client = Client(headers={"Accept-Language": "en"})
    assert client.get("/").headers["Content-Language"] == "id"
    answer = client.get("/kantor/?bahasa=en&jenis=kopi")
    assert (answer.status_code, answer["Location"]) == (302, "/kantor/?jenis=kopi")
    assert client.get("/").headers["Content-Language"] == "en"
    assert b'<html lang="en">' in client.get("/").content
    assert client.get("/?bahasa=xx").headers["Content-Language"] == "en"


def test_error_pages_carry_their_status_and_say_what_to_do() -> None:
    request = RequestFactory().get("/x")
    forbidden = views.permission_denied(request, PermissionDenied("Jabatan Anda mencakup Ngada saja."))
    assert forbidden.status_code == 403
    assert "Jabatan Anda mencakup Ngada saja." in forbidden.content.decode()
    assert views.bad_request(request, Exception()).status_code == 400
    assert views.page_not_found(request, Exception()).status_code == 404
    assert views.csrf_failure(request).status_code == 403
    slow = views.too_many_requests(request, 30)
    assert (slow.status_code, slow["Retry-After"]) == (429, "30")
    assert "Tunggu 30 detik" in slow.content.decode()


def test_the_pages_for_our_own_faults_need_neither_build_nor_context() -> None:
    request = RequestFactory().get("/x", headers={"X-Request-Id": "<b>7</b>"})
    broken = views.server_error(request)
    assert broken.status_code == 500
    assert "/static/" not in broken.content.decode()
    assert "&lt;b&gt;7&lt;/b&gt;" in broken.content.decode()
    assert views.service_unavailable(request).status_code == 503


def test_english_pages_leave_no_word_of_the_frame_untranslated() -> None:
    with translation.override("en"):
        html = Template("{% load lontar %}{% table t %}").render(
            Context({"t": p.Table("L", [p.Column("a", "A")], [p.Row(["x"])], p.Pager(p.Query("/"), 500), "rows")})
        )
    assert "Next page" in html
    assert "Halaman" not in html
