"""What the views of one batch share: the batch that the reader may see, and the page that a list asks for."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lontar.access.doors import post_of
from lontar.access.models import Post
from lontar.access.policies import Policy
from lontar.intake import policies
from lontar.intake.models import Batch
from lontar.ui.presenters import Pager, Query

SIZES = (25, 50, 100)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def batch_for(
    request: HttpRequest, number: int, check: Policy[[Post | None, Batch]] = policies.check_see_batch
) -> Batch:
    """The batch, 404 beyond the scope; refuses whom `check` refuses."""
    found: QuerySet[Batch] = Batch.objects.select_related("agency", "submitted_by", "corrects")
    batch = get_object_or_404(found, pk=number)
    check(post_of(request), batch)
    return batch


def pager_for(query: Query, count: int, *, size: int = 50) -> tuple[Pager, slice]:
    """The pager that the address asks for, and the rows of its page; a page beyond the last is the last."""
    asked = query.get("per")
    size = int(asked) if asked in {str(one) for one in SIZES} else size
    wanted = query.get("hal", "1")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 1
    page = min(max(page, 1), max(1, -(-count // size)))
    return Pager(query, count, page, size), slice((page - 1) * size, page * size)
