"""The small world of value kept, written. Models are imported late, once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.value.factories import World

    from lontar.value.models import Reckoning


@pytest.fixture
def world(db: None) -> World:
    """Nine producers with one return each."""
    from tests.value.factories import make_world

    return make_world()


@pytest.fixture
def reckoning(world: World) -> Reckoning:
    """The quarter of the world, counted."""
    from tests.value.factories import make_reckoning

    return make_reckoning()
