"""Returns through the API of a real server, in batches and singly, and how soon the sums tell them; frames of what was accepted.

    .venv/bin/python -m bench.returns [number of producers]

runs it alone in an installation of its own (build/bench); `bench.__main__` may call `measure` in the common one.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psutil

from bench import installation
from bench.measuring import Figure, table, tree

BATCH, SINGLE_SECONDS, CLIENTS = 500, 6.0, 4
PRODUCERS = 20_000
MOST_EACH = 12  # ms: two cores for 150 a second give 13.3 to server, database and client together


def measure_fresh() -> list[Figure]:
    """`measure` in a fresh installation: months that the demo has closed take no returns."""
    installation.fresh()
    return measure()


def measure(number: int = PRODUCERS) -> list[Figure]:
    """Batches of 500 by two clients, single ones by four, each with a return of its own."""
    from lontar.engines.periods import Month

    month = Month.of(2026, 10)
    ids, secret = _prepared(number, month)
    with installation.served() as address:
        host = address.removeprefix("http://")
        half = len(ids) // 2
        begun = time.perf_counter()
        batches = [ids[start : start + BATCH] for start in range(0, half, BATCH)]
        with ThreadPoolExecutor(2) as clients:
            stored = sum(clients.map(lambda part: _batch(host, secret, part, month.start), batches))
        taken = time.perf_counter() - begun
        lag = _lag(half, month.start)
        if stored != half:
            raise SystemExit(f"{stored} returns stored in batches, not {half}")
        spent = _processor()
        single, sent = _singles(host, secret, ids[half:], month.start)
        each = sum(now - spent.get(pid, 0.0) for pid, now in _processor().items()) * 1000 / sent
    many = half / taken
    return [
        Figure("returns in batches of 500", many, "a second", "≥ 500", met=many >= 500),
        Figure("returns singly", single, "a second", "≥ 150", met=single >= 150),
        Figure("processor time of one, server and database", each, "ms", f"≤ {MOST_EACH} ms", met=each <= MOST_EACH),
        Figure("sums tell the last return after", lag, "s", "≤ 5 s", met=lag <= 5),
    ]


def _prepared(number: int, month: Any) -> tuple[list[int], str]:
    """Producers enough, the month open, last month's and last year's returns there; a key of the province."""
    import polars as pl
    from django.utils import timezone

    from lontar.access.actions import issue_token
    from lontar.access.models import Post
    from lontar.access.scope import acting_in
    from lontar.access.states import TokenScope
    from lontar.registry.models import Enterprise, Region
    from lontar.returns import actions
    from lontar.returns.models import Producer
    from lontar.returns.states import Maker

    now = timezone.now()
    with acting_in("53"):
        actions.open_periods(month.shift(-12), month, by=None, at=now)
        villages = list(Region.objects.villages().order_by("code").values_list("code", flat=True))
        made = Enterprise.objects.bulk_create(
            (Enterprise(village_id=villages[place % len(villages)], name=f"Usaha Ukur {place}", recorded_at=now)
             for place in range(number)), batch_size=5000,
        )  # fmt: skip
        wanted = [
            actions.NewProducer(
                maker=Maker.ENTERPRISE,
                maker_id=one.pk,
                name=one.name,
                village=one.village_id,
                category="drink",
                unit="kg",
            )
            for one in made
        ]
        actions.enrol_producers(wanted, first=month.shift(-12), by=None, post=None, at=now)
        ids = list(Producer.objects.order_by("pk").values_list("pk", flat=True))[-number:]
        for earlier in (month.shift(-1), month.shift(-12)):
            frame = pl.DataFrame({"producer_id": ids, "turnover": 1_000_000}).with_columns(month=pl.lit(earlier.start))
            actions.receive_frame(frame, by=None, post=None, at=now)
        post = Post.objects.get(code="DPMD-BIDANG")
        by = post.holdings.select_related("user").get(valid_until__isnull=True).user
        issued = issue_token(
            name="ukur",
            post=post,
            scopes=[TokenScope.READ, TokenScope.SUBMIT],
            by=by,
            at=now,
            expires_at=now + timedelta(days=1),
        )
    return ids, issued.secret


def _answer(producer: int, month: date) -> dict[str, Any]:
    return {
        "producer_id": producer, "month": month.isoformat(), "turnover": 1_100_000, "quantity": 12.5, "unit": "kg",
        "price_raw": 60_000, "price_packed": 88_000, "channel_mart": 300_000, "channel_direct": 800_000,
        "paid_women": 2, "unpaid_men": 1, "youth": 1, "worker_days": 60, "material_inside": 200_000,
    }  # fmt: skip


def _post(connection: http.client.HTTPConnection, path: str, secret: str, content: object) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    connection.request("POST", path, body=json.dumps(content), headers=headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def _batch(host: str, secret: str, ids: list[int], month: date) -> int:
    connection = http.client.HTTPConnection(host, timeout=120)
    status, told = _post(connection, "/api/v1/returns/batch", secret, {"items": [_answer(one, month) for one in ids]})
    connection.close()
    if status != 200:
        raise SystemExit(f"batch: {status} {told}")
    return int(told["counts"]["stored"])


def _lag(wanted: int, month: date) -> float:
    """Seconds until the sums per village tell every return."""
    from django.db.models import Sum

    from lontar.access.scope import acting_in
    from lontar.returns.models import ReturnTally

    begun = time.perf_counter()
    with acting_in("53"):
        while (ReturnTally.objects.filter(month=month).aggregate(n=Sum("submitted"))["n"] or 0) < wanted:
            if time.perf_counter() - begun > 30:
                raise SystemExit("the sums do not follow")
            time.sleep(0.01)
    return time.perf_counter() - begun


def _singles(host: str, secret: str, ids: list[int], month: date) -> tuple[float, int]:
    """Returns a second over kept connections, each of another producer, and how many they were."""
    end = time.perf_counter() + SINGLE_SECONDS

    def run(part: list[int]) -> int:
        connection, number = http.client.HTTPConnection(host, timeout=60), 0
        for one in part:
            if time.perf_counter() >= end:
                break
            status, told = _post(connection, "/api/v1/returns", secret, _answer(one, month))
            if status != 201:
                raise SystemExit(f"single: {status} {told}")
            number += 1
        connection.close()
        return number

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        number = sum(clients.map(run, [ids[start::CLIENTS] for start in range(CLIENTS)]))
    return number / (time.perf_counter() - begun), number


def _processor() -> dict[int, float]:
    """Processor seconds so far of web server and database by process; other work on the machine does not change them much."""
    from lontar.host import embedded

    database = tree(int((embedded.cluster() / "postmaster.pid").read_text().split()[0]))
    spent = {}
    for one in [*psutil.Process().children(recursive=True), *database]:
        try:
            told = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent[one.pid] = told.user + told.system
    return spent


if __name__ == "__main__":
    installation.fresh()
    table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else PRODUCERS))
