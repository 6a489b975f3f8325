"""Record linkage of enterprises: which rows of two agencies' lists are the same, and which rows of one list stand
twice.

`link` and `dedupe` take polars frames with the columns of `COLUMNS` and give pairs with their probability; `train`
makes a model from lists whose pairs are known. The work: names and numbers are normalised (`people`, `trades`,
`numbers`), candidate pairs found (`keys`), weighed by Splink (`comparing`), weighed for what columns mean together
(`details`, `weighing`), assigned one to one (`assigning`). Nothing here reads files or knows the registry; Splink,
DuckDB and scipy are imported when work begins.
"""

from lontar.engines.linkage.linking import AUTOMATIC, DEFAULT, DEFAULT_WITHIN, REVIEW, dedupe, link
from lontar.engines.linkage.model import Model, ModelProblem, read_model, shipped
from lontar.engines.linkage.rows import COLUMNS, ListProblem, checked
from lontar.engines.linkage.training import Example, train

__all__ = [
    "AUTOMATIC",
    "COLUMNS",
    "DEFAULT",
    "DEFAULT_WITHIN",
    "REVIEW",
    "Example",
    "ListProblem",
    "Model",
    "ModelProblem",
    "checked",
    "dedupe",
    "link",
    "read_model",
    "shipped",
    "train",
]
