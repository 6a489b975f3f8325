"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry."""

    name = "lontar.registry"
    label = "registry"
    verbose_name = "Registri"
