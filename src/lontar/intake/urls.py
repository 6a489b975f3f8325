"""Addresses of the screens of intake, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.intake.views import batch, columns, files, findings, history, matched, pairs, review, sending

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
    path("kiriman/<int:number>/cocok/<str:kind>/", matched.matched, name="matched"),
    path("pasangan/", pairs.pairs, name="pairs"),
    path("pasangan/pilihan/<str:act>/", pairs.bulk, name="pairs_bulk"),
    path("pasangan/kerja/<int:number>/", pairs.work, name="pairs_work"),
    path("pasangan/kerja/<int:number>/kemajuan/", pairs.work_progress, name="pairs_work_progress"),
    path("pasangan/kerja/<int:number>/henti/", pairs.work_stop, name="pairs_work_stop"),
    path("pasangan/kerja/<int:number>/urungkan/", pairs.bulk_undo, name="pairs_bulk_undo"),
    path("pasangan/tinjau/", review.review, name="review"),
    path("pasangan/tinjau/berikut/", review.following, name="pair_next"),
    path("pasangan/tinjau/lepas/", review.release, name="pair_release"),
    path("pasangan/<int:number>/", review.pair, name="pair"),
    path("pasangan/<int:number>/putus/", review.decide, name="pair_decide"),
    path("pasangan/<int:number>/urungkan/", review.undo, name="pair_undo"),
]
