"""Screens of the 90-day map."""
