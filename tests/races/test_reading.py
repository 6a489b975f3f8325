"""Many months of returns are read over two connections at once, and what they give is what one gives."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from django.db import transaction
from polars.testing import assert_frame_equal
from tests.verdicts.factories import FIRST, LAST, make_programme

from lontar.access.scope import acting_in
from lontar.returns.queries import frames

pytestmark = pytest.mark.usefixtures("committed_db")


def test_two_years_come_over_two_connections_within_the_same_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    make_programme()
    regions, real = list[str](), frames._copied_beside

    def spied(region: str, *given: Any) -> pl.DataFrame:
        regions.append(region)
        return real(region, *given)

    monkeypatch.setattr(frames, "_copied_beside", spied)
    for region in ("53", "53.01", ""):
        with acting_in(region):
            beside = frames.accepted(FIRST, LAST)
            with transaction.atomic():
                alone = frames.accepted(FIRST, LAST)

        assert_frame_equal(beside, alone, check_exact=True)
        assert beside["village"].str.starts_with(region).all()
        assert (beside.height > 0) == bool(region)
    assert regions == ["53", "53.01", ""]
