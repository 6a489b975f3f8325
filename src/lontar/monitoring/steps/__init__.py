"""How a quarter is closed or restated: what is frozen, computed, compared and kept."""
