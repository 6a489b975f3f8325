"""Two years of monthly returns of invented producers, with an effect of the programme that the generator states.

Each producer has a level after its commodity, a growth of its own, the season of its commodity, shocks that its village
shares and shocks of its own, and months in which it does not answer. From the day on which its unit has a flagship, what
`Effect` states is added. Nothing here is a statistic. Who is asked to report is the caller's; so is storing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Floats, Ints, stream
from lontar.engines.demo.trading import (
    CHANNEL_USE,
    CHANNEL_WEIGHTS,
    CHANNELS,
    PROBLEMS,
    YEAR,
    price_index,
    swing,
    trade,
)
from lontar.engines.periods import Month

MONTHS: Final = 24
#: Columns of a return and their types; every one but turnover may be null.
RETURN_SCHEMA: Final[dict[str, pl.DataType]] = {
    "producer_id": pl.Int64(),
    "month": pl.Date(),
    "turnover": pl.Int64(),
    "quantity": pl.Float64(),
    "unit": pl.String(),
    "price_raw": pl.Int64(),
    "price_processed": pl.Int64(),
    "price_packed": pl.Int64(),
    **dict.fromkeys(CHANNELS, pl.Int64()),
    "paid_women": pl.Int32(),
    "paid_men": pl.Int32(),
    "unpaid_women": pl.Int32(),
    "unpaid_men": pl.Int32(),
    "youth": pl.Int32(),
    "worker_days": pl.Int32(),
    "material_inside": pl.Int64(),
    "material_outside": pl.Int64(),
    "problems": pl.String(),
}
# Noise on the log scale: of a producer's own month, how much of it stays to the next, and what a village shares.
_NOISE, _STAYS, _SHARED = 0.20, 0.45, 0.05
_GROWTH, _GROWTH_SPREAD = 0.02, 0.04
_SILENT, _QUITS = 0.05, 0.02  # months without an answer; producers that fall silent for good, a year
_GAPS: Final = {"quantity": 0.03, "prices": 0.06, "channels": 0.03, "workers": 0.02, "material": 0.08}
_TROUBLED = 0.07
_CHUNK = 20_000
_ROUND = 1_000


class ProducerError(ValueError):
    """A frame of producers from which no returns can be made; the message names the column."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the programme does to a producer in this demo, and how quickly.

    `turnover` and `workers` are shares (0.2: a fifth more than without the programme), reached in equal monthly steps:
    nothing in the month of the designation itself, everything `ramp_months` later. Producers of the comparison group and
    those whose unit has no flagship yet have none.
    """

    turnover: float = 0.22
    workers: float = 0.08
    ramp_months: int = 6

    def ramp(self, months: int) -> float:
        """Share of the effect that is reached so many months after the month of designation."""
        return float(min(max(months / self.ramp_months, 0.0), 1.0))

    def turnover_after(self, months: int) -> float:
        """By what share turnover stands higher, so many months after the month of designation."""
        return self.turnover * self.ramp(months)

    def workers_after(self, months: int) -> float:
        """By what share workers stand higher, so many months after the month of designation."""
        return self.workers * self.ramp(months)


#: What the demo province states.
DEMO_EFFECT: Final = Effect()
NO_EFFECT: Final = Effect(turnover=0.0, workers=0.0)


class Described(Protocol):
    """An effect by months since designation."""

    def turnover_after(self, months: int) -> float:
        """Share of turnover."""
        ...

    def workers_after(self, months: int) -> float:
        """Share of workers."""
        ...


def two_years(producers: pl.DataFrame, *, last: Month, seed: int, effect: Described = DEMO_EFFECT) -> pl.DataFrame:
    """Returns of 24 months up to and including `last` (`RETURN_SCHEMA`, by producer and month).

    `producers` has a row per producer: `producer_id` (distinct whole numbers), `village`, `category`, `commodity`,
    `sex` ("F", "M" or ""), `is_comparison`, `first_month`, `until_month` (days or null: from then no more) and
    `designated_from` (a day or null). The same producers, month and seed give the same rows in whatever order they come.
    Raises ProducerError for a column that is missing or a number that stands twice.
    """
    _check(producers)
    months = np.arange(last.ordinal - MONTHS + 1, last.ordinal + 1)
    ordered = producers.sort("producer_id")
    shared = _shared(ordered["village"], seed=seed)
    places = ordered["village"].cast(pl.String).rank("dense").to_numpy().astype(np.int64) - 1 if len(ordered) else None
    parts = []
    for start, part in _chunks(ordered):
        assert places is not None  # noqa: S101 - a chunk has rows, so have the places
        rng = stream(seed, name=f"returns {start}")
        draw = _Drawing(part, months=months, rng=rng, effect=effect)
        parts.append(draw.frame(shared[places[start : start + len(part)]]))
    return pl.concat(parts) if parts else pl.DataFrame(schema=RETURN_SCHEMA)


def _check(producers: pl.DataFrame) -> None:
    wanted = ("producer_id", "village", "category", "commodity", "sex", "first_month", "until_month", "designated_from")
    missing = [name for name in (*wanted, "is_comparison") if name not in producers.columns]
    if missing:
        raise ProducerError(f"Kolom {', '.join(missing)} tidak ada dalam daftar produsen.")
    if producers["producer_id"].n_unique() != len(producers):
        raise ProducerError("Satu nomor produsen tertulis dua kali.")


def _chunks(ordered: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    for start in range(0, len(ordered), _CHUNK):
        yield start, ordered.slice(start, _CHUNK)


def _shared(villages: pl.Series, *, seed: int) -> Floats:
    """Shocks that producers of one village share (villages in byte order × months, log points)."""
    count = villages.n_unique()
    return _carried(stream(seed, name="returns villages").normal(0.0, _SHARED, (count, MONTHS)), stays=_STAYS)


def _carried(shocks: Floats, *, stays: float) -> Floats:
    """Shocks of which a part stays from month to month, each month with the spread of a single shock."""
    found = shocks.copy()
    fresh = np.sqrt(1 - stays**2)
    for month in range(1, shocks.shape[1]):
        found[:, month] = stays * found[:, month - 1] + fresh * shocks[:, month]
    return found


def _ordinals(days: pl.Series, *, missing: int) -> Ints:
    months = days.cast(pl.Date).dt.year().cast(pl.Int64) * YEAR + days.cast(pl.Date).dt.month().cast(pl.Int64) - 1
    return np.asarray(months.fill_null(missing).to_numpy(), dtype=np.int64)


class _Drawing:
    """Draws the returns of some producers: matrices of producers × months, flattened at the end."""

    def __init__(self, rows: pl.DataFrame, *, months: Ints, rng: np.random.Generator, effect: Described) -> None:
        self.rows, self.months, self.rng, self.effect = rows, months, rng, effect
        self.shape = (len(rows), len(months))
        keys = rows.select("category", "commodity").cast(pl.String).fill_null("")
        kinds = keys.unique().sort("category", "commodity").with_row_index("kind")
        found = keys.join(kinds, on=["category", "commodity"], how="left", maintain_order="left")
        self.kind = np.asarray(found["kind"].to_numpy(), dtype=np.int64)
        self.seasons = np.stack([swing(*pair) for pair in kinds.select("category", "commodity").rows()])
        self.trades = [trade(code) for code in kinds["commodity"]]
        self.prices = price_index(months.astype(np.float64)) / 100.0

    def frame(self, shared: Floats) -> pl.DataFrame:
        """The returns of those who answered."""
        steps = self._steps()
        base, staff = self._staff(steps)
        turnover = self._turnover(shared, steps=steps, staff=base)
        columns: dict[str, pl.Series | Floats | Ints] = {
            "turnover": turnover,
            **self._quantity(turnover),
            **self._channels(turnover),
            **staff,
            **self._material(turnover),
        }
        return self._answered(columns)

    def _steps(self) -> Ints:
        """Months since the month of designation; below zero before, and for those without a flagship."""
        never = int(self.months[-1]) + 1
        days = self.rows["designated_from"].set(self.rows["is_comparison"].cast(pl.Boolean), None)
        return self.months[None, :] - _ordinals(days, missing=never)[:, None]

    def _stated(self, steps: Ints, *, of: str) -> Floats:
        """The stated share for each producer and month."""
        table = np.array([getattr(self.effect, f"{of}_after")(step) for step in range(MONTHS * 50)])
        return np.where(steps < 0, 0.0, table[np.clip(steps, 0, len(table) - 1)])

    def _turnover(self, shared: Floats, *, steps: Ints, staff: Floats) -> Ints:
        count = len(self.rows)
        median = np.log([one.turnover / YEAR for one in self.trades])[self.kind]
        sigma = np.array([one.sigma for one in self.trades])[self.kind]
        level = median + sigma * self.rng.normal(0.0, 1.0, count) + 0.8 * np.log(staff)
        growth = self.rng.normal(_GROWTH, _GROWTH_SPREAD, count)
        years = (self.months - self.months[0]) / YEAR
        own = _carried(self.rng.normal(0.0, _NOISE, self.shape), stays=_STAYS)
        season = self.seasons[self.kind][:, self.months % YEAR]
        log = level[:, None] + growth[:, None] * years + season + shared + own + np.log(self.prices)
        amount = np.exp(log) * (1.0 + self._stated(steps, of="turnover"))
        return _money(np.maximum(amount, _ROUND), step=_ROUND)

    def _quantity(self, turnover: Ints) -> dict[str, pl.Series | Floats | Ints]:
        """Quantity at about the price of packed goods, and the three prices per unit."""
        own = np.exp(self.rng.normal(0.0, 0.12, len(self.rows)))[:, None]
        month = np.exp(self.rng.normal(0.0, 0.025, self.shape))
        base = {
            name: np.array([getattr(one, name) for one in self.trades])[self.kind][:, None] * own * month * self.prices
            for name in ("raw", "processed", "packed")
        }
        prices: dict[str, pl.Series | Floats | Ints] = {
            f"price_{name}": _money(values, step=100) for name, values in base.items()
        }
        whole = np.array([one.unit not in ("kg", "liter") for one in self.trades])[self.kind][:, None]
        amount = turnover / base["packed"]
        quantity = np.where(whole, np.maximum(np.rint(amount), 1.0), np.maximum(np.round(amount, 2), 0.01))
        units = pl.Series([one.unit for one in self.trades], dtype=pl.String).gather(
            np.repeat(self.kind, self.shape[1])
        )
        return {"quantity": quantity, "unit": units, **prices}

    def _channels(self, turnover: Ints) -> dict[str, pl.Series | Floats | Ints]:
        """Parts of turnover; what is left over is sold directly."""
        use = self.rng.random((len(CHANNELS), len(self.rows))) < np.array(CHANNEL_USE)[:, None]
        weight = use * self.rng.gamma(2.0, 0.5, use.shape) * np.array(CHANNEL_WEIGHTS)[:, None]
        weight[CHANNELS.index("channel_direct")] += 0.2
        share = weight / weight.sum(axis=0)
        parts = {name: _money(turnover * share[at][:, None], step=_ROUND) for at, name in enumerate(CHANNELS)}
        others = sum(values for name, values in parts.items() if name != "channel_direct")
        parts["channel_direct"] = np.maximum(turnover - others, 0)
        excess = np.maximum(others - turnover, 0)  # rounding up of tiny parts, taken back where it is largest
        largest = np.argmax(np.stack([parts[name] for name in CHANNELS]), axis=0)
        for at, name in enumerate(CHANNELS):
            parts[name] = np.where(largest == at, parts[name] - excess, parts[name])
        return dict(parts)

    def _staff(self, steps: Ints) -> tuple[Floats, dict[str, Ints]]:
        """The number of workers before any effect, which the level of turnover follows; and workers by pay and sex.

        A producer takes on or lets go one person when its number, drawn once, passes the next whole one: on average the
        count is the stated one, and it does not flicker from month to month.
        """
        count = len(self.rows)
        base = 1.0 + self.rng.gamma(1.4, 0.9, count)
        drift = 1.0 + self.rng.normal(0.005, 0.02, count)[:, None] * (self.months - self.months[0]) / YEAR
        wanted = base[:, None] * drift * (1.0 + self._stated(steps, of="workers"))
        total = np.maximum(np.floor(wanted + self.rng.random(count)[:, None]), 1).astype(np.int64)
        # Nearly all are owner and family; whoever is beyond three is more often paid.
        paid = np.minimum(np.rint((total - 1) * self.rng.beta(0.6, 1.6, count)[:, None]), total - 1).astype(np.int64)
        unpaid = total - paid
        lean = self._women()
        paid_women = np.rint(paid * lean[:, None]).astype(np.int64)
        owner = self.rng.random(count) < lean
        unpaid_women = owner[:, None] + np.rint((unpaid - 1) * lean[:, None]).astype(np.int64)
        youth = np.floor(total * self.rng.beta(1.2, 3.0, count)[:, None] + 0.3).astype(np.int64)
        days = np.rint(total * self.rng.normal(17.0, 3.5, self.shape).clip(4, 27)).astype(np.int64)
        return base, {
            "paid_women": paid_women,
            "paid_men": paid - paid_women,
            "unpaid_women": unpaid_women,
            "unpaid_men": unpaid - unpaid_women,
            "youth": np.minimum(youth, total),
            "worker_days": days,
        }

    def _women(self) -> Floats:
        """Share of women among those who work: high where a woman owns it."""
        sex = self.rows["sex"].cast(pl.String).fill_null("").to_numpy()
        draw = self.rng.beta(4.0, 1.2, len(self.rows))
        return np.asarray(np.where(sex == "M", 1 - draw, np.where(sex == "F", draw, 0.5)), dtype=np.float64)

    def _material(self, turnover: Ints) -> dict[str, pl.Series | Floats | Ints]:
        share = self.rng.beta(5.0, 8.0, len(self.rows))[:, None] * np.exp(self.rng.normal(0.0, 0.08, self.shape))
        inside = self.rng.beta(2.5, 1.2, len(self.rows))[:, None]
        bought = turnover * np.minimum(share, 0.9)
        return {
            "material_inside": _money(bought * inside, step=_ROUND),
            "material_outside": _money(bought * (1 - inside), step=_ROUND),
        }

    def _answered(self, columns: dict[str, pl.Series | Floats | Ints]) -> pl.DataFrame:
        """The rows of the months that were answered, with the gaps that people leave."""
        answered = self._answers()
        flat = np.flatnonzero(answered.ravel())
        months = pl.Series("month", [Month(int(one)).start for one in self.months], dtype=pl.Date)
        data: dict[str, pl.Series] = {
            "producer_id": self.rows["producer_id"].cast(pl.Int64).gather(flat // self.shape[1]),
            "month": months.gather(flat % self.shape[1]),
        }
        for name, values in columns.items():
            kept = values.gather(flat) if isinstance(values, pl.Series) else pl.Series(values.ravel()[flat])
            data[name] = kept.cast(RETURN_SCHEMA[name])
        gone = {part: self.rng.random(len(flat)) < rate for part, rate in _GAPS.items()}
        for name in data:
            part = _PART.get(name)
            if part is not None:
                data[name] = data[name].set(pl.Series(gone[part]), None)
        data["problems"] = self._problems(len(flat))
        return pl.DataFrame(data).select(list(RETURN_SCHEMA))

    def _answers(self) -> Bools:
        """Who answered in which month: asked, not silent, and not gone for good."""
        count = len(self.rows)
        first = _ordinals(self.rows["first_month"], missing=0)
        until = _ordinals(self.rows["until_month"], missing=int(self.months[-1]) + 1)
        silent = self.rng.random(self.shape) < (_SILENT * self.rng.gamma(2.0, 0.5, count))[:, None]
        quits = self.rng.exponential(YEAR / _QUITS, count).astype(np.int64) + self.months[0] + 3
        asked = (self.months >= first[:, None]) & (self.months < until[:, None])
        return np.asarray(asked & ~silent & (self.months < quits[:, None]), dtype=np.bool_)

    def _problems(self, size: int) -> pl.Series:
        at = self.rng.integers(0, len(PROBLEMS), size)
        told = pl.Series(list(PROBLEMS), dtype=pl.String).gather(at)
        return told.set(pl.Series(self.rng.random(size) >= _TROUBLED), None)


_PART: Final = {
    "quantity": "quantity",
    **dict.fromkeys(("price_raw", "price_processed", "price_packed"), "prices"),
    **dict.fromkeys(CHANNELS, "channels"),
    **dict.fromkeys(("paid_women", "paid_men", "unpaid_women", "unpaid_men", "youth", "worker_days"), "workers"),
    **dict.fromkeys(("material_inside", "material_outside"), "material"),
}


def _money(values: Floats, *, step: int) -> Ints:
    """Rupiah in whole steps."""
    return (np.rint(values / step) * step).astype(np.int64)
