"""Verification of the registry: sections signed by the agency that answers for them, single fields returned with a reason."""
