"""Registers the app, and with the apps below it the words for its act."""

from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    """Verdicts per designated unit and rises of class."""

    name = "lontar.verdicts"
    label = "verdicts"
    verbose_name = "Putusan"

    def ready(self) -> None:
        """Have histories tell the act of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.verdicts.states import Act

        register_acts(Act)
