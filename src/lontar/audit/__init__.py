"""What happened and under which rules: history of every record, reveals of personal data, effective-dated parameters."""
