"""Registers the app."""

from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    """Verdicts per designated unit and rises of class."""

    name = "lontar.verdicts"
    label = "verdicts"
    verbose_name = "Putusan"
