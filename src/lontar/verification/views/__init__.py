"""Screens of single sign-offs and returned fields."""
