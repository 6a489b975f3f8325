"""Addresses of candidates, criteria, weights and rankings, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "selection"

urlpatterns: list[URLPattern] = []
