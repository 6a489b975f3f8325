"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class ValueConfig(AppConfig):
    """Prices, value kept and the trade balance."""

    name = "lontar.value"
    label = "value"
    verbose_name = "Nilai tambah"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.value.states import Act

        register_acts(Act)
