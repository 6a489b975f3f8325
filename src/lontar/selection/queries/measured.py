"""Weights that the numbers themselves suggest: by how much a criterion tells the ranked candidates of the province apart."""

from __future__ import annotations

import numpy as np

from lontar.engines.ranking import critic, entropy, problem
from lontar.selection.models import Candidate, CandidateRun
from lontar.selection.states import WeightSource


def measured_weights(set_key: str, way: str) -> dict[str, float]:
    """Weights by measure after entropy or CRITIC, over the middles of the worths of all ranked candidates in the scope.

    Empty where nothing is ranked yet or `way` is neither. A criterion of which nothing is known weighs nothing: it tells
    nobody apart. They say nothing of what matters to people.
    """
    run = CandidateRun.objects.filter(is_current=True, criteria_set__key=set_key).select_related("version").first()
    if run is None or way not in (WeightSource.ENTROPY, WeightSource.CRITIC):
        return {}
    found = Candidate.objects.filter(ranking__run=run, rank__isnull=False).values_list("worth_low", "worth_high")
    rows = list(found)
    if len(rows) < 2:
        return {}
    low, high = (np.array([row[at] for row in rows], dtype=np.float64) for at in (0, 1))
    asked = problem((low + high) / 2, directions=[1] * low.shape[1])
    weights = entropy(asked)[0] if way == WeightSource.ENTROPY else critic(asked)[0]
    measures = run.version.criteria.order_by("position").values_list("measure", flat=True)
    return dict(zip(measures, weights.tolist(), strict=True))
