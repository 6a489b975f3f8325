"""Addresses of the API, its manual, and the health checks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from lontar.access.doors import OPEN, declare
from lontar.api.api import api
from lontar.api.health import healthz, readyz
from lontar.api.manual import manual

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/docs", manual, name="api_docs"),
    path("api/v1/", api.urls),
]

# Operations of the API ask their own policies and speak to programs, so as doors they are open.
_operations, _, _namespace = api.urls
declare([f"{_namespace}:{pattern.name}" for pattern in _operations if isinstance(pattern, URLPattern)], OPEN)
