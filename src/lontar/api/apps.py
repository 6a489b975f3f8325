"""Registers the app and says that operations of the API guard themselves."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for programs."""

    name = "lontar.api"
    label = "api"
