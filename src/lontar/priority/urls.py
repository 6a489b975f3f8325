"""Addresses of readiness, plans of 90 days and their verdicts, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "priority"

urlpatterns: list[URLPattern] = []
