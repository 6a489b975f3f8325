"""The open report at full size: its page uncached, the signed paper, all one-pagers, the build and both verifications."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measuring import Figure

QUARTER = "2026-T3"
ROUNDS = 5
PAGES = 40


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the quickest round."""
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measure(quarter: str = QUARTER) -> list[Figure]:
    """Over the demo province with its published quarters."""
    from lontar.access.scope import acting_in
    from lontar.engines.reporting import verify
    from lontar.reports.models import Report
    from lontar.reports.steps import papers
    from lontar.reports.steps.proving import verify_published
    from lontar.reports.steps.sheets import write_sheets

    with acting_in("53"):
        report = Report.objects.select_related("draft", "post__agency", "paper").get(quarter=quarter)
        folder = papers.package_of(report).folder
        cold, kept = pages(quarter)
        paper = best(lambda: drawn(report))
        out = Path(tempfile.mkdtemp())
        sheets = best(lambda: write_sheets(quarter, out), 2)
        count = len(list(out.glob("*.pdf")))
        shutil.rmtree(out)
        files, server = best(lambda: verify(folder), 3), best(lambda: verify_published(quarter), 3)
    return [
        Figure("report page, made anew, p95", cold * 1000, "ms", "≤ 60 ms", met=cold <= 0.06),
        Figure("report page, kept, p95", kept * 1000, "ms"),
        Figure("report as PDF", paper, "s", "≤ 3 s", met=paper <= 3),
        Figure(f"{count} one-page reports", sheets, "s", "≤ 20 s", met=sheets <= 20),
        Figure(f"verifying a quarter from its files ({report.figures} figures)", files, "s", "≤ 15 s", met=files <= 15),
        Figure("the same on the server, with the snapshot", server, "s", "≤ 15 s", met=server <= 15),
    ]


def pages(quarter: str) -> tuple[float, float]:
    """95th percentiles of the page with an empty shelf, and with a full one."""
    from django.test import Client

    from lontar.portal.views.delivery import shelf

    client, cold, kept = Client(SERVER_NAME="localhost"), [], []
    client.get(f"/laporan/{quarter}")
    for taken, is_cold in ((cold, True), (kept, False)):
        for _page in range(PAGES):
            if is_cold:
                shelf.clear()
            begun = time.perf_counter()
            if client.get(f"/laporan/{quarter}").status_code != 200:
                raise SystemExit("the report's page is not there")
            taken.append(time.perf_counter() - begun)
    return statistics.quantiles(cold, n=20)[-1], statistics.quantiles(kept, n=20)[-1]


def drawn(report: object) -> object:
    """The report's paper, words gathered and laid out."""
    from lontar.engines.papers.marks import Marks
    from lontar.engines.papers.pdf import qr_svg
    from lontar.engines.papers.report import draw_report
    from lontar.reports.models import Report
    from lontar.reports.steps import papers

    assert isinstance(report, Report)
    held = papers.package_of(report)
    content = papers.report_paper(report.draft, held, post=report.post, at=report.published_at)
    address = report.paper.address
    return draw_report(content, Marks("1", "XXXX", address, qr_svg(address)))


if __name__ == "__main__":
    from lontar.cli import database

    database.ready()
    for one in measure():
        print(one)
