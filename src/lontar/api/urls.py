"""Addresses of the API, its manual, and the health checks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from lontar.access.doors import OPEN, declare
from lontar.api.api import api
from lontar.api.dispatch import guarded, no_such_address
from lontar.api.health import healthz, readyz
from lontar.api.manual import manual

_operations, _app, _namespace = api.urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/docs", manual, name="api_docs"),
    path("api/v1/", (guarded(_operations), _app, _namespace)),
    path("api/<path:rest>", no_such_address, name="api_nothing"),
    path("api/", no_such_address, name="api_nothing_at_all"),
]

# Operations of the API ask their own policies and speak to programs, so as doors they are open.
declare([f"{_namespace}:{pattern.name}" for pattern in _operations if isinstance(pattern, URLPattern)], OPEN)
