"""API tokens: issued once in clear, kept as SHA-256, found again in constant time.

A secret is `ltr_` and 40 random letters and digits (about 238 bits), so a plain SHA-256 is enough to keep it; the first twelve
characters stay visible so that people can tell their tokens apart.
"""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hmac import compare_digest
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, Q
from django.utils.translation import gettext as _

from lontar.access import scope
from lontar.access.models import Agency, ApiToken, Post, User
from lontar.access.policies import Refused
from lontar.access.rules import check_token_terms
from lontar.access.statements import kept_statements
from lontar.access.states import Act
from lontar.access.trail import recorded

_ALPHABET = string.ascii_letters + string.digits
_MARK = "ltr_"
_LENGTH = 40
_VISIBLE = 12
_USED_EVERY = timedelta(minutes=1)


class AlreadyRevoked(Refused):
    """The token was revoked before."""


@dataclass(frozen=True)
class IssuedToken:
    """A new token with its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str = field(repr=False)


def issue_token(
    *, post: Post, name: str, scopes: list[str], expires_at: datetime, by: User, at: datetime
) -> IssuedToken:
    """Make a token with which a program acts for the post until `expires_at`, at most a year from `at`."""
    check_token_terms(scopes=scopes, expires_at=expires_at, at=at)
    secret = _MARK + "".join(secrets.choice(_ALPHABET) for _number in range(_LENGTH))
    with recorded(Act.TOKEN_ISSUED, by=by, at=at):
        token = ApiToken.objects.create(
            post=post,
            created_by=by,
            name=name,
            prefix=secret[:_VISIBLE],
            digest=_digest(secret),
            scopes=sorted(set(scopes)),
            created_at=at,
            expires_at=expires_at,
        )
    return IssuedToken(token, secret)


def revoke_token(*, token: ApiToken, by: User | None, at: datetime) -> ApiToken:
    """End a token at once; raises `AlreadyRevoked` the second time."""
    with recorded(Act.TOKEN_REVOKED, by=by, at=at):
        if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at) != 1:
            raise AlreadyRevoked(_("Kunci API ini sudah dicabut."))
        token.revoked_at = at
    return token


def find_token(secret: str, at: datetime) -> ApiToken | None:
    """The usable token of this secret, with its post and agency; None for any other text.

    Enters the row scope of the token's post (or closes the scope when there is none) and notes the use, at most once a
    minute. The search is by the SHA-256 of the secret, so its timing tells nothing about any stored secret.
    """
    digest = _digest(secret)
    with kept_statements() as cursor:
        row = cursor.execute(_finding(), {"digest": digest, "at": at}).fetchone()
    token = _token(row) if row and row[0] is not None else None
    scope.note_entered(token.post.region_code if token else "")
    if token is None or not compare_digest(token.digest, digest):
        scope.enter("")
        return None
    if token.last_used_at is None or token.last_used_at < at - _USED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - _USED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
        token.last_used_at = at
    return token


_PATHS: dict[str, type[Model]] = {"": ApiToken, "post__": Post, "post__agency__": Agency, "created_by__": User}
"""What is read of a usable token at once: the token, its post, the agency of that, and the person who made it."""


@cache
def _finding() -> str:
    """The statement that finds the usable token of a digest and enters the scope of its post, or closes it: one round trip.

    It is made once from the querysets that say what is usable, with the values left open; what it finds is never kept.
    """
    names = [path + one.attname for path, model in _PATHS.items() for one in model._meta.concrete_fields]
    usable = ApiToken.objects.usable_at(_SOME_TIME).filter(digest=_SOME_DIGEST)
    sql, values = usable.annotate(entered=F("post__region_code")).values_list(*names, "entered").query.sql_with_params()
    sql %= tuple({_SOME_TIME: "%(at)s", _SOME_DIGEST: "%(digest)s"}[value] for value in values)
    enter = scope.ENTER_FOUND.format(code="found.entered")
    return f"SELECT found.*, {enter} FROM (SELECT 1) one LEFT JOIN ({sql}) found ON true"  # noqa: S608 - our own names


_SOME_TIME, _SOME_DIGEST = datetime.max.replace(tzinfo=UTC), "0" * 64


def _token(row: Sequence[Any]) -> ApiToken:
    """The token of a row of `_finding`, with what belongs to it."""
    values = iter(row)
    made: list[Any] = []
    for model in _PATHS.values():
        names = [one.attname for one in model._meta.concrete_fields]
        made.append(model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names)))))
    token: ApiToken = made[0]
    token.post, token.post.agency, token.created_by = made[1:]
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
