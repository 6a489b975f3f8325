"""A snapshot's folder is all that the figures need."""

from __future__ import annotations

from pathlib import Path

import pytest
from polars.testing import assert_frame_equal
from tests.engines.indicators.frames import PARAMETERS, answers, asked, months
from tests.engines.indicators.test_computing import PRICES, QUARTER, facts

from lontar.engines.indicators import Facts, IndicatorError, Snapshot, compute, recompute, shipped, write_snapshot


def snapshot(given: Facts) -> Snapshot:
    """Two producers."""
    rows = answers(*months(1, 2026, 7, 8, 9), *months(2, 2026, 1, 2, 3), *months(1, 2025, 4, 4, 4))
    return Snapshot(QUARTER, rows, asked({"producer_id": 1}, {"producer_id": 2}), given, PRICES, shipped(), PARAMETERS)


def test_figures_are_the_same_from_the_folder_alone(tmp_path: Path) -> None:
    held = snapshot(facts())
    write_snapshot(tmp_path, held)

    direct = compute(
        QUARTER, returns=held.returns, producers=held.producers, facts=held.facts, cpi=PRICES, definitions=shipped(),
        parameters=PARAMETERS,
    )  # fmt: skip

    assert_frame_equal(recompute(tmp_path), direct, check_exact=True)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_snapshot(tmp_path, snapshot(Facts()))
    (tmp_path / "inputs.json").unlink()

    with pytest.raises(IndicatorError, match=r"Berkas inputs\.json tidak ada"):
        recompute(tmp_path)
