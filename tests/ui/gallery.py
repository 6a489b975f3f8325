"""Every component on two pages, public and office, with invented rows: what the tests of the look render and visit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path
from tests.ui import gallery_charts, gallery_map

from lontar.ui import formats, views
from lontar.ui import presenters as p

VILLAGES = ("Wolowae", "Bena Uji", "Contoh Satu", "Contoh Dua", "Langa Uji", "Mataloko Uji")


class FilterForm(forms.Form):
    """Filters of the sample list."""

    q = forms.CharField(label="Nama usaha", required=False)
    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[("", "Semua"), ("kopi", "Kopi"), ("tenun", "Tenun ikat")]
    )
    pekerja = forms.IntegerField(label="Pekerja paling sedikit", required=False)


class EnterpriseForm(forms.Form):
    """A form with each kind of field."""

    nama = forms.CharField(label="Nama usaha", help_text="Seperti tertulis pada Nomor Induk Berusaha (NIB).")
    omzet = forms.DecimalField(label="Omzet setahun", localize=True)
    mulai = forms.DateField(label="Mulai berdiri", required=False)
    jenis = forms.ChoiceField(label="Jenis", choices=[("kopi", "Kopi"), ("tenun", "Tenun ikat")])
    izin = forms.MultipleChoiceField(
        label="Izin yang dimiliki",
        required=False,
        choices=[("pirt", "PIRT"), ("halal", "Sertifikat halal")],
        widget=forms.CheckboxSelectMultiple,
    )
    setuju = forms.BooleanField(label="Data ini sudah diperiksa", help_text="Oleh pemilik usaha.")


class UploadForm(forms.Form):
    """A file to send."""

    berkas = forms.FileField(label="Berkas usaha", help_text="XLSX, XLS, ODS, atau CSV.")


def sample_table(request: HttpRequest, *, count: int = 168_002, rows: int = 6) -> p.Table:
    """A list with all tools; its rows are invented."""
    query = p.Query.of(request)
    columns = [
        p.Column("nama", "Nama usaha", sortable=True),
        p.Column("desa", "Desa/kelurahan", sortable=True),
        p.Column("jenis", "Jenis", optional=True),
        p.Column("pekerja", "Pekerja", numeric=True, sortable=True),
        p.Column("omzet", "Omzet setahun (Rp)", numeric=True, sortable=True, optional=True),
        p.Column("keadaan", "Keadaan"),
    ]
    states = (
        p.Status("Terverifikasi", p.Tone.GOOD),
        p.Status("Menunggu", p.Tone.WARN),
        p.Status("Dikembalikan", p.Tone.BAD),
    )
    body = [
        p.Row(
            [
                f"Contoh Uji {number + 1}",
                VILLAGES[number % len(VILLAGES)],
                "Kopi" if number % 2 else None,
                number + 2,
                Decimal(12_500_000 * (number + 1)),
                states[number % 3],
            ],
            panel_url=query.but({"buka": str(number)}, keep=["hal"]),
            key=str(number),
            opened=query.get("buka") == str(number),
        )
        for number in range(rows)
    ]
    pager = p.Pager(query, count, int(query.get("hal", "1")), 50)
    return p.Table(
        caption="Usaha di Kabupaten Ngada",
        columns=columns,
        rows=body,
        pager=pager,
        noun="usaha",
        sort=query.get("urut", "nama"),
        shown=query.all("kolom"),
        chips=[p.Chip("Jenis: Kopi", query.without("jenis"))] if query.get("jenis") else [],
        exports=[
            p.Export("CSV", "/unduh.csv", "168.002 baris, sekitar 21 MB"),
            p.Export("XLSX", "/unduh.xlsx"),
        ],
        bulk=[p.BulkAction("Sahkan", "/kantor/sahkan", "check")],
        empty=p.EmptyState(
            "Belum ada usaha yang cocok.",
            "Longgarkan saringan, atau unggah daftar usaha.",
            p.Link("Unggah berkas", "/u"),
        ),
    )


FIGURES = [
    p.Figure("Usaha terdata", "168.002", "usaha", "BPS", date(2024, 12, 31), key=True),
    p.Figure("Desa/kelurahan", "3.442", "desa/kelurahan", "Kemendagri", date(2025, 7, 1)),
    p.Figure("Produk bersertifikat", "44", "produk", "DPMD", date(2025, 11, 27), note="dari 44 lokus"),
]
JOB = p.Progress(
    "7",
    "Memeriksa daftar usaha",
    p.ProgressState.RUNNING,
    "Berjalan",
    84_001,
    168_002,
    rate=4210,
    seconds_left=20,
    cancel_url="/kantor/konfirmasi",
)
HISTORY = [
    p.HistoryEntry(
        datetime(2025, 11, 27, 6, 5, tzinfo=UTC),
        "Dinas Koperasi Ngada",
        "mengubah omzet Contoh Uji 1",
        [("Omzet", "Rp10.000.000", "Rp12.500.000")],
        p.Link("usaha-ngada.xlsx, baris 214", "/kantor/berkas/1"),
    ),
    p.HistoryEntry(
        datetime(2025, 11, 20, 1, 0, tzinfo=UTC), "Desa Bena Uji", "mengembalikan", reason="Nama pemilik salah."
    ),
]
CONFIRM = p.Confirm(
    "Hapus 214 usaha?",
    "214 usaha dari berkas usaha-ngada.xlsx akan dihapus dari daftar.",
    "/kantor/hapus",
    "Hapus 214 usaha",
    "/kantor/",
    word="HAPUS",
    undo="Dapat dipulihkan selama 30 hari.",
)
CRUMBS = [p.Crumb("NTT", "/"), p.Crumb("Ngada", "/wilayah/53.09"), p.Crumb("Bajawa")]

OFFICE = """{% extends "ui/base_office.html" %}{% load lontar %}
{% block title %}Usaha di Ngada{% endblock %}{% block page_title %}Usaha di Kabupaten Ngada{% endblock %}
{% block lead %}<p class="l-lead">Daftar usaha mikro dan kecil menurut desa.</p>{% endblock %}
{% block actions %}
<a class="btn btn-primary" href="/kantor/konfirmasi" data-dialog>{% icon "upload" %}Unggah daftar</a>{% endblock %}
{% block content %}{% tabs tabs %}{% filters filter_form query %}{% table table %}
<h2>Pekerjaan</h2>{% progress job %}{% steps steps %}
<h2>Formulir</h2>{% error_summary form %}<form method="post">{% form_fields form %}{% field other.omzet before="Rp" %}
<button class="btn btn-primary">Simpan</button></form>
<form method="post" enctype="multipart/form-data">{% dropzone upload.berkas 60000000 %}
<button class="btn btn-primary mt-2">Kirim</button></form>
<h2>Rincian</h2>{% key_values lines %}<h2>Riwayat</h2>{% history entries %}{% empty none %}{% endblock %}
{% block panel %}{% key_values lines %}{% endblock %}"""

PUBLIC = """{% extends "ui/base_public.html" %}{% load lontar %}{% block title %}Beranda{% endblock %}
{% block heading %}<h1>Apa yang dibuat setiap desa di Nusa Tenggara Timur</h1>
<p class="l-lead">Satu desa, satu produk unggulan: dari potensi sampai hasil jual, tercatat dan terbuka.</p>{% endblock %}
{% block content %}{% stats figures %}<h2>Usaha menurut desa</h2>{% table table %}{{ chart }}{% endblock %}"""


def _render(source: str, request: HttpRequest, values: dict[str, object]) -> HttpResponse:
    return HttpResponse(Template(source).render(RequestContext(request, values)))


def office(request: HttpRequest) -> HttpResponse:
    """The office page."""
    if request.GET.get("pesan"):
        messages.success(request, "Daftar usaha diterima.")
    query = p.Query.of(request)
    opened = query.get("buka")
    head = p.PanelHead(f"Contoh Uji {opened}", query.without("buka"), "/kantor/usaha/1") if opened else None
    lines = [
        p.KeyValue("Pemilik", "Contoh Uji", "Dinas Koperasi, 2 Mei 2025"),
        p.KeyValue("NIK pemilik", p.Masked("NIK pemilik", "5303********0001", "/kantor/konfirmasi")),
        p.KeyValue("Keadaan", p.Status("Terverifikasi", p.Tone.GOOD)),
    ]
    values = {
        "crumbs": CRUMBS,
        "tabs": [p.Tab("Semua", "/kantor/", current=True, count=168_002), p.Tab("Menunggu", "/kantor/?k=m", count=14)],
        "filter_form": FilterForm(request.GET),
        "query": query,
        "table": sample_table(request),
        "job": JOB,
        "steps": [p.Step("Unggah", "done", "/u"), p.Step("Cocokkan kolom", "current"), p.Step("Periksa")],
        "form": EnterpriseForm({"usaha-omzet": "salah"}, prefix="usaha"),
        "upload": UploadForm(),
        "other": EnterpriseForm(prefix="lain"),
        "lines": lines,
        "entries": HISTORY,
        "none": p.EmptyState("Belum ada berkas.", "Unggah daftar pertama Anda.", p.Link("Unggah", "/u", "upload")),
        "panel_head": head,
    }
    return _render(OFFICE, request, values)


def public(request: HttpRequest) -> HttpResponse:
    """The public page."""
    return _render(PUBLIC, request, {"figures": FIGURES, "table": sample_table(request), "crumbs": CRUMBS})


def confirm(request: HttpRequest) -> HttpResponse:
    """The confirmation page."""
    return _render('{% include "ui/confirm.html" %}', request, {"confirm": CONFIRM})


UPLOAD = """{% extends "ui/base_office.html" %}{% load lontar %}{% block title %}Unggah{% endblock %}
{% block page_title %}Unggah daftar{% endblock %}{% block content %}
<form method="post" enctype="multipart/form-data">{% csrf_token %}{% dropzone upload.berkas 5000000 %}
<button class="btn btn-primary">Kirim</button></form>{{ received }}{% endblock %}"""


def upload(request: HttpRequest) -> HttpResponse:
    """Takes a file and tells its name and size on the next page."""
    if request.method == "POST":
        file = request.FILES["berkas"]
        request.session["received"] = f"{file.name}, {formats.size(file.size)}"
        return redirect("/kantor/unggah/selesai")
    return _render(UPLOAD, request, {"upload": UploadForm()})


def uploaded(request: HttpRequest) -> HttpResponse:
    """What came."""
    return _render(UPLOAD, request, {"upload": UploadForm(), "received": request.session["received"]})


def navigation(request: HttpRequest) -> dict[str, object]:
    """What the faces put into every page."""
    return {
        "public_nav": [
            p.NavItem("Beranda", "/"),
            p.NavItem("Peta", "/peta"),
            p.NavItem("Produk", "/produk"),
            p.NavItem("Laporan", "/laporan"),
        ],
        "office_nav": [
            p.NavGroup(
                "", (p.NavItem("Pekerjaan", "/kantor/", "list", 14), p.NavItem("Berkas", "/kantor/berkas", "upload"))
            ),
            p.NavGroup(
                "Daftar", (p.NavItem("Usaha", "/kantor/usaha", "store"), p.NavItem("Desa", "/kantor/desa", "pin"))
            ),
        ],
        "account_name": "Contoh Uji",
        "account_links": [p.Link("Keluar", "/keluar", "arrow-right")],
    }


def lost(request: HttpRequest) -> HttpResponse:
    """The page of a wrong address."""
    return views.page_not_found(request, Exception())


urlpatterns = [
    path("", public),
    path("kantor/", office),
    path("kantor/konfirmasi", confirm),
    path("kantor/unggah", upload),
    path("kantor/unggah/selesai", uploaded),
    path("hilang", lost),
    path("bagan", gallery_charts.page),
    path("kantor/bagan", gallery_charts.live),
    path("kantor/bagan.json", gallery_charts.live_json),
    path("peta", gallery_map.page),
    path("peta/desa.json", gallery_map.villages_json),
    path("peta/lapis/<str:key>.json", gallery_map.layer_json),
    path("desa/<str:code>", gallery_map.village),
]
