"""Row-level security on people and enterprises; counts per village kept by triggers; the view that the public reads."""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

CLOSED = ["registry_person", "registry_personevent", "registry_enterprise", "registry_enterpriseevent"]
OPEN = [
    "registry_organization",
    "registry_school",
    "registry_product",
    "registry_licence",
    "registry_villagepotential",
    "registry_villageresource",
    "registry_villagefacility",
]

def tally_sql() -> str:
    """One statement-level trigger function per operation; a row that changes nothing counted is not touched."""
    upsert = """
        INSERT INTO registry_villagetally AS t (village_id, registered, verified, women_owned, with_nib, workers)
        SELECT village_id, sum(s), sum(s * v), sum(s * w), sum(s * n), sum(s * k)
        FROM (
            SELECT d.village_id, d.s, (d.verified_at IS NOT NULL)::int AS v, coalesce(p.sex = 'P', false)::int AS w,
                   (d.nib IS NOT NULL)::int AS n, coalesce(d.workers_paid, 0) + coalesce(d.workers_unpaid, 0) AS k
            FROM ({rows}) d LEFT JOIN registry_person p ON p.id = d.owner_id
            WHERE d.status <> 'closed'
        ) x
        GROUP BY village_id
        HAVING sum(s) <> 0 OR sum(s * v) <> 0 OR sum(s * w) <> 0 OR sum(s * n) <> 0 OR sum(s * k) <> 0
        ORDER BY village_id
        ON CONFLICT (village_id) DO UPDATE SET
            registered = t.registered + excluded.registered, verified = t.verified + excluded.verified,
            women_owned = t.women_owned + excluded.women_owned, with_nib = t.with_nib + excluded.with_nib,
            workers = t.workers + excluded.workers;
        RETURN NULL;
    """
    columns = "village_id, owner_id, status, verified_at, nib, workers_paid, workers_unpaid"
    new = f"SELECT 1 AS s, {columns} FROM new_rows"
    old = f"SELECT -1 AS s, {columns} FROM old_rows"
    kinds = {
        "insert": ("REFERENCING NEW TABLE AS new_rows", new),
        "update": ("REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", f"{new} UNION ALL {old}"),
        "delete": ("REFERENCING OLD TABLE AS old_rows", old),
    }
    parts = []
    for kind, (tables, rows) in kinds.items():
        parts.append(f"""
            CREATE FUNCTION registry_tally_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {upsert.format(rows=rows)} END $$;
            CREATE TRIGGER tally_{kind} AFTER {kind.upper()} ON registry_enterprise {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_{kind}();
        """)
    return "".join(parts)


UNTALLY = "".join(
    f"DROP TRIGGER tally_{kind} ON registry_enterprise; DROP FUNCTION registry_tally_{kind}();"
    for kind in ("insert", "update", "delete")
)

PUBLIC = """
CREATE VIEW registry_publicenterprise AS
    SELECT id, village_id, name, main_product, kbli, kbli_version, imk_class, commodity_id,
           verified_at IS NOT NULL AS is_verified, search
    FROM registry_enterprise WHERE status <> 'closed';
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("access", "0001_initial")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        *[migrations.RunSQL(protect_writes_sql(table, "village_id"), unprotect_sql(table)) for table in OPEN],
        migrations.RunSQL(tally_sql(), UNTALLY),
        migrations.RunSQL(PUBLIC, "DROP VIEW registry_publicenterprise"),
    ]
