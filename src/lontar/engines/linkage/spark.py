"""The first judgement on Apache Spark instead of DuckDB, for lists that outgrow one machine: `pip install lontar[spark]`.

Same settings and weights: the functions of DuckDB that they name are answered by the library that DuckDB is built on,
under names of our own, for Spark has some by the same names that reckon a little differently. Keys, second judgement and
assignment stay as they are. pyspark (4 or later, with Java 17) is imported only when an engine is opened.
"""

from __future__ import annotations

import json
import os
import sys
from types import TracebackType
from typing import Any

import polars as pl

_FUNCTIONS = {"jaro_winkler_similarity": "lontar_alike", "hamming": "lontar_slips"}


class SparkEngine:
    """A Splink linker over prepared rows in a Spark session; use as a context. The session stays the caller's."""

    def __init__(self, rows: pl.DataFrame, settings: dict[str, Any], *, session: Any) -> None:
        from splink import Linker
        from splink.backends.spark import SparkAPI

        session.udf.register(_FUNCTIONS["jaro_winkler_similarity"], _alike, "double")
        session.udf.register(_FUNCTIONS["hamming"], _slips, "int")
        spark_api: Any = SparkAPI
        self._api = spark_api(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
        # Splink counts `tf_name` itself here; beside the column that is given, Spark would find two of one name.
        self._linker: Any = Linker(
            self._api.register(_table(rows.drop("tf_name"))), _for_spark(settings), log_level=None
        )

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close: tables are views of the session."""

    def weigh(self, pairs: pl.DataFrame, *, least: float) -> pl.DataFrame:
        """Weight of every pair (`l`, `r`) in bits; pairs below `least` are left out. Order is that of the pairs."""
        table = pairs.select(match_key=pl.lit("0"), join_key_l=pl.col("l"), join_key_r=pl.col("r"))
        self._linker.table_management.register_blocked_pairs_for_predict(self._api.register(_table(table)))
        scored = self._linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        told = pl.DataFrame(pl.from_arrow(scored.as_pyarrow_table()))
        told = told.select(l="row_l", r="row_r", weight="match_weight")
        return told.cast({"l": pl.UInt32, "r": pl.UInt32, "weight": pl.Float32}).sort("l", "r")


def session(*, cores: str = "*") -> Any:
    """A Spark session on this machine. On a cluster hand over the session of the cluster instead."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{cores}]").appName("lontar link")
    return builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "8").getOrCreate()


def _table(frame: pl.DataFrame) -> Any:
    """The frame as an Arrow table of types that Spark has."""
    return frame.cast({pl.UInt32: pl.Int64}).to_arrow(compat_level=pl.CompatLevel.oldest())


def _for_spark(settings: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(settings).replace('"sql_dialect": "duckdb"', '"sql_dialect": "spark"')
    for name, ours in _FUNCTIONS.items():
        text = text.replace(f"{name}(", f"{ours}(")
    told: dict[str, Any] = json.loads(text)
    return told


def _alike(one: str | None, other: str | None) -> float | None:
    from rapidfuzz.distance import JaroWinkler

    return None if one is None or other is None else JaroWinkler.similarity(one, other)


def _slips(one: str | None, other: str | None) -> int | None:
    return None if one is None or other is None else sum(a != b for a, b in zip(one, other, strict=False))
