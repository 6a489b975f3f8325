"""Addresses of producers that report, periods and monthly returns, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.returns.views import answering, comparison, grid, lists, periods, producers, workbook

app_name = "returns"
_VILLAGE = r"(?P<code>\d{2}\.\d{2}\.\d{2}\.\d{4})"
_MONTH = r"(?P<month>\d{4}-\d{2})"

urlpatterns: list[URLPattern] = [
    path("laporan-bulanan/", lists.returns, name="returns"),
    path("laporan-bulanan/belum/", lists.missing, name="missing"),
    re_path(r"^laporan-bulanan/banyak/(?P<act>verifikasi|terima)/$", lists.many, name="many"),
    path("laporan-bulanan/masa/", periods.months, name="months"),
    path("laporan-bulanan/masa/berikut/", periods.open_next, name="open_next"),
    re_path(rf"^laporan-bulanan/masa/{_MONTH}/(?P<act>tenggang|buka|tutup)/$", periods.move, name="move_month"),
    path("laporan-bulanan/unit/", producers.units, name="units"),
    path("laporan-bulanan/unit/<int:pk>/", producers.unit, name="unit"),
    re_path(r"^laporan-bulanan/unit/(?P<pk>\d{1,18})/(?P<act>daftar|akhiri)/$", producers.change, name="change_unit"),
    path("laporan-bulanan/pembanding/", comparison.comparison, name="comparison"),
    path("laporan-bulanan/pembanding/cari/", comparison.find, name="find_comparison"),
    re_path(rf"^laporan-bulanan/pembanding/{_VILLAGE}/$", comparison.village, name="comparison_village"),
    re_path(
        rf"^laporan-bulanan/pembanding/{_VILLAGE}/(?P<act>daftar|akhiri)/$", comparison.change, name="change_comparison"
    ),
    path("laporan-bulanan/<int:pk>/", lists.detail, name="detail"),
    re_path(r"^laporan-bulanan/(?P<pk>\d{1,18})/(?P<act>verifikasi|terima)/$", lists.one, name="one"),
    re_path(r"^laporan-bulanan/nilai/(?P<pk>\d{1,18})/(?P<act>selesai|lagi)/$", lists.settle, name="settle"),
    re_path(rf"^laporan-bulanan/isi/(?P<pk>\d{{1,18}})/{_MONTH}/$", answering.answer, name="answer"),
    path("laporan-bulanan/tautan/<int:pk>/", answering.link, name="link"),
    re_path(rf"^laporan-bulanan/tabel/{_MONTH}/$", grid.grid, name="grid"),
    re_path(rf"^laporan-bulanan/tabel/{_MONTH}/(?P<pk>\d{{1,18}})/$", grid.save_row, name="save_row"),
    re_path(rf"^laporan-bulanan/buku-kerja/{_MONTH}/$", workbook.workbook, name="workbook"),
    re_path(rf"^laporan-bulanan/buku-kerja/{_MONTH}/unduh/$", workbook.template, name="template"),
]
