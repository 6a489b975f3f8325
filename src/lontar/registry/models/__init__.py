"""Models of the registry. One module per part: regions, potential, people and enterprises, goods."""

from lontar.registry.models.claims import Acceptance, Authority, Disagreement, EnterpriseClaim, PersonClaim
from lontar.registry.models.counts import EnterpriseCell
from lontar.registry.models.enterprises import Enterprise, Membership, Organization, Person, School
from lontar.registry.models.goods import Licence, Product, ProductPhoto
from lontar.registry.models.merging import Merge, MergeStep
from lontar.registry.models.potential import Commodity, VillageFacility, VillagePotential, VillageResource
from lontar.registry.models.public import OfficeEnterprise, PublicEnterprise
from lontar.registry.models.regions import (
    OfficialTotal,
    Region,
    RegionAttribute,
    RegionBoundary,
    RegionSuccession,
    VillageTally,
)

__all__ = [
    "Acceptance",
    "Authority",
    "Commodity",
    "Disagreement",
    "Enterprise",
    "EnterpriseCell",
    "EnterpriseClaim",
    "Licence",
    "Membership",
    "Merge",
    "MergeStep",
    "OfficeEnterprise",
    "OfficialTotal",
    "Organization",
    "Person",
    "PersonClaim",
    "Product",
    "ProductPhoto",
    "PublicEnterprise",
    "Region",
    "RegionAttribute",
    "RegionBoundary",
    "RegionSuccession",
    "School",
    "VillageFacility",
    "VillagePotential",
    "VillageResource",
    "VillageTally",
]
