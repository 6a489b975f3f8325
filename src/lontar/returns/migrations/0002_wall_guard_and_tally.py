"""Row-level security; a month that takes no returns refuses them in the database; sums per village and month by triggers.

The guard reads the periods of a statement's months with a lock that lets writers pass each other and makes who closes the
month wait for them; after waiting for who closes, it sees the month closed. A row of a closed month passes only as a
restatement: with the time and the words of it.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

CLOSED = [
    "returns_producer", "returns_producerevent", "returns_return", "returns_returnevent", "returns_returnedvalue",
    "returns_returnedvalueevent", "returns_returntally",
]  # fmt: skip

GUARD = """
CREATE FUNCTION returns_guard_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE shut date;
BEGIN
    PERFORM 1 FROM returns_period p WHERE p.kind = 'month' AND p.start IN (SELECT DISTINCT month FROM {rows})
    ORDER BY p.start FOR SHARE;
    SELECT m.month INTO shut FROM (SELECT DISTINCT r.month FROM {rows} r {unless}) m
    WHERE NOT EXISTS (SELECT 1 FROM returns_period p
                      WHERE p.kind = 'month' AND p.start = m.month AND p.state IN ('open', 'grace'))
    ORDER BY m.month LIMIT 1;
    IF shut IS NOT NULL THEN
        RAISE EXCEPTION 'returns of % are not taken', to_char(shut, 'YYYY-MM') USING ERRCODE = 'LR001';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guard_{kind} AFTER {act} ON returns_return {tables}
FOR EACH STATEMENT EXECUTE FUNCTION returns_guard_{kind}();
"""
OLD, NEW = "OLD TABLE AS old_rows", "NEW TABLE AS new_rows"
RESTATED = "r.restated_at IS NOT NULL AND r.restated_words <> ''"
GUARDS = {
    "insert": ("new_rows", f"WHERE NOT ({RESTATED})", f"REFERENCING {NEW}"),
    "update": (
        "new_rows",
        "JOIN old_rows o ON o.id = r.id"
        f" WHERE NOT ({RESTATED} AND r.restated_at IS DISTINCT FROM o.restated_at AND r.month = o.month)",
        f"REFERENCING {OLD} {NEW}",
    ),
    "delete": ("old_rows", "", f"REFERENCING {OLD}"),
}
COLUMNS = "village_id, month, state, turnover"
TALLY = """
CREATE FUNCTION returns_tally_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO returns_returntally AS t (village_id, month, drafts, submitted, verified, accepted, turnover)
    SELECT village_id, month, d0, b0, v0, a0, m FROM (
        SELECT village_id, month, sum(s) FILTER (WHERE state = 'draft') AS d,
               sum(s) FILTER (WHERE state = 'submitted') AS b, sum(s) FILTER (WHERE state = 'verified') AS v,
               sum(s) FILTER (WHERE state IN ('accepted', 'locked')) AS a,
               coalesce(sum(s * turnover) FILTER (WHERE state <> 'draft'), 0) AS m
        FROM ({rows}) x GROUP BY village_id, month
    ) y (village_id, month, d, b, v, a, m)
    CROSS JOIN LATERAL (SELECT coalesce(d, 0), coalesce(b, 0), coalesce(v, 0), coalesce(a, 0)) z (d0, b0, v0, a0)
    WHERE (d0, b0, v0, a0, m) <> (0, 0, 0, 0, 0)
    ORDER BY village_id, month
    ON CONFLICT (month, village_id) DO UPDATE SET
        drafts = t.drafts + excluded.drafts, submitted = t.submitted + excluded.submitted,
        verified = t.verified + excluded.verified, accepted = t.accepted + excluded.accepted,
        turnover = t.turnover + excluded.turnover;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_{kind} AFTER {act} ON returns_return {tables}
FOR EACH STATEMENT EXECUTE FUNCTION returns_tally_{kind}();
"""
PLUS, MINUS = f"SELECT 1 AS s, {COLUMNS} FROM new_rows", f"SELECT -1 AS s, {COLUMNS} FROM old_rows"
TALLIES = {
    "insert": (PLUS, f"REFERENCING {NEW}"),
    "update": (f"{PLUS} UNION ALL {MINUS}", f"REFERENCING {OLD} {NEW}"),
    "delete": (MINUS, f"REFERENCING {OLD}"),
}


def triggers() -> str:
    """All of them."""
    guards = [
        GUARD.format(kind=kind, act=kind.upper(), rows=rows, unless=unless, tables=tables)
        for kind, (rows, unless, tables) in GUARDS.items()
    ]
    tallies = [
        TALLY.format(kind=kind, act=kind.upper(), rows=rows, tables=tables)
        for kind, (rows, tables) in TALLIES.items()
    ]
    return "".join(guards + tallies)


def undo() -> str:
    """Takes them away."""
    return "".join(
        f"DROP TRIGGER {what}_{kind} ON returns_return; DROP FUNCTION returns_{what}_{kind}();"
        for what in ("guard", "tally")
        for kind in ("insert", "update", "delete")
    )


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_periods_producers_returns")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        # Who has only a code has no scope yet: digests are read by all and say nothing.
        migrations.RunSQL(
            protect_writes_sql("returns_reportlink", "village_id"), unprotect_sql("returns_reportlink")
        ),
        migrations.RunSQL(protect_sql("returns_reportlinkevent", "village_id"), unprotect_sql("returns_reportlinkevent")),
        migrations.RunSQL(triggers(), undo()),
    ]
