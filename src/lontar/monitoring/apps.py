"""Registers the app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Closing of quarters, indicators, figures and restatements."""

    name = "lontar.monitoring"
    label = "monitoring"
    verbose_name = "Pemantauan"
