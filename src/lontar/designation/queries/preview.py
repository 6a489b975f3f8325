"""What a decree would do before it is signed: one row for each unit, what stands in the way, and a stamp of what was seen.

The stamp is made of everything that the decree would say. Whoever signs sends it along; under the lock the rows are read again,
and when they say something else, nothing is signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lontar.designation.models import ClusterMember, Flagship, Locus, LocusEntry, LocusRound, Proposal
from lontar.designation.queries.concentration import concentrations
from lontar.designation.queries.units import UnitFacts, units_of
from lontar.designation.states import Place, ProposalState, RoundState
from lontar.registry.models import Region
from lontar.ui import formats


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the annex to be: `key` is sent when the row is chosen.

    `product` and `commodity` are decreed, `ends` is what ends by it; `obstacles` keep the row out, `notes` do not.
    """

    key: int
    unit_key: str
    unit: str
    kind: str
    village_code: str
    place: str
    product: str
    commodity: str
    cluster: str = ""
    ends: str = ""
    ends_id: int | None = None
    reason: str = ""
    obstacles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A digest of what this row would decree."""
        said = (self.key, self.unit_key, self.product, self.commodity, self.cluster, self.ends_id, self.reason)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def stamp_of(day: date, digests: Iterable[str]) -> str:
    """The stamp of rows with these digests, in the order of the annex, in a decree that holds from `day`."""
    return hashlib.sha256(f"{day.isoformat()} {' '.join(digests)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of a decree in the order of its annex."""

    rows: tuple[PreviewRow, ...]
    effective_date: date

    @property
    def clear(self) -> tuple[PreviewRow, ...]:
        """Rows that nothing stands in the way of."""
        return tuple(row for row in self.rows if not row.obstacles)

    @property
    def blocked(self) -> tuple[PreviewRow, ...]:
        """Rows that something stands in the way of."""
        return tuple(row for row in self.rows if row.obstacles)

    def stamp(self, keys: Iterable[int] | None = None) -> str:
        """A digest of what the chosen rows would decree (all clear ones where none are named)."""
        wanted = None if keys is None else set(keys)
        return stamp_of(self.effective_date, [r.digest for r in self.clear if wanted is None or r.key in wanted])


def preview_opening(ids: Sequence[int], *, day: date, today: date) -> Preview:
    """What a decree that holds from `day` would open and end for these proposals; those beyond the scope are left out."""
    found = Proposal.objects.filter(pk__in=ids).select_related("commodity").order_by("village_id", "unit_key", "pk")
    proposals = list(found)
    keys = [str(one.unit_key) for one in proposals]
    units, places = units_of(keys), _places(one.village_id for one in proposals)
    standing = {str(one.unit_key): one for one in Flagship.objects.lasting().filter(unit_key__in=keys)}
    clusters = _clusters(keys)
    dense = concentrations([one.pk for one in proposals], day=today)
    rows = [
        _opening_row(
            one,
            unit=units.get(str(one.unit_key)),
            place=places.get(one.village_id, one.village_id),
            old=standing.get(str(one.unit_key)),
            cluster=clusters.get((str(one.unit_key), one.commodity_id or 0), ""),
            dense=dense[one.pk].number if dense[one.pk].is_dense else 0,
            day=day,
        )
        for one in proposals
    ]
    return Preview(tuple(rows), day)


def _opening_row(
    one: Proposal, *, unit: UnitFacts | None, place: str, old: Flagship | None, cluster: str, dense: int, day: date
) -> PreviewRow:
    obstacles, notes = [], []
    if one.state != ProposalState.READY:
        obstacles.append(_("Usulan ini %s, belum siap ditetapkan.") % str(ProposalState(one.state).label).lower())
    if unit is None:
        obstacles.append(_("Unit ini tidak ada lagi dalam registri."))
    if old is not None and old.valid_from > day:
        obstacles.append(
            _("Produk unggulan yang berlaku baru mulai %s; pilih tanggal sesudahnya.")
            % formats.long_date(old.valid_from)
        )
    if old is not None and old.name.casefold() == one.name.casefold():
        notes.append(_("Produk yang sama sudah berlaku; keputusan ini memperbaruinya."))
    if dense and not cluster:
        notes.append(_("Pemusatan: %d unit sekitar dengan komoditas yang sama, tanpa sentra.") % dense)
    return PreviewRow(
        key=one.pk, unit_key=str(one.unit_key), unit=unit.name if unit else str(one.unit_key), kind=one.kind,
        village_code=one.village_id, place=place, product=one.name,
        commodity=one.commodity.name if one.commodity else "", cluster=cluster,
        ends=old.name if old else "", ends_id=old.pk if old else None,
        obstacles=tuple(obstacles), notes=tuple(notes),
    )  # fmt: skip


def preview_ending(ids: Sequence[int], *, day: date, reason: str) -> Preview:
    """What a decree would end on `day` without putting anything in its place."""
    found = Flagship.objects.filter(pk__in=ids).select_related("commodity").order_by("village_id", "unit_key", "pk")
    flagships = list(found)
    units = units_of(str(one.unit_key) for one in flagships)
    places = _places(one.village_id for one in flagships)
    rows = []
    for one in flagships:
        key = str(one.unit_key)
        obstacles = []
        if one.valid_until is not None:
            obstacles.append(_("Produk unggulan ini sudah berakhir %s.") % formats.long_date(one.valid_until))
        elif one.valid_from > day:
            obstacles.append(_("Produk unggulan ini baru berlaku %s.") % formats.long_date(one.valid_from))
        rows.append(
            PreviewRow(
                key=one.pk,
                unit_key=key,
                unit=units[key].name if key in units else key,
                kind=one.kind,
                village_code=one.village_id,
                place=places.get(one.village_id, one.village_id),
                product=one.name,
                commodity=one.commodity.name if one.commodity else "",
                ends=one.name,
                ends_id=one.pk,
                reason=reason,
                obstacles=tuple(obstacles),
            )
        )
    return Preview(tuple(rows), day)


def preview_loci(locus_round: LocusRound, *, day: date) -> Preview:
    """What a decree of the round would open: its chosen villages by kabupaten/kota and rank."""
    entries = list(
        LocusEntry.objects.filter(round=locus_round, place=Place.CHOSEN)
        .select_related("village")
        .order_by("regency_id", "position", "village_id")
    )
    active = set(Locus.objects.lasting().values_list("village_id", flat=True))
    places = _places(one.village_id for one in entries)
    state = RoundState(locus_round.state)
    rows = []
    for one in entries:
        obstacles = []
        if state is not RoundState.RANKED:
            obstacles.append(_("Putaran ini %s.") % str(state.label).lower())
        if one.village_id in active:
            obstacles.append(_("Desa ini sudah menjadi lokus."))
        rows.append(_locus_row(one, places, obstacles=obstacles))
    return Preview(tuple(rows), day)


def preview_change(locus: Locus, entry: LocusEntry, *, day: date, reason: str) -> Preview:
    """What a decree would do that ends one locus and opens the next of the waiting list of the same kabupaten/kota."""
    places = _places([entry.village_id, locus.village_id])
    obstacles = []
    if locus.valid_until is not None:
        obstacles.append(_("Lokus ini sudah berakhir."))
    elif locus.valid_from > day:
        obstacles.append(_("Lokus ini baru berlaku %s.") % formats.long_date(locus.valid_from))
    if (
        entry.place != Place.WAITING
        or entry.round_id != locus.entry.round_id
        or entry.regency_id != locus.entry.regency_id
    ):
        obstacles.append(_("Penggantinya harus dari daftar tunggu kabupaten/kota dan putaran yang sama."))
    if Locus.objects.lasting().filter(village_id=entry.village_id).exists():
        obstacles.append(_("Desa ini sudah menjadi lokus."))
    row = _locus_row(entry, places, obstacles=obstacles, ends=places[locus.village_id], ends_id=locus.pk, reason=reason)
    return Preview((row,), day)


def _locus_row(
    one: LocusEntry,
    places: dict[str, str],
    *,
    obstacles: list[str],
    ends: str = "",
    ends_id: int | None = None,
    reason: str = "",
) -> PreviewRow:
    return PreviewRow(
        key=one.pk, unit_key=f"village:{one.village_id}", unit=one.village.name, kind="village",
        village_code=one.village_id, place=places.get(one.village_id, one.village_id), product=one.best, commodity="",
        ends=ends, ends_id=ends_id, reason=reason, obstacles=tuple(obstacles),
    )  # fmt: skip


def _places(codes: Iterable[str]) -> dict[str, str]:
    """`Desa, Kecamatan, Kabupaten` by village code."""
    wanted = set(codes)
    above = {code[:length] for code in wanted for length in (5, 8)}
    names = dict(Region.objects.filter(code__in=wanted | above).values_list("code", "name"))
    return {code: ", ".join(names.get(part, part) for part in (code, code[:8], code[:5])) for code in wanted}


def _clusters(keys: Sequence[str]) -> dict[tuple[str, int], str]:
    rows = ClusterMember.objects.filter(unit_key__in=keys).values_list("unit_key", "commodity_id", "cluster__name")
    return {(key, commodity): name for key, commodity, name in rows}
