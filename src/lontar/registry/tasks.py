"""Jobs of the registry: values follow the authority table on the day on which a rank begins."""

from __future__ import annotations

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from lontar.access import scope
from lontar.registry.actions import follow_authorities


@app.periodic(cron="*/5 * * * *")
@app.task(name="registry.follow_authorities", queue="intake", queueing_lock="authorities", pass_context=False)
def follow(timestamp: int) -> None:
    """Settle what ranks in force since lately are about; nothing to do costs one query."""
    del timestamp
    close_old_connections()
    try:
        with scope.acting_in(settings.PROGRAMME_ROOT):
            follow_authorities(at=timezone.now())
    finally:
        close_old_connections()


def queue() -> None:
    """Ask a worker to follow now; asking twice is asking once."""
    try:
        follow.defer(timestamp=0)  # type: ignore[call-arg]  # a periodic task is given its time
    except exceptions.AlreadyEnqueued:
        return
