"""Registers the app; leaves everything else to its modules."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake of agency lists."""

    name = "lontar.intake"
    label = "intake"
    verbose_name = "Kiriman data"
