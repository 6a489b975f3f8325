"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Sign-offs of sections and returned fields."""

    name = "lontar.verification"
    label = "verification"
    verbose_name = "Pengesahan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.verification.states import Act

        register_acts(Act)
