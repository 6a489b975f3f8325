"""Addresses of rubrics, assessments and stars, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "stars"

urlpatterns: list[URLPattern] = []
