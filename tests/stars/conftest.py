"""A round in Ngada, seen by the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # the factories import models, so only once Django is set up
    from tests.factories import Member
    from tests.stars.world import Scene


@pytest.fixture
def scene(province_officer: Member, regency_officer: Member) -> Scene:
    """A product with two assessors appointed; the connection sees the province."""
    from tests.stars.world import make_scene

    from lontar.access import scope

    scope.enter("53")
    return make_scene(officer=province_officer, regency=regency_officer)
