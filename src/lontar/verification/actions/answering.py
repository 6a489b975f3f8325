"""What follows a returned field: its keeper corrects or confirms it; whoever returned it accepts, returns again or withdraws.

Accepting reviews this one field: the mark of its change leaves the sign-off, and the rest of the section stays as it was.
Where another agency is the authority for the field, the correction is a claim, and accepting it lets the claim hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.registry.actions import accept_claim, change_enterprise, change_potential, hold_writer
from lontar.registry.models import VillagePotential
from lontar.registry.rules.claims import ENTERPRISE
from lontar.verification import policies
from lontar.verification.models import FieldReturn
from lontar.verification.queries.returns import proposed_claim
from lontar.verification.rules import ENTERPRISE_FIELDS, POTENTIAL_FIELDS, read_reason
from lontar.verification.states import TRANSITIONS, Act, AnswerKind, ReturnState


class NoSuchStep(Refused):
    """A state that cannot follow the one the return has."""


class NothingCorrected(Refused):
    """A correction that leaves the value as it was."""


def answer_return(
    *,
    return_id: int,
    answer: AnswerKind,
    words: str = "",
    values: Mapping[str, Any] | None = None,
    read_at: datetime | None = None,
    by: User,
    post: Post,
    at: datetime,
) -> FieldReturn:
    """Correct the field with `values` (names as in the form of the record), or say with a reason that it stands as it is.

    `read_at` is the `recorded_at` of the record that the person saw. Raises what changing the record raises
    (`EnterpriseInvalid`, `PotentialInvalid`, `ChangedMeanwhile`), `NothingCorrected` when nothing differs, `NoSuchStep` when
    somebody answered meanwhile, `ReasonTooShort` for "it stands" without a reason.
    """
    with recorded(Act.ANSWERED, by=by, at=at, post=post):
        hold_writer()
        found = _held(return_id)
        policies.check_answer_return(post, found)
        _step(found, ReturnState.ANSWERED)
        if answer is AnswerKind.STANDS:
            words = read_reason(words)
        else:
            words = " ".join(words.split())[:1000]
            before = _events(found)
            _correct(found, values or {}, read_at=read_at, by=by, post=post, at=at)
        found.answer, found.answer_words = answer, words
        found.answered_at, found.answered_by, found.answered_post = at, by, post
        if answer is AnswerKind.CORRECTED and _events(found) == before and proposed_claim(found) is None:
            raise NothingCorrected(
                _("Nilainya masih sama. Ubah isiannya, atau pilih “Sudah benar” dan tuliskan alasannya.")
            )
        return _saved(found, ReturnState.ANSWERED, at=at)


def _correct(
    found: FieldReturn, values: Mapping[str, Any], *, read_at: datetime | None, by: User, post: Post, at: datetime
) -> None:
    """Change just the returned field, by the action of the record."""
    own = set(_inputs(found))
    given = {name: value for name, value in values.items() if name in own}
    if found.enterprise_id is not None:
        change_enterprise(enterprise_id=found.enterprise_id, values=given, read_at=read_at, by=by, post=post, at=at)
    else:
        _change_potential(found, given, read_at=read_at, by=by, post=post, at=at)


def _inputs(found: FieldReturn) -> tuple[str, ...]:
    """The inputs of the record's form that make up the field."""
    if found.enterprise_id is None:
        return POTENTIAL_FIELDS[found.field].columns
    columns = ENTERPRISE_FIELDS[found.field].columns
    return tuple(name.removesuffix("_id") for name in columns)


def _change_potential(
    found: FieldReturn, given: Mapping[str, Any], *, read_at: datetime | None, by: User, post: Post, at: datetime
) -> None:
    """The form of a potential is whole: the other values are given as they stand."""
    potential = VillagePotential.objects.get(pk=found.record_id or 0)
    whole = {name: getattr(potential, name) for name in POTENTIAL_FIELDS}
    change_potential(potential_id=potential.pk, values={**whole, **given}, read_at=read_at, by=by, post=post, at=at)


def _columns(found: FieldReturn) -> tuple[str, tuple[str, ...], int | None]:
    """The record's table, the columns of the field, the record's number."""
    if found.enterprise_id is None:
        return "registry_villagepotential", POTENTIAL_FIELDS[found.field].columns, found.record_id
    return "registry_enterprise", ENTERPRISE_FIELDS[found.field].columns, found.enterprise_id


def _events(found: FieldReturn) -> tuple[Any, ...]:
    table, columns, number = _columns(found)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = %s", [number])  # noqa: S608 - declared columns
        return tuple(cursor.fetchone() or ())


def accept_return(*, return_id: int, by: User, post: Post, at: datetime) -> FieldReturn:
    """Accept the answer: only this field is reviewed, and where its section was signed it stands signed again."""
    with recorded(Act.ACCEPTED, by=by, at=at, post=post):
        hold_writer()
        found = _held(return_id)
        policies.check_review_return(post, found)
        _step(found, ReturnState.ACCEPTED)
        _let_hold(found, by=by, post=post, at=at)
        _review(found)
        found.closed_at, found.closed_by = at, by
        return _saved(found, ReturnState.ACCEPTED, at=at)


def _let_hold(found: FieldReturn, *, by: User, post: Post, at: datetime) -> None:
    """Let the keeper's correction hold where the word of another agency is in force."""
    claim = proposed_claim(found) if found.answer == AnswerKind.CORRECTED else None
    if claim is None:
        return
    column = ENTERPRISE_FIELDS[found.field].columns[0]
    field = next(one.key for one in ENTERPRISE.fields if column in one.columns)
    reason = _("Perbaikan atas isian yang dikembalikan diterima: %(reason)s") % {"reason": found.reason}
    accept_claim(
        subject=ENTERPRISE.name, record_id=claim.enterprise_id, field=field, claim_id=claim.pk, reason=reason[:1000],
        by=by, post=post, at=at,
    )  # fmt: skip


def _review(found: FieldReturn) -> None:
    """Take the change of this field off the sign-offs of its section, and let them show the value from now on."""
    if found.enterprise_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE verification_signoff SET changed_fields = ARRAY(SELECT f FROM unnest(changed_fields) f"
                " WHERE f <> ALL(%s)) WHERE enterprise_id = %s AND section_id = %s AND ended_act_id IS NULL",
                [list(ENTERPRISE_FIELDS[found.field].columns), found.enterprise_id, found.section_id],
            )
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE verification_signoff SET changed_fields = array_remove(changed_fields, %s) WHERE village_id = %s"
            " AND enterprise_id IS NULL AND section_id = %s AND ended_act_id IS NULL",
            [f"potential/{found.record_id}/{found.field}", found.village_id, found.section_id],
        )


def return_again(*, return_id: int, reason: str, by: User, post: Post, at: datetime) -> FieldReturn:
    """Return the field once more, with a new reason; the earlier one stays in the history."""
    words = read_reason(reason)
    with recorded(Act.RETURNED_AGAIN, by=by, at=at, post=post):
        found = _held(return_id)
        policies.check_review_return(post, found)
        _step(found, ReturnState.AGAIN)
        found.reason = words
        return _saved(found, ReturnState.AGAIN, at=at)


def withdraw_return(*, return_id: int, by: User, post: Post, at: datetime) -> FieldReturn:
    """Withdraw the return: nothing is asked any more. A change made meanwhile stays marked for the signer."""
    with recorded(Act.RETURN_WITHDRAWN, by=by, at=at, post=post):
        found = _held(return_id)
        policies.check_review_return(post, found)
        _step(found, ReturnState.WITHDRAWN)
        found.closed_at, found.closed_by = at, by
        return _saved(found, ReturnState.WITHDRAWN, at=at)


def _held(return_id: int) -> FieldReturn:
    """The return, its record locked first and then the return itself, in the order in which every act locks them."""
    seen = FieldReturn.objects.get(pk=return_id)
    with connection.cursor() as cursor:
        if seen.enterprise_id is not None:
            cursor.execute("SELECT id FROM registry_enterprise WHERE id = %s FOR NO KEY UPDATE", [seen.enterprise_id])
        else:
            cursor.execute("SELECT code FROM registry_region WHERE code = %s FOR NO KEY UPDATE", [seen.village_id])
    return FieldReturn.objects.select_for_update(of=("self",)).select_related("post__agency").get(pk=return_id)


def _step(found: FieldReturn, to: ReturnState) -> None:
    now = ReturnState(found.state)
    if to not in TRANSITIONS[now]:
        raise NoSuchStep(
            _("Isian ini sudah berkeadaan “%(now)s”. Muat ulang halaman untuk melihat yang terbaru.")
            % {"now": now.label}
        )


def _saved(found: FieldReturn, to: ReturnState, *, at: datetime) -> FieldReturn:
    found.state, found.moved_at = to, at
    found.save()
    return found
