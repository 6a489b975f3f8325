"""Growth by product and region: what the province, the product and the place itself each contributed.

Sources: Dunn (1960) for shift-share; Klassen's typology as Sjafrizal (1997) uses it; the dynamic quotient after Nazara (2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lontar.engines.economy.quotients import Floats, TableInvalid, location_quotient, table


class Klassen(IntEnum):
    """The four quadrants; 0 where growth or share is not known."""

    UNKNOWN = 0
    LEADING = 1  # share and growth above the province's: maju dan tumbuh cepat
    PRESSED = 2  # share above, growth below: maju tetapi tertekan
    POTENTIAL = 3  # share below, growth above: potensial
    LAGGING = 4  # both below: relatif tertinggal


@dataclass(frozen=True, slots=True)
class Shift:
    """The three parts of a change (regions × products): they add up to it exactly.

    `national` is what the province's growth alone would have given, `mix` what the product's own growth adds, `local` what
    the place adds. Where a product or region started from nothing the whole change is `local`.
    """

    national: Floats
    mix: Floats
    local: Floats


def shift_share(before: ArrayLike, after: ArrayLike) -> Shift:
    """Shift-share of the change between two tables (regions × products). Raises `TableInvalid` where their shapes differ."""
    first, last = _both(before, after)
    overall = _growth(first.sum(), last.sum())
    of_product = np.nan_to_num(_growth(first.sum(axis=0), last.sum(axis=0)), nan=0.0)
    whole = float(np.nan_to_num(overall, nan=0.0))
    national = first * whole
    mix = first * (of_product - whole)
    return Shift(national=national, mix=mix, local=(last - first) - national - mix)


def dynamic_quotient(before: ArrayLike, after: ArrayLike, *, years: float = 1.0) -> Floats:
    """DLQ: how fast a product gains in the region's basket against the province's, over `years`; above 1 it has prospects.

    [(1 + g_ir)/(1 + g_r)] / [(1 + g_i)/(1 + g)] raised to `years`, g per year. NaN where something started from nothing.
    """
    first, last = _both(before, after)
    if years <= 0:
        raise TableInvalid(f"years: {years}; perlu lebih dari 0.")
    own = _rate(first, last, years) / _rate(first.sum(axis=1, keepdims=True), last.sum(axis=1, keepdims=True), years)
    province = _rate(first.sum(axis=0), last.sum(axis=0), years) / _rate(first.sum(), last.sum(), years)
    found = np.full(first.shape, np.nan)
    whole = np.broadcast_to(province, first.shape)
    np.divide(own, whole, out=found, where=np.isfinite(own) & np.isfinite(whole) & (whole > 0))
    return np.asarray(found**years)


def klassen(before: ArrayLike, after: ArrayLike) -> NDArray[np.int8]:
    """The quadrant (`Klassen`) of every product in every region: share now and growth, each against the province's."""
    first, last = _both(before, after)
    growth = _growth(first, last)
    reference = np.broadcast_to(_growth(first.sum(axis=0), last.sum(axis=0)), growth.shape)
    share = location_quotient(last)
    known = np.isfinite(growth) & np.isfinite(reference) & np.isfinite(share)
    fast, big = growth > reference, share > 1
    quadrant = np.select(
        [big & fast, big & ~fast, ~big & fast],
        [Klassen.LEADING, Klassen.PRESSED, Klassen.POTENTIAL],
        default=Klassen.LAGGING,
    )
    return np.where(known, quadrant, Klassen.UNKNOWN).astype(np.int8)


def _both(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    first, last = table(before, name="sebelum"), table(after, name="sesudah")
    if first.shape != last.shape:
        raise TableInvalid(f"sesudah: bentuk {last.shape}; perlu sama dengan sebelum, {first.shape}.")
    return first, last


def _growth(first: ArrayLike, last: ArrayLike) -> Floats:
    """(last − first)/first, NaN from nothing."""
    below = np.asarray(first, dtype=np.float64)
    found = np.full(below.shape, np.nan)
    np.divide(np.asarray(last) - below, below, out=found, where=below > 0)
    return found


def _rate(first: ArrayLike, last: ArrayLike, years: float) -> Floats:
    """1 + growth per year, NaN from nothing."""
    return np.asarray((1 + _growth(first, last)) ** (1 / years))
