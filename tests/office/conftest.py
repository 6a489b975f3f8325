"""What the tests of the office share: the invented region, made only once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.office.world import World


@pytest.fixture
def world(db: None) -> World:
    """The invented region of `tests.office.world`."""
    from tests.office.world import make_world

    return make_world()
