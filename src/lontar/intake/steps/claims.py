"""What a chunk says about enterprises and owners of whom another agency has spoken: claims, settled in the registry's words.

An enterprise about which only the sender ever spoke is changed by `enterprises` as before; it has no claims, so a first list
costs nothing. The steps run between those of `enterprises`, on its table `stage`.
"""

from __future__ import annotations

from datetime import date

from lontar.registry.actions.settling import base_sql, settle_sql, statement_sql, touch_sql
from lontar.registry.rules.claims import ENTERPRISE, PERSON

_OWNERS = "ARRAY(SELECT person_id FROM stage WHERE person_id IS NOT NULL AND NOT is_new_person AND refusal IS NULL)"
_TARGETS = "ARRAY(SELECT target_id FROM stage WHERE target_id IS NOT NULL AND NOT is_new AND refusal IS NULL)"

# Claims are looked up one by one: of a long array the planner knows nothing, and may rather read them all, again and again.
#
# A NIB that an agency has claimed for an enterprise which bears another: the row means that enterprise.
BY_CLAIMED_NIB = """
UPDATE stage s SET target_id = f.enterprise_id
FROM (SELECT w.ord, c.enterprise_id FROM stage w
      CROSS JOIN LATERAL (SELECT enterprise_id FROM registry_enterpriseclaim WHERE nib = w.nib
                          ORDER BY recorded_at DESC, id DESC LIMIT 1) c
      WHERE w.nib IS NOT NULL AND w.target_id IS NULL AND w.refusal IS NULL) f
WHERE s.ord = f.ord AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = f.enterprise_id)
"""
# Enterprises that an agency has claimed for the owner, although another owner is in force.
OWNED_BY_CLAIM = """
INSERT INTO owned
SELECT DISTINCT ON (s.ord, e.id) s.ord, e.id, s.person_id, {bare} = s.name_bare, e.village_id = s.village_id, e.name,
    c.agency_id = %(agency)s
FROM stage s
CROSS JOIN LATERAL (SELECT enterprise_id, agency_id FROM registry_enterpriseclaim WHERE owner_id = s.person_id OFFSET 0) c
CROSS JOIN LATERAL (SELECT id, owner_id, village_id, name, nib FROM registry_enterprise WHERE id = c.enterprise_id OFFSET 0) e
WHERE s.person_id IS NOT NULL AND s.target_id IS NULL AND e.owner_id IS DISTINCT FROM s.person_id
  AND (s.nib IS NULL OR e.nib IS NULL)
  AND NOT EXISTS (SELECT FROM stage t WHERE t.target_id = e.id)
"""
# Whom the sender itself has named as the owner, where the row names no NIK: the row speaks of that person.
OWNER_CLAIMED = f"""
UPDATE stage s SET person_id = c.owner_id
FROM (SELECT DISTINCT ON (enterprise_id) enterprise_id, owner_id FROM registry_enterpriseclaim
      WHERE enterprise_id = ANY({_TARGETS}) AND agency_id = %(agency)s AND owner_id IS NOT NULL
      ORDER BY enterprise_id, recorded_at DESC, id DESC) c
WHERE c.enterprise_id = s.target_id AND s.nik_index IS NULL AND s.refusal IS NULL AND s.person_id IS NULL
"""
TOUCH_PEOPLE = touch_sql(
    PERSON,
    f"SELECT p.id FROM registry_person p WHERE p.id = ANY({_OWNERS}) AND p.source_agency_id IS NOT NULL AND"
    " (p.source_agency_id <> %(agency)s OR p.id IN"
    f" (SELECT c.person_id FROM registry_personclaim c WHERE c.person_id = ANY({_OWNERS})))",
)
TOUCH_ENTERPRISES = touch_sql(
    ENTERPRISE,
    f"SELECT e.id FROM registry_enterprise e WHERE e.id = ANY({_TARGETS}) AND e.source_agency_id IS NOT NULL AND"
    " (e.source_agency_id <> %(agency)s OR e.id IN"
    f" (SELECT c.enterprise_id FROM registry_enterpriseclaim c WHERE c.enterprise_id = ANY({_TARGETS})))",
)
_ROWS = """
SELECT DISTINCT ON ({id}) {id} AS record_id, %(batch)s::bigint AS batch, sheet_no AS sheet, NULL::bigint AS post_id,
       NULL::bigint AS by_id, {columns}
FROM stage WHERE {id} IS NOT NULL AND NOT {is_new} AND refusal IS NULL ORDER BY {id}, ord{last}
"""
_STATED = [name for name in ENTERPRISE.columns if name not in ("owner_id", "commodity_id")]
_COLUMNS = ", ".join(("row_no", *_STATED))
_OF_ENTERPRISE = _ROWS.format(
    id="target_id",
    is_new="is_new",
    columns=f"{_COLUMNS}, person_id AS owner_id, NULL::bigint AS commodity_id",
    last=" DESC",
)
_OF_PERSON = _ROWS.format(
    id="person_id",
    is_new="is_new_person",
    columns=", ".join(("row_no", *("owner_name AS name" if one == "name" else one for one in PERSON.columns))),
    last="",
)
_MARK_OWNERS = "UPDATE stage s SET is_changed = true FROM {0} x WHERE x.{1} = s.person_id AND s.target_id IS NOT NULL"
_MARK_TARGETS = "UPDATE stage s SET is_changed = true FROM {0} x WHERE x.{1} = s.target_id"


def people_steps(day: date) -> tuple[str, ...]:
    """Claims about the touched owners, and their values in force."""
    return (
        base_sql(PERSON),
        statement_sql(PERSON, given=_OF_PERSON, mark=_MARK_OWNERS.format("stored", "record_id")),
        *settle_sql(PERSON, day=day, mark=_MARK_OWNERS.format("changed", "id")),
    )


def enterprise_steps(day: date) -> tuple[str, ...]:
    """Claims about the touched enterprises, and their values in force."""
    return (
        base_sql(ENTERPRISE),
        statement_sql(ENTERPRISE, given=_OF_ENTERPRISE, mark=_MARK_TARGETS.format("stored", "record_id")),
        *settle_sql(ENTERPRISE, day=day, mark=_MARK_TARGETS.format("changed", "id")),
    )
