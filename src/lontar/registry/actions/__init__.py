"""Changes of the registry, one verb per function: atomic, `by=` a person (None: the operator), `at=` an instant."""

from lontar.registry.actions.regions import (
    RegionsChanged,
    RegionsRefused,
    import_regions,
    load_official_totals,
    load_regions,
    succeed_region,
)

__all__ = [
    "RegionsChanged",
    "RegionsRefused",
    "import_regions",
    "load_official_totals",
    "load_regions",
    "succeed_region",
]
