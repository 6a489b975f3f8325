"""The public face: what the programme is, the map, villages, search; open to everyone."""
