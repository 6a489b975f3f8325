"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Papers that were issued and signed."""

    name = "lontar.documents"
    label = "documents"
    verbose_name = "Surat bertanda tangan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.audit.queries import register_acts
        from lontar.documents.states import Act

        register_acts(Act)
