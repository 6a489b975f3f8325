"""The small world of the 90-day map, written. Models are imported late, once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.priority.factories import World


@pytest.fixture
def world(db: None) -> World:
    """Eight villages with one product each."""
    from tests.priority.factories import make_world

    return make_world()
