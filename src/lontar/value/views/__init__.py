"""Screens of value kept and of the trade balance."""
