"""Where each trade and each commodity is found: weights per kabupaten/kota after the signature products.

The signatures are those of the domain rules (§10.3: coffee in Ngada and Manggarai, lontar sugar in Rote and Sabu, cashew in
Flores Timur and Sikka, salt, seaweed, moringa …; weaving everywhere); the numbers beside them are invented.
"""

from typing import Final

import numpy as np

from lontar.engines.demo.draws import Floats
from lontar.engines.demo.land import Land
from lontar.engines.demo.official import REGENCIES
from lontar.engines.demo.sectors import SECTOR_INDEX, SECTORS


def _weights(text: str) -> dict[str, float]:
    return {key: float(value) for key, value in (item.split(":") for item in text.split())}


#: Found in every kabupaten/kota, in parts of a common measure.
_EVERYWHERE: Final = _weights(
    "tenun:30 anyaman-daun:7 anyaman-bambu:4 kue:7 keripik:3.5 tempe-tahu:1.2 kopra:1.2 minyak-kelapa:1.8 pinang:1 moke:2 "
    "padi:1.3 jagung-giling:1.2 gerabah:.5 ukiran:.3 mebel:4 batu-bata:2.4 batako:.9 jahit:3.6 pandai-besi:.8 las:.6 "
    "ikan-kering:2 abon-ikan:.6 garam:.5 rumput-laut:.7 kelor:.5 madu:.4 kacang:.5 asam:.4 kemiri:.4 sei:.3 sei-babi:.3 "
    "jagung-titi:.3 kopi-robusta:.4"
)
#: Added or replaced in one kabupaten/kota.
_SIGNATURES: Final[dict[str, dict[str, float]]] = {
    "53.01": _weights("garam:6 rumput-laut:6 kelor:5 sei:2 jagung-giling:3 gula-lontar:4 asam:1.5"),
    "53.02": _weights("tenun:34 jeruk:5 garam:1 madu:4 asam:2 kemiri:2.5 songket:3"),
    "53.03": _weights("tenun:30 songket:9 mete:5 kemiri:4 asam:4 madu:3 moke:4"),
    "53.04": _weights("tenun:32 nanas:4 minyak-kelapa:5 keripik:5 kemiri:1.5"),
    "53.05": _weights("vanili:4 tenun:26 songket:7 abon-ikan:5 kenari:5 kemiri:5 rumput-laut:4"),
    "53.06": _weights("mete:11 kemiri:7 kakao:4 minyak-kelapa:5 kopra:4 moke:7 tenun:26 jagung-titi:3"),
    "53.07": _weights("tenun:36 mete:8 kakao:5 kopra:5 minyak-kelapa:4 moke:8"),
    "53.08": _weights("kakao:6 minyak-kelapa:4 kopra:3 tenun:30 keripik:7 kopi-robusta:3"),
    "53.09": _weights("kopi:26 tenun:20 anyaman-bambu:10 vanili:1.5 moke:4 kemiri:2"),
    "53.10": _weights("kopi:16 kopi-robusta:10 songket:20 tenun:6 cengkeh:5 vanili:1 padi:4"),
    "53.11": _weights("tenun:36 rumput-laut:6 sorgum:2.5 kacang:1.5 ikan-kering:3"),
    "53.12": _weights("tenun:30 kopi-robusta:5 kakao:2 anyaman-daun:11 padi:3 jagung-giling:3"),
    "53.13": _weights("jagung-titi:12 teri:9 abon-ikan:5 tenun:28 mete:3 minyak-kelapa:3 sorgum:1"),
    "53.14": _weights("gula-lontar:26 garam:10 rumput-laut:10 sasando:2.5 tenun:20 anyaman-daun:10 ikan-kering:4"),
    "53.15": _weights("kopi:7 kopi-robusta:8 songket:16 tenun:5 cengkeh:3 ikan-kering:6 teri:3 padi:4 ukiran:1.5"),
    "53.16": _weights("cengkeh:4 garam:6 padi:8 tenun:28 anyaman-bambu:6 kopi:2 kelor:2"),
    "53.17": _weights("tenun:28 kopi-robusta:3 padi:6 kemiri:2 anyaman-daun:10"),
    "53.18": _weights("mete:13 tenun:26 kopi-robusta:4 kakao:4 jagung-giling:5 anyaman-daun:11"),
    "53.19": _weights("kopi:14 kopi-robusta:10 songket:14 tenun:6 cengkeh:5 kakao:2 mete:3"),
    "53.20": _weights("gula-lontar:28 garam:9 rumput-laut:9 tenun:28 kacang:3"),
    "53.21": _weights("kelor:9 kacang:7 keripik:8 garam:3 tenun:32"),
    "53.71": _weights(
        "tenun:10 jahit:13 sei:7 sei-babi:5 kue:18 abon-ikan:4 kelor:3 mebel:8 tempe-tahu:4 las:4 batako:3"
    ),
}
_TRADE: Final = _weights("kios:30 warung:16 ternak:12 jual-ikan:5 sayur:9 bengkel:4 salon:2.5 pulsa:3")
#: Of the second agency's own entries this part is industry.
INDUSTRY_IN_TRADE: Final = 0.42
_SPREAD: Final = 0.95


def industry_mix() -> Floats:
    """Weights of the sectors per regency (22 × S); trades that are not industry weigh nothing."""
    mix = np.zeros((len(REGENCIES), len(SECTORS)))
    for row, regency in enumerate(REGENCIES):
        for key, weight in {**_EVERYWHERE, **_SIGNATURES[regency.code]}.items():
            mix[row, SECTOR_INDEX[key]] = weight
    return np.asarray(mix / mix.sum(axis=1, keepdims=True), dtype=np.float64)


def business_mix() -> Floats:
    """Weights of the sectors per regency (22 × S) for an agency that lists small business of every kind."""
    mix = industry_mix() * INDUSTRY_IN_TRADE
    total = sum(_TRADE.values())
    for key, weight in _TRADE.items():
        mix[:, SECTOR_INDEX[key]] = weight / total * (1 - INDUSTRY_IN_TRADE)
    return mix


def village_mix(rng: np.random.Generator, *, land: Land, mix: Floats) -> Floats:
    """Shares of the sectors per village (V × S, rows add up to 1): the regency's mix, the setting, and a trade of its own.

    Villages specialise: each share is multiplied by a log-normal draw, so that a few trades dominate in each.
    """
    fit = np.ones((len(land), len(SECTORS)))
    for column, sector in enumerate(SECTORS):
        if sector.setting == "coast":
            fit[:, column] = np.where(land.coast, 1.6, 0.02)
        elif sector.setting == "inland":
            fit[:, column] = 0.15 + 1.2 * land.inland
        elif sector.setting == "town":
            fit[:, column] = np.where(land.town, 2.2, 0.7)
    chances = mix[land.regency] * fit * rng.lognormal(0.0, _SPREAD, fit.shape)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))
