"""The Django application of the look; it registers nothing but its templates, tags and static files."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Makes `lontar.ui` known to Django."""

    name = "lontar.ui"
    label = "ui"
