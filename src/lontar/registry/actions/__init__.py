"""Changes of the registry, one verb per function: atomic, `by=` a person (None: the operator), `at=` an instant."""

from lontar.registry.actions.attributes import (
    AttributesChanged,
    AttributeSheet,
    AttributesRefused,
    import_attributes,
    read_attributes,
)
from lontar.registry.actions.authority import AuthorityRefused, follow_authorities, set_authority
from lontar.registry.actions.boundaries import BoundariesChanged, import_boundaries
from lontar.registry.actions.claims import NoSuchClaim, accept_claim, accept_many, hold_writer, release_acceptance
from lontar.registry.actions.enterprises import (
    ChangedMeanwhile,
    EnterpriseInvalid,
    NoSuchTransition,
    NothingSealed,
    change_enterprise,
    change_status,
    reveal_value,
)
from lontar.registry.actions.merging import (
    MergeRefused,
    SeenDiffers,
    Undone,
    merge_enterprises,
    merge_organizations,
    merge_people,
    undo_merge,
    undo_merges,
)
from lontar.registry.actions.potential import (
    PotentialExists,
    PotentialInvalid,
    add_potential,
    change_potential,
    remove_potential,
)
from lontar.registry.actions.regions import (
    RegionsChanged,
    RegionsRefused,
    import_regions,
    load_official_totals,
    load_regions,
    succeed_region,
)

__all__ = [
    "AttributeSheet",
    "AttributesChanged",
    "AttributesRefused",
    "AuthorityRefused",
    "BoundariesChanged",
    "ChangedMeanwhile",
    "EnterpriseInvalid",
    "MergeRefused",
    "NoSuchClaim",
    "NoSuchTransition",
    "NothingSealed",
    "PotentialExists",
    "PotentialInvalid",
    "RegionsChanged",
    "RegionsRefused",
    "SeenDiffers",
    "Undone",
    "accept_claim",
    "accept_many",
    "add_potential",
    "change_enterprise",
    "change_potential",
    "change_status",
    "follow_authorities",
    "hold_writer",
    "import_attributes",
    "import_boundaries",
    "import_regions",
    "load_official_totals",
    "load_regions",
    "merge_enterprises",
    "merge_organizations",
    "merge_people",
    "read_attributes",
    "release_acceptance",
    "remove_potential",
    "reveal_value",
    "set_authority",
    "succeed_region",
    "undo_merge",
    "undo_merges",
]
