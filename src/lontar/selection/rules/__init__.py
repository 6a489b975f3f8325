"""What is measured, what must hold before anything is scored, and the sets that are shipped."""
