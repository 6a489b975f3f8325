"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """Mapping documents."""

    name = "lontar.mapping"
    label = "mapping"
    verbose_name = "Dokumen pemetaan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.mapping.states import Act

        register_acts(Act)
