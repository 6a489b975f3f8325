"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The open quarterly report."""

    name = "lontar.reports"
    label = "reports"
    verbose_name = "Laporan terbuka"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.reports.states import Act

        register_acts(Act)
