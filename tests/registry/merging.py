"""What the tests of merging look at: every row of every table that merging touches, and the counts beside a fresh count."""

from __future__ import annotations

from typing import Any

from django.db import connection

TABLES = (
    "registry_enterprise", "registry_person", "registry_organization", "registry_membership", "registry_product",
    "registry_productphoto", "registry_licence", "intake_batchrow",
)  # fmt: skip
_TALLY = """
SELECT e.village_id, count(*), count(e.verified_at), count(*) FILTER (WHERE p.sex = 'P'), count(e.nib),
       coalesce(sum(coalesce(e.workers_paid, 0) + coalesce(e.workers_unpaid, 0)), 0)
FROM registry_enterprise e LEFT JOIN registry_person p ON p.id = e.owner_id WHERE e.status <> 'closed'
GROUP BY e.village_id ORDER BY 1
"""
_CELLS = """
SELECT village_id, left(kbli, 2), imk_class, umkm_class, status, verified_at IS NOT NULL, nib IS NOT NULL, count(*)
FROM registry_enterprise GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables as text, every column of it, in the order of the ids: byte for byte what is stored.

    Of claims, those of records of which several agencies spoke before: a merge makes claims of what one agency alone had said,
    word for word, and these stay. Disagreements are found anew, so their numbers do not count.
    """
    found = {name: rows(f"SELECT t::text FROM {name} t ORDER BY id") for name in TABLES}
    return found | {
        "disagreements": rows(
            "SELECT enterprise_id, person_id, village_id, fields::text, agencies::text, since FROM registry_disagreement"
            " ORDER BY 1, 2"
        )
    }


def claims() -> dict[int, tuple[Any, ...]]:
    """Every claim about an enterprise or owner by its number (owners' below zero), whole."""
    found = rows(
        "SELECT id, t::text FROM registry_enterpriseclaim t UNION ALL SELECT -id, t::text FROM registry_personclaim t"
    )
    return {number: words for number, *words in found}


def counts() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The tallies and cells that the triggers keep, without those that are empty."""
    tally = rows(
        "SELECT village_id, registered, verified, women_owned, with_nib, workers FROM registry_villagetally"
        " WHERE registered <> 0 ORDER BY 1"
    )
    cells = rows(
        "SELECT village_id, kbli_group, imk_class, umkm_class, status, is_verified, has_nib, number"
        " FROM registry_enterprisecell WHERE number <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7"
    )
    return tally, cells


def recounted() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The same, counted afresh."""
    return rows(_TALLY), rows(_CELLS)
