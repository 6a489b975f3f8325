"""Ranking candidates under several criteria: the methods, where weights come from, and how sure the order is.

The numbers advise; who decides is not here. Everything works on numpy arrays over all villages at once (axes: problem,
alternative, criterion) and knows no database.
"""

from lontar.engines.ranking.elicited import ACCEPTED, Doubt, Elicited, ahp, judgements, together
from lontar.engines.ranking.explained import (
    ValueChange,
    WeightChange,
    contributions,
    least_value_change,
    least_weight_change,
)
from lontar.engines.ranking.measured import critic, entropy
from lontar.engines.ranking.methods import (
    Compromise,
    Method,
    Ranking,
    cpi,
    exponential,
    importances,
    mpe,
    net_flows,
    promethee,
    rank,
    saw,
    topsis,
    utilities,
    vikor,
)
from lontar.engines.ranking.preference import Preference, Shape
from lontar.engines.ranking.problem import LESS, MORE, Problem, ProblemInvalid, problem, ranks
from lontar.engines.ranking.robustness import Acceptability, acceptability, kendall, weight_draws
from lontar.engines.ranking.scales import linear, percentile, worths
from lontar.engines.ranking.voting import borda, condorcet

__all__ = [
    "ACCEPTED",
    "LESS",
    "MORE",
    "Acceptability",
    "Compromise",
    "Doubt",
    "Elicited",
    "Method",
    "Preference",
    "Problem",
    "ProblemInvalid",
    "Ranking",
    "Shape",
    "ValueChange",
    "WeightChange",
    "acceptability",
    "ahp",
    "borda",
    "condorcet",
    "contributions",
    "cpi",
    "critic",
    "entropy",
    "exponential",
    "importances",
    "judgements",
    "kendall",
    "least_value_change",
    "least_weight_change",
    "linear",
    "mpe",
    "net_flows",
    "percentile",
    "problem",
    "promethee",
    "rank",
    "ranks",
    "saw",
    "together",
    "topsis",
    "utilities",
    "vikor",
    "weight_draws",
    "worths",
]
