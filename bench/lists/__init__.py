"""Hard lists for record linkage, drawn from a seed: two agencies write down the same people's businesses, each in its
own way.

`worlds` draws who is really there (families that share a clan and a telephone, owners with several businesses,
groups and their members, namesakes next door), `noises` what clerks make of it, `mixes` how often. Training draws
its worlds from one set of names and one set of noises at ever changing rates; the lists that measure are drawn from
other names, other slips and fixed rates.
"""

from bench.lists.drawing import Lists, draw
from bench.lists.mixes import HELD_OUT, Mix, training_mix

__all__ = ["HELD_OUT", "Lists", "Mix", "draw", "training_mix"]
