"""Rules of the registry: size classes, validity of licences, fields by hand, words for strangers; each cites its source."""

from lontar.registry.rules.fields import EDITABLE, Fields, read_fields
from lontar.registry.rules.licences import Expiry, expiry_of, expiry_sql
from lontar.registry.rules.public_words import public_text, public_text_sql
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
    "public_text",
    "public_text_sql",
    "read_fields",
    "with_size_classes",
]
