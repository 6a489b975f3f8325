"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """A face of the house."""

    name = "lontar.office"
    label = "office"
