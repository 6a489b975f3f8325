"""Drawing the sheet of a plan in force."""
