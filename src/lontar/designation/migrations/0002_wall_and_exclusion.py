"""Row-level security, the exclusion of overlapping flagships and loci, and the counting of changes of public data.

Without the extension `btree_gist` a GiST exclusion cannot compare a unit for equality beside a range. A unit therefore is a
number, and its days are a stretch of whole numbers of their own: unit × 100 000 + day since 2000-01-01. Two rows of one unit whose
times overlap are two overlapping stretches; rows of two units never meet. One range, which PostgreSQL excludes by itself.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

# kind and number of a unit: villages by the ten digits of their code, schools and communities by their key
UNIT = """
    (CASE kind WHEN 'school' THEN 2 * 10000000000 + school_id
               WHEN 'community' THEN 3 * 10000000000 + community_id
               ELSE 10000000000 + replace(village_id, '.', '')::bigint END)
"""
VILLAGE = "replace(village_id, '.', '')::bigint"


def span(unit: str) -> str:
    """The stretch of whole numbers that a row of `unit` takes; a row that ends on its first day takes none."""
    return (
        f"int8range({unit} * 100000 + (valid_from - DATE '2000-01-01'),"
        f" {unit} * 100000 + coalesce(valid_until - DATE '2000-01-01', 99999))"
    )


def no_overlap(table: str, name: str, unit: str) -> migrations.RunSQL:
    """The exclusion constraint, and that days lie where the stretches have room for them."""
    days = "BETWEEN DATE '2000-01-01' AND DATE '2270-01-01'"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({span(unit)} WITH &&);"
        f"ALTER TABLE {table} ADD CONSTRAINT {name}_room CHECK (valid_from {days} AND"
        f" coalesce(valid_until, valid_from) {days});",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}_room; ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


CLOSED = [
    "designation_proposal",
    "designation_proposalevent",
    "designation_proposaladvice",
    "designation_proposalstep",
]
# Read by everybody, written within the scope of the post.
OPEN = {
    "designation_flagship": "village_id",
    "designation_locus": "village_id",
    "designation_locusentry": "village_id",
    "designation_locusround": "region_id",
    "designation_decree": "region_id",
    "designation_cluster": "region_id",
    "designation_clustermember": "village_id",
}


class Migration(migrations.Migration):
    dependencies = [("designation", "0001_proposals_decrees_loci")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        *[
            migrations.RunSQL(protect_writes_sql(table, column), unprotect_sql(table))
            for table, column in OPEN.items()
        ],
        no_overlap("designation_flagship", "flagship_no_overlap", UNIT),
        no_overlap("designation_locus", "locus_no_overlap", VILLAGE),
    ]
