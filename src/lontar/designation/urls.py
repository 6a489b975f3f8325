"""Addresses of deliberations, checks, decrees, flagships and locus rounds, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "designation"

urlpatterns: list[URLPattern] = []
