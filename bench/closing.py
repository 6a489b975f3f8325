"""Closing a quarter out of the database at full size: 168,002 producers of 3,442 villages with two years of accepted returns.

    .venv/bin/python -m bench.closing [number of producers]

runs it alone in an installation of its own (build/bench). The quarter before is closed first, from all of its twenty-four
months, as the first quarter of an installation is; then the quarter: asked with its check-list, locked, read, frozen,
computed for all levels, stored. Each closing is a process of its own, as the worker's is.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from multiprocessing import get_context

import numpy as np
import polars as pl

from bench import installation
from bench.measuring import Figure, table
from bench.quarter import MONTHS, PRODUCERS, QUARTER, SEED, month_of
from lontar.engines.periods import Month, Quarter


def measure(number: int = PRODUCERS) -> list[Figure]:
    """Seconds and peak of memory of the first closing and of the next one."""
    rows = _loaded(number)
    figures = []
    for quarter, words in ((QUARTER.shift(-1), "the first quarter, all 24 months"), (QUARTER, "the next quarter")):
        with get_context("spawn").Pool(1) as worker:
            wall, peak, kept = worker.apply(_closed, (quarter.label,))
        figures += [
            Figure(f"closing {words}: {rows:,} returns in the database, {kept:,} figures", wall, "s", "<= 15", wall <= 15),
            Figure(f"closing {words}: peak of memory", peak, "GB", "<= 3", peak <= 3),
        ]  # fmt: skip
    return figures


def _loaded(number: int) -> int:
    """Enterprises that report, their months and returns; all months before the two quarters closed. How many returns."""
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.registry.models import Enterprise, Region
    from lontar.returns import actions
    from lontar.returns.models import Producer
    from lontar.returns.states import Maker, PeriodState

    now, draw = timezone.now(), np.random.default_rng(SEED)
    last = Month.from_date(QUARTER.last_day)
    first = last.shift(1 - MONTHS)
    with acting_in("53"):
        villages = list(Region.objects.villages().order_by("code").values_list("code", flat=True))
        actions.open_periods(first, last, by=None, at=now)
        places = (draw.power(2, number) * len(villages)).astype(int)
        made = Enterprise.objects.bulk_create(
            (Enterprise(village_id=villages[at], name=f"Usaha Ukur {count}", recorded_at=now)
             for count, at in enumerate(places)), batch_size=5000,
        )  # fmt: skip
        categories = ("food", "drink", "weaving", "craft", "wicker", "fresh")
        wanted = [
            actions.NewProducer(
                maker=Maker.ENTERPRISE, maker_id=one.pk, name=one.name, village=one.village_id,
                category=categories[count % 6], unit="kg", unit_key=f"village:{one.village_id}" if count % 2 else "",
                designated_from=date(2025, 9, 15) if count % 2 else None,
            )
            for count, one in enumerate(made)
        ]  # fmt: skip
        actions.enrol_producers(wanted, first=first, by=None, post=None, at=now)
        ids = list(Producer.objects.order_by("pk").values_list("pk", flat=True))[-number:]
        asked, rows = pl.DataFrame({"producer_id": ids}), 0
        for month in first.until(last.shift(1)):
            frame = month_of(month.start, asked, draw)
            whole = frame.with_columns(youth=pl.when(pl.col("paid_women").is_not_null()).then("youth"))
            rows += actions.receive_frame(whole, by=None, post=None, at=now)
        earlier = list(first.until(QUARTER.shift(-1).months()[0]))
        spans = [*earlier, *{one.quarter for one in earlier}]
        actions.move_periods(spans, to=PeriodState.CLOSED, by=None, post=None, at=now)
    _analysed()
    return rows


def _analysed() -> None:
    """What autovacuum does within minutes: the planner knows how much there is."""
    import psycopg

    from lontar.host import embedded

    with psycopg.connect(embedded.url(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE returns_return, returns_producer, returns_returntally")


def _closed(label: str) -> tuple[float, float, int]:
    """Wall seconds from asking to the stored figures, peak GB, figures."""
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.cli import database

    database.ready(lambda _line: None)
    from lontar.engines.periods import parse_quarter
    from lontar.monitoring.actions import request_closing
    from lontar.monitoring.steps.run import carry

    quarter: Quarter = parse_quarter(label)
    with acting_in("53"):
        begun = time.perf_counter()
        run = request_closing(quarter, words="Pengukuran", by=None, post=None, at=timezone.now(), queued=False)
        done = carry(run.pk)
        wall = time.perf_counter() - begun
    if done is None:
        raise SystemExit(f"{label} was not closed")
    return wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576, done.figures


if __name__ == "__main__":
    installation.fresh()
    table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else PRODUCERS))
