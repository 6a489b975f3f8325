"""The small world of quarters, written. Models are imported late, once Django is set up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.monitoring.factories import World


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed folder of the test's own."""
    folder = tmp_path / "tertutup"
    monkeypatch.setattr("lontar.monitoring.queries.stored.closed_root", lambda: folder)
    return folder


@pytest.fixture
def world(db: None, closed: Path) -> World:
    """Twelve producers in three villages that answered the third quarters of 2025 and 2026."""
    from tests.monitoring.factories import make_world

    return make_world()
