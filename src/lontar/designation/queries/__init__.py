"""Reads of designation."""
