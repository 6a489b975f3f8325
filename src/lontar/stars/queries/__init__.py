"""Reads of stars for other apps and faces, and of assessments for the office."""
