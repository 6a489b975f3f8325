"""What the tests of the API share; what needs models is imported once Django is set up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """No test inherits the wrong keys of another, or its answers."""
    from lontar.api.dispatch import forget_wrong_keys
    from lontar.api.keeping import shelf

    forget_wrong_keys()
    shelf.clear()
    yield
    forget_wrong_keys()
    shelf.clear()


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that ends by itself would close the connection that the test's own transaction runs on."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda _self: None)


@pytest.fixture
def province(db: None) -> Any:
    """A small province; see `tests.api.data.make_province`."""
    from tests.api.data import make_province

    return make_province()


@pytest.fixture
def with_key(db: None) -> Any:
    """Asks as a program with a key; see `tests.api.data.ask_with_key`."""
    from tests.api.data import ask_with_key

    return ask_with_key
