"""The database that the migrations leave is the one that the models declare: columns, keys, indexes, constraints, triggers."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from pgtrigger import registered

pytestmark = pytest.mark.django_db


def managed() -> list[type[models.Model]]:
    """Models whose tables migrations make."""
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def test_every_column_is_there_as_declared() -> None:
    asked = "SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = {(table, column): is_null for table, column, is_null in cursor.fetchall()}

    declared = {
        (model._meta.db_table, field.column): field.null or isinstance(field, models.GeneratedField)
        for model in managed()
        for field in model._meta.local_concrete_fields
    }

    assert {place: found.get(place) for place in declared} == declared


def test_every_foreign_key_points_where_it_is_declared_to() -> None:
    asked = """
    SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'
    """
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = set(cursor.fetchall())

    declared = {
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in managed()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and field.db_constraint
    }

    assert declared - found == set()


def test_every_index_and_constraint_is_there_by_its_name() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint")
        found = {name for (name,) in cursor.fetchall()}

    declared = {one.name for model in managed() for one in (*model._meta.indexes, *model._meta.constraints)}

    assert declared - found == set()


def test_every_trigger_that_a_model_declares_is_installed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = set(cursor.fetchall())

    declared = {(model._meta.db_table, trigger.get_pgid(model)) for model, trigger in registered()}

    assert declared - found == set()
