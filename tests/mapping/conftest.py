"""The small invented province of the portal's tests, and its officers; files go into the tests' own folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.portal.province import Seeded


@pytest.fixture
def province(db: None) -> Seeded:
    """The province, written."""
    from tests.portal.province import seed

    return seed()
