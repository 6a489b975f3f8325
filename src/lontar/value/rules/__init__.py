"""Rules of value kept: how a quarter is counted, what must be hidden, and how figures of trade are read."""
