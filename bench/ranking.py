"""Ranking: every village at once under shaken weights, beside pymcdm doing the same; a whole run; and the ranking page."""

from __future__ import annotations

import resource
import time

import numpy as np

from bench.measuring import Figure

VILLAGES, CANDIDATES, CRITERIA, DRAWS = 3442, 10, 12, 2000
SAMPLE = 40  # villages that pymcdm ranks under all draws; its time is scaled up to all villages
ROUNDS = 3


def measure() -> list[Figure]:
    """The engine alone, then the installation's own registry."""
    return [*_engine(), *_installation()]


def _engine() -> list[Figure]:
    from lontar.engines.ranking import Method, acceptability, problem, weight_draws

    source = np.random.default_rng(2026)
    values = source.random((VILLAGES, CANDIDATES, CRITERIA))
    asked = problem(values, directions=[1] * CRITERIA)
    draws = weight_draws(np.full(CRITERIA, 1 / CRITERIA), count=DRAWS, seed=1)
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        found = acceptability(values, asked=asked, draws=draws, method=Method.SUM)
        taken.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    acceptability(values, asked=asked, draws=draws, method=Method.TOPSIS)
    topsis = time.perf_counter() - begun
    theirs = _pymcdm(values, draws) * VILLAGES / SAMPLE
    if not np.allclose(found.first.sum(axis=1), 1):
        raise SystemExit("shares of first places do not sum to 1")
    best, memory = min(taken), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return [
        Figure(
            "3.442 villages × 10 × 12 × 2.000 draws, weighted sum", best, "s", "≤ 5 s", met=best <= 5,
            reference=f"TOPSIS {topsis:.1f} s",
        ),
        Figure(
            "the same by TOPSIS beside pymcdm", theirs / topsis, "times faster",
            reference=f"pymcdm {theirs:.0f} s, scaled up from {SAMPLE} villages",
        ),
        Figure("memory of it", memory, "GB", "≤ 1 GB", met=memory <= 1),
    ]  # fmt: skip


def _pymcdm(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], draws: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> float:
    """Seconds in which pymcdm ranks `SAMPLE` villages by TOPSIS under every draw, one call each as its interface has it."""
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    method, types = TOPSIS(vector_normalization), np.ones(CRITERIA)
    part = draws[:50]
    begun = time.perf_counter()
    for matrix in values[:SAMPLE]:
        for weights in part:
            method(matrix, weights, types, validation=False)
    return (time.perf_counter() - begun) * len(draws) / len(part)


def _installation() -> list[Figure]:
    """A run over the whole registry and the page of the list, in the process that a request would run in."""
    from django.test import Client
    from django.utils import timezone

    from lontar.access.models import Post
    from lontar.selection.actions import request_ranking, ship_sets
    from lontar.selection.models import SetVersion
    from lontar.selection.steps.run import carry

    now = timezone.now()
    ship_sets(by=None, at=now)
    version = SetVersion.objects.get(criteria_set__key="wilayah", valid_until__isnull=True)
    begun = time.perf_counter()
    asked = request_ranking(version=version, post=None, by=None, at=now, day=timezone.localdate(now))
    done = carry(asked.pk)
    whole = time.perf_counter() - begun
    post = Post.objects.get(code="DPMD-BIDANG")
    user = post.holdings.select_related("user").get(valid_until__isnull=True).user
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = ["", "?wilayah=53.09", "?urut=-kepastian&hal=40", "?keadaan=open", "?q=kopi"]
    taken = sorted(_seconds(client, f"/kantor/unggulan/{page}") for _round in range(20) for page in pages)
    unit = sorted(_seconds(client, "/kantor/unggulan/unit/village:53.09.02.2010/") for _round in range(40))
    p95, p95_unit = taken[int(len(taken) * 0.95)] * 1000, unit[int(len(unit) * 0.95)] * 1000
    return [
        Figure(
            "a whole run: registry to rankings in force", whole, "s",
            reference=f"{done.units if done else 0} units, {done.candidates if done else 0} candidates",
        ),
        Figure("ranking page, p95", p95, "ms", "≤ 100 ms", met=p95 <= 100, reference=f"median {taken[50] * 1000:.0f} ms"),
        Figure("page of one unit, p95", p95_unit, "ms"),
    ]  # fmt: skip


def _seconds(client: object, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)  # type: ignore[attr-defined]  # a test client
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return time.perf_counter() - begun
