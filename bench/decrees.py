"""Issuing 500 decrees at once: numbered, drawn as PDF/A, signed, kept, recorded in one transaction, as the plain role."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from bench.measuring import Figure, PeakMemory, tree

MANY = 500
TARGET = 120.0
KIND = "sk-produk-unggulan"


class _TakenBack(Exception):
    """Ends the measured transaction, so that a measurement issues nothing."""


def measure(*, many: int = MANY) -> list[Figure]:
    """Once with PDF alone and once with Word beside it; each is rolled back."""
    alone, busy, peak = _issued(many, with_word=False)
    both, _busy, _peak = _issued(many, with_word=True)
    return [
        Figure(
            f"{many} decrees drawn, signed and recorded (PDF/A)", alone, "s", f"≤ {TARGET:.0f} s", met=alone <= TARGET,
            reference=f"{busy:.1f} s of computing, {busy / many * 1000:.0f} ms each; with Word beside {both:.1f} s",
        ),
        Figure(f"{many} decrees, memory at its peak", peak, "MiB"),
    ]  # fmt: skip


def _issued(many: int, *, with_word: bool) -> tuple[float, float, float]:
    """Seconds, seconds of computing (which other work on the machine does not change) and peak memory in MiB of one act."""
    import os

    from django.db import transaction

    from lontar.access.models import Post
    from lontar.access.scope import acting_in
    from lontar.documents.actions import publish
    from lontar.engines.papers.signing import LocalSigner, make_demo, read_keyed

    post = Post.objects.select_related("agency").filter(role="province_officer", is_active=True).order_by("pk")[0]
    signer = LocalSigner(read_keyed(make_demo(), password="", name="bench"), means="demo")
    memory = PeakMemory(lambda: tree(os.getpid()))
    memory.start()
    begun, computed = time.perf_counter(), time.process_time()
    taken = busy = 0.0
    try:
        with acting_in("53"), transaction.atomic():
            made = publish(
                drafts=_drafts(many, with_word=with_word), post=post, by=None, at=datetime.now(UTC), signer=signer
            )
            taken, busy = time.perf_counter() - begun, time.process_time() - computed
            if len(made) != many:
                raise SystemExit(f"{len(made)} papers issued, not {many}")
            raise _TakenBack
    except _TakenBack:
        return taken, busy, memory.stop()


def _drafts(many: int, *, with_word: bool) -> list[Any]:
    from dataclasses import replace

    from lontar.documents.actions import Draft
    from lontar.engines.papers.decree import decree_drawer, sample_decree

    drafts = []
    for number in range(many):
        rows = [(str(n), f"Desa Contoh {n}", "Kecamatan Contoh", "Kopi Contoh") for n in range(1, 16)]
        decree = replace(sample_decree(rows), about=f"Penetapan Produk Unggulan Desa Contoh {number}")
        facts = (("Desa", f"Desa Contoh {number}"), ("Produk", "Kopi Contoh"))
        draw = decree_drawer(decree, with_word=with_word)
        drafts.append(Draft(KIND, decree.about, "53.09", facts, draw))
    return drafts


if __name__ == "__main__":
    from bench import installation
    from bench.measuring import table

    installation.fresh()
    table(measure())
