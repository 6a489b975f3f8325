"""How invented producers trade: prices along the way of a product, seasons, channels and the price index of the demo.

Start values within plausible bounds; none of them is a statistic. What a producer sells in a month is left to `returns`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lontar.engines.demo.catalogue import commodities
from lontar.engines.demo.draws import Floats
from lontar.engines.demo.sectors import SECTORS

#: Months of a year.
YEAR: Final = 12
#: Yearly rise of prices in the demo (share); the index of `price_index` follows from it and from the months.
INFLATION: Final = 0.026
#: Ripple of the price index over the calendar year (log points): dear around Christmas and the lean months.
_RIPPLE: Final = (0.004, 0.003, 0.001, -0.001, -0.002, -0.002, -0.002, -0.003, -0.002, 0.0, 0.001, 0.003)
#: Columns of the channels, in the order of `CHANNEL_WEIGHTS`; what is left over goes to the fifth, sold directly.
CHANNELS: Final = (
    "channel_mart",
    "channel_catalogue",
    "channel_marketplace",
    "channel_fair",
    "channel_direct",
    "channel_outside",
)
#: Share of producers that use a channel at all, and its weight where it is used.
CHANNEL_USE: Final = (0.22, 0.06, 0.14, 0.20, 1.0, 0.18)
CHANNEL_WEIGHTS: Final = (0.20, 0.25, 0.18, 0.08, 1.0, 0.35)
PROBLEMS: Final = (
    "Bahan baku kurang.",
    "Alat rusak dan belum diperbaiki.",
    "Pembeli terlambat membayar.",
    "Kemasan belum datang.",
    "Jalan terputus karena hujan.",
)


@dataclass(frozen=True, slots=True)
class Trade:
    """A commodity as it is sold: unit, prices per unit raw, processed and packed (Rp), and its months of plenty (1-12).

    `turnover` is the median of a year in rupiah for one worker, `sigma` its spread on the log scale.
    """

    unit: str
    raw: float
    processed: float
    packed: float
    months: tuple[int, ...]
    turnover: float
    sigma: float


# commodity | unit | raw | processed | packed (Rp per unit of what is sold; raw is what one unit of it takes of material)
_PRICES: Final = """
kopi-arabika|kg|52000|118000|165000
kopi-robusta|kg|34000|72000|105000
kakao|kg|48000|96000|150000
cengkeh|kg|78000|112000|135000
mete|kg|19000|98000|132000
kemiri|kg|9000|36000|52000
kenari|kg|22000|90000|125000
kelapa|liter|11000|32000|58000
vanili|kg|210000|950000|1350000
pinang|kg|12000|24000|31000
asam|kg|6500|18000|31000
madu|liter|65000|92000|140000
bambu|buah|12000|48000|60000
jagung|kg|5200|24000|42000
padi|kg|6200|12500|15500
sorgum|kg|6000|15500|26000
kacang-hijau|kg|14000|23000|33000
kacang-tanah|kg|16000|29000|46000
ubi-kayu|kg|2600|24000|46000
pisang|kg|4200|26000|48000
jeruk-soe|kg|13000|24000|42000
nanas|kg|5200|29000|52000
kelor|kg|8500|74000|168000
lontar|kg|9000|24000|36000
garam|kg|1500|3800|8200
rumput-laut|kg|14000|22000|46000
ikan|kg|24000|62000|98000
teri|kg|28000|64000|90000
udang|kg|42000|85000|120000
sapi|kg|92000|178000|220000
babi|kg|78000|158000|195000
tenun-ikat|lembar|120000|410000|455000
tenun-songket|lembar|150000|560000|620000
anyaman-daun|buah|11000|52000|61000
anyaman-bambu|buah|18000|74000|84000
gerabah|buah|6000|31000|36000
sasando|buah|260000|1250000|1400000
ukiran|buah|42000|190000|215000
moke|liter|14000|36000|62000
kue|kg|19000|46000|58000
tempe-tahu|kg|9800|17500|21000
mebel|buah|320000|880000|910000
bahan-bangunan|buah|380|1100|1150
pakaian|potong|42000|98000|112000
pandai-besi|buah|24000|78000|86000
"""
_MEDIAN, _SIGMA = 9_000_000.0, 0.8
_FALLBACK: Final = Trade("buah", 12_000, 38_000, 48_000, tuple(range(1, YEAR + 1)), _MEDIAN, _SIGMA)
#: How much more is sold in the months of plenty (log points), by product category.
_SWING: Final = {"fresh": 0.9, "food": 0.45, "drink": 0.4, "weaving": 0.3, "herbal": 0.25, "batik": 0.2}
_SWING_OTHER: Final = 0.15


def _trades() -> dict[str, Trade]:
    calendar = {one.code: one.months for one in commodities()}
    yearly = {one.commodity: (one.turnover, one.sigma) for one in reversed(SECTORS)}
    found = {}
    for row in _PRICES.strip().splitlines():
        code, unit, raw, processed, packed = row.split("|")
        turnover, sigma = yearly.get(code, (_MEDIAN, _SIGMA))
        found[code] = Trade(unit, float(raw), float(processed), float(packed), calendar[code], turnover, sigma)
    return found


_TRADES: Final = _trades()


def trade(commodity: str) -> Trade:
    """How a commodity is sold; an average trade for a code that the catalogue does not know."""
    return _TRADES.get(commodity, _FALLBACK)


def swing(category: str, commodity: str) -> Floats:
    """Seasonal index of the twelve calendar months (log points, average zero): more in the months of plenty, smoothed."""
    months = np.zeros(YEAR)
    months[[month - 1 for month in trade(commodity).months]] = 1.0
    smooth = 0.5 * months + 0.25 * np.roll(months, 1) + 0.25 * np.roll(months, -1)
    feast = np.zeros(YEAR)
    feast[11], feast[3] = 0.12, 0.04  # Christmas, Easter
    index = _SWING.get(category, _SWING_OTHER) * smooth + feast
    return np.asarray(index - index.mean(), dtype=np.float64)


def price_index(ordinals: Floats) -> Floats:
    """Consumer prices of the demo by month (100 = January 2025), for months counted as `engines.periods.Month.ordinal`."""
    base = 2025 * YEAR
    months = np.asarray(ordinals, dtype=np.int64)
    ripple = np.asarray(_RIPPLE)
    log = (months - base) / YEAR * np.log1p(INFLATION) + ripple[months % YEAR] - ripple[0]
    return np.asarray(100.0 * np.exp(log), dtype=np.float64)
