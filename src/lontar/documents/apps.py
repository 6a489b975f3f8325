"""Registers the app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Papers that were issued and signed."""

    name = "lontar.documents"
    label = "documents"
    verbose_name = "Surat bertanda tangan"
