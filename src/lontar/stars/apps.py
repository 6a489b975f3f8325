"""Registers the app."""

from django.apps import AppConfig


class StarsConfig(AppConfig):
    """Rubrics, assessments and stars."""

    name = "lontar.stars"
    label = "stars"
    verbose_name = "Penilaian bintang"
