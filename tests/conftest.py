"""One database for the whole run, made by the same code that an installation uses; a small named cast of people.

Tests connect as the plain role that row-level security binds, exactly like the application. Where `DATABASE_URL` is
given, its server is used; else the embedded one in a folder of its own (`LONTAR_DATA`, set below before Django starts).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["LONTAR_DATA"] = os.environ.get("LONTAR_TEST_DATA") or str(Path(__file__).parents[1] / "var" / "test")
os.environ["DJANGO_SETTINGS_MODULE"] = "lontar.settings"

import pytest
from django.conf import settings
from django.db import connections

TEST_DATABASE = "lontar_test"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database, migrated as owner by the installation's own code; both aliases point at it."""
    from lontar.cli import database
    from lontar.host import embedded

    if settings.EMBEDDED:
        embedded.start()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _recreate(TEST_DATABASE)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = TEST_DATABASE
        database.migrate()
    yield
    for alias in connections:
        connections[alias].close()


def _recreate(name: str) -> None:
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    owner.close()
