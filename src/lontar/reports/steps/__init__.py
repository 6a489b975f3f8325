"""How a report is made: the closed quarter gathered, the folder written and kept, the paper drawn."""
