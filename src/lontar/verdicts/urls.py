"""Addresses of verdicts per designated unit and rises of class, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from lontar.verdicts import views

app_name = "verdicts"

urlpatterns: list[URLPattern] = [
    path("putusan/", views.verdicts, name="verdicts"),
    path("putusan/buat/", views.make, name="make"),
    path("putusan/<int:pk>/", views.verdict, name="verdict"),
    path("putusan/<int:pk>/unit/<str:key>/", views.unit, name="unit"),
]
