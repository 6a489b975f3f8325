"""Views of selection: parse, one query or action, render."""
