"""The small province, a browser without a cookie, and an empty shelf of kept pages for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:  # what imports models waits until Django is set up
    from tests.portal.province import Seeded


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
