"""Screens of monthly returns: answering one, the grid, the workbook, lists and verification."""
