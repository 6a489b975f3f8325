"""How verdicts are reached from returns: panels, units against villages, classes, and the whole of it. No database."""
