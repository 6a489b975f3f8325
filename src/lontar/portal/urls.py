"""Addresses of the public pages. A slash at the end of a page's address leads to the address without it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, re_path

from lontar.access.doors import open_to_all
from lontar.portal.views import (
    about,
    data,
    flagships,
    goods,
    home,
    loci,
    map,
    papers,
    places,
    priority,
    reporting,
    reports,
    search,
    stars,
    trade,
    value,
    verdicts,
)

app_name = "portal"
QUARTER = r"(?P<quarter>[1-9]\d{3}-T[1-4])"


@open_to_all
def without_slash(request: HttpRequest, **_kwargs: str) -> HttpResponsePermanentRedirect:
    """The same address without the slash at its end, its parameters kept."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(request.path.rstrip("/") + (f"?{query}" if query else ""))


urlpatterns: list[URLPattern] = [
    path("", home.front, name="front"),
    path("peta", map.village_map, name="map"),
    path("peta/desa.json", map.map_villages, name="map_villages"),
    path("peta/lapis/<str:key>.json", map.map_layer, name="map_layer"),
    path("peta/batas/kabupaten.json", map.map_outlines, name="map_outlines"),
    path("peta/batas/desa/<str:code>.json", map.map_boundaries, name="map_boundaries"),
    re_path(r"^peta/tabel\.(?P<kind>csv|xlsx)$", map.map_sheet, name="map_sheet"),
    path("wilayah", places.province, name="places"),
    path("wilayah/<str:code>", places.region, name="region"),
    path("wilayah/<str:code>/cakupan.csv", places.coverage_csv, name="coverage_csv"),
    path("wilayah/<str:code>/desa.csv", places.villages_csv, name="villages_csv"),
    path("desa/<str:code>", places.village, name="village"),
    path("unggulan", flagships.flagships, name="flagships"),
    path("unggulan.csv", flagships.flagships_csv, name="flagships_csv"),
    path("lokus", loci.loci, name="loci"),
    path("lokus.csv", loci.loci_csv, name="loci_csv"),
    path("produk/<int:pk>", goods.product, name="product"),
    path("usaha/<int:pk>", goods.enterprise, name="enterprise"),
    path("bintang", stars.stars, name="stars"),
    path("bintang.csv", stars.stars_csv, name="stars_csv"),
    path("periksa", papers.check, name="check_form"),
    path("periksa/<str:code>", papers.check, name="check"),
    path("prioritas", priority.show, name="priority"),
    path("laporan", reports.reports, name="reports"),
    re_path(rf"^laporan/{QUARTER}$", reports.report, name="report"),
    re_path(
        rf"^laporan/{QUARTER}/angka/(?P<indicator>[A-Za-z0-9.]{{1,40}}?)\.csv$",
        reports.figure_csv,
        name="report_figure_csv",
    ),
    re_path(rf"^laporan/{QUARTER}/angka/(?P<indicator>[A-Za-z0-9.]{{1,40}})$", reports.figure, name="report_figure"),
    re_path(rf"^laporan/{QUARTER}/berkas/(?P<name>[A-Za-z0-9_./-]{{1,80}})$", reports.file, name="report_file"),
    re_path(rf"^laporan/{QUARTER}/paket\.zip$", reports.whole, name="report_package"),
    re_path(rf"^laporan/{QUARTER}/laporan\.pdf$", reports.pdf, name="report_pdf"),
    re_path(rf"^laporan/{QUARTER}/wilayah/(?P<code>[0-9.]{{5,13}})\.pdf$", reports.place_pdf, name="report_place"),
    re_path(rf"^laporan/{QUARTER}/$", without_slash, name="report_without_slash"),
    path("putusan", verdicts.verdict, name="verdict"),
    path("putusan/<str:key>", verdicts.unit, name="verdict_unit"),
    path("nilai-tambah", value.reckon, name="reckon"),
    path("nilai-tambah/program", value.programme, name="value"),
    re_path(r"^nilai-tambah/program\.(?P<kind>csv|xlsx)$", value.programme_sheet, name="value_sheet"),
    path("neraca", trade.balance_page, name="balance"),
    path("neraca.csv", trade.balance_csv, name="balance_csv"),
    path("lapor/penjaga.js", reporting.keeper, name="keeper"),
    path("lapor/<str:code>", reporting.report, name="own_return"),
    path("cari", search.search, name="search"),
    path("data", data.open_data, name="data"),
    path("data/katalog.jsonld", data.catalogue, name="catalogue"),
    path("data/kamus.csv", data.dictionary, name="dictionary"),
    path("tentang", about.about, name="about"),
    path("bahasa", about.language, name="language"),
    path("robots.txt", about.robots, name="robots"),
    path("sitemap.xml", about.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<part>wilayah|produk)\.xml$", about.sitemap_part, name="sitemap_part"),
    re_path(
        r"^(?:peta|wilayah|unggulan|lokus|bintang|prioritas|laporan|putusan|nilai-tambah|nilai-tambah/program|neraca"
        r"|data|tentang|cari|bahasa|periksa)/$",
        without_slash,
        name="without_slash",
    ),
    re_path(r"^(?:desa|wilayah|produk|usaha|periksa|putusan)/[^/]+/$", without_slash, name="page_without_slash"),
]
