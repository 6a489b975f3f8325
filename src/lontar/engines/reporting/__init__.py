"""The package of an open report: a folder of files that anybody can check without server or database.

Writes the tables of a quarter in three formats with their fingerprints, describes them, chains them to the report before, and
verifies all of that again: a changed cell is named by file, row, column and the value found. Which figures there are and what
must be hidden is decided before; signing and publishing are left to `reports`.
"""

from lontar.engines.reporting.chaining import ASSUMPTIONS, CHAINS, valued
from lontar.engines.reporting.package import Contents, chain_end, write_package
from lontar.engines.reporting.recomputing import cells_of, recomputed
from lontar.engines.reporting.records import Limits, anonymised
from lontar.engines.reporting.tables import CELLS, FIGURES, KEYS, RECORDS, Column, Table, TableProblem
from lontar.engines.reporting.verifying import Finding, Verification, verify

__all__ = [
    "ASSUMPTIONS",
    "CELLS",
    "CHAINS",
    "FIGURES",
    "KEYS",
    "RECORDS",
    "Column",
    "Contents",
    "Finding",
    "Limits",
    "Table",
    "TableProblem",
    "Verification",
    "anonymised",
    "cells_of",
    "chain_end",
    "recomputed",
    "valued",
    "verify",
    "write_package",
]
