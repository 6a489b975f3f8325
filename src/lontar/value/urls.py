"""Addresses of prices, value kept and the trade balance, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.value.views import findings, kept, trade

app_name = "value"

urlpatterns: list[URLPattern] = [
    path("nilai-tambah/", kept.kept_page, name="kept"),
    path("nilai-tambah/lembar.xlsx", kept.kept_sheet, name="kept_sheet"),
    path("nilai-tambah/harga/", kept.chain_page, name="chains"),
    path("nilai-tambah/harga/lembar.xlsx", kept.chain_sheet, name="chain_sheet"),
    path("nilai-tambah/hitung/", kept.count, name="count"),
    path("neraca/", trade.trade_page, name="trade"),
    path("neraca/lembar.xlsx", trade.trade_sheet, name="trade_sheet"),
    path("neraca/contoh.csv", trade.example, name="example"),
    path("neraca/unggah/", trade.load, name="load"),
    path("neraca/temuan/", findings.findings, name="findings"),
    path("neraca/angka/<int:pk>/", trade.history, name="history"),
]
