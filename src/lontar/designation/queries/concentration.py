"""Concentration: units around a proposal that have, or also propose, a flagship of the same commodity.

Around is the same kecamatan, or a straight distance between the villages' points up to `designation.cluster.distance`; from
`designation.cluster.units` units on (the proposal's own among them) a sentra is offered instead. Both are parameters in force
on a day, with their source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from lontar.audit.queries import ParameterValue, parameter_as_at
from lontar.designation.states import OPEN

UNITS, DISTANCE = "designation.cluster.units", "designation.cluster.distance"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many units on, and within how many kilometres; each with its source."""

    units: ParameterValue
    distance: ParameterValue

    @property
    def least(self) -> int:
        """How many units, one's own among them, are a concentration."""
        return int(self.units.number)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit around: what it has (a flagship in force, or a proposal under way), where, how many kilometres away, and its
    sentra, if any. `km` is None where a village has no point."""

    unit_key: str
    kind: str
    name: str
    village_code: str
    village_name: str
    is_flagship: bool
    km: float | None
    lat: float | None
    lon: float | None
    cluster: str


@dataclass(frozen=True, slots=True)
class Concentration:
    """What stands around one proposal, nearest first."""

    proposal_id: int
    neighbours: tuple[Neighbour, ...]
    threshold: Threshold

    @property
    def number(self) -> int:
        """Units with the commodity, the proposal's own among them."""
        return len(self.neighbours) + 1

    @property
    def is_dense(self) -> bool:
        """Whether a sentra is to be offered."""
        return self.number >= self.threshold.least


def threshold_on(day: date) -> Threshold:
    """The limits in force; raises `NoParameter` where the programme has none."""
    return Threshold(parameter_as_at(UNITS, day), parameter_as_at(DISTANCE, day))


_KM = (
    "CASE WHEN m.lat IS NULL OR w.lat IS NULL THEN NULL ELSE"
    " 111.195 * sqrt((w.lat - m.lat) ^ 2 + ((w.lon - m.lon) * cos(radians(m.lat))) ^ 2) END"
)
_AROUND = f"""
    WITH mine AS MATERIALIZED (
        SELECT p.id, p.unit_key, p.commodity_id, p.village_id, v.lat, v.lon FROM designation_proposal p
        JOIN registry_region v ON v.code = p.village_id WHERE p.id = ANY(%(ids)s) AND p.commodity_id IS NOT NULL
    ), others AS MATERIALIZED (
        SELECT f.unit_key, f.kind, f.name, f.village_id, f.commodity_id, true AS is_flagship FROM designation_flagship f
        WHERE f.valid_until IS NULL AND f.commodity_id IN (SELECT commodity_id FROM mine)
        UNION ALL
        SELECT p.unit_key, p.kind, p.name, p.village_id, p.commodity_id, false FROM designation_proposal p
        WHERE p.state = ANY(%(open)s) AND p.commodity_id IN (SELECT commodity_id FROM mine)
    )
    SELECT DISTINCT ON (m.id, o.unit_key) m.id, o.unit_key, o.kind, o.name, o.village_id, w.name, o.is_flagship, {_KM} AS km,
           w.lat, w.lon, coalesce(c.name, '')
    FROM mine m JOIN others o ON o.commodity_id = m.commodity_id AND o.unit_key <> m.unit_key
    JOIN registry_region w ON w.code = o.village_id
    LEFT JOIN designation_clustermember x ON x.unit_key = o.unit_key AND x.commodity_id = o.commodity_id
    LEFT JOIN designation_cluster c ON c.id = x.cluster_id
    WHERE left(o.village_id, 8) = left(m.village_id, 8) OR {_KM} <= %(km)s
    ORDER BY m.id, o.unit_key, o.is_flagship DESC
"""  # noqa: S608 - our own SQL, bound values


def concentrations(ids: Sequence[int], *, day: date) -> dict[int, Concentration]:
    """What stands around each of these proposals (those without a commodity have nobody around), one query for all."""
    threshold = threshold_on(day)
    around: dict[int, list[Neighbour]] = {number: [] for number in ids}
    with connection.cursor() as cursor:
        cursor.execute(
            _AROUND, {"ids": list(ids), "open": [str(one) for one in OPEN], "km": float(threshold.distance.number)}
        )
        for number, *rest in cursor.fetchall():
            around[number].append(Neighbour(*rest))
    return {number: Concentration(number, tuple(_near(found)), threshold) for number, found in around.items()}


def concentration_of(proposal_id: int, *, day: date) -> Concentration:
    """What stands around one proposal."""
    return concentrations([proposal_id], day=day)[proposal_id]


def _near(found: Iterable[Neighbour]) -> list[Neighbour]:
    return sorted(found, key=lambda one: (one.km is None, one.km or 0.0, one.village_code, one.unit_key))
