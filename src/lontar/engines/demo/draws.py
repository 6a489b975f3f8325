"""Seeded draws and text columns: how the demo province is random and yet the same every time.

Each subject draws from a stream of its own, made from the seed and the stream's name, so that a change in one subject
leaves every other byte as it was. What is drawn is left to the callers.
"""

from collections.abc import Sequence
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


def stream(seed: int, *, name: str) -> np.random.Generator:
    """The random stream `name` under `seed` (a non-negative integer)."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())])))


def happens(rng: np.random.Generator, size: int, *, rate: float | Floats) -> Bools:
    """`size` independent yes/no draws with probability `rate` (one for all, or one each)."""
    return rng.random(size) < rate


def picks(rng: np.random.Generator, size: int, *, weights: Sequence[float] | Floats) -> Ints:
    """`size` positions drawn in proportion to `weights`."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    found = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return np.asarray(np.minimum(found, len(edges) - 1), dtype=np.int64)


def words(pool: Sequence[str | None], at: Ints) -> pl.Series:
    """The text at each position of `pool`."""
    return pl.Series(list(pool), dtype=pl.String).gather(at)


def ragged(rng: np.random.Generator, pools: Sequence[Sequence[str]], *, which: Ints) -> pl.Series:
    """For each row one entry, uniformly, of the pool that `which` names."""
    lengths = np.array([len(pool) for pool in pools], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    inside = (rng.random(len(which)) * lengths[which]).astype(np.int64)
    return words([text for pool in pools for text in pool], starts[which] + inside)


def digits(values: Ints, *, width: int) -> pl.Series:
    """Whole numbers as text, padded with zeros to `width`."""
    return pl.Series(values).cast(pl.String).str.zfill(width)


def scattered(rng: np.random.Generator, size: int, *, modulus: int) -> Ints:
    """`size` distinct numbers below `modulus` (a power of ten), spread out without any order to see.

    An affine step with a factor that is coprime to ten visits every residue once, so the numbers cannot repeat.
    Raises ValueError when more are asked than there are.
    """
    if size > modulus:
        raise ValueError(f"only {modulus} distinct numbers, {size} asked for")
    factor = int(rng.integers(modulus // 40, modulus // 20)) * 10 + 7
    start = int(rng.integers(0, modulus))
    # size * factor stays below 2**63: at most 2e6 rows times half of the largest modulus in use, 1e10.
    return (np.arange(size, dtype=np.int64) * factor + start) % modulus


def blanked(values: pl.Series, gone: Bools) -> pl.Series:
    """`values` with nothing where `gone`."""
    return pl.select(pl.when(pl.Series(gone)).then(None).otherwise(values)).to_series().rename(values.name)


def rounded(values: Floats) -> Ints:
    """Rupiah as people state them: two leading figures, the second by halves (12,345,678 becomes 12,500,000)."""
    step = 10.0 ** (np.floor(np.log10(np.maximum(values, 1.0))) - 1) / 2
    return (np.rint(values / step) * step).astype(np.int64)


def rank_within(groups: Ints) -> Ints:
    """For each row how many earlier rows carry the same group number (0 for the first)."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]] if len(groups) else np.zeros(0, dtype=bool)
    positions = np.arange(len(groups), dtype=np.int64)
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = positions - np.maximum.accumulate(np.where(first, positions, 0))
    return rank
