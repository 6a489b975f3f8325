"""Registers the app, and with mapping documents whether invented data was taken in, which the portal already says."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """A face of the house."""

    name = "lontar.portal"
    label = "portal"

    def ready(self) -> None:
        """Have papers say that figures are of the demonstration."""
        from lontar.documents.queries.marks import register_demo_data
        from lontar.portal.queries.activity import has_demo_data

        register_demo_data(has_demo_data)
