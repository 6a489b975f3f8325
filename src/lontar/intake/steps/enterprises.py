"""One chunk of checked enterprises into the registry, set-based.

A row is linked to an enterprise that is there already by, in this order: its NIB; its owner's NIK and the name of the
business, or the NIK alone among what the same agency brought; the agency's own key; the very same row sent before by it.
What matching (`matching`) has linked comes with its target. Everything else is new. A blank cell leaves what is known.
Nothing is guessed: when an owner's several enterprises cannot be told apart, the row waits. Where another agency has spoken
of the enterprise or its owner, the row becomes a claim and does not overwrite (`claims`).
"""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
from django.conf import settings
from django.utils import timezone

from lontar.engines.sealing import Sealer
from lontar.intake.models import Batch
from lontar.intake.rules.rows import bare
from lontar.intake.steps import claims
from lontar.intake.steps.staging import next_id, run_stage
from lontar.registry import rules

_STAGE = {
    "village_id": 'varchar COLLATE "C"', "name": "varchar", "name_bare": "text", "nib": "varchar", "npwp": "varchar",
    "kbli": "varchar", "kbli_version": "smallint", "main_product": "varchar", "start_year": "smallint",
    "workers_paid": "integer", "workers_unpaid": "integer", "imk_class": "varchar", "annual_turnover": "numeric",
    "capital": "numeric", "umkm_class": "varchar", "lat": "float8", "lon": "float8", "status": "varchar",
    "source_key": "varchar", "owner_name": "varchar", "sex": "varchar", "birth_year": "smallint",
    "nik_sealed": "bytea", "nik_index": "bytea", "phone_sealed": "bytea", "phone_index": "bytea",
    "address_sealed": "bytea", "address_index": "bytea",
}  # fmt: skip
_COMPARED = ("row_hash", "village_id", "name_bare", "nib", "source_key", "nik_index")
_EXTRA = "person_id bigint, is_new_person boolean DEFAULT false"
_BARE = "lower(regexp_replace({}, '[^[:alnum:]]', '', 'g'))"

# The planner cannot know how much of a table the wall lets through and would rather read all of it: these name the few rows
# that a chunk is about, and NEAR keeps it from then pairing chunk and rows one by one.
_NEAR = "SELECT set_config('enable_nestloop', 'off', true)"
_IS_TARGET = "e.id = ANY(ARRAY(SELECT target_id FROM stage WHERE target_id IS NOT NULL AND NOT is_new))"
_OWNER_NIK = "(SELECT p.nik_index FROM registry_person p WHERE p.id = e.owner_id)"

_BY_NIB = """
UPDATE stage s SET target_id = f.enterprise_id,
    refusal = CASE WHEN f.village_id >= %(low)s AND f.village_id < %(high)s THEN NULL ELSE 'nib.other_region' END,
    detail = f.village_id
FROM registry_enterprises_by_nib(ARRAY(SELECT nib::text FROM stage WHERE nib IS NOT NULL)) f WHERE s.nib = f.nib
"""
_PEOPLE = """
UPDATE stage s SET person_id = f.person_id
FROM registry_people_by_nik(ARRAY(SELECT nik_index FROM stage WHERE nik_index IS NOT NULL)) f
WHERE s.nik_index = f.nik_index
"""
# Enterprises of the same owner that no row has taken yet and whose NIB does not speak against it.
_OWNED = """
CREATE TEMP TABLE owned ON COMMIT DROP AS
SELECT s.ord, e.id, s.person_id, {bare} = s.name_bare AS same_name, e.village_id = s.village_id AS same_village, e.name,
    e.source_agency_id IS NOT DISTINCT FROM %(agency)s AS is_own
FROM stage s JOIN registry_enterprise e ON e.owner_id = s.person_id
WHERE e.owner_id = ANY(ARRAY(SELECT person_id FROM stage WHERE person_id IS NOT NULL AND target_id IS NULL))
  AND s.target_id IS NULL AND (s.nib IS NULL OR e.nib IS NULL)
  AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = e.id)
""".format(bare=_BARE.format("e.name"))
_BY_NAME = """
WITH ranked AS (
    SELECT ord, id, row_number() OVER (PARTITION BY ord ORDER BY same_village DESC, id) AS a,
           row_number() OVER (PARTITION BY id ORDER BY same_village DESC, ord) AS b
    FROM owned WHERE same_name)
UPDATE stage s SET target_id = r.id FROM ranked r WHERE r.ord = s.ord AND r.a = 1 AND r.b = 1
"""
# Only in the agency's own data: what another agency calls otherwise may be a further business of the owner. Matching has looked
# at such rows, and whoever is likely the same waits for a person as a pair.
_BY_NIK = """
WITH free AS (
    SELECT o.* FROM owned o JOIN stage s ON s.ord = o.ord AND s.target_id IS NULL
    WHERE o.is_own AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = o.id)),
counted AS (
    SELECT person_id, count(DISTINCT id) AS held, string_agg(DISTINCT name, '; ') AS names FROM free GROUP BY person_id),
first AS (
    SELECT DISTINCT ON (f.person_id) f.person_id, f.ord, f.id
    FROM free f JOIN counted c ON c.person_id = f.person_id AND c.held = 1
    ORDER BY f.person_id, f.same_village DESC, f.ord)
UPDATE stage s SET
    target_id = u.id,
    refusal = CASE WHEN u.held > 1 THEN 'owner.ambiguous' ELSE s.refusal END,
    detail = CASE WHEN u.held > 1 THEN left(u.names, 180) ELSE s.detail END
FROM (SELECT t.ord, f.id, c.held, c.names FROM counted c
      JOIN stage t ON t.person_id = c.person_id AND t.target_id IS NULL LEFT JOIN first f ON f.ord = t.ord) u
WHERE u.ord = s.ord
"""
_BY_KEY = """
WITH found AS (
    SELECT s.ord, e.id, row_number() OVER (PARTITION BY s.ord ORDER BY e.id) AS a,
           row_number() OVER (PARTITION BY e.id ORDER BY s.ord) AS b
    FROM stage s
    JOIN registry_enterprise e
        ON e.source_agency_id = %(agency)s AND e.source_key = s.source_key AND e.source_key <> ''
    WHERE e.source_key = ANY(ARRAY(SELECT source_key FROM stage WHERE source_key <> '' AND target_id IS NULL))
      AND s.source_key <> '' AND s.target_id IS NULL AND s.refusal IS NULL
      AND (e.village_id = s.village_id OR {bare} = s.name_bare)
      AND (s.nib IS NULL OR e.nib IS NULL) AND (s.nik_index IS NULL OR {owner_nik} IS NULL)
      AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = e.id))
UPDATE stage s SET target_id = f.id FROM found f WHERE f.ord = s.ord AND f.a = 1 AND f.b = 1
""".format(bare=_BARE.format("e.name"), owner_nik=_OWNER_NIK)
_BY_ROW = """
WITH found AS (
    SELECT s.ord, r.target_id AS id, row_number() OVER (PARTITION BY s.ord ORDER BY r.id DESC) AS a,
           row_number() OVER (PARTITION BY r.target_id ORDER BY s.ord) AS b
    FROM stage s JOIN intake_batchrow r ON r.row_hash = s.row_hash AND r.outcome IN (1, 2, 3)
    JOIN intake_batch b ON b.id = r.batch_id AND b.agency_id = %(agency)s AND b.dataset = 'enterprises' AND b.id <> %(batch)s
    JOIN registry_enterprise e ON e.id = r.target_id
    WHERE s.target_id IS NULL AND s.refusal IS NULL AND s.nib IS NULL AND s.nik_index IS NULL
      AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = e.id))
UPDATE stage s SET target_id = f.id FROM found f WHERE f.ord = s.ord AND f.a = 1 AND f.b = 1
"""
# The owner of an enterprise already there is kept unless the row names another NIK.
_OWNER_KEPT = f"""
UPDATE stage s SET person_id = e.owner_id
FROM registry_enterprise e
WHERE {_IS_TARGET} AND e.id = s.target_id AND s.refusal IS NULL AND s.person_id IS NULL AND e.owner_id IS NOT NULL
  AND (s.nik_index IS NULL OR {_OWNER_NIK} IS NULL)
"""
_NEW_PEOPLE = """
WITH unknown AS (
    SELECT ord, nik_index FROM stage
    WHERE person_id IS NULL AND refusal IS NULL
      AND (owner_name IS NOT NULL OR nik_index IS NOT NULL OR phone_index IS NOT NULL)),
numbered AS (
    SELECT nik_index, min(ord) AS first, {ids} AS id
    FROM unknown GROUP BY nik_index, CASE WHEN nik_index IS NULL THEN ord END)
UPDATE stage s SET is_new_person = true, person_id = pair.id
FROM (SELECT u.ord, n.id FROM unknown u JOIN numbered n ON n.nik_index = u.nik_index
      UNION ALL SELECT first, id FROM numbered WHERE nik_index IS NULL) pair
WHERE s.ord = pair.ord
""".format(ids=next_id("registry_person"))
_INSERT_PEOPLE = """
INSERT INTO registry_person (id, village_id, name, sex, birth_year, nik_sealed, nik_index, phone_sealed, phone_index,
    address_sealed, address_index, source_agency_id, source_batch, source_row, recorded_at)
SELECT DISTINCT ON (person_id) person_id, village_id, coalesce(owner_name, '(tanpa nama)'), coalesce(sex, ''), birth_year,
    nik_sealed, nik_index, phone_sealed, phone_index, address_sealed, address_index, %(agency)s, %(batch)s, row_no, %(at)s
FROM stage WHERE is_new_person ORDER BY person_id, ord
"""
_UPDATE_PEOPLE = """
WITH given AS (
    SELECT DISTINCT ON (person_id) * FROM stage
    WHERE person_id IS NOT NULL AND NOT is_new_person AND refusal IS NULL ORDER BY person_id, ord),
changed AS (
    UPDATE registry_person p SET
        name = coalesce(g.owner_name, p.name), sex = coalesce(g.sex, p.sex), birth_year = coalesce(g.birth_year, p.birth_year),
        nik_sealed = coalesce(p.nik_sealed, g.nik_sealed), nik_index = coalesce(p.nik_index, g.nik_index),
        phone_sealed = CASE WHEN g.phone_index IS DISTINCT FROM p.phone_index
            THEN coalesce(g.phone_sealed, p.phone_sealed) ELSE p.phone_sealed END,
        phone_index = coalesce(g.phone_index, p.phone_index),
        address_sealed = CASE WHEN g.address_index IS DISTINCT FROM p.address_index
            THEN coalesce(g.address_sealed, p.address_sealed) ELSE p.address_sealed END,
        address_index = coalesce(g.address_index, p.address_index),
        source_agency_id = %(agency)s, source_batch = %(batch)s, source_row = g.row_no, recorded_at = %(at)s
    FROM given g WHERE p.id = ANY(ARRAY(SELECT person_id FROM given)) AND p.id = g.person_id
      AND NOT EXISTS (SELECT FROM touched_person t WHERE t.id = p.id) AND (
        g.owner_name <> p.name OR g.sex <> p.sex OR (g.birth_year IS NOT NULL AND g.birth_year IS DISTINCT FROM p.birth_year)
        OR (g.nik_index IS NOT NULL AND p.nik_index IS NULL)
        OR (g.phone_index IS NOT NULL AND g.phone_index IS DISTINCT FROM p.phone_index)
        OR (g.address_index IS NOT NULL AND g.address_index IS DISTINCT FROM p.address_index))
    RETURNING p.id)
UPDATE stage s SET is_changed = true FROM changed c WHERE c.id = s.person_id AND s.target_id IS NOT NULL
"""
_NEW = f"""
UPDATE stage SET is_new = true, target_id = {next_id("registry_enterprise")}
WHERE target_id IS NULL AND refusal IS NULL
"""
_INSERT = """
INSERT INTO registry_enterprise (id, village_id, owner_id, owner_name, name, nib, npwp, kbli, kbli_version, main_product,
    start_year, workers_paid, workers_unpaid, imk_class, annual_turnover, capital, umkm_class, status, lat, lon, source_key,
    source_agency_id, source_batch, source_row, recorded_at)
SELECT target_id, village_id, person_id,
    CASE WHEN is_new_person THEN coalesce(owner_name, '(tanpa nama)') ELSE '' END,
    name, nib, coalesce(npwp, ''), coalesce(kbli, ''), kbli_version,
    coalesce(main_product, ''), start_year, workers_paid, workers_unpaid, coalesce(imk_class, ''),
    annual_turnover, capital,
    coalesce(umkm_class, ''), coalesce(status, 'active'), lat, lon, coalesce(source_key, ''),
    %(agency)s, %(batch)s, row_no, %(at)s
FROM stage WHERE is_new ORDER BY village_id, ord
"""
_FIELDS = (
    "village_id", "nib", "npwp", "kbli", "kbli_version", "main_product", "start_year", "workers_paid", "workers_unpaid",
    "imk_class", "annual_turnover", "capital", "umkm_class", "status", "lat", "lon", "name",
)  # fmt: skip
_UPDATE = """
WITH changed AS (
    UPDATE registry_enterprise e SET {sets}, owner_id = coalesce(s.person_id, e.owner_id),
        owner_name = CASE WHEN s.person_id IS NULL THEN e.owner_name ELSE coalesce(s.owner_name, e.owner_name) END,
        source_key = CASE WHEN e.source_agency_id = %(agency)s THEN coalesce(s.source_key, e.source_key) ELSE e.source_key END,
        source_agency_id = coalesce(e.source_agency_id, %(agency)s),
        source_batch = %(batch)s, source_row = s.row_no, recorded_at = %(at)s
    FROM stage s WHERE {is_target} AND s.target_id = e.id AND NOT s.is_new AND s.refusal IS NULL
      AND NOT EXISTS (SELECT FROM touched_enterprise t WHERE t.id = e.id) AND (
        (s.person_id IS NOT NULL AND (s.person_id IS DISTINCT FROM e.owner_id OR s.owner_name <> e.owner_name)) OR {differs})
    RETURNING e.id)
UPDATE stage s SET is_changed = true FROM changed c WHERE c.id = s.target_id
""".format(
    is_target=_IS_TARGET,
    sets=", ".join(f"{name} = coalesce(s.{name}, e.{name})" for name in _FIELDS),
    differs=" OR ".join(f"(s.{name} IS NOT NULL AND s.{name} IS DISTINCT FROM e.{name})" for name in _FIELDS),
)
# One person's other enterprises, which no row of this chunk names, carry the new name too.
_RENAME_OTHERS = """
UPDATE registry_enterprise e SET owner_name = p.name
FROM registry_person p
WHERE p.id = ANY({known}) AND e.owner_id = ANY({known}) AND e.owner_id = p.id AND e.owner_name <> p.name
""".format(
    known="ARRAY(SELECT id FROM registry_person WHERE recorded_at = %(at)s AND id = ANY("
    "ARRAY(SELECT person_id FROM stage WHERE person_id IS NOT NULL AND NOT is_new_person AND refusal IS NULL)))"
)
_BULK = "SELECT set_config('lontar.names_in_bulk', 'on', true)"
_FAR = "SELECT set_config('enable_nestloop', 'on', true)"


def _steps(day: date) -> tuple[str, ...]:
    """All steps in their order; what is only claimed is settled by the ranks and thresholds in force on `day`."""
    return (
        _BULK,
        _BY_NIB, claims.BY_CLAIMED_NIB, _PEOPLE, _NEAR, _OWNED, claims.OWNED_BY_CLAIM.format(bare=_BARE.format("e.name")),
        _BY_NAME, _BY_NIK, _BY_KEY, _FAR, _BY_ROW, _NEAR, claims.OWNER_CLAIMED, _OWNER_KEPT, _NEW_PEOPLE, _INSERT_PEOPLE,
        *claims.TOUCH_PEOPLE, _UPDATE_PEOPLE, *claims.people_steps(day), _NEW, _INSERT,
        *claims.TOUCH_ENTERPRISES, _UPDATE, *claims.enterprise_steps(day), _RENAME_OTHERS, _FAR,
    )  # fmt: skip


REFUSALS = {
    "nib.other_region": (
        "nib",
        "NIB ini sudah terdaftar di desa {detail}, di luar wilayah Anda. Periksa nomornya, atau hubungi instansi di sana.",
    ),
    "owner.ambiguous": (
        "nik",
        "Pemilik ini sudah punya beberapa usaha di registri ({detail}) dan baris ini tidak menunjuk salah satunya. "
        "Tulis NIB, atau nama usaha yang sama.",
    ),
}


def apply_chunk(batch: Batch, rows: pl.DataFrame, *, scope: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Bring `rows` (values of the check, with ord, sheet_no, row_no, row_hash) into the registry.

    Runs inside the caller's transaction; `scope` is the half-open range of region codes of the sender. Returns ord,
    outcome, target_id, refusal and detail for every row.
    """
    day = timezone.localdate(at)
    return run_stage(
        prepared(rows, day=day),
        columns=_STAGE,
        extra=_EXTRA,
        steps=_steps(day),
        analyze=_COMPARED,
        given={"batch": batch.pk, "agency": batch.agency_id, "at": at, "day": day, "low": scope[0], "high": scope[1]},
    )


def prepared(rows: pl.DataFrame, *, day: date) -> pl.DataFrame:
    """The stage's columns: personal values sealed and indexed (here, unless they are), size classes derived, names bare."""
    frame = rows if "nik_sealed" in rows.columns else sealed(rows)
    frame = frame.with_columns(
        name_bare=bare(pl.col("name")),
        kbli_version=pl.when(pl.col("kbli").is_not_null()).then(2020),
    )
    return rules.with_size_classes(frame, day=day)


def sealed(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with nik, phone and address sealed and indexed as `…_sealed` and `…_index`. Needs no database."""
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    made: list[pl.Series] = []
    for key in ("nik", "phone", "address"):
        values = rows[key].to_list()
        hidden = sealer.seal_all(values, context=f"person.{key}")
        made.append(pl.Series(f"{key}_sealed", hidden, dtype=pl.Binary))
        made.append(pl.Series(f"{key}_index", sealer.index_all(values, context=f"person.{key}"), dtype=pl.Binary))
    return rows.with_columns(made)
