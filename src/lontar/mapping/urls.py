"""Addresses of mapping documents, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.mapping.views import documents

app_name = "mapping"

urlpatterns: list[URLPattern] = [
    path("dokumen-pemetaan/", documents.documents, name="documents"),
    path("dokumen-pemetaan/<str:code>/", documents.region, name="region"),
    path("dokumen-pemetaan/<str:code>/terbitkan/", documents.issue, name="issue"),
    path("dokumen-pemetaan/<str:code>/kemajuan/", documents.progress, name="progress"),
    re_path(
        r"^dokumen-pemetaan/(?P<code>[\d.]+)/versi-(?P<version>\d{1,6})\.(?P<kind>pdf|docx)$",
        documents.file,
        name="file",
    ),
]
