"""Health for operators: `/healthz` says that the process answers, `/readyz` that it can work."""

from __future__ import annotations

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from lontar.access.doors import open_to_all
from lontar.intake.queries import is_worker_alive

_migrated: list[bool] = []  # asked once per process: migrations do not run backwards under a living server


@open_to_all
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; touches nothing else."""
    return JsonResponse({"status": "ok"})


@open_to_all
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and worker are there; else 503 with what is missing."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = True
        checks["migrations"] = _is_migrated()
        checks["worker"] = is_worker_alive()
    except DatabaseError:
        connection.close()
    ready = all(checks.values())
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **checks},
        status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _is_migrated() -> bool:
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True
