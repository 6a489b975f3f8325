"""Addresses of issued papers, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.documents.views import papers, templates

app_name = "documents"

_CODE = r"(?P<code>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})"

urlpatterns: list[URLPattern] = [
    path("surat/", papers.papers, name="papers"),
    path("surat/penomoran/", templates.numberings, name="numberings"),
    path("surat/penomoran/<slug:kind>/", templates.numbering, name="numbering"),
    path("surat/templat/", templates.templates, name="templates"),
    path("surat/templat/<slug:kind>/", templates.template, name="template"),
    path("surat/templat/<slug:kind>/<int:version>.docx", templates.template_file, name="template_file"),
    path("surat/templat/<slug:kind>/<int:version>-terisi.docx", templates.template_preview, name="template_preview"),
    path("surat/templat/<slug:kind>/<int:version>/berlakukan/", templates.template_take, name="template_take"),
    re_path(rf"^surat/{_CODE}\.(?P<kind>pdf|docx)$", papers.file, name="file"),
    re_path(rf"^surat/{_CODE}/$", papers.paper, name="paper"),
    re_path(rf"^surat/{_CODE}/cabut/$", papers.revoke, name="revoke"),
]
