"""Reads of the 90-day map: facts, readiness, solutions, plans and what follows them."""
