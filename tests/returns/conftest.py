"""The small world of monthly returns, written. Models are imported late, once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.returns.factories import World


@pytest.fixture
def world(db: None) -> World:
    """Five producers in three villages, months from July 2025 to July 2026 open."""
    from tests.returns.factories import make_world

    return make_world()
