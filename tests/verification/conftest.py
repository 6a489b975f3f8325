"""The officers who sign village data and sector data in Ngada. Models are imported late, once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.factories import Member


def _signer(kind: str) -> Any:
    def fixture(db: None) -> Member:
        from tests.verification.people import signer

        from lontar.access.states import AgencyKind

        return signer(AgencyKind(kind))

    fixture.__doc__ = f"An officer of the agency that is {kind} in Ngada."
    return fixture


bps = pytest.fixture(name="bps")(_signer("bps"))
dpmd = pytest.fixture(name="dpmd")(_signer("dpmd"))
farming = pytest.fixture(name="farming")(_signer("agriculture"))
