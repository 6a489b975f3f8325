"""The potential of a village by hand: a commodity of a year added, changed, taken away. Taking in lists is the intake's.

Every change is one audit event, and the row names the agency of the post as its source. Who may is in `policies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.registry.actions.enterprises import ChangedMeanwhile
from lontar.registry.models import Commodity, Region, VillagePotential
from lontar.registry.states import Act, Level

CHANGEABLE = ("area_ha", "production", "unit", "harvest_months", "sold_raw_share")


class PotentialExists(Refused):
    """The village already has this commodity in this year."""


class PotentialInvalid(Refused):
    """Values that a potential cannot have."""


def add_potential(
    *, village: Region, commodity: Commodity, year: int, values: Mapping[str, Any], by: User, post: Post, at: datetime
) -> VillagePotential:
    """Record a commodity of a village in a year; `values` as in `CHANGEABLE`, the unit that of the commodity when empty.

    Raises `PotentialExists` when it is there already, `PotentialInvalid` for values out of bounds or another level.
    """
    if village.level != Level.VILLAGE:
        raise PotentialInvalid(_("Potensi dicatat untuk desa atau kelurahan."))
    checked = _checked(values, unit=commodity.unit)
    with recorded(Act.POTENTIAL_CHANGED, by=by, at=at, post=post, village=village.code):
        try:
            with transaction.atomic():
                return VillagePotential.objects.create(
                    village=village,
                    commodity=commodity,
                    year=year,
                    source_agency=post.agency,
                    recorded_at=at,
                    **checked,
                )
        except IntegrityError as problem:
            if "potential_once_a_year" not in str(problem):
                raise
            raise PotentialExists(
                _("%(commodity)s tahun %(year)s sudah tercatat di desa ini; ubah baris itu.")
                % {"commodity": commodity.name, "year": year}
            ) from problem


def change_potential(
    *, potential_id: int, values: Mapping[str, Any], read_at: datetime | None, by: User, post: Post, at: datetime
) -> VillagePotential:
    """Give a recorded commodity new values; `read_at` is the `recorded_at` that the person saw.

    Raises `ChangedMeanwhile` when it moved since, `PotentialInvalid`, `VillagePotential.DoesNotExist`.
    """
    with recorded(Act.POTENTIAL_CHANGED, by=by, at=at, post=post):
        found = (
            VillagePotential.objects.select_for_update(of=("self",)).select_related("commodity").get(pk=potential_id)
        )
        if read_at is not None and found.recorded_at != read_at:
            raise ChangedMeanwhile(_("Data potensi ini baru saja diubah orang lain. Muat ulang, lalu periksa lagi."))
        for name, value in _checked(values, unit=found.commodity.unit).items():
            setattr(found, name, value)
        found.source_agency, found.source_batch, found.source_row, found.recorded_at = post.agency, None, None, at
        found.save()
        return found


def remove_potential(*, potential_id: int, by: User, post: Post, at: datetime) -> None:
    """Take a recorded commodity of a year away; its last values stay in the history."""
    with recorded(Act.POTENTIAL_REMOVED, by=by, at=at, post=post):
        VillagePotential.objects.select_for_update().get(pk=potential_id).delete()


def _checked(values: Mapping[str, Any], *, unit: str) -> dict[str, Any]:
    """The values as they are stored; raises `PotentialInvalid` for the first that cannot be."""
    foreign = set(values) - set(CHANGEABLE)
    if foreign:
        raise PotentialInvalid(_("Isian %(names)s tidak dikenal.") % {"names": ", ".join(sorted(foreign))})
    area, production, share = (_amount(values.get(name)) for name in ("area_ha", "production", "sold_raw_share"))
    if share is not None and share > 100:
        raise PotentialInvalid(_("Bagian yang dijual mentah paling banyak 100 %."))
    months = sorted(set(_months(values.get("harvest_months") or ())))
    return {
        "area_ha": area,
        "production": production,
        "unit": str(values.get("unit") or unit).strip()[:20],
        "harvest_months": months,
        "sold_raw_share": share,
    }


def _amount(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    if not isinstance(value, Decimal | int) or isinstance(value, bool) or value < 0:
        raise PotentialInvalid(_("Luas, produksi, dan bagian ditulis sebagai angka tidak negatif."))
    return Decimal(value)


def _months(months: Sequence[object]) -> list[int]:
    found = [month for month in months if isinstance(month, int) and 1 <= month <= 12]
    if len(found) != len(months):
        raise PotentialInvalid(_("Bulan panen adalah angka 1 sampai 12."))
    return found
