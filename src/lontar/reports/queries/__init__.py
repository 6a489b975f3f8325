"""Published reports and what their packages hold."""
