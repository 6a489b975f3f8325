"""Reads of verification: sections and duties, how they stand, what would be signed, returned fields."""
