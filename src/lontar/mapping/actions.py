"""Asking for a mapping document; the making itself is `steps.run`, carried by a worker or by the command."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.mapping import policies, tasks
from lontar.mapping.models import MappingRun
from lontar.mapping.states import Act
from lontar.registry.models import Region


class AlreadyAsked(Refused):
    """Dokumen wilayah ini sedang dibuat."""


def request_document(*, region: Region, base: str, post: Post, by: User | None, at: datetime) -> MappingRun:
    """Ask for a new version and wake a worker when that is committed.

    `base` is the address of the site, which the QR code leads to. Raises Refused for a post that may not, and AlreadyAsked
    while another request for the region is open.
    """
    policies.check_issue_document(post, region.code)
    with recorded(Act.REQUESTED, by=by, at=at, post=post, region=region.code):
        try:
            with transaction.atomic():
                run = MappingRun.objects.create(
                    region=region, post=post, asked_by=by, asked_at=at, moved_at=at, base=base.rstrip("/")
                )
        except IntegrityError as problem:
            if "mapping_one_open_run" not in str(problem):
                raise
            raise AlreadyAsked(_("Dokumen %(name)s sedang dibuat.") % {"name": region.name}) from problem
        transaction.on_commit(lambda: tasks.queue(run.pk))
    return run
