"""Registers the app."""

from django.apps import AppConfig


class ValueConfig(AppConfig):
    """Prices, value kept and the trade balance."""

    name = "lontar.value"
    label = "value"
    verbose_name = "Nilai tambah"
