"""A programme with returns of two years, written once for each test that asks. Models are imported late."""

from __future__ import annotations

import pytest


@pytest.fixture
def programme(db: None) -> None:
    """Eighteen units in three waves beside eighteen villages."""
    from tests.verdicts.factories import make_programme

    make_programme()
