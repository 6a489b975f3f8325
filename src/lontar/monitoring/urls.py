"""Addresses of closing of quarters, indicators, figures and restatements, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "monitoring"

urlpatterns: list[URLPattern] = []
