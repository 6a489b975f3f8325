"""The small province of these tests, written."""

from __future__ import annotations

import pytest


@pytest.fixture
def province(db: None) -> None:
    """Two villages with commodities, one with nothing; the connection sees the whole province."""
    from tests.selection.world import seed

    seed()
