"""What the tests of intake share: the small Ngada of `making`, and the officer who sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # the factories import models, so only once Django is set up
    from tests.factories import Member


@pytest.fixture
def bounded() -> None:
    """Ask for the real reader, in a bounded process of its own (see `read_here`)."""


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, which is a second faster each, unless the test asks for `bounded`."""
    if "bounded" in request.fixturenames:
        return
    from lontar.engines import tabular
    from lontar.engines.tabular.reading import parse_table

    monkeypatch.setattr(tabular, "read_table", parse_table, raising=False)


@pytest.fixture
def ngada(db: None) -> None:
    """Places and commodities, within the test's own transaction."""
    from tests.intake.making import make_places

    make_places()


@pytest.fixture
def officer(ngada: None, agency_officer: Member) -> Member:
    """The officer of Dinas Koperasi Ngada, in whose scope the test looks."""
    agency_officer.enter()
    return agency_officer


@pytest.fixture(autouse=True)
def link_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Link in this process, which is seconds faster each, unless the test asks for `bounded`."""
    if "bounded" in request.fixturenames:
        return
    from tests.intake.making import linked_here

    from lontar.intake.steps import apart

    monkeypatch.setattr(apart, "linker", linked_here)
