"""Reads of the office: pages of long lists, everything about one record, what waits, what happened lately."""
