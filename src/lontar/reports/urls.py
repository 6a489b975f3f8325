"""Addresses of the open quarterly report, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.reports.views import builds, reports

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("laporan/", reports.reports, name="reports"),
    path("laporan/buat/", builds.build, name="build"),
    path("laporan/penyusunan/<int:pk>/", builds.under_way, name="building"),
    path("laporan/penyusunan/<int:pk>/kemajuan/", builds.progress, name="building_progress"),
    path("laporan/rancangan/<int:pk>/", reports.draft, name="draft"),
    path("laporan/rancangan/<int:pk>/terbitkan/", reports.publish, name="publish"),
]
