"""The Splink model: which levels of agreement each column has, and the weight of evidence that they carry.

Splink (Fellegi and Sunter's theory on DuckDB) looks at every candidate pair and says how likely each level is among
pairs of the same enterprise (m) and among others (u); names weigh by their rarity. The weights come from training
(`training`) and are shipped. Its sum is the first judgement, explainable column by column; what columns mean
together is left to `weighing`.
"""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Ints, Narrow
from lontar.engines.linkage.coding import Coded
from lontar.engines.linkage.coding import codes as number_texts
from lontar.engines.linkage.rows import Prepared, last

#: Pairs that weigh less, in bits, are not looked at again: a quarter fewer pairs than at -11, for 0.003 of F1.
LEAST_WEIGHT: Final = -8.0


def _either(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _comparison(name: str, null: str, levels: Iterable[tuple[str, str]]) -> dict[str, Any]:
    told: list[dict[str, Any]] = [{"sql_condition": null, "label_for_charts": "blank", "is_null_level": True}]
    told += [{"sql_condition": condition, "label_for_charts": label} for label, condition in levels]
    told.append({"sql_condition": "ELSE", "label_for_charts": "other"})
    return {"output_column_name": name, "comparison_levels": told}


def _name() -> dict[str, Any]:
    alike = "jaro_winkler_similarity(name_key_l, name_key_r)"
    ends = "(given_l = given_r AND clan_l = clan_r) OR (given_l = clan_r AND clan_l = given_r)"
    one = "given_l = given_r OR clan_l = clan_r OR given_l = clan_r OR clan_l = given_r"
    made = _comparison(
        "name",
        _either("name_key"),
        [
            ("same words", _same("name")),
            ("same ends", ends),
            ("alike", f"{alike} >= 0.92"),
            ("one word", one),
            ("a little alike", f"{alike} >= 0.8"),
        ],
    )
    made["comparison_levels"][1]["tf_adjustment_column"] = "name"
    made["comparison_levels"][1]["tf_adjustment_weight"] = 0.7
    return made


def comparisons() -> list[dict[str, Any]]:
    """The comparisons of the model, without weights, as Splink's settings write them."""
    trade = "jaro_winkler_similarity(trade_key_l, trade_key_r)"
    # Digits are mistaken or exchanged, seldom lost: cheaper than an edit distance, which the second judgement has anyway.
    slip = "CASE WHEN length({0}_l) = length({0}_r) THEN hamming({0}_l, {0}_r) <= 2 ELSE false END"
    return [
        _name(),
        _comparison("trade", _either("trade_key"), [("same", _same("trade_key")), ("alike", f"{trade} >= 0.85")]),
        _comparison(
            "village",
            _either("regency"),
            [("same", _same("village")), ("district", _same("district")), ("regency", _same("regency"))],
        ),
        _comparison("phone", _either("phone"), [("same", _same("phone")), ("slip", slip.format("phone"))]),
        _comparison(
            "nik",
            _either("nik"),
            [
                ("same", _same("nik")),
                ("slip", slip.format("nik")),
                ("birth", "substr(nik_l, 1, 12) = substr(nik_r, 1, 12)"),
            ],
        ),
        _comparison("nib", _either("nib"), [("same", _same("nib")), ("slip", slip.format("nib"))]),
        _comparison(
            "born",
            _either("born"),
            [("same", _same("born")), ("one", "abs(born_l - born_r) <= 1"), ("near", "abs(born_l - born_r) <= 5")],
        ),
        _comparison("kbli", _either("kbli"), [("same", _same("kbli")), ("group", _same("kbli_group"))]),
        _comparison("sex", _either("woman"), [("same", _same("woman"))]),
    ]


def untrained() -> dict[str, Any]:
    """Settings of the model before training. Pairs are handed over, so the blocking rule only has to be there."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": 1e-5,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.row = r.row", "sql_dialect": "duckdb"}],
        "comparisons": comparisons(),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


def columns(ready: Prepared, codes: Coded) -> pl.DataFrame:
    """What Splink reads of each row. Where only equality counts a number stands for the text: joining pairs to their rows is
    most of the work, and numbers are carried cheaply. `tf_name` is how often a name comes up, as Splink would count it.
    """
    rows = ready.rows
    name = _narrow(number_texts(rows["name_key"]))
    numbers = {"name": name, "village": _narrow(number_texts(rows["village"]))}
    numbers |= {column: _narrow(codes[column]) for column in ("district", "regency", "kbli", "kbli_group")}
    numbers |= {"given": _narrow(ready.names[:, 0]), "clan": _narrow(last(ready.names))}
    share = pl.len().over("name") / (len(name) - name.null_count())
    texts = rows.select("row", "name_key", "trade_key", "phone", "nik", "nib", "born", "woman")
    return texts.with_columns(**numbers).with_columns(tf_name=pl.when(pl.col("name").is_not_null()).then(share))


def _narrow(codes: Ints | Narrow) -> pl.Series:
    """Codes as Int32, null for -1."""
    return pl.Series(codes.astype(np.int32)).set(pl.Series(codes < 0), None)


def weighed(
    rows: pl.DataFrame, pairs: pl.DataFrame, *, settings: dict[str, Any], least: float = LEAST_WEIGHT, spark: Any = None
) -> pl.DataFrame:
    """Weight of evidence of each pair in bits, as Splink finds it: columns `l`, `r`, `weight`; pairs below `least` are dropped.

    `rows` holds the `columns` of both lists under different numbers, `pairs` their numbers in `l` and `r`. With a
    Spark session Splink works there instead of on DuckDB.
    """
    from lontar.engines.linkage.engine import Engine
    from lontar.engines.linkage.spark import SparkEngine

    with Engine(rows, settings) if spark is None else SparkEngine(rows, settings, session=spark) as engine:
        return engine.weigh(pairs, least=least)
