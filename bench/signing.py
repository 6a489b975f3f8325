"""Signing 10,000 enterprises in bulk, undoing it, and the overview of sections: at full size, as the plain role."""

from __future__ import annotations

import time

from bench.measuring import Figure

ROUNDS = 3
MANY = 10_000


def measure() -> list[Figure]:
    """The best of three rounds, each of which leaves nothing behind but its history."""
    from django.utils import timezone

    from lontar.access.models import Post
    from lontar.access.scope import acting_in
    from lontar.registry.models import Enterprise
    from lontar.verification.actions import sign_enterprises, undo_act
    from lontar.verification.queries.choosing import Choice

    post = Post.objects.select_related("agency").get(code="KOPUKM-DATA")
    by = post.holdings.select_related("user").get(valid_until__isnull=True).user
    signing, undoing = [], []
    with acting_in("53"):
        fresh = Enterprise.objects.filter(verified_at__isnull=True, status="active").order_by("pk")
        ids = list(fresh.values_list("pk", flat=True)[:MANY])
        for _round in range(ROUNDS):
            begun = time.perf_counter()
            done = sign_enterprises(choice=Choice(ids=ids), by=by, post=post, at=timezone.now())
            signing.append(time.perf_counter() - begun)
            if done.subjects != len(ids):
                raise SystemExit(f"{done.subjects} enterprises signed, not {len(ids)}")
            begun = time.perf_counter()
            undo_act(act_id=done.event, by=by, post=post, at=timezone.now())
            undoing.append(time.perf_counter() - begun)
        shown = _overview()
    best = min(signing)
    return [
        Figure(
            "bulk sign-off of 10.000 enterprises", best, "s", "≤ 3 s", met=best <= 3,
            reference=f"three sections each, with history, cells and tallies; undone in {min(undoing):.1f} s",
        ),
        Figure("overview of all sections of the province", shown * 1000, "ms"),
    ]  # fmt: skip


def _overview() -> float:
    """Seconds for the numbers of every section, the best of five."""
    from django.utils import timezone

    from lontar.verification.queries.sections import sections_on
    from lontar.verification.queries.standing import counts

    taken = []
    for _round in range(5):
        begun = time.perf_counter()
        for section in sections_on(timezone.localdate()):
            counts(section, "53")
        taken.append(time.perf_counter() - begun)
    return min(taken)
