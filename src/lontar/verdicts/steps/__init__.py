"""What a verdict reads from the database and keeps on disk."""
