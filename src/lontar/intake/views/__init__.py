"""Screens of intake: the history, sending, one batch, its columns, findings and places, and the files that it gives."""
