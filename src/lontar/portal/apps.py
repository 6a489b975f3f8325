"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """A face of the house."""

    name = "lontar.portal"
    label = "portal"
