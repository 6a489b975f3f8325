"""The rankings of the demo province: every unit by every shipped set, so that what stands first can be seen at once."""

from __future__ import annotations

import time
from collections.abc import Callable


def rank_all(say: Callable[[str], None]) -> None:
    """Record the shipped sets and rank all units by each; does nothing for a set that has a ranking in force."""
    from django.utils import timezone

    from lontar.cli.registry.attributes import bring_seats
    from lontar.selection.actions import request_ranking, ship_sets
    from lontar.selection.models import CandidateRun, SetVersion
    from lontar.selection.steps.run import Reading, carry

    started, now = time.monotonic(), timezone.now()
    bring_seats()
    ship_sets(by=None, at=now)
    ranked = set(CandidateRun.objects.filter(is_current=True).values_list("criteria_set_id", flat=True))
    versions = SetVersion.objects.as_at(timezone.localdate(now)).exclude(criteria_set_id__in=ranked)
    reading, units = Reading(), 0
    for version in versions.select_related("criteria_set").order_by("criteria_set__position"):
        asked = request_ranking(version=version, post=None, by=None, at=timezone.now(), day=timezone.localdate(now))
        done = carry(asked.pk, reading=reading)
        units += done.units if done else 0
    if units:
        say(f"  peringkat calon unggulan: {units} unit ({time.monotonic() - started:.1f} s)")
