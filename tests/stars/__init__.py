"""Tests of rubrics, assessments and stars."""
