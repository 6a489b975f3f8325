"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Kernel: agencies, posts, holders, tokens."""

    name = "lontar.access"
    label = "access"
    verbose_name = "Akses"
