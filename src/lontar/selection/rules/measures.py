"""Measures, each declared once: key, name, formula in words, unit, direction, scale and source. How the registry's rows become
their values is `steps.measuring`."""

from __future__ import annotations


def words_for(key: str) -> str:
    """What is missing, in words."""
    return key
