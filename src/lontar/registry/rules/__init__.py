"""Programme rules of the registry, each citing its regulation: size classes, and how far a licence is in force."""

from lontar.registry.rules.licences import Expiry, expiry_of, expiry_sql
from lontar.registry.rules.sizes import Bands, bands_as_at, classes_of, with_size_classes

__all__ = ["Bands", "Expiry", "bands_as_at", "classes_of", "expiry_of", "expiry_sql", "with_size_classes"]
