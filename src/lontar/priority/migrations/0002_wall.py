"""Who sees which rows: drafts only within the scope, plans in force by everyone; what people wrote about a pick in its scope.

What anyone may know of the progress is a view with the rights of the tables' owner: sums of weeks, no note and no name.
"""

from django.db import migrations

from lontar.access.scope import protect_sql, protect_writes_sql, unprotect_sql

CLOSED = ["baseline", "target", "step", "checkin", "blocker", "verdict", "latenote", "statement"]
OPEN_PLAN = """
CREATE POLICY open_to_read ON {table} FOR SELECT USING ({in_force});
"""
PROGRESS = """
CREATE VIEW priority_publicprogress AS
SELECT p.id AS pick_id, p.plan_id, t.extra AS target, t.quantity, t.unit, t.price_before, t.price_after,
       b.kind AS baseline_kind,
       CASE WHEN b.kind = 'measured' THEN b.amount / (b.until_date - b.from_date) WHEN b.kind = 'new' THEN 0 END AS usual_a_day,
       coalesce(c.weeks, 0) AS weeks, coalesce(c.turnover, 0) AS turnover, coalesce(c.days, 0) AS days,
       (SELECT count(*) FROM priority_blocker x WHERE x.pick_id = p.id AND x.state <> 'closed') AS blockers,
       v.kind AS verdict, v.achieved
FROM priority_pick p
JOIN priority_plan n ON n.id = p.plan_id AND n.state IN ('running', 'finished')
LEFT JOIN LATERAL (SELECT * FROM priority_target x WHERE x.pick_id = p.id ORDER BY x.id DESC LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT * FROM priority_baseline x WHERE x.pick_id = p.id ORDER BY x.id DESC LIMIT 1) b ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS weeks, sum(w.turnover) AS turnover,
           sum(least(7, n.end_date - n.start_date - 7 * (w.week - 1))) AS days
    FROM (SELECT DISTINCT ON (x.week) x.week, x.turnover, x.evidence FROM priority_checkin x WHERE x.pick_id = p.id
          ORDER BY x.week, x.id DESC) w
    WHERE w.evidence <> 'none') c ON true
LEFT JOIN priority_verdict v ON v.pick_id = p.id;
"""


def closed(name: str, column: str = "village_id") -> list[migrations.RunSQL]:
    """The table and its history behind the wall."""
    return [
        migrations.RunSQL(protect_sql(table, column), unprotect_sql(table))
        for table in (f"priority_{name}", f"priority_{name}event")
    ]


class Migration(migrations.Migration):
    dependencies = [("priority", "0001_plans_picks_and_what_follows")]

    operations = [
        *[one for name in CLOSED for one in closed(name)],
        *closed("plan", "region_id"),
        migrations.RunSQL(
            OPEN_PLAN.format(table="priority_plan", in_force="state IN ('running', 'finished')"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(protect_writes_sql("priority_pick", "village_id"), unprotect_sql("priority_pick")),
        migrations.RunSQL(PROGRESS, "DROP VIEW priority_publicprogress"),
    ]
