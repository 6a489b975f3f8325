"""Splink on DuckDB, held for one run: rows registered once, pairs weighed in portions, the connection closed in any
case.

Splink is imported here and only when an engine is opened: the web process never pays for it.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Final

import polars as pl

from lontar.engines.linkage.portions import cores

#: Pairs weighed in one statement: what the machine holds at once beside the rows.
PORTION: Final = 4_000_000
#: Rows of a batch: DuckDB reads as many batches at once as it has threads.
BATCH: Final = 32_768


def load() -> None:
    """Load Splink and DuckDB: most of a second, well spent while lists are being read."""
    import duckdb  # noqa: F401 - what counts is that it is loaded
    import splink  # noqa: F401 - as above


class Engine:
    """A Splink linker over prepared rows; use as a context."""

    def __init__(self, rows: pl.DataFrame, settings: dict[str, Any]) -> None:
        import duckdb
        from splink import DuckDBAPI, Linker

        self._connection = duckdb.connect()
        self._connection.execute(f"SET threads = {cores()}")
        self._api = DuckDBAPI(connection=self._connection)
        self._linker: Any = Linker(self._api.register(_batched(rows)), settings, log_level=None)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def weigh(self, pairs: pl.DataFrame, *, least: float) -> pl.DataFrame:
        """Weight of every pair (`l`, `r`) in bits; pairs below `least` are left out. Order is that of the pairs."""
        found = [self._portion(pairs.slice(at, PORTION), least=least) for at in range(0, max(pairs.height, 1), PORTION)]
        return pl.concat(found).sort("l", "r")

    def _portion(self, pairs: pl.DataFrame, *, least: float) -> pl.DataFrame:
        table = pairs.select(match_key=pl.lit("0"), join_key_l=pl.col("l"), join_key_r=pl.col("r"))
        given = self._api.register(_batched(table))
        self._linker.table_management.register_blocked_pairs_for_predict(given)
        scored = self._linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        told = self._connection.sql(
            f"SELECT row_l AS l, row_r AS r, match_weight AS weight FROM {scored.physical_name}"  # noqa: S608 - Splink's own name
        ).pl()
        scored.drop_table_from_database_and_remove_from_cache()
        return told.cast({"l": pl.UInt32, "r": pl.UInt32, "weight": pl.Float32})


def _batched(frame: pl.DataFrame) -> Any:
    """The frame as an Arrow table of several batches."""
    import pyarrow as pa  # type: ignore[import-untyped]  # it brings no types

    table = frame.to_arrow()
    return pa.Table.from_batches(table.to_batches(max_chunksize=BATCH), schema=table.schema)
