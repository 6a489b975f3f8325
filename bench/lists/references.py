"""What linkage is measured against: plain Splink as its documentation teaches it, and rapidfuzz with weights set by
hand.

Both get the same lists and may choose their best threshold by the truth; pairs are made one to one from the
strongest down.
"""

from __future__ import annotations

from typing import Any

import polars as pl

COLUMNS = ("owner_name", "business_name", "village_code", "phone", "nib", "nik", "birth_year", "kbli", "sex")


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """What anybody would do first: lower case, digits only, blanks null."""
    text = (
        pl.col("owner_name", "business_name")
        .str.to_lowercase()
        .str.replace_all(r"[^a-z0-9 ]", " ")
        .str.replace_all(" +", " ")
    )
    digits = pl.col("village_code", "phone", "nib", "nik", "birth_year", "kbli").str.replace_all(r"[^0-9]", "")
    told = frame.select("id", text.str.strip_chars(), digits, "sex")
    told = told.with_columns(pl.col("phone").str.replace("^62", "").str.strip_chars_start("0"))
    return told.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in COLUMNS)


def plain_splink(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Splink with library comparisons, ordinary blocking and its own training: `left_id`, `right_id`, `probability`."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[
            block_on("nik"), block_on("nib"), block_on("phone"),
            block_on("village_code", "substr(owner_name, 1, 3)"),
            block_on("village_code", "kbli"),
            block_on("owner_name"),
        ],
        comparisons=[
            cl.NameComparison("owner_name").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("business_name", [0.92, 0.8]),
            cl.ExactMatch("village_code").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("phone", [1]),
            cl.LevenshteinAtThresholds("nik", [1, 2]),
            cl.ExactMatch("nib"),
            cl.ExactMatch("birth_year"),
            cl.ExactMatch("kbli"),
            cl.ExactMatch("sex"),
        ],
    )  # fmt: skip
    api = DuckDBAPI()
    sides = [
        api.register(cleaned(side).to_arrow(), dataset_display_name=name) for side, name in ((left, "l"), (right, "r"))
    ]
    linker: Any = Linker(sides, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("nik"), block_on("nib"), block_on("phone", "owner_name")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("village_code", "substr(owner_name, 1, 3)"))
    training.estimate_parameters_using_expectation_maximisation(block_on("phone"))
    found = linker.inference.predict(threshold_match_probability=0.01)
    told = api.duckdb_con.sql(
        f"SELECT id_l, id_r, match_weight, match_probability, source_dataset_l FROM {found.physical_name}"
    ).pl()
    swapped = pl.col("source_dataset_l") == "r"
    told = told.select(
        left_id=pl.when(swapped).then("id_r").otherwise("id_l"),
        right_id=pl.when(swapped).then("id_l").otherwise("id_r"),
        probability="match_weight",
    )
    return strongest_first(told)


def strongest_first(pairs: pl.DataFrame) -> pl.DataFrame:
    """One to one, from the strongest pair down."""
    taken_l: set[str] = set()
    taken_r: set[str] = set()
    kept = []
    for row in pairs.sort("probability", "left_id", "right_id", descending=[True, False, False]).iter_rows():
        if row[0] not in taken_l and row[1] not in taken_r:
            taken_l.add(row[0])
            taken_r.add(row[1])
            kept.append(row)
    return pl.DataFrame(kept, schema=pairs.schema, orient="row")


def rapidfuzz_by_hand(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Blocking by village, telephone and NIK; token-set similarity of names and boards and points for equal numbers, weights by hand."""
    from rapidfuzz import fuzz, process

    a, b = cleaned(left), cleaned(right)
    blocks = []
    for keys in (["nik"], ["phone"], ["nib"], ["village_code", "head"]):
        one, other = (side.with_columns(head=pl.col("owner_name").str.head(3)) for side in (a, b))
        blocks.append(one.drop_nulls(keys).join(other.drop_nulls(keys), on=keys, suffix="_r").select("id", "id_r"))
    pairs = pl.concat(blocks).unique(maintain_order=True)
    both = pairs.join(a, on="id", maintain_order="left").join(
        b, left_on="id_r", right_on="id", suffix="_r", maintain_order="left"
    )

    def alike(column: str) -> pl.Series:
        one, other = both[column].fill_null("").to_list(), both[f"{column}_r"].fill_null("").to_list()
        return pl.Series(process.cpdist(one, other, scorer=fuzz.token_set_ratio, workers=-1) / 100)

    points = both.select(pl.lit(0.0)).to_series() + 0.45 * alike("owner_name") + 0.2 * alike("business_name")
    for column, weight in (
        ("nik", 0.3),
        ("nib", 0.3),
        ("phone", 0.15),
        ("village_code", 0.1),
        ("birth_year", 0.1),
        ("kbli", 0.05),
    ):
        points = points + weight * (both[column] == both[f"{column}_r"]).fill_null(value=False).cast(pl.Float64)
    return strongest_first(pl.DataFrame({"left_id": both["id"], "right_id": both["id_r"], "probability": points}))
