"""Addresses of papers that were issued and signed, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "documents"

urlpatterns: list[URLPattern] = []
