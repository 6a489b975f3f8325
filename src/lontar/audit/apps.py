"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Kernel: trail, reveals, parameters."""

    name = "lontar.audit"
    label = "audit"
    verbose_name = "Jejak"
