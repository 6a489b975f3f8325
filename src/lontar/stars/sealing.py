"""The seal of scores: whose own sheet this transaction may see while the others are still scoring.

An addition to the module names of the house, beside `access.scope`, whose kind it is: row-level security shows a score only
when its assessment is open, or to the post named here. Who may score is asked of the policies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from lontar.access.models import Post


@contextmanager
def scoring_as(post: Post) -> Iterator[None]:
    """Within the block, in one transaction, the sheets of `post` are visible besides those that are open to all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lontar.assessor', true)")
        row = cursor.fetchone()
        cursor.execute("SELECT set_config('lontar.assessor', %s, true)", [str(post.pk)])
        yield
        cursor.execute("SELECT set_config('lontar.assessor', %s, true)", [(row and row[0]) or ""])
