"""Plain Python: identifiers, places, periods, money, tabular files. No Django, no database, no clock of its own."""
