"""Screens of quarters, figures, definitions and consumer prices."""
