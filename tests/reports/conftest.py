"""The closed quarters of the world, for every test of this app."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What monitoring would say, under the test's control."""
    from tests.reports.world import close_quarters

    return close_quarters(monkeypatch)
