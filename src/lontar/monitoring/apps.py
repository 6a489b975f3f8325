"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Closing of quarters, indicators, figures and restatements."""

    name = "lontar.monitoring"
    label = "monitoring"
    verbose_name = "Pemantauan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.monitoring.states import Act

        register_acts(Act)
