"""Lontar: runs a One Village One Product programme, from the first map to the open quarterly report."""
