"""Runs every measurement and writes bench/results.json. `--quick` leaves out the tenfold province and the reference import."""

from __future__ import annotations

import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from bench import installation, measuring


def main(arguments: list[str]) -> int:
    """Exit status: 1 when a target was missed."""
    quick = "--quick" in arguments
    installation.fresh()
    from bench import decrees, intake, matching, priority, quarter, ranking, reading, reports, returns, signing

    figures = [*intake.measure(quick=quick), *reading.measure(label="168.002"), *signing.measure()]
    installation.lontar("demo", "load")  # rankings and plans are of villages with potential and products
    figures += [*ranking.measure(), *decrees.measure(), *priority.measure(), *quarter.measure()]
    figures += reports.measure()
    if not quick:
        intake.grow_tenfold()
        figures += reading.measure_tenfold()
    figures += [*_alone(matching.measure), *_alone(returns.measure_fresh)]
    measuring.report(figures, Path(__file__).with_name("results.json"))
    return 1 if any(figure.met is False for figure in figures) else 0


def _alone(work: Callable[[], list[measuring.Figure]]) -> list[measuring.Figure]:
    """Measured by a process of its own, because a fresh installation has other keys than this process holds."""
    with get_context("spawn").Pool(1) as process:
        return process.apply(work)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
