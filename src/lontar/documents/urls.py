"""Addresses of issued papers, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, re_path

from lontar.documents.views import papers

app_name = "documents"

urlpatterns: list[URLPattern] = [
    re_path(r"^surat/(?P<code>[0-9A-Z-]{14})\.(?P<kind>pdf|docx)$", papers.file, name="file"),
]
