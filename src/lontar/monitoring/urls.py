"""Addresses of closing of quarters, indicators, figures and restatements, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.monitoring.views import figures, prices, quarters

app_name = "monitoring"

_QUARTER = r"^pemantauan/(?P<label>[1-9]\d{3}-T[1-4])/"

urlpatterns: list[URLPattern] = [
    path("pemantauan/", quarters.quarter_list, name="quarters"),
    path("pemantauan/indikator/", figures.indicators, name="indicators"),
    path("pemantauan/indikator/<str:code>/", figures.indicator, name="indicator"),
    path("pemantauan/indikator/<str:code>/versi-baru/", figures.define, name="define"),
    path("pemantauan/harga/", prices.prices, name="prices"),
    re_path(rf"{_QUARTER}$", quarters.quarter, name="quarter"),
    re_path(rf"{_QUARTER}tutup/$", quarters.close, name="close"),
    re_path(rf"{_QUARTER}nyatakan-ulang/$", quarters.restate, name="restate"),
    re_path(rf"{_QUARTER}kemajuan/$", quarters.progress, name="progress"),
    re_path(rf"{_QUARTER}angka/$", figures.figures, name="figures"),
    re_path(rf"{_QUARTER}perubahan/(?P<number>\d{{1,3}})/$", quarters.restatement, name="restatement"),
]
