"""The second agency's list after the first: time, memory, what was linked and how rightly; and the next pair for a reviewer."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import polars as pl
import psutil

from bench import installation
from bench.measuring import Figure, PeakMemory, tree

PAIRS = 20_000
_ROUNDS = 60
# Open pairs of neighbours in the registry, up to the number that the target names.
_MORE = """
INSERT INTO intake_pair (first_id, second_id, village_low, village_high, probability, reasons, source, state, created_at)
SELECT a.id, b.id, least(a.village_id, b.village_id), greatest(a.village_id, b.village_id), 0.15 + random() * 0.8, '~=.......',
    'search', 'open', now()
FROM registry_enterprise a JOIN registry_enterprise b ON b.id = a.id + 1
ORDER BY a.id LIMIT %s ON CONFLICT DO NOTHING
"""


def measure() -> list[Figure]:
    """An installation anew, both workbooks by the operator's command, then the review screen over `PAIRS` open pairs."""
    from lontar.cli.demo import frames
    from lontar.engines.demo.workbooks import write_clean, write_hurried

    installation.fresh()
    drawn = frames()
    first, second = installation.DATA / "usaha.xlsx", installation.DATA / "usaha-kedua.xlsx"
    write_clean(first, drawn.enterprises)
    write_hurried(second, drawn.second, truth=drawn.truth)
    one, one_peak = _submitted(first, "DPMD")
    two, two_peak = _submitted(second, "KOPUKM")
    peak = max(one_peak, two_peak)
    return [
        Figure(
            "both workbooks, matched, into the registry", one + two, "s", "≤ 90 s", met=one + two <= 90 and peak <= 2048,
            reference=f"first {one:.1f} s, second {two:.1f} s; peak {peak:.0f} MiB of all processes (≤ 2 GB)",
        ),
        *_linked(drawn.enterprises, drawn.truth),
        _next_pair(),
    ]  # fmt: skip


def _submitted(book: Path, agency: str) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one list, with the database and every child."""
    from lontar.host import embedded

    me = psutil.Process()
    postmaster = int((embedded.cluster() / "postmaster.pid").read_text().splitlines()[0])
    memory = PeakMemory(lambda: [*tree(postmaster), *me.children(recursive=True)])
    memory.start()
    begun = time.perf_counter()
    installation.lontar("intake", "submit", str(book), "--dataset", "enterprises", "--agency", agency, "--wait")
    return time.perf_counter() - begun, memory.stop()


def _linked(primary: pl.DataFrame, truth: pl.DataFrame) -> list[Figure]:
    """How long matching took, and how many of its links lead to the enterprise that the row truly is."""
    from lontar.access.scope import acting_in
    from lontar.intake.models import Batch, BatchRow, Matching, Pair, RowMatch

    def rows(batch: Batch) -> pl.DataFrame:
        places = BatchRow.objects.filter(batch=batch).order_by("sheet_no", "row_no")
        told = list(places.values_list("sheet_no", "row_no", "target_id"))
        return pl.DataFrame(told, schema=["sheet", "row", "target"], orient="row", infer_schema_length=None)

    with acting_in("53"):
        first, second = Batch.objects.filter(dataset="enterprises").order_by("pk")
        known = rows(first).hstack(primary.select("ID Sumber")).select("target", primary_id="ID Sumber")
        sent = rows(second).hstack(truth.select("primary_id")).join(known, on="primary_id", how="left", suffix="_true")
        links = RowMatch.objects.filter(batch=second, is_linked=True).values_list("sheet_no", "row_no", "enterprise_id")
        found = pl.DataFrame(list(links), schema=["sheet", "row", "found"], orient="row").join(
            sent, on=["sheet", "row"]
        )
        matching = Matching.objects.get(batch=second)
        waiting = Pair.objects.filter(batch=second).count()
        new = second.rows_new
    right = found.filter(pl.col("found") == pl.col("target_true")).height
    precision = right / max(found.height, 1)
    print(
        f"matching: {matching.seconds:.1f} s, linked {found.height}, precision {precision:.4f}, review {waiting}, new {new}"
    )
    return [
        Figure("matching of 120.000 with 168.002", matching.seconds, "s", "≤ 20 s", met=matching.seconds <= 20,
               reference=f"{matching.rows_settled} rows by numbers, {matching.rows_compared} compared"),
        Figure("links made without asking, precision", precision, "", "≥ 0.995", met=precision >= 0.995,
               reference=f"{found.height} linked, {waiting} pairs for review, {new} new"),
    ]  # fmt: skip


def _next_pair() -> Figure:
    """Server time of the next pair, over `PAIRS` open ones, each lent as a reviewer's page asks for it."""
    from django.db import connection
    from django.test import Client

    from lontar.access.models import User
    from lontar.access.scope import acting_in
    from lontar.intake.models import Pair
    from lontar.registry.models import Enterprise

    with acting_in("53"), connection.cursor() as cursor:
        cursor.execute(_MORE, [max(PAIRS - Pair.objects.filter(state="open").count(), 0)])
        cursor.execute("ANALYZE intake_pair")
        waiting, registry = Pair.objects.filter(state="open").count(), Enterprise.objects.count()
    browser = Client()
    reviewer = User.objects.get(username="dpmd.admin")
    browser.force_login(reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    taken, seen = [], ["0"]
    for _round in range(_ROUNDS):
        begun = time.perf_counter()
        answer = browser.get(
            "/kantor/pasangan/tinjau/berikut/", {"kecuali": ",".join(seen[-40:])}, HTTP_HOST="127.0.0.1"
        )
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"the next pair: {answer.status_code}")
        seen.append(answer.content.decode().split('data-pair="')[1].split('"')[0])
    slowest = statistics.quantiles(taken[5:], n=20)[18]
    return Figure("next pair to review, p95", slowest, "ms", "≤ 100 ms", met=slowest <= 100,
                  reference=f"{waiting} pairs open, registry of {registry}")  # fmt: skip


if __name__ == "__main__":
    from bench.measuring import table

    table(measure())
