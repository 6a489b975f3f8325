"""Screens of mapping documents in the office."""
