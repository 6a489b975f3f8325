"""Addresses of the open quarterly report, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.reports.views import reports

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("laporan/", reports.reports, name="reports"),
    path("laporan/buat/", reports.build, name="build"),
    path("laporan/rancangan/<int:pk>/", reports.draft, name="draft"),
    path("laporan/rancangan/<int:pk>/terbitkan/", reports.publish, name="publish"),
]
