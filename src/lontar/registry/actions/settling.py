"""Whose claim holds, for whole sets of records at once: the same rule as `rules.claims.verdict`, in SQL.

The steps run in one transaction under the writer's lock and work on the temporary table `touched_enterprise` or
`touched_person` (id): the records of a chunk, of a form, of a merge. First the agency that alone has spoken so far gets its
claim from the record as it stands (`base_sql`), then new claims are stored (`statement_sql`, `emptied` by the form), then
`settle_sql` finds the values in force, gives them to the records, and notes where agencies differ. Statements of an agency
that alone speaks of a record never come here: the record is its claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from lontar.registry.rules import bands_as_at
from lontar.registry.rules.claims import EMPTY_TEXTS, ENTERPRISE, LOWEST, NAMELESS, PERSON, SIGNS, Field, Subject
from lontar.registry.rules.sizes import class_sql
from lontar.registry.states import Topic

_STEP = 1_000_000  # a rank outweighs any number of claims of one record
_BARE = "lower(translate({}, '" + SIGNS.replace("'", "''") + "', ''))"
_HOLDERS = {
    "nib": ("registry_enterprises_by_nib", "text", "enterprise_id", "nib"),
    "nik": ("registry_people_by_nik", "bytea", "person_id", "nik_index"),
}


def touch_sql(subject: Subject, select: str) -> tuple[str, ...]:
    """The records that the other steps are about: `select` gives their ids, once each."""
    table = f"touched_{subject.name}"
    return (
        f"DROP TABLE IF EXISTS pg_temp.{table}",
        f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {select}",
        f"ANALYZE {table}",
    )


def base_sql(subject: Subject) -> str:
    """The claim of the agency that alone has spoken: the record as it stands, with its source."""
    columns = ", ".join(subject.columns)
    values = ", ".join(_told_by_record(field, name) for field in subject.fields for name in field.columns)
    return f"""
INSERT INTO {subject.claims} ({subject.key}, agency_id, batch, "row", recorded_at, home_id, {columns})
SELECT r.id, r.source_agency_id, r.source_batch, r.source_row, r.recorded_at, r.village_id, {values}
FROM {subject.table} r
WHERE r.id = ANY({_ids(subject)}) AND r.source_agency_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM {subject.claims} c WHERE c.{subject.key} = r.id AND c.{subject.key} = ANY({_ids(subject)}))
ORDER BY r.recorded_at, r.id
"""  # noqa: S608 - declared names


def _told_by_record(field: Field, column: str) -> str:
    if field.key == "owner_name":
        return f"nullif(r.name, '{NAMELESS}')"
    return f"nullif(r.{column}, '')" if column in EMPTY_TEXTS else f"r.{column}"


def _ids(subject: Subject) -> str:
    return f"ARRAY(SELECT id FROM touched_{subject.name})"  # noqa: S608 - declared names


def present_sql(subject: Subject, where: str = "true") -> str:
    """Claims of the touched records, each column NULL unless it is its agency's newest word; `n` numbers a record's claims.

    Columns: id, record_id, agency_id, recorded_at, home_id, n, the subject's columns. What a person accepted stays in the
    claim that was accepted, newest or not (`kept_…`).
    """
    columns = ", ".join(
        f"CASE WHEN n = {_newest(field)} THEN {name} END AS {name}"
        for field in subject.fields
        for name in field.columns
    )
    return f"""
SELECT id, record_id, agency_id, recorded_at, home_id, n, {columns}
FROM (SELECT c.*, c.{subject.key} AS record_id,
             row_number() OVER (PARTITION BY c.{subject.key} ORDER BY c.recorded_at, c.id) AS n
      FROM {subject.claims} c WHERE c.{subject.key} = ANY({_ids(subject)}) AND {where}) c
WINDOW said AS (PARTITION BY record_id, agency_id)
"""  # noqa: S608 - declared names


def _newest(field: Field) -> str:
    told = " OR ".join(f"{name} IS NOT NULL" for name in field.columns)
    return f"max(n) FILTER (WHERE {told} OR '{field.key}' = ANY(emptied)) OVER said"


def statement_sql(subject: Subject, *, given: str, mapped: Mapping[str, str] | None = None, mark: str = "") -> str:
    """Store what the rows of `given` say that their agency does not say already.

    `given` is the SQL of rows (record_id, batch, sheet, row_no, post_id, by_id, and the columns, renamed by `mapped`);
    parameters: agency, at. `mark` is a statement that may use `stored (record_id)`. A pair of columns is stored whole.
    """
    names = dict(mapped or {})
    source = {name: f"g.{names.get(name, name)}" for name in subject.columns}
    mine = ", ".join(f"(array_agg({name}) FILTER (WHERE {name} IS NOT NULL))[1] AS {name}" for name in subject.columns)
    news = [_is_news(field, source) for field in subject.fields]
    values = ", ".join(
        f"CASE WHEN {is_news} THEN coalesce({source[name]}, m.{name}) END"
        for field, is_news in zip(subject.fields, news, strict=True)
        for name in field.columns
    )
    return f"""
WITH present AS ({present_sql(subject, "c.agency_id = %(agency)s")}),
mine AS (SELECT record_id, {mine} FROM present GROUP BY record_id),
stored AS (
    INSERT INTO {subject.claims}
        ({subject.key}, agency_id, batch, sheet, "row", post_id, by_id, recorded_at, home_id, {", ".join(subject.columns)})
    SELECT r.id, %(agency)s, g.batch, g.sheet, g.row_no, g.post_id, g.by_id, %(at)s, r.village_id, {values}
    FROM ({given}) g JOIN {subject.table} r ON r.id = g.record_id AND r.id = ANY({_ids(subject)})
    LEFT JOIN mine m ON m.record_id = g.record_id
    WHERE {" OR ".join(news)}
    RETURNING {subject.key} AS record_id)
{mark or "SELECT count(*) FROM stored"}
"""  # noqa: S608 - declared names


def _is_news(field: Field, source: Mapping[str, str]) -> str:
    """Whether a row says something of the field that its agency does not say already."""
    return (
        "("
        + " OR ".join(
            f"({source[name]} IS NOT NULL AND {source[name]} IS DISTINCT FROM m.{name})" for name in field.marks
        )
        + ")"
    )


def settle_sql(subject: Subject, *, day: date, mark: str = "") -> tuple[str, ...]:
    """Find the values in force of the touched records and give them to these; note where agencies differ.

    Parameters: at, day. `mark` is a statement that may use `changed (id)`, the records whose values changed.
    """
    return (
        *_find_sql(subject),
        _give(subject, day=day, mark=mark),
        *_follow(subject),
        _agree(subject),
        _disagree(subject),
    )


def _find_sql(subject: Subject) -> tuple[str, ...]:
    """Find the values in force of the touched records: `settled_…`."""
    return (
        *look_sql(subject),
        _accepted(subject),
        _settled(subject),
        _take_accepted(subject),
        *(_free_again(subject, field) for field in subject.fields if field.once),
        *((_stay_within(subject),) if subject is ENTERPRISE else ()),
    )


def told_sql(subject: Subject) -> str:
    """`told_…`: present claims with, per field, how good each is (smaller is better) and the best of its record."""
    ranks = ", ".join(
        f"coalesce(max(u.rank) FILTER (WHERE u.topic = '{one}'), {LOWEST}) AS r_{one}" for one in Topic.values
    )
    keys = ", ".join(
        f"CASE WHEN {' OR '.join(f'p.{name} IS NOT NULL' for name in field.columns)}"
        f" THEN r.r_{field.topic.value} * {_STEP} - p.n END AS k_{field.key}"
        for field in subject.fields
    )
    best = ", ".join(f"min(k_{field.key}) OVER one AS b_{field.key}" for field in subject.fields)
    return f"""
CREATE TEMP TABLE told_{subject.name} ON COMMIT DROP AS
WITH ranks AS (
    SELECT a.id, {ranks} FROM access_agency a
    LEFT JOIN registry_authority u ON u.agency_kind = a.kind AND u.valid_from <= %(day)s
        AND (u.valid_until IS NULL OR u.valid_until > %(day)s)
    GROUP BY a.id),
present AS ({present_sql(subject)}),
ranked AS (SELECT p.*, {keys} FROM present p JOIN ranks r ON r.id = p.agency_id)
SELECT *, {best} FROM ranked WINDOW one AS (PARTITION BY record_id)
"""  # noqa: S608 - declared names


def _accepted(subject: Subject) -> str:
    """`accepted_…`: the newest standing acceptance per record and field that no authority has spoken against since."""
    spoken = " ".join(f"WHEN '{field.key}' THEN t.k_{field.key} = t.b_{field.key}" for field in subject.fields)
    return f"""
CREATE TEMP TABLE accepted_{subject.name} ON COMMIT DROP AS
SELECT a.* FROM (
    SELECT DISTINCT ON ({subject.key}, field) {subject.key} AS record_id, field, claim_id, decided_at
    FROM registry_acceptance WHERE {subject.key} = ANY({_ids(subject)}) AND undone_at IS NULL
    ORDER BY {subject.key}, field, decided_at DESC, id DESC) a
WHERE EXISTS (SELECT FROM {subject.claims} c WHERE c.id = a.claim_id AND c.{subject.key} = a.record_id)
  AND NOT EXISTS (SELECT FROM told_{subject.name} t WHERE t.record_id = a.record_id AND t.recorded_at > a.decided_at
                  AND CASE a.field {spoken} END)
"""  # noqa: S608 - declared names


def _settled(subject: Subject) -> str:
    """`settled_…`: one row per record with the values in force."""
    values = ", ".join(
        f"(array_agg({name}) FILTER (WHERE k_{field.key} = b_{field.key}))[1] AS {name}"
        for field in subject.fields
        for name in field.columns
    )
    return f"""
CREATE TEMP TABLE settled_{subject.name} ON COMMIT DROP AS
SELECT record_id, {values} FROM told_{subject.name} GROUP BY record_id
"""  # noqa: S608 - declared names


def _take_accepted(subject: Subject) -> str:
    picks, sets = [], []
    for field in subject.fields:
        here = f"FILTER (WHERE a.field = '{field.key}')"
        has = f"p.has_{field.key}"
        picks.append(f"count(*) {here} > 0 AS has_{field.key}")
        for name in field.columns:
            picks.append(f"(array_agg(c.{name}) {here})[1] AS {name}")
            sets.append(f"{name} = CASE WHEN {has} THEN p.{name} ELSE s.{name} END")
    return f"""
WITH p AS (
    SELECT a.record_id, {", ".join(picks)} FROM accepted_{subject.name} a JOIN {subject.claims} c ON c.id = a.claim_id
    GROUP BY a.record_id)
UPDATE settled_{subject.name} s SET {", ".join(sets)} FROM p WHERE p.record_id = s.record_id
"""  # noqa: S608 - declared names


def _free_again(subject: Subject, field: Field) -> str:
    """A number that another record holds, or that two of these would get, leaves a record the one it has."""
    function, kind, holder, told = _HOLDERS[field.key]
    sets = ", ".join(f"{name} = r.{name}" for name in field.columns)
    return f"""
WITH wanted AS MATERIALIZED (
    SELECT s.record_id, s.{told} FROM settled_{subject.name} s JOIN {subject.table} r ON r.id = s.record_id
    WHERE r.id = ANY({_ids(subject)}) AND s.{told} IS NOT NULL AND s.{told} IS DISTINCT FROM r.{told}),
held AS MATERIALIZED (SELECT * FROM {function}(ARRAY(SELECT {told}::{kind} FROM wanted))),
barred AS MATERIALIZED (
    SELECT w.record_id FROM wanted w JOIN held h ON h.{told} = w.{told} AND h.{holder} <> w.record_id
    UNION SELECT record_id FROM (
        SELECT record_id, row_number() OVER (PARTITION BY {told} ORDER BY record_id) AS place FROM wanted) w WHERE place > 1)
UPDATE settled_{subject.name} s SET {sets} FROM barred b JOIN {subject.table} r ON r.id = b.record_id
WHERE r.id = ANY(ARRAY(SELECT record_id FROM barred)) AND s.record_id = b.record_id
"""  # noqa: S608 - declared names


def _stay_within(subject: Subject) -> str:
    """A village beyond the writer's scope is left to somebody who may write there."""
    return f"""
UPDATE settled_{subject.name} s SET village_id = r.village_id FROM {subject.table} r
WHERE r.id = s.record_id AND s.village_id <> r.village_id AND NOT (
    s.village_id >= current_setting('lontar.scope_low', true) AND s.village_id < current_setting('lontar.scope_high', true))
"""  # noqa: S608 - declared names


def _give(subject: Subject, *, day: date, mark: str) -> str:
    """Write the values in force into the records where they differ; classes follow."""
    value = {name: _for_record(field, name) for field in subject.fields for name in field.columns}
    sets = ", ".join(f"{name} = {new}" for name, new in value.items())
    differs = " OR ".join(
        f"({new}) IS DISTINCT FROM r.{name}" for name, new in value.items() if not name.endswith("_sealed")
    )
    source = f"settled_{subject.name} s"
    if subject is ENTERPRISE:
        known = "ARRAY(SELECT owner_id FROM settled_enterprise)"
        source += f" LEFT JOIN registry_person p ON p.id = s.owner_id AND p.id = ANY({known})"
        differs += " OR p.name <> r.owner_name"
        bands = bands_as_at(day)
        workers = "coalesce(s.workers_paid + coalesce(s.workers_unpaid, 0), s.workers_unpaid)"
        imk = f"coalesce({class_sql(bands.workers, workers)}, '')"
        money = f"coalesce({class_sql(bands.sales, 's.annual_turnover')}, {class_sql(bands.capital, 's.capital')}, '')"
        sets += f", imk_class = {imk}, umkm_class = {money}"
        sets += ", owner_name = coalesce(p.name, r.owner_name)"
    return f"""
WITH changed AS (
    UPDATE {subject.table} r SET {sets}, recorded_at = %(at)s
    FROM {source} WHERE r.id = ANY({_ids(subject)}) AND r.id = s.record_id AND ({differs})
    RETURNING r.id)
{mark or "SELECT count(*) FROM changed"}
"""  # noqa: S608 - declared names


def _for_record(field: Field, name: str) -> str:
    if field.fixed:
        return f"coalesce(s.{name}, r.{name})"
    return f"coalesce(s.{name}, '')" if name in EMPTY_TEXTS else f"s.{name}"


def _follow(subject: Subject) -> tuple[str, ...]:
    """Claims and acceptances stand behind the wall of their record's village, wherever that is now.

    Only claims of a record that moved since `told_…` was made are sought in their table.
    """
    here = f"r.id = ANY({_ids(subject)})"
    return (
        f"WITH moved AS MATERIALIZED (SELECT t.id, r.village_id FROM told_{subject.name} t"  # noqa: S608 - declared names
        f" JOIN {subject.table} r ON r.id = t.record_id AND {here} WHERE t.home_id <> r.village_id)"
        f" UPDATE {subject.claims} c SET home_id = m.village_id FROM moved m"
        " WHERE c.id = ANY(ARRAY(SELECT id FROM moved)) AND c.id = m.id",
        f"UPDATE registry_acceptance a SET village_id = r.village_id FROM {subject.table} r"  # noqa: S608 - declared names
        f" WHERE {here} AND a.{subject.key} = r.id AND a.village_id <> r.village_id",
    )


def _differing(subject: Subject) -> str:
    """Rows (record_id, fields, agencies, since): present claims that differ from the value in force, openly.

    `since` is when the newest of the record's claims was made: before, they did not differ so.
    """
    fields = ", ".join(
        f"CASE WHEN t.k_{field.key} IS NOT NULL AND ({_unlike(field)})"
        f" AND (a.f_{field.key} IS NULL OR t.recorded_at > a.f_{field.key}) THEN '{field.key}' END"
        for field in subject.fields
    )
    until = ", ".join(
        f"max(decided_at) FILTER (WHERE field = '{field.key}') AS f_{field.key}" for field in subject.fields
    )
    return f"""
SELECT record_id, array_agg(DISTINCT field) AS fields, array_agg(DISTINCT agency_id) AS agencies, max(newest) AS since
FROM (SELECT t.record_id, t.agency_id, max(t.recorded_at) OVER (PARTITION BY t.record_id) AS newest,
             unnest(array_remove(ARRAY[{fields}], NULL)) AS field
      FROM told_{subject.name} t JOIN settled_{subject.name} s ON s.record_id = t.record_id
      LEFT JOIN (SELECT record_id, {until} FROM accepted_{subject.name} GROUP BY record_id) a ON a.record_id = t.record_id) d
GROUP BY record_id
"""  # noqa: S608 - declared names


def _unlike(field: Field) -> str:
    if not field.bare:
        return " OR ".join(f"t.{name} IS DISTINCT FROM s.{name}" for name in field.marks)
    return " OR ".join(
        f"(t.{name} <> s.{name} AND {_BARE.format(f't.{name}')} <> {_BARE.format(f's.{name}')})" for name in field.marks
    )


def _agree(subject: Subject) -> str:
    """Forget the disagreements of the touched records; those that remain are noted again."""
    return f"DELETE FROM registry_disagreement d WHERE d.{subject.key} = ANY({_ids(subject)})"  # noqa: S608 - declared names


def _disagree(subject: Subject) -> str:
    return f"""
INSERT INTO registry_disagreement ({subject.key}, village_id, fields, agencies, since)
SELECT d.record_id, r.village_id, d.fields, d.agencies, d.since
FROM ({_differing(subject)}) d JOIN {subject.table} r ON r.id = d.record_id AND r.id = ANY({_ids(subject)})
ORDER BY r.village_id, d.record_id
"""  # noqa: S608 - declared names


def touch(subject: Subject, ids: Iterable[int]) -> None:
    """Name the records, of those within the scope, that the other steps are about."""
    select = f"SELECT id FROM {subject.table} WHERE id = ANY(%(ids)s)"  # noqa: S608 - declared names
    run_steps(touch_sql(subject, select), {"ids": sorted(set(ids))})


def look_sql(subject: Subject) -> tuple[str, ...]:
    """Only look: make `told_…` of the touched records. Parameter: day."""
    return (
        f"DROP TABLE IF EXISTS pg_temp.told_{subject.name}, pg_temp.accepted_{subject.name}, pg_temp.settled_{subject.name}",
        told_sql(subject),
        f"ANALYZE told_{subject.name} (record_id)",
    )


def settle(subject: Subject, ids: Iterable[int], *, at: datetime) -> None:
    """Settle these records within the scope; call it under the writer's lock, after claims, acceptances or ranks changed."""
    day = timezone.localdate(at)
    touch(subject, ids)
    run_steps(settle_sql(subject, day=day), {"at": at, "day": day})


def note(subject: Subject, ids: Iterable[int], *, at: datetime) -> None:
    """Only note where agencies differ about these records; their values stay as they are."""
    touch(subject, ids)
    steps = (*_find_sql(subject), *_follow(subject), _agree(subject), _disagree(subject))
    run_steps(steps, {"at": at, "day": timezone.localdate(at)})


def make_base(subject: Subject, ids: Iterable[int]) -> None:
    """Write the claims of the agencies that alone have spoken of these records so far; those that have claims stay."""
    touch(subject, ids)
    run_steps((base_sql(subject),), {})


def run_steps(steps: Sequence[str], given: Mapping[str, Any]) -> None:
    """Run SQL one after the other with the same named parameters."""
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step, given)


__all__ = [
    "ENTERPRISE",
    "PERSON",
    "base_sql",
    "look_sql",
    "make_base",
    "note",
    "present_sql",
    "run_steps",
    "settle",
    "settle_sql",
    "statement_sql",
    "told_sql",
    "touch",
    "touch_sql",
]
