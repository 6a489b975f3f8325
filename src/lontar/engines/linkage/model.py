"""The trained model as one file: Splink's settings with their weights, and the tables of the second judgement.

`weights.json` beside this module is shipped; `training` makes another. A model is data: nothing in it is run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np

from lontar.engines.linkage.arrays import Doubles
from lontar.engines.linkage.details import FEATURES
from lontar.engines.linkage.glancing import GLANCES
from lontar.engines.linkage.weighing import CROSSES, SIZES, Crosses, Weights

FORMAT: Final = 1
_SHIPPED: Final = "weights.json"


class ModelProblem(ValueError):
    """A file that is no model of this version; the message is Indonesian and names the cure."""


@dataclass(frozen=True)
class Model:
    """What judges pairs. `glance` and `least` are the weights and the limit of the first glance, `splink` the settings
    of the first judgement, `weights` the tables of the second, `finish`
    the line that makes probabilities of assigned pairs true to experience.
    """

    glance: Weights
    least: float
    splink: dict[str, Any]
    weights: Weights
    finish: tuple[float, float] = (0.0, 1.0)
    about: str = ""

    def finished(self, chance: Doubles) -> Doubles:
        """Probability of pairs that were assigned, from what it was before: assignment itself is evidence."""
        odds = np.log(np.clip(chance, 1e-9, 1 - 1e-9)) - np.log1p(-np.clip(chance, 1e-9, 1 - 1e-9))
        told: Doubles = 1 / (1 + np.exp(-(self.finish[0] + self.finish[1] * odds)))
        return told

    def write(self, path: Path) -> None:
        """Write the model as JSON."""
        told = {
            "format": FORMAT,
            "about": self.about,
            "features": {name: list(levels) for name, levels in FEATURES.items()},
            "glance": _told(self.glance),
            "least": self.least,
            "splink": self.splink,
            "weights": _told(self.weights),
            "finish": list(self.finish),
        }
        path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def read_model(path: Path) -> Model:
    """Read a model file. Raises `ModelProblem` where it is none or was trained for other features."""
    try:
        return _understood(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ModelProblem(
            f"Berkas bobot {path.name} tidak dapat dipakai. Latih ulang dengan `lontar link --train`."
        ) from problem


@cache
def shipped() -> Model:
    """The model that the package brings."""
    return _understood(json.loads(files(__package__).joinpath(_SHIPPED).read_text(encoding="utf-8")))


def _understood(told: dict[str, Any]) -> Model:
    wanted = {name: list(levels) for name, levels in FEATURES.items()}
    if told["format"] != FORMAT or told["features"] != wanted:
        raise ValueError("trained for other features")
    return Model(
        glance=_weights(told["glance"], sizes=GLANCES, crosses=()),
        least=float(told["least"]),
        splink=told["splink"],
        weights=_weights(told["weights"], sizes=SIZES, crosses=CROSSES),
        finish=(float(told["finish"][0]), float(told["finish"][1])),
        about=str(told.get("about", "")),
    )


def _told(weights: Weights) -> dict[str, Any]:
    return {
        "start": weights.start,
        "singles": {name: table.tolist() for name, table in weights.singles.items()},
        "crosses": {f"{one} {other}": table.tolist() for (one, other), table in weights.crosses.items()},
    }


def _weights(told: dict[str, Any], *, sizes: dict[str, int], crosses: Crosses) -> Weights:
    """Tables of the right sizes; ValueError where one is not."""
    singles = {name: np.array(told["singles"][name], dtype=np.float64) for name in sizes}
    pairs = {(one, other): np.array(told["crosses"][f"{one} {other}"], dtype=np.float64) for one, other in crosses}
    if any(len(table) != sizes[name] for name, table in singles.items()):
        raise ValueError("a table has another size")
    if any(len(table) != sizes[one] * sizes[other] for (one, other), table in pairs.items()):
        raise ValueError("a table has another size")
    return Weights(start=float(told["start"]), singles=singles, crosses=pairs)
