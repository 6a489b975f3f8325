"""How a ranking is made: facts read, measures taken, candidates ranked, results kept; and how rankings follow merges."""
