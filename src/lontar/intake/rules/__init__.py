"""Checks of the rows of a batch: each finding names row, column, value, rule and cure. Vectorised; no database."""

from lontar.intake.rules.check import SHIFTED, Context, Verdict, check_rows

__all__ = ["SHIFTED", "Context", "Verdict", "check_rows"]
