"""Registers the app."""

from django.apps import AppConfig


class DesignationConfig(AppConfig):
    """Deliberations, checks, decrees, flagships and locus rounds."""

    name = "lontar.designation"
    label = "designation"
    verbose_name = "Penetapan"
