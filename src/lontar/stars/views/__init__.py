"""Screens of rubrics, rounds, assessments and stars."""
