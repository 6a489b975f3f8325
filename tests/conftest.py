"""One database for the whole run, made by the same code that an installation uses; a small named cast of people.

Tests connect as the plain role that row-level security binds, exactly like the application. Where `DATABASE_URL` is
given, its server is used; else the embedded one in a folder of its own (`LONTAR_DATA`, set below before Django starts;
pytest is therefore not told the settings module, because it would load it before this file).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["LONTAR_DATA"] = os.environ.get("LONTAR_TEST_DATA") or str(Path(__file__).parents[1] / "var" / "test")
if os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings") and "lontar.settings" in sys.modules:
    raise RuntimeError("the settings were loaded before the tests named their folder; unset DJANGO_SETTINGS_MODULE")

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:  # the factories import models, so only once Django is set up
    from tests.factories import Member

TEST_DATABASE = os.environ.get("LONTAR_TEST_DATABASE", "lontar_test")  # another one for tests that run beside these

# How long an example takes says how busy the machine is, not whether the code is right; speed is measured by `make bench`.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Load the settings now that the folder of the tests is named; pytest-django goes on from here."""
    assert settings.DATABASES


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    """No public page kept from another test, whose data were rolled back."""
    from lontar.portal.views.delivery import shelf

    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database, migrated as owner by the installation's own code; both aliases point at it."""
    from lontar.cli import database
    from lontar.host import embedded

    if settings.EMBEDDED:
        embedded.start()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _hasten()
        _recreate(TEST_DATABASE)
        _switch(TEST_DATABASE)
        database.migrate()
    yield
    for alias in connections:
        connections[alias].close()


def _hasten() -> None:
    """The tests' own embedded server does not wait for the disk: a killed server loses nothing by that, only a dead machine."""
    if not settings.EMBEDDED:
        return
    with connections["owner"].cursor() as cursor:
        for name in ("fsync", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {name} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connections["owner"].close()


def _recreate(name: str, *, template: str = "template1", again: bool = True) -> None:
    """Drop the database `name` and, unless `again` is False, make it anew as a copy of `template`."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        if again:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            cursor.execute("CHECKPOINT")  # a copied sequence would, after a crash, give out numbers again
    owner.close()


def _switch(name: str) -> None:
    """Point both aliases at another database; their next query connects there."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A copy of the test database in which transactions really commit, for races and kills; dropped afterwards.

    Threads open connections of their own; they close them (`connections.close_all()`) before they end. Not together with
    `db` or the cast, which live in a transaction that is rolled back: make the people with `make_member`.
    """
    assert not connections["default"].in_atomic_block, "committed_db and db exclude each other"
    copy = f"{TEST_DATABASE}_copy"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _switch("postgres")
        _recreate(copy, template=TEST_DATABASE)
        _switch(copy)
        yield
        _switch("postgres")
        _recreate(copy, again=False)
        _switch(TEST_DATABASE)


@pytest.fixture(autouse=True)
def cheap_password_hash(settings: Any) -> None:
    """Scrypt is slow on purpose; the tests sign in a thousand times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _member(name: str) -> Any:
    def fixture(db: None) -> Member:
        from tests.factories import make_member

        return make_member(name)

    fixture.__doc__ = f"The {name.replace('_', ' ')} of the cast."
    return pytest.fixture(name=name)(fixture)


province_admin = _member("province_admin")
province_officer = _member("province_officer")
agency_officer = _member("agency_officer")
regency_officer = _member("regency_officer")
village_officer = _member("village_officer")
mentor = _member("mentor")
lender = _member("lender")
cashier = _member("cashier")
viewer = _member("viewer")
stranger = _member("stranger")


@pytest.fixture
def cast(db: None, request: pytest.FixtureRequest) -> dict[str, Member]:
    """Everybody, by name."""
    from tests.factories import CAST

    return {name: request.getfixturevalue(name) for name in CAST}
