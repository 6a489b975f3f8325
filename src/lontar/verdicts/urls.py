"""Addresses of verdicts per designated unit and rises of class, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "verdicts"

urlpatterns: list[URLPattern] = []
