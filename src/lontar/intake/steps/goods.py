"""Products and licences into the registry: the maker or holder is found first, then the thing itself."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from lontar.intake.models import Batch
from lontar.intake.rules.rows import bare
from lontar.intake.steps.staging import merge_sql, run_stage

_VILLAGE = 'varchar COLLATE "C"'
_BARE = "lower(regexp_replace({}, '[^[:alnum:]]', '', 'g'))"
_MAKER = {"enterprise_nib": "varchar", "enterprise_key": "varchar", "maker_bare": "text", "village_id": _VILLAGE}
_PRODUCTS = {
    **_MAKER, "source_key": "varchar", "name": "varchar", "name_bare": "text", "category": "varchar", "stage": "varchar",
    "commodity_id": "bigint", "capacity_month": "numeric", "unit": "varchar", "price": "numeric", "gtin": "varchar",
    "description": "text",
}  # fmt: skip
_LICENCES = {
    **_MAKER, "product_key": "varchar", "kind": "varchar", "number": "varchar", "number_raw": "varchar",
    "is_format_ok": "boolean", "issued_date": "date", "expires_date": "date",
}  # fmt: skip
_HOLDER = "enterprise_id bigint, product_id bigint"

_BY_NIB = """
UPDATE stage s SET enterprise_id = e.id FROM registry_enterprise e
WHERE s.enterprise_nib IS NOT NULL AND e.nib = s.enterprise_nib
"""
_BY_KEY = """
WITH found AS (
    SELECT s.ord, min(e.id) AS id, count(*) AS n FROM stage s
    JOIN registry_enterprise e ON e.source_key = s.enterprise_key AND e.source_key <> ''
    WHERE s.enterprise_id IS NULL AND (e.source_agency_id = %(agency)s OR s.village_id = e.village_id) GROUP BY s.ord)
UPDATE stage s SET enterprise_id = f.id FROM found f WHERE f.ord = s.ord AND f.n = 1
"""
_BY_NAME = """
WITH found AS (
    SELECT s.ord, min(e.id) AS id, count(*) AS n FROM stage s
    JOIN registry_enterprise e ON e.village_id = s.village_id AND {bare} = s.maker_bare
    WHERE s.enterprise_id IS NULL AND s.maker_bare IS NOT NULL GROUP BY s.ord)
UPDATE stage s SET enterprise_id = CASE WHEN f.n = 1 THEN f.id END,
    refusal = CASE WHEN f.n > 1 THEN 'maker.ambiguous' END, detail = f.n::text
FROM found f WHERE f.ord = s.ord
""".format(bare=_BARE.format("e.name"))
_FIND_MAKER = (_BY_NIB, _BY_KEY, _BY_NAME)
_NAMED_UNKNOWN = """
UPDATE stage SET refusal = 'maker.unknown'
WHERE enterprise_id IS NULL AND refusal IS NULL AND coalesce(enterprise_nib, enterprise_key, maker_bare) IS NOT NULL
"""
_VILLAGE_OF_MAKER = """
UPDATE stage s SET village_id = coalesce(s.village_id, e.village_id) FROM registry_enterprise e WHERE e.id = s.enterprise_id
"""
_NO_VILLAGE = "UPDATE stage SET refusal = 'village.missing' WHERE village_id IS NULL AND refusal IS NULL"
_PRODUCT_BY_CODE = """
UPDATE stage s SET target_id = p.id FROM registry_product p
WHERE s.refusal IS NULL AND ((s.gtin IS NOT NULL AND p.gtin = s.gtin)
   OR (s.source_key <> '' AND p.source_key = s.source_key AND p.source_agency_id = %(agency)s))
"""
_PRODUCT_BY_NAME = """
WITH found AS (
    SELECT s.ord, p.id, row_number() OVER (PARTITION BY s.ord ORDER BY p.id) AS a,
           row_number() OVER (PARTITION BY p.id ORDER BY s.ord) AS b
    FROM stage s JOIN registry_product p ON p.village_id = s.village_id AND {bare} = s.name_bare
        AND coalesce(p.enterprise_id, 0) = coalesce(s.enterprise_id, 0)
    WHERE s.target_id IS NULL AND s.refusal IS NULL AND s.source_key IS NULL)
UPDATE stage s SET target_id = f.id FROM found f WHERE f.ord = s.ord AND f.a = 1 AND f.b = 1
""".format(bare=_BARE.format("p.name"))
_PRODUCT_OF_LICENCE = """
UPDATE stage s SET product_id = p.id, enterprise_id = NULL, village_id = coalesce(s.village_id, p.village_id)
FROM registry_product p
WHERE s.product_key IS NOT NULL AND p.source_key = s.product_key AND p.source_agency_id = %(agency)s
"""
_NO_HOLDER = """
UPDATE stage SET refusal = 'holder.unknown' WHERE enterprise_id IS NULL AND product_id IS NULL AND refusal IS NULL
"""

REFUSALS = {
    "maker.unknown": (
        "enterprise_name",
        "Usaha pembuatnya belum ada di registri. Kirim dahulu daftar usaha, atau perbaiki NIB, ID atau nama dan desanya.",
    ),
    "maker.ambiguous": (
        "enterprise_name",
        "Ada {detail} usaha bernama sama di desa ini. Tulis NIB atau ID usaha agar jelas yang mana.",
    ),
    "village.missing": ("village_code", "Desa tidak diketahui. Isi desa, atau NIB atau ID usaha yang sudah terdaftar."),
    "holder.unknown": (
        "enterprise_name",
        "Pemegang izin belum ada di registri. Isi NIB atau ID usaha, atau ID produk, yang sudah dikirim.",
    ),
}


def _prepared(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(maker_bare=bare(pl.col("enterprise_name")))


def apply_products(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Products by barcode, the agency's own key, or maker and name."""
    del scope
    fields = (
        "village_id", "enterprise_id", "source_key", "name", "category", "stage", "commodity_id", "capacity_month", "unit",
        "price", "gtin", "description",
    )  # fmt: skip
    merge = merge_sql(
        "registry_product",
        key=("village_id", "enterprise_id", "name"),
        fields=fields,
        required={"source_key": "''", "unit": "''", "description": "''"},
    )
    steps = (*_FIND_MAKER, _NAMED_UNKNOWN, _VILLAGE_OF_MAKER, _NO_VILLAGE, _PRODUCT_BY_CODE, _PRODUCT_BY_NAME)
    return run_stage(
        _prepared(rows).with_columns(name_bare=bare(pl.col("name"))),
        columns=_PRODUCTS,
        extra=_HOLDER,
        steps=(*steps, *merge),
        given={"agency": batch.agency_id, "batch": batch.pk, "at": at},
    )


def apply_licences(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Licences by kind, number and holder."""
    del scope
    merge = merge_sql(
        "registry_licence",
        key=("kind", "number", "enterprise_id", "product_id"),
        fields=("village_id", "number_raw", "is_format_ok", "issued_date", "expires_date"),
    )
    village = "UPDATE stage SET refusal = 'village.missing' WHERE village_id IS NULL AND refusal IS NULL"
    steps = (*_FIND_MAKER, _PRODUCT_OF_LICENCE, _NO_HOLDER, _VILLAGE_OF_MAKER, village)
    return run_stage(
        _prepared(rows),
        columns=_LICENCES,
        extra=_HOLDER,
        steps=(*steps, *merge),
        given={"agency": batch.agency_id, "batch": batch.pk, "at": at},
    )
