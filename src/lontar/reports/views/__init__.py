"""Screens of the office for reports: drafts looked at, built, published."""
