"""The small province, a browser without a cookie, and an empty shelf of kept pages for every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:  # what imports models waits until Django is set up
    from tests.portal.province import Seeded


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    """No page kept from another test."""
    from lontar.portal.views.delivery import shelf

    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture
def province(db: None) -> Seeded:
    """The province, written."""
    from tests.portal.province import seed

    return seed()


@pytest.fixture
def visitor() -> Client:
    """Somebody who has never been here."""
    return Client()


@pytest.fixture
def english() -> Client:
    """Somebody who chose English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client
