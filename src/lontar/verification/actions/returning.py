"""Returning one field of a record, or of everything that a filter finds, with a reason; what follows is in `answering`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.registry.models import VillagePotential
from lontar.verification import policies
from lontar.verification.actions.acts import Done, lock_enterprises, lock_villages, open_act
from lontar.verification.models import FieldReturn
from lontar.verification.queries.choosing import Choice, ids_of
from lontar.verification.queries.sections import SectionView, duties_of, sections_on
from lontar.verification.rules import POTENTIAL_FIELDS, UnknownField, read_reason, section_of
from lontar.verification.states import Act, ActKind, ReturnState, SubjectKind

# Whoever keeps the record: the officer of the village where its government has a post; else the agency that brought the value.
_KEEPER = """
    CASE WHEN EXISTS (SELECT FROM access_post p WHERE p.region_code = e.village_id AND p.is_active
                      AND p.role = 'village_officer') THEN NULL ELSE e.source_agency_id END
"""
_RETURN = f"""
    INSERT INTO verification_fieldreturn (section_id, field, enterprise_id, village_id, reason, state, act_id, returned_at,
                                          moved_at, returned_by_id, post_id, keeper_id, event, answer, answer_words)
    SELECT %(section)s, %(field)s, e.id, e.village_id, %(reason)s, 'open', %(act)s, %(at)s, %(at)s, %(by)s, %(post)s, {_KEEPER},
           (SELECT max(v.pgh_id) FROM registry_enterpriseevent v WHERE v.pgh_obj_id = e.id), '', ''
    FROM registry_enterprise e
    WHERE e.id = ANY(%(ids)s) AND e.status <> 'closed' ORDER BY e.id
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own SQL, bound values


def return_enterprise_field(*, choice: Choice, field: str, reason: str, by: User, post: Post, at: datetime) -> Done:
    """Return one field (`rules.ENTERPRISE_FIELDS`) of every chosen enterprise, with one reason; open returns stay as they are.

    Raises `ReasonTooShort`, `UnknownField`, and what `policies.check_return_within` raises.
    """
    section = _section_of(field, at)
    policies.check_return_within(post, post.region_code, duties_of(post, timezone.localdate(at), keys=[section.key]))
    words = read_reason(reason)
    with recorded(Act.RETURNED, by=by, at=at, post=post, field=field) as event:
        ids = lock_enterprises(ids_of(choice, within=post.region_code))
        open_act(event, ActKind.RETURNED, by=by, post=post, at=at)
        with connection.cursor() as cursor:
            cursor.execute(
                _RETURN,
                {"section": section.id, "field": field, "reason": words, "act": event, "at": at, "by": by.pk,
                 "post": post.pk, "ids": ids},
            )  # fmt: skip
            number = int(cursor.rowcount)
    return Done(event, number, number)


def _section_of(field: str, at: datetime) -> SectionView:
    sections = sections_on(timezone.localdate(at), SubjectKind.ENTERPRISE)
    key = section_of(field, [(one.key, one.fields) for one in sections])
    return next(one for one in sections if one.key == key)


def return_potential_field(
    *, potential_id: int, field: str, reason: str, by: User, post: Post, at: datetime
) -> FieldReturn:
    """Return one field (`rules.POTENTIAL_FIELDS`) of a village's potential, with a reason.

    Gives the live return of the field where there is one already. Raises as `return_enterprise_field`, and
    `VillagePotential.DoesNotExist`.
    """
    day = timezone.localdate(at)
    section = next((s for s in sections_on(day, SubjectKind.VILLAGE) if "potential" in s.fields), None)
    if section is None or field not in POTENTIAL_FIELDS:
        raise UnknownField(_("Isian %s tidak termasuk bagian mana pun yang disahkan.") % field)
    found = VillagePotential.objects.get(pk=potential_id)
    policies.check_return_within(post, found.village_id, duties_of(post, day, keys=[section.key]))
    words = read_reason(reason)
    with recorded(Act.RETURNED, by=by, at=at, post=post, field=field) as event:
        lock_villages([found.village_id])
        same = {"section_id": section.id, "field": field, "village_id": found.village_id, "record_id": found.pk}
        live = FieldReturn.objects.live().filter(enterprise_id__isnull=True, **same).first()
        if live is not None:
            return live
        open_act(event, ActKind.RETURNED, by=by, post=post, at=at)
        return FieldReturn.objects.create(
            **same, reason=words, state=ReturnState.OPEN, act_id=event, returned_at=at, moved_at=at, returned_by=by,
            post=post, keeper_id=_keeper_of(found), event=_newest(found),
        )  # fmt: skip


def _keeper_of(found: VillagePotential) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM access_post WHERE region_code = %s AND is_active AND role = 'village_officer')",
            [found.village_id],
        )
        row = cursor.fetchone()
    return None if row and row[0] else found.source_agency_id


def _newest(found: VillagePotential) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pgh_id) FROM registry_villagepotentialevent WHERE pgh_obj_id = %s", [found.pk])
        row = cursor.fetchone()
    return row[0] if row else None


def undo_returns(*, act_id: UUID, by: User, post: Post, at: datetime) -> Done:
    """Withdraw every return of one act that nobody answered yet."""
    policies.check_return(post)
    with recorded(Act.RETURN_WITHDRAWN, by=by, at=at, post=post) as event:
        rows = FieldReturn.objects.filter(act_id=act_id, state=ReturnState.OPEN, post__agency=post.agency)
        ids: Sequence[int] = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        number = FieldReturn.objects.filter(pk__in=ids).update(
            state=ReturnState.WITHDRAWN, closed_at=at, closed_by=by, moved_at=at
        )
    return Done(event, number, number)
