"""Makes the database ready: embedded server, the plain role of the application, migrations, rights."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import click

_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN GRANT {role} TO current_user; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {role};
"""
_MIGRATING = 0x10_47A1
_RIGHTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""
_PAPERS = ("documents_paper", "documents_paperfate")
_APPEND_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};"
# Claims are only ever added; a merge moves them to another record, and they follow their record's village.
_MOVED = {
    "registry_enterpriseclaim": "enterprise_id, owner_id, home_id",
    "registry_personclaim": "person_id, home_id",
}
_MOVED_ONLY = _APPEND_ONLY + " GRANT UPDATE ({columns}) ON {table} TO {role};"


def ready(say: Callable[[str], None] = click.echo) -> None:
    """Start the embedded server when there is no `DATABASE_URL`, and meanwhile set Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")
    import django
    from django.conf import settings

    with ThreadPoolExecutor(1) as side:
        starting = side.submit(start, say) if settings.EMBEDDED else None
        django.setup()
        if starting is not None:
            starting.result()


def start(say: Callable[[str], None]) -> None:
    """Start the embedded server if this installation uses it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")
    from django.conf import settings

    from lontar.host import embedded

    if settings.EMBEDDED:
        embedded.start(say)


def stop() -> None:
    """Stop the embedded server if this installation uses it."""
    from django.conf import settings

    from lontar.host import embedded

    if settings.EMBEDDED:
        embedded.stop()


def migrate_if_needed(say: Callable[[str], None]) -> None:
    """Migrate when a migration is missing; a database that is up to date costs one query."""
    if is_prepared() and not pending():
        return
    say("menyiapkan tabel …")
    migrate()


def is_prepared() -> bool:
    """Whether the application's role exists, which the first migration run creates."""
    from django.conf import settings
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [settings.APP_ROLE])
        row = cursor.fetchone()
    return bool(row and row[0])


def migrate(*, verbosity: int = 0) -> None:
    """Create the application's role, run the migrations as owner, give the role its rights. Idempotent."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from pghistory.models import Event

    role = settings.APP_ROLE
    with connections["owner"].cursor() as cursor:
        # Two processes may come here at once (a second `make run`): one migrates, the other waits and finds it done.
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        cursor.execute(_ROLE.format(role=role))
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    events = [model._meta.db_table for model in apps.get_models() if issubclass(model, Event)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(_RIGHTS.format(role=role))
        for table in [*events, "audit_reveal", "mapping_mappingdocument", "verification_signact", *_PAPERS]:
            cursor.execute(_APPEND_ONLY.format(table=f'"{table}"', role=role))
        for table, columns in _MOVED.items():
            cursor.execute(_MOVED_ONLY.format(table=table, columns=columns, role=role))
    connections["owner"].close()


def pending() -> int:
    """How many migrations have not run yet."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
