"""Village potential, schools and communities into the registry."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from lontar.intake.models import Batch
from lontar.intake.steps.staging import merge_sql, run_stage

_VILLAGE = 'varchar COLLATE "C"'
_POTENTIAL = {
    "village_id": _VILLAGE, "commodity_id": "bigint", "year": "smallint", "area_ha": "numeric", "production": "numeric",
    "unit": "varchar", "harvest_months": "smallint[]", "sold_raw_share": "numeric", "resource": "text",
}  # fmt: skip
_USUAL = """
UPDATE stage s SET unit = CASE WHEN t.id IS NULL THEN coalesce(s.unit, c.unit) ELSE s.unit END,
    harvest_months = CASE WHEN t.id IS NULL THEN coalesce(s.harvest_months, c.harvest_months) ELSE s.harvest_months END
FROM stage x JOIN registry_commodity c ON c.id = x.commodity_id LEFT JOIN registry_villagepotential t
    ON t.village_id = x.village_id AND t.commodity_id = x.commodity_id AND t.year = x.year
WHERE x.ord = s.ord
"""
_RESOURCES = r"""
INSERT INTO registry_villageresource (village_id, year, kind, name, source_agency_id, source_batch, source_row, recorded_at)
SELECT DISTINCT ON (s.village_id, s.year, k.kind, k.name)
    s.village_id, s.year, k.kind, k.name, %(agency)s, %(batch)s, s.row_no, %(at)s
FROM stage s, regexp_split_to_table(s.resource, '\s*;\s*') AS part,
LATERAL (SELECT left(btrim(part), 120) AS name, CASE
    WHEN part ~* 'laut|pantai|pesisir|mangrove|teluk' THEN 'sea'
    WHEN part ~* 'hutan|bambu' THEN 'forest'
    WHEN part ~* 'padang|rumput|ternak|sabana' THEN 'pasture'
    WHEN part ~* 'mata air|sungai|embung|danau|air' THEN 'water'
    WHEN part ~* 'garam|batu|pasir|tambang|mineral|mangan' THEN 'mineral'
    WHEN part ~* 'wisata|budaya|kampung adat|megalit' THEN 'tourism'
    WHEN part ~* 'sawah|ladang|lahan|kebun|tanah' THEN 'farmland'
    ELSE 'other' END AS kind) k
WHERE s.resource IS NOT NULL AND k.name <> '' AND s.refusal IS NULL
ON CONFLICT (village_id, year, kind, name) DO NOTHING
"""
_SCHOOLS = {"npsn": "varchar", "name": "varchar", "village_id": _VILLAGE, "kind": "varchar", "pupils": "integer"}
_COMMUNITIES = {
    "village_id": _VILLAGE, "kind": "varchar", "community_kind": "varchar", "name": "varchar", "registration": "varchar",
    "members": "integer", "founded_year": "smallint",
}  # fmt: skip


def _given(batch: Batch, at: datetime) -> dict[str, int | str | datetime | None]:
    return {"agency": batch.agency_id, "batch": batch.pk, "at": at}


def apply_potential(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """One commodity, village and year each; unit and season default to those usual for the commodity."""
    del scope  # the check refused villages beyond the scope already, and the wall would too
    months = "{" + pl.col("harvest_months") + "}"
    return run_stage(
        rows.with_columns(harvest_months=months),
        columns=_POTENTIAL,
        steps=(
            _USUAL,
            *merge_sql(
                "registry_villagepotential",
                key=("village_id", "commodity_id", "year"),
                fields=("area_ha", "production", "unit", "harvest_months", "sold_raw_share"),
            ),
            _RESOURCES,
        ),
        given=_given(batch, at),
    )


def apply_schools(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Schools by NPSN."""
    del scope
    steps = merge_sql("registry_school", key=("npsn",), fields=("name", "village_id", "kind", "pupils"))
    return run_stage(rows, columns=_SCHOOLS, steps=steps, given=_given(batch, at))


def apply_communities(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Groups, cooperatives, BUMDes and communities by village, kind and name."""
    del scope
    steps = merge_sql(
        "registry_organization",
        key=("village_id", "kind", "name"),
        fields=("community_kind", "registration", "members", "founded_year"),
        required={"community_kind": "''", "registration": "''"},
    )
    return run_stage(rows, columns=_COMMUNITIES, steps=steps, given=_given(batch, at))
