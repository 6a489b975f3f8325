"""Row-level security, and the triggers that keep sign-offs, tallies and `verified_at` true whoever writes.

The chain: a changed enterprise or village notes on its sign-offs what changed; a returned field notes itself on the sign-off of its
section; every change of sign-offs moves the tallies and the enterprises' `verified_at`. All of it is statement-level, runs with the
rights of the tables' owner (a sign-off may have been written from a wider scope), and costs a list that meets no sign-offs one
look-up a statement. Statements that join changed rows are planned anew each time (EXECUTE): a plan kept from one changed row
would loop over ten thousand squared.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

RIGHTS = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
NEW = "REFERENCING NEW TABLE AS new_rows"
BOTH = "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
OLD = "REFERENCING OLD TABLE AS old_rows"
IN_FORCE = "t.valid_from <= current_date AND (t.valid_until IS NULL OR t.valid_until > current_date)"

# --- tallies ----------------------------------------------------------------------------------------------------------

STATE = """
    (s.returns = 0 AND s.changed_fields = '{}')::int AS signed,
    (s.returns = 0 AND s.changed_fields <> '{}')::int AS changed, (s.returns > 0)::int AS returned
"""


def tally_sql() -> str:
    """Sign-offs in force of subjects that count, per village, section and step."""
    parts = []
    for kind, tables, sides in (("insert", NEW, [(1, "new")]), ("update", BOTH, [(1, "new"), (-1, "old")])):
        rows = " UNION ALL ".join(
            f"SELECT {sign} AS n, s.village_id, s.section_id, s.step, {STATE} FROM {side}_rows s"
            " WHERE s.ended_act_id IS NULL AND s.is_live"
            for sign, side in sides
        )
        parts.append(f"""
            CREATE FUNCTION verification_tally_{kind}() RETURNS trigger {RIGHTS} AS $$
            BEGIN
                INSERT INTO verification_sectiontally AS t (village_id, section_id, step, signed, changed, returned)
                SELECT village_id, section_id, step, sum(n * signed), sum(n * changed), sum(n * returned) FROM ({rows}) x
                GROUP BY 1, 2, 3
                HAVING sum(n * signed) <> 0 OR sum(n * changed) <> 0 OR sum(n * returned) <> 0
                ORDER BY 1, 2, 3
                ON CONFLICT (village_id, section_id, step) DO UPDATE SET signed = t.signed + excluded.signed,
                    changed = t.changed + excluded.changed, returned = t.returned + excluded.returned;
                RETURN NULL;
            END $$;
            CREATE TRIGGER tally_{kind} AFTER {kind.upper()} ON verification_signoff {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION verification_tally_{kind}();
        """)
    return "".join(parts)


# --- verified_at: the newest sign-off of the sections that decide, once all of them stand and none has a returned field ------

VERIFIED = f"""
CREATE FUNCTION verification_recount(ids bigint[]) RETURNS void {RIGHTS} AS $$
    -- The sections that decide and the step that completes each.
    DECLARE wanted bigint[]; steps smallint[];
    BEGIN
        IF cardinality(ids) = 0 THEN RETURN; END IF;
        SELECT array_agg(x.section_id), array_agg(x.step) INTO wanted, steps FROM (
            SELECT t.section_id, coalesce(max(d.step), 1::smallint) AS step FROM verification_sectionterm t
            LEFT JOIN verification_sectionduty d ON d.section_id = t.section_id
                AND d.valid_from <= current_date AND (d.valid_until IS NULL OR d.valid_until > current_date)
            WHERE t.is_required AND {IN_FORCE} GROUP BY 1) x;
        IF wanted IS NULL THEN RETURN; END IF;
        EXECUTE $sql$
        UPDATE registry_enterprise e SET verified_at = w.at
        FROM (
            SELECT i.id, CASE WHEN count(s.id) = cardinality($2) AND coalesce(sum(s.returns), 0) = 0
                              THEN max(s.signed_at) END AS at
            FROM unnest($1) AS i(id)
            CROSS JOIN unnest($2, $3) AS r(section_id, step)
            LEFT JOIN verification_signoff s ON s.enterprise_id = i.id AND s.section_id = r.section_id AND s.step = r.step
                AND s.ended_act_id IS NULL
            GROUP BY i.id
        ) w
        WHERE e.id = w.id AND e.verified_at IS DISTINCT FROM w.at
        $sql$ USING ids, wanted, steps;
    END $$;

CREATE FUNCTION verification_verified_insert() RETURNS trigger {RIGHTS} AS $$
BEGIN
    PERFORM verification_recount(ARRAY(SELECT DISTINCT enterprise_id FROM new_rows WHERE enterprise_id IS NOT NULL));
    RETURN NULL;
END $$;
CREATE TRIGGER verified_insert AFTER INSERT ON verification_signoff {NEW}
FOR EACH STATEMENT EXECUTE FUNCTION verification_verified_insert();

CREATE FUNCTION verification_verified_update() RETURNS trigger {RIGHTS} AS $$
BEGIN
    EXECUTE $sql$
        SELECT verification_recount(ARRAY(
            SELECT DISTINCT n.enterprise_id FROM new_rows n JOIN old_rows o USING (id) WHERE n.enterprise_id IS NOT NULL
            AND (n.ended_act_id, n.returns, n.signed_at) IS DISTINCT FROM (o.ended_act_id, o.returns, o.signed_at)))
    $sql$;
    RETURN NULL;
END $$;
CREATE TRIGGER verified_update AFTER UPDATE ON verification_signoff {BOTH}
FOR EACH STATEMENT EXECUTE FUNCTION verification_verified_update();
"""
UNVERIFIED = """
DROP TRIGGER verified_update ON verification_signoff;
DROP TRIGGER verified_insert ON verification_signoff;
DROP FUNCTION verification_verified_update();
DROP FUNCTION verification_verified_insert();
DROP FUNCTION verification_recount(bigint[]);
"""

# --- returned fields --------------------------------------------------------------------------------------------------

RETURNS = f"""
CREATE FUNCTION verification_returned() RETURNS trigger {RIGHTS} AS $$
BEGIN
    EXECUTE $sql$
    UPDATE verification_signoff s SET returns = x.number
    FROM (SELECT d.enterprise_id, d.section_id, (SELECT count(*) FROM verification_fieldreturn r
                 WHERE r.enterprise_id = d.enterprise_id AND r.section_id = d.section_id
                   AND r.state IN ('open', 'answered', 'again')) AS number
          FROM (SELECT DISTINCT enterprise_id, section_id FROM new_rows WHERE enterprise_id IS NOT NULL) d) x
    WHERE s.enterprise_id = x.enterprise_id AND s.section_id = x.section_id AND s.ended_act_id IS NULL
      AND s.returns <> x.number
    $sql$;
    EXECUTE $sql$
    UPDATE verification_signoff s SET returns = x.number
    FROM (SELECT d.village_id, d.section_id, (SELECT count(*) FROM verification_fieldreturn r
                 WHERE r.village_id = d.village_id AND r.section_id = d.section_id AND r.enterprise_id IS NULL
                   AND r.state IN ('open', 'answered', 'again')) AS number
          FROM (SELECT DISTINCT village_id, section_id FROM new_rows WHERE enterprise_id IS NULL) d) x
    WHERE s.village_id = x.village_id AND s.section_id = x.section_id AND s.enterprise_id IS NULL
      AND s.ended_act_id IS NULL AND s.returns <> x.number
    $sql$;
    RETURN NULL;
END $$;
CREATE TRIGGER returned_insert AFTER INSERT ON verification_fieldreturn {NEW}
FOR EACH STATEMENT EXECUTE FUNCTION verification_returned();
CREATE TRIGGER returned_update AFTER UPDATE ON verification_fieldreturn {NEW}
FOR EACH STATEMENT EXECUTE FUNCTION verification_returned();
"""
UNRETURNS = """
DROP TRIGGER returned_update ON verification_fieldreturn;
DROP TRIGGER returned_insert ON verification_fieldreturn;
DROP FUNCTION verification_returned();
"""

# --- enterprises that change, move, close, merge --------------------------------------------------------------------------

CONTENT = (
    "name", "owner_id", "owner_name", "nib", "npwp", "village_id", "kbli", "kbli_version", "start_year", "status", "lat", "lon",
    "workers_paid", "workers_unpaid", "annual_turnover", "capital", "main_product", "commodity_id",
)  # fmt: skip
NEW_CONTENT, OLD_CONTENT = (", ".join(f"{side}.{name}" for name in CONTENT) for side in "no")

CHANGES = f"""
CREATE FUNCTION verification_enterprise_changed() RETURNS trigger {RIGHTS} AS $$
DECLARE found_rows bigint;
BEGIN
    -- Lists of a registry in which nothing is signed yet pay this look-up and nothing else.
    PERFORM FROM verification_signoff WHERE enterprise_id IS NOT NULL LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    -- What sets verified_at alone changes nothing that is signed; going on would turn in a circle.
    EXECUTE $sql$
        SELECT count(*) FROM new_rows n JOIN old_rows o USING (id) WHERE ({NEW_CONTENT}) IS DISTINCT FROM ({OLD_CONTENT})
    $sql$ INTO found_rows;
    IF found_rows = 0 THEN RETURN NULL; END IF;
    EXECUTE $sql$
    UPDATE verification_signoff s SET village_id = n.village_id, is_live = n.status <> 'closed'
    FROM new_rows n JOIN old_rows o USING (id)
    WHERE s.enterprise_id = n.id AND (n.village_id <> o.village_id OR (n.status = 'closed') <> (o.status = 'closed'))
    $sql$;
    EXECUTE $sql$
    UPDATE verification_signoff s
    SET changed_fields = ARRAY(SELECT DISTINCT f FROM unnest(s.changed_fields || d.fields) f ORDER BY f)
    FROM (
        SELECT c.id, t.section_id, ARRAY(SELECT f FROM unnest(t.fields) f WHERE c.now -> f IS DISTINCT FROM c.past -> f) AS fields
        FROM (SELECT n.id, to_jsonb(n) AS now, to_jsonb(o) AS past FROM new_rows n JOIN old_rows o USING (id)
              WHERE ({NEW_CONTENT}) IS DISTINCT FROM ({OLD_CONTENT})
                AND EXISTS (SELECT FROM verification_signoff g WHERE g.enterprise_id = n.id AND g.ended_act_id IS NULL)) c
        CROSS JOIN verification_sectionterm t WHERE {IN_FORCE}
    ) d
    WHERE d.fields <> '{{}}' AND s.enterprise_id = d.id AND s.section_id = d.section_id AND s.ended_act_id IS NULL
      AND NOT s.changed_fields @> d.fields::varchar[]
    $sql$;
    EXECUTE $sql$
    UPDATE verification_fieldreturn r SET village_id = n.village_id
    FROM new_rows n JOIN old_rows o USING (id) WHERE r.enterprise_id = n.id AND n.village_id <> o.village_id
    $sql$;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_changed AFTER UPDATE ON registry_enterprise {BOTH}
FOR EACH STATEMENT EXECUTE FUNCTION verification_enterprise_changed();

CREATE FUNCTION verification_enterprise_gone() RETURNS trigger {RIGHTS} AS $$
BEGIN
    EXECUTE $sql$
    UPDATE verification_signoff s SET is_live = false FROM old_rows o WHERE s.enterprise_id = o.id AND s.is_live
    $sql$;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_gone AFTER DELETE ON registry_enterprise {OLD}
FOR EACH STATEMENT EXECUTE FUNCTION verification_enterprise_gone();

-- A merge that is undone brings an enterprise back under its number; new ones have numbers above all that were ever signed.
CREATE FUNCTION verification_enterprise_back() RETURNS trigger {RIGHTS} AS $$
BEGIN
    EXECUTE $sql$
    UPDATE verification_signoff s SET is_live = n.status <> 'closed', village_id = n.village_id
    FROM new_rows n
    WHERE n.id <= (SELECT max(enterprise_id) FROM verification_signoff WHERE enterprise_id IS NOT NULL
                   AND ended_act_id IS NULL) AND s.enterprise_id = n.id
    $sql$;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_back AFTER INSERT ON registry_enterprise {NEW}
FOR EACH STATEMENT EXECUTE FUNCTION verification_enterprise_back();
"""
UNCHANGES = """
DROP TRIGGER verification_back ON registry_enterprise;
DROP TRIGGER verification_gone ON registry_enterprise;
DROP TRIGGER verification_changed ON registry_enterprise;
DROP FUNCTION verification_enterprise_back();
DROP FUNCTION verification_enterprise_gone();
DROP FUNCTION verification_enterprise_changed();
"""

# --- what a village has -----------------------------------------------------------------------------------------------
# kind of record → table, the columns that are named singly (none: the record as a whole)
VILLAGE = {
    "potential": ("registry_villagepotential", ("area_ha", "production", "unit", "harvest_months", "sold_raw_share")),
    "resource": ("registry_villageresource", ()),
    "facility": ("registry_villagefacility", ()),
}
IGNORED = "'{source_agency_id,source_batch,source_row,recorded_at}'::text[]"


def village_sql(kind: str, table: str, columns: tuple[str, ...]) -> str:
    """Note `kind/id` (added, removed) or `kind/id/column` (changed) on the sign-offs of the section that holds the kind."""
    named = "ARRAY[" + ", ".join(f"'{name}'" for name in columns) + "]::text[]"
    each = (
        f"(SELECT '{kind}/' || n.id || '/' || f FROM unnest({named}) f"
        " WHERE to_jsonb(n) -> f IS DISTINCT FROM to_jsonb(o) -> f)"
        if columns
        else f"(SELECT '{kind}/' || n.id WHERE to_jsonb(n) - {IGNORED} IS DISTINCT FROM to_jsonb(o) - {IGNORED})"
    )
    sources = {
        "insert": (NEW, f"SELECT village_id, '{kind}/' || id AS ref FROM new_rows"),
        "delete": (OLD, f"SELECT village_id, '{kind}/' || id AS ref FROM old_rows"),
        "update": (
            BOTH,
            f"SELECT n.village_id, x.ref FROM new_rows n JOIN old_rows o USING (id) CROSS JOIN LATERAL {each} AS x(ref)",
        ),
    }
    parts = []
    for operation, (tables, rows) in sources.items():
        name = f"verification_{kind}_{operation}"
        parts.append(f"""
            CREATE FUNCTION {name}() RETURNS trigger {RIGHTS} AS $$
            BEGIN
                PERFORM FROM verification_signoff WHERE enterprise_id IS NULL LIMIT 1;
                IF NOT FOUND THEN RETURN NULL; END IF;
                EXECUTE $sql$
                UPDATE verification_signoff s
                SET changed_fields = ARRAY(SELECT DISTINCT f FROM unnest(s.changed_fields || d.refs) f ORDER BY f)
                FROM (SELECT r.village_id, array_agg(r.ref)::varchar[] AS refs FROM ({rows}) r GROUP BY 1) d,
                     verification_sectionterm t
                WHERE {IN_FORCE} AND '{kind}' = ANY(t.fields) AND s.section_id = t.section_id AND s.enterprise_id IS NULL
                  AND s.village_id = d.village_id AND s.ended_act_id IS NULL AND NOT s.changed_fields @> d.refs
                $sql$;
                RETURN NULL;
            END $$;
            CREATE TRIGGER verification_{operation} AFTER {operation.upper()} ON {table} {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """)
    return "".join(parts)


def unvillage_sql(kind: str, table: str) -> str:
    """Undoes `village_sql`."""
    return "".join(
        f"DROP TRIGGER verification_{operation} ON {table}; DROP FUNCTION verification_{kind}_{operation}();"
        for operation in ("insert", "delete", "update")
    )


UNTALLY = "".join(
    f"DROP TRIGGER tally_{kind} ON verification_signoff; DROP FUNCTION verification_tally_{kind}();"
    for kind in ("insert", "update")
)
CLOSED = ["verification_signoff", "verification_fieldreturn", "verification_fieldreturnevent"]


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_sections_signoffs_returns"), ("registry", "0011_merging")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        migrations.RunSQL(protect_writes_sql("verification_signact", "region_code"), unprotect_sql("verification_signact")),
        # Numbers per village are open, as the coverage is; triggers alone write them.
        migrations.RunSQL(
            protect_writes_sql("verification_sectiontally", "village_id"), unprotect_sql("verification_sectiontally")
        ),
        migrations.RunSQL(tally_sql(), UNTALLY),
        migrations.RunSQL(VERIFIED, UNVERIFIED),
        migrations.RunSQL(RETURNS, UNRETURNS),
        migrations.RunSQL(CHANGES, UNCHANGES),
        *[
            migrations.RunSQL(village_sql(kind, table, columns), unvillage_sql(kind, table))
            for kind, (table, columns) in VILLAGE.items()
        ],
    ]
