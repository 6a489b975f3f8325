"""Registers the app, and with the apps below it the words for its acts and the counting after a closing."""

from django.apps import AppConfig


class ValueConfig(AppConfig):
    """Prices, value kept and the trade balance."""

    name = "lontar.value"
    label = "value"
    verbose_name = "Nilai tambah"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words, and every quarter counted once its figures stand."""
        from lontar.audit.queries import register_acts
        from lontar.monitoring.steps.after import register_after_closing
        from lontar.value.states import Act

        register_acts(Act)
        register_after_closing("value", _count)


def _count(quarter: str) -> None:
    """Queue the counting; the job is known once every app is ready."""
    from lontar.value.tasks import queue

    queue(quarter)
