"""Registers the app."""

from django.apps import AppConfig


class PriorityConfig(AppConfig):
    """Readiness, plans of 90 days and their verdicts."""

    name = "lontar.priority"
    label = "priority"
    verbose_name = "Peta prioritas"
