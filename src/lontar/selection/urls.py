"""Addresses of candidates, criteria, weights and rankings, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.selection.views import rankings, traits, weights

app_name = "selection"

urlpatterns: list[URLPattern] = [
    path("unggulan/", rankings.rankings, name="rankings"),
    path("unggulan/unit/<str:key>/", rankings.unit_page, name="unit"),
    path("unggulan/unit/<str:key>/angka/", rankings.numbers, name="numbers"),
    path("unggulan/unit/<str:key>/angka.pdf", rankings.numbers_pdf, name="numbers_pdf"),
    path("unggulan/komoditas/", traits.traits, name="traits"),
    path("unggulan/komoditas/<int:pk>/akhiri/", traits.end_trait, name="end_trait"),
    path("unggulan/kriteria/", weights.sets, name="sets"),
    path("unggulan/kriteria/<slug:key>/", weights.set_page, name="set"),
    path("unggulan/kriteria/<slug:key>/hitung/", weights.run, name="run"),
    path("unggulan/kriteria/<slug:key>/kemajuan/", weights.progress, name="progress"),
    path("unggulan/kriteria/<slug:key>/bobot/", weights.enter, name="enter"),
    path("unggulan/kriteria/<slug:key>/penilaian/", weights.open_panel, name="open_panel"),
    path("unggulan/penilaian/<int:pk>/", weights.panel, name="panel"),
    path("unggulan/penilaian/<int:pk>/ahli/", weights.new_expert, name="new_expert"),
    path("unggulan/penilaian/<int:pk>/ahli/<int:number>/", weights.expert, name="expert"),
    path("unggulan/penilaian/<int:pk>/berlakukan/", weights.force, name="force"),
    path("unggulan/penilaian/<int:pk>/hentikan/", weights.drop, name="drop"),
]
