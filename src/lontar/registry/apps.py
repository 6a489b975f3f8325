"""Registers the app, and the words for its audit events."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry."""

    name = "lontar.registry"
    label = "registry"
    verbose_name = "Registri"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words."""
        from lontar.access.queries import register_region_names
        from lontar.audit.queries import register_acts
        from lontar.registry.states import Act

        register_acts(Act)
        register_region_names(_names)


def _names(codes: Iterable[str]) -> dict[str, str]:
    """Names of regions for the screens of access, which does not know the registry; unknown codes are left out."""
    from lontar.registry.models import Region

    return dict(Region.objects.filter(code__in=list(codes)).values_list("code", "name"))
