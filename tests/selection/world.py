"""A small province whose numbers can be followed by hand, and rankings computed over it."""

from __future__ import annotations

from datetime import date

from tests.factories import MORNING, make_enterprise, make_person
from tests.selection.factories import make_commodity, make_region_once

from lontar.access import scope
from lontar.registry.models import Product, VillagePotential
from lontar.selection.actions import request_ranking, ship_sets
from lontar.selection.models import CandidateRun, SetVersion
from lontar.selection.steps.run import carry

ONE, TWO, BARE = "53.09.01.2001", "53.09.01.2002", "53.12.04.2003"
TODAY = date(2026, 1, 15)


def enterprises(village: str, of: str, number: int, *, sex: str = "P", **over: object) -> None:
    """So many enterprises of a commodity in a village, each with an owner."""
    for _place in range(number):
        owner = make_person(village, sex=sex, birth_year=2000)
        values: dict[str, object] = {
            "commodity": make_commodity(of),
            "workers_paid": 2,
            "annual_turnover": 1_000_000,
        }
        make_enterprise(village, owner=owner, **(values | over))


def potential(village: str, commodity: str, production: int, *, year: int = 2025, months: int = 8) -> None:
    """A village grows something."""
    VillagePotential.objects.create(
        village=make_region_once(village), commodity=make_commodity(commodity), year=year, production=production, unit="ton",
        harvest_months=list(range(1, months + 1)), recorded_at=MORNING,
    )  # fmt: skip


def seed() -> None:
    """Coffee and weaving in one village, coffee and fish in the next, nothing recorded in a third."""
    scope.enter("53")
    make_commodity("kopi", sector="perkebunan", harvest_months=[5, 6, 7])
    make_commodity("tenun", sector="kerajinan", harvest_months=list(range(1, 13)))
    make_commodity("ikan", sector="kelautan", harvest_months=[4, 5, 6])
    make_region_once(BARE)
    enterprises(ONE, "kopi", 6)
    enterprises(ONE, "tenun", 4, sex="L")
    enterprises(TWO, "kopi", 1)
    enterprises(TWO, "ikan", 5)
    potential(ONE, "kopi", 100)
    potential(ONE, "kopi", 80, year=2024)
    potential(TWO, "kopi", 300)
    potential(TWO, "ikan", 50, months=3)
    Product.objects.create(
        village=make_region_once(ONE), commodity=make_commodity("kopi"), name="Kopi bubuk contoh", category="drink",
        stage="packaged", price=50_000, unit="bungkus", recorded_at=MORNING,
    )  # fmt: skip


def ranked(set_key: str = "wilayah", *, draws: int = 200) -> CandidateRun:
    """Rank everything by a shipped set."""
    ship_sets(by=None, at=MORNING)
    version = SetVersion.objects.get(criteria_set__key=set_key, valid_until__isnull=True)
    asked = request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY, draws=draws)
    done = carry(asked.pk, clock=lambda: MORNING)
    assert done is not None
    return done
