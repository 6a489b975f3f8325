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

from lontar.engines.linkage.details import FEATURES
from lontar.engines.linkage.weighing import CROSSES, Weights

FORMAT: Final = 1
_SHIPPED: Final = "weights.json"


class ModelProblem(ValueError):
    """A file that is no model of this version; the message is Indonesian and names the cure."""


@dataclass(frozen=True)
class Model:
    """What judges pairs. `splink` are the settings of the first judgement, `weights` the tables of the second."""

    splink: dict[str, Any]
    weights: Weights
    about: str = ""

    def write(self, path: Path) -> None:
        """Write the model as JSON."""
        told = {
            "format": FORMAT,
            "about": self.about,
            "features": {name: list(levels) for name, levels in FEATURES.items()},
            "start": self.weights.start,
            "singles": {name: table.tolist() for name, table in self.weights.singles.items()},
            "crosses": {f"{one} {other}": table.tolist() for (one, other), table in self.weights.crosses.items()},
            "splink": self.splink,
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
    crosses = {(one, other): np.array(told["crosses"][f"{one} {other}"]) for one, other in CROSSES}
    singles = {name: np.array(told["singles"][name]) for name in FEATURES}
    weights = Weights(start=float(told["start"]), singles=singles, crosses=crosses)
    return Model(splink=told["splink"], weights=weights, about=told.get("about", ""))
