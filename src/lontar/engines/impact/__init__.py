"""Did it help: effects of a programme that villages join at different times, and the words that may be said about them.

`panel` puts amounts on a stated scale, `matching` finds comparable producers by what was known before, `study` estimates the
curve around the start (pyfixest), `inference` and `wild` hold small numbers against chance, `words` gives the sentence by
rule. Frames in, frozen dataclasses out; what is stored, and for whom, is the application's.
"""

from lontar.engines.impact.assessment import Assessment, Plan, assess, before
from lontar.engines.impact.inference import Permutation, UnitEffect, against_villages, permuted
from lontar.engines.impact.matching import Balance, Matching, match
from lontar.engines.impact.panel import (
    PANEL_SCHEMA,
    TURNOVER,
    WORKERS,
    Attrition,
    PanelError,
    Scale,
    Treatment,
    attrition,
    valued,
    within,
)
from lontar.engines.impact.study import (
    Estimate,
    JointTest,
    Point,
    Study,
    detectable,
    estimate,
    event_study,
    placebo,
)
from lontar.engines.impact.wild import Wild, wild_bootstrap
from lontar.engines.impact.words import Claim, Evidence, Reason, Rule, Word, claim_for, shares, word_for

__all__ = [
    "PANEL_SCHEMA",
    "TURNOVER",
    "WORKERS",
    "Assessment",
    "Attrition",
    "Balance",
    "Claim",
    "Estimate",
    "Evidence",
    "JointTest",
    "Matching",
    "PanelError",
    "Permutation",
    "Plan",
    "Point",
    "Reason",
    "Rule",
    "Scale",
    "Study",
    "Treatment",
    "UnitEffect",
    "Wild",
    "Word",
    "against_villages",
    "assess",
    "attrition",
    "before",
    "claim_for",
    "detectable",
    "estimate",
    "event_study",
    "match",
    "permuted",
    "placebo",
    "shares",
    "valued",
    "wild_bootstrap",
    "within",
    "word_for",
]
