"""Changes to the region tree: taking a whole list of regions, the published totals, and successions.

A list is taken as a whole or not at all; what a list does not say (BPS codes, points) is kept. A region that a list no
longer names ends, it is never deleted. Reading files is left to `lontar.engines.regions`, boundaries and attributes to
the modules beside this one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib import resources

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.regions import NTT_COUNTS, RegionRow, check_counts
from lontar.registry.models import OfficialTotal, Region, RegionSuccession
from lontar.registry.states import Act, PointQuality, SuccessionKind

EXPECTED = {NTT_COUNTS.province: NTT_COUNTS}
TABLE_1 = (
    "Tabel 1, policy brief Biro Pengadaan Barang dan Jasa Setda Provinsi NTT; BPS Provinsi NTT, Jumlah Perusahaan "
    "Industri Mikro dan Kecil Menurut Kabupaten/Kota (tahun data tidak disebut); Keputusan Kepala BPS 649/2023"
)
_QUALITY = {
    "given": PointQuality.EXACT.value,
    "approximate": PointQuality.APPROXIMATE.value,
    "none": PointQuality.NONE.value,
}
_RANK = {PointQuality.EXACT.value: 2, PointQuality.APPROXIMATE.value: 1, PointQuality.NONE.value: 0}
_COLUMNS = ("code", "level", "kind", "name", "parent_id", "bps_code", "lat", "lon", "point_quality", "source")


class RegionsRefused(Refused):
    """A list of regions, or a succession, that is not taken; `problems` has one Indonesian sentence per fault."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Stored:
    """A region as it is or will be in the table; columns as in `Region`, `source` says who gave it last."""

    code: str
    level: str
    kind: str
    name: str
    parent_id: str | None
    bps_code: str | None
    lat: float | None
    lon: float | None
    point_quality: str
    source: str


@dataclass(frozen=True, slots=True)
class RegionsChanged:
    """What a list changed: codes, and (code, before, after) where a value became another."""

    total: int
    added: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    bps_coded: list[tuple[str, str, str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    reinstated: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether the list said nothing new."""
        return not (self.added or self.renamed or self.bps_coded or self.moved or self.ended or self.reinstated)


def load_regions(
    rows: Sequence[RegionRow], *, province: str, source: str, by: User | None, at: datetime
) -> RegionsChanged:
    """Take the list of the packages: what an operator's file said before (BPS codes, exact points) stays.

    Raises `RegionsRefused` unless the list is whole (`lontar.engines.regions.check_counts`).
    """
    _refuse_incomplete(rows, province)
    own = source.partition(" ")[0]
    with recorded(Act.REGIONS_LOADED, by=by, at=at, source=source):
        return _take(
            rows,
            province=province,
            source=source,
            at=at,
            keeps=frozenset(code for code, old in _stored(province).items() if not old.source.startswith(own)),
        )


def import_regions(
    rows: Sequence[RegionRow], *, province: str, source: str, by: User | None, at: datetime
) -> RegionsChanged:
    """Take an operator's whole list: its names, BPS codes and points replace ours; blanks in it keep ours.

    Raises `RegionsRefused` unless the list is whole (`lontar.engines.regions.check_counts`).
    """
    _refuse_incomplete(rows, province)
    with recorded(Act.REGIONS_IMPORTED, by=by, at=at, source=source):
        return _take(rows, province=province, source=source, at=at, keeps=frozenset())


def _refuse_incomplete(rows: Sequence[RegionRow], province: str) -> None:
    expected = EXPECTED.get(province)
    if expected is None:
        raise RegionsRefused([_("Jumlah resmi wilayah untuk provinsi %s belum dikenal; daftar ditolak.") % province])
    faults = check_counts(rows, expected)
    if faults:
        raise RegionsRefused(faults)


def _take(
    rows: Sequence[RegionRow], *, province: str, source: str, at: datetime, keeps: frozenset[str]
) -> RegionsChanged:
    """Compare the list with the table and write what differs; regions of `keeps` only gain a point where they have none."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE registry_region IN SHARE ROW EXCLUSIVE MODE")
    before = _stored(province)
    gone = _ended(province)
    after = {row.code: _merged(row, before.get(row.code), source=source, keeps=keeps) for row in rows}
    changed = RegionsChanged(
        total=len(after),
        added=sorted(set(after) - set(before)),
        ended=sorted(set(before) - set(after) - gone),
        reinstated=sorted(set(after) & gone),
    )
    for code in sorted(set(after) & set(before)):
        _compare(before[code], after[code], changed=changed)
    wrong = [code for code, row in after.items() if code not in before or _differs(before[code], row)]
    _upsert([after[code] for code in wrong])
    Region.objects.filter(code__in=changed.ended).update(valid_until=timezone.localdate(at))
    Region.objects.filter(code__in=changed.reinstated).update(valid_until=None)
    return changed


def _stored(province: str) -> dict[str, Stored]:
    found = Region.objects.within(province).values_list(*_COLUMNS)
    return {row[0]: Stored(*row) for row in found}


def _ended(province: str) -> set[str]:
    return set(Region.objects.within(province).filter(valid_until__isnull=False).values_list("code", flat=True))


def _merged(row: RegionRow, old: Stored | None, *, source: str, keeps: frozenset[str]) -> Stored:
    new = Stored(
        code=row.code,
        level=row.level,
        kind=row.kind.replace(" ", "_"),
        name=row.name,
        parent_id=row.parent_code,
        bps_code=row.bps_code,
        lat=_rounded(row.lat),
        lon=_rounded(row.lon),
        point_quality=_QUALITY[row.point_quality],
        source=source,
    )
    if old is None:
        return new
    if row.code in keeps:
        return _pointed(old, new) if old.point_quality == PointQuality.NONE else old
    if new.bps_code is None:
        new = replace(new, bps_code=old.bps_code)
    return new if _RANK[new.point_quality] >= _RANK[old.point_quality] else _pointed(new, old)


def _pointed(region: Stored, point_of: Stored) -> Stored:
    return replace(region, lat=point_of.lat, lon=point_of.lon, point_quality=point_of.point_quality)


def _rounded(degrees: float | None) -> float | None:
    """Five decimals, about a metre: what the compact table keeps."""
    return None if degrees is None else round(degrees, 5)


def _differs(old: Stored, new: Stored) -> bool:
    return replace(old, source="") != replace(new, source="")


def _compare(old: Stored, new: Stored, *, changed: RegionsChanged) -> None:
    if old.name != new.name:
        changed.renamed.append((old.code, old.name, new.name))
    if old.bps_code != new.bps_code:
        changed.bps_coded.append((old.code, old.bps_code or "", new.bps_code or ""))
    if (old.lat, old.lon, old.point_quality) != (new.lat, new.lon, new.point_quality):
        changed.moved.append(old.code)


def _upsert(rows: Sequence[Stored]) -> None:
    if not rows:
        return
    columns = ", ".join(_COLUMNS)
    codes = [row.code for row in rows]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE regions_in (LIKE registry_region) ON COMMIT DROP")
        with cursor.copy(f"COPY regions_in ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([getattr(row, column) for column in _COLUMNS])
        # A BPS code may pass from one region to another within one list: free it before it is given again.
        cursor.execute(
            "UPDATE registry_region SET bps_code = NULL FROM regions_in i"
            " WHERE registry_region.code = i.code AND registry_region.bps_code IS DISTINCT FROM i.bps_code"
            " AND registry_region.bps_code IS NOT NULL AND registry_region.code = ANY(%s)",
            [codes],
        )
        updates = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS if column != "code")
        cursor.execute(
            f"INSERT INTO registry_region ({columns}) SELECT {columns} FROM regions_in ORDER BY code"  # noqa: S608 - our own column names
            f" ON CONFLICT (code) DO UPDATE SET {updates}"
        )
        cursor.execute("DROP TABLE regions_in")


def load_official_totals(*, by: User | None, at: datetime) -> int:
    """Bring the published totals of Table 1 (enterprises and villages per kabupaten/kota) in; the number of new ones.

    A total that stands already, with another figure, is refused rather than overwritten: a new publication is a new row
    with its own `valid_from`.
    """
    known = {(row.region_id, row.key, row.valid_from): row.number for row in OfficialTotal.objects.all()}
    fresh = []
    for total in published_totals():
        key = (total.region_id, total.key, total.valid_from)
        if known.get(key, total.number) != total.number:
            raise RegionsRefused([_("Angka resmi %s berbeda dari yang tersimpan.") % " ".join(map(str, key))])
        if key not in known:
            fresh.append(total)
    if fresh:
        with recorded(Act.TOTALS_LOADED, by=by, at=at):
            OfficialTotal.objects.bulk_create(fresh)
    return len(fresh)


def published_totals() -> list[OfficialTotal]:
    """Table 1 as unsaved rows: `imk_enterprises` and `villages` of the 22 kabupaten/kota (168,002 and 3,442 in all)."""
    text = resources.files("lontar.registry").joinpath("data/official_totals.csv").read_text(encoding="utf-8")
    return [
        OfficialTotal(
            region_id=row["region"],
            key=row["key"],
            number=int(row["number"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            source=TABLE_1,
        )
        for row in csv.DictReader(text.splitlines())
    ]


@transaction.atomic
def succeed_region(
    old_code: str, new_code: str, *, kind: SuccessionKind, on_date: date, decree: str, by: User | None, at: datetime
) -> RegionSuccession:
    """Record that `new_code` follows `old_code` from `on_date`; a merged or re-coded region ends that day.

    After a split the old region goes on with what is left of it; what a split or new code makes begins that day. Raises
    `RegionsRefused` for unknown codes, different levels, a repeated succession, a circle, or a day before the old began.
    """
    regions = Region.objects.select_for_update().in_bulk([old_code, new_code])
    faults = _succession_faults(regions, old_code=old_code, new_code=new_code)
    began = regions[old_code].valid_from if old_code in regions else None
    if began is not None and began >= on_date:
        faults.append(_("%(old)s baru berlaku mulai %(began)s.") % {"old": old_code, "began": began.isoformat()})
    if faults:
        raise RegionsRefused(faults)
    with recorded(Act.REGION_SUCCEEDED, by=by, at=at):
        made = RegionSuccession.objects.create(
            old=regions[old_code], new=regions[new_code], kind=kind, on_date=on_date, decree=decree
        )
        if kind != SuccessionKind.SPLIT:
            Region.objects.filter(code=old_code, valid_until__isnull=True).update(valid_until=on_date)
        if kind != SuccessionKind.MERGE:
            Region.objects.filter(code=new_code, valid_from__isnull=True).update(valid_from=on_date)
    return made


def _succession_faults(regions: Mapping[str, Region], *, old_code: str, new_code: str) -> list[str]:
    missing = [code for code in (old_code, new_code) if code not in regions]
    if missing:
        return [_("Kode %s tidak ada dalam daftar wilayah.") % code for code in missing]
    if old_code == new_code:
        return [_("Wilayah tidak dapat menggantikan dirinya sendiri.")]
    if regions[old_code].level != regions[new_code].level:
        return [_("%(old)s dan %(new)s berbeda tingkat.") % {"old": old_code, "new": new_code}]
    if RegionSuccession.objects.filter(old_id=old_code, new_id=new_code).exists():
        return [_("%(new)s sudah tercatat sebagai penerus %(old)s.") % {"old": old_code, "new": new_code}]
    if RegionSuccession.objects.filter(old_id=new_code, new_id=old_code).exists():
        return [_("%(old)s sudah tercatat sebagai penerus %(new)s.") % {"old": old_code, "new": new_code}]
    return []
