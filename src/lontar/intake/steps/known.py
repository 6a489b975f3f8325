"""The registry's enterprises as a list that can be matched, read in one statement; sealed numbers opened in memory only.

NIK and phone in clear are held no longer than the matching takes and are written nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

import polars as pl
from django.conf import settings
from django.db import connection

from lontar.engines.sealing import Sealer
from lontar.intake.rules.agreement import FIELDS

#: The columns of a list for `lontar.engines.linkage`: `id` and the fields that are compared.
LIST: Final = ("id", *FIELDS)
_SQL = """
COPY (
    SELECT e.id, coalesce(nullif(e.owner_name, ''), p.name) AS owner_name, e.name AS business_name,
        e.village_id AS village_code, e.nib, e.kbli, p.sex, p.birth_year, p.nik_sealed AS nik, p.phone_sealed AS phone,
        e.source_agency_id, e.source_key
    FROM registry_enterprise e LEFT JOIN registry_person p ON p.id = e.owner_id{where}
) TO STDOUT WITH (FORMAT csv, HEADER)
"""
_SEALED: Final = ("nik", "phone")


def is_empty() -> bool:
    """Whether the scope holds no enterprise at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM registry_enterprise)")
        row = cursor.fetchone()
    return bool(row and row[0])


def enterprises(ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Every enterprise of the scope, or those of `ids`: the columns of `LIST` as text (`id` Int64), and whose key it has.

    That is `agency` Int64 and `source_key`. Blank cells are null.
    """
    where = ""
    if ids is not None:
        where = f" WHERE e.id = ANY('{{{','.join(str(int(one)) for one in ids)}}}'::bigint[])"
    target = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(_SQL.format(where=where)) as copy:
        for block in copy:
            target.write(block)
    frame = pl.read_csv(target.getvalue(), infer_schema=False)
    return frame.select(
        pl.col("id").cast(pl.Int64),
        *(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in FIELDS if name not in _SEALED),
        *(pl.Series(name, _opened(frame[name], f"person.{name}"), dtype=pl.String) for name in _SEALED),
        pl.col("source_agency_id").cast(pl.Int64).alias("agency"),
        pl.when(pl.col("source_key") != "").then(pl.col("source_key")).alias("source_key"),
    ).with_columns(business_name=own_name())


def own_name() -> pl.Expr:
    """The name of a business, null where it is only “Usaha” and the owner's name, as the check fills a blank one."""
    made = ("Usaha " + pl.col("owner_name").str.head(190)).str.to_lowercase()
    return pl.when(pl.col("business_name").str.to_lowercase().eq_missing(made).not_()).then(pl.col("business_name"))


def _opened(sealed: pl.Series, context: str) -> list[str | None]:
    """Sealed values as COPY writes them (`\\x…`), in clear."""
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    values = sealed.str.slice(2).str.decode("hex").to_list()
    return sealer.open_all(values, context=context)
