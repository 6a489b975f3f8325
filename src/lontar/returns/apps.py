"""Registers the app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Producers that report, periods and monthly returns."""

    name = "lontar.returns"
    label = "returns"
    verbose_name = "Laporan bulanan"
