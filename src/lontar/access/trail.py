"""One audit event for each action: who, as which post, which act, when.

Database triggers write what changed in every row (django-pghistory); this module ties the rows of one action together under
one context that carries a stable dotted name such as `access.post.given`. A name of its own beside the module names of the
house, because every app's `actions` use it and it is neither rule nor policy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from pghistory import runtime

from lontar.access.models import Post, User
from lontar.access.statements import kept_statements

_EVENT = """
WITH event AS (
    INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
    VALUES (%(id)s, now(), now(), %(metadata)s::text::jsonb)
)
SELECT set_config('pghistory.context_id', %(id)s::text, true),
       set_config('pghistory.context_metadata', %(metadata)s::text, true)
"""
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}")


@contextmanager
def recorded(
    action: str, *, by: User | None, at: datetime, post: Post | None = None, **details: str | int | None
) -> Iterator[UUID]:
    """Run the block in one transaction as one audit event; gives the event's id.

    `action` is app.thing.done; `by` is None for the operator at the command line; `post` defaults to the one that the
    request acts as; `details` must hold no personal data. An action inside another action belongs to the outer one. The
    event exists even when no tracked row changes (an unlock, a chosen post).
    """
    if not _NAME.fullmatch(action):
        raise ValueError(f"{action!r}: an audit event is named app.thing.done")
    with transaction.atomic(), pghistory.context():
        outer = runtime._tracker.value
        if "action" in outer.metadata:
            yield outer.id
            return
        metadata = {**outer.metadata, **details, "action": action, "at": at.isoformat(), "user": by.pk if by else None}
        if post is not None:
            metadata["post"] = post.pk
        own = runtime.Context(id=uuid4(), metadata=metadata)
        # pghistory joins every nested context to the outermost one, so that the second action of a request would rename
        # the first; an action therefore puts its own in place, and the request's back.
        runtime._tracker.value = own
        try:
            # By hand: every action comes by here, and a model's way to one row costs more than the row. The statement also
            # tells the triggers of this transaction which event they write for, as pghistory does before each of Django's.
            with kept_statements() as cursor:
                cursor.execute(_EVENT, {"id": own.id, "metadata": json.dumps(metadata, cls=DjangoJSONEncoder)})
            yield own.id
        finally:
            runtime._tracker.value = outer
