"""How a document is made: figures gathered, map drawn, files kept, version recorded."""
