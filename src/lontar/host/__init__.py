"""How one installation runs: where its data lives, its embedded database, its processes. Knows nothing of the programme."""
