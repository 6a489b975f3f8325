"""Rules of the registry: size classes and how far a licence is in force, each citing its regulation; fields by hand."""

from lontar.registry.rules.fields import EDITABLE, Fields, read_fields
from lontar.registry.rules.licences import Expiry, expiry_of, expiry_sql
from lontar.registry.rules.sizes import Bands, bands_as_at, classes_of, with_size_classes

__all__ = [
    "EDITABLE",
    "Bands",
    "Expiry",
    "Fields",
    "bands_as_at",
    "classes_of",
    "expiry_of",
    "expiry_sql",
    "read_fields",
    "with_size_classes",
]
