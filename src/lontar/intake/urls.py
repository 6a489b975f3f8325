"""Addresses of the screens of intake, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.intake.views import batch, columns, files, findings, history, sending

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("kiriman/", history.history, name="batches"),
    path("kiriman/baru/", sending.upload, name="upload"),
    path("kiriman/templat/<str:key>.xlsx", files.template, name="template"),
    path("kiriman/<int:number>/", batch.batch, name="batch"),
    path("kiriman/<int:number>/kemajuan/", batch.progress, name="progress"),
    path("kiriman/<int:number>/kolom/", columns.mapping, name="mapping"),
    path("kiriman/<int:number>/temuan/", findings.findings, name="findings"),
    path("kiriman/<int:number>/tempat/", findings.places, name="places"),
    path("kiriman/<int:number>/batal/", batch.cancel, name="cancel"),
    path("kiriman/<int:number>/lanjut/", batch.resume, name="resume"),
    path("kiriman/<int:number>/periksa-ulang/", batch.retry, name="retry"),
    path("kiriman/<int:number>/bertanda.xlsx", files.workbook, name="workbook"),
]
