"""Registers the app."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Candidates, criteria, weights and rankings."""

    name = "lontar.selection"
    label = "selection"
    verbose_name = "Pemilihan"
