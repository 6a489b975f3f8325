"""Addresses of producers that report, periods and monthly returns, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "returns"

urlpatterns: list[URLPattern] = []
