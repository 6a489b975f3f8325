"""Screens of proposals, decrees, and the locus selection."""
