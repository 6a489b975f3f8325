"""Registers the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The open quarterly report."""

    name = "lontar.reports"
    label = "reports"
    verbose_name = "Laporan terbuka"
