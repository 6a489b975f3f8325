"""The demo province: real villages, invented everything else, drawn from a seed and written as workbooks.

The numbers of enterprises per kabupaten/kota are those of Table 1; nothing else here is a statistic. People, businesses and
numbers are invented and recognisably so: clan names carry a *q*, businesses the word *Contoh*, *Peraga* or *Rekaan*, and NIK,
NIB, telephone, NPSN and licence numbers lie in ranges that no issuer uses (`names`, `signboards`, `identifiers`,
`licences`). The region list is the caller's; loading the workbooks is left to the intake, accounts to the application.
"""

from lontar.engines.demo.catalogue import Commodity, commodities
from lontar.engines.demo.enterprises import ENTERPRISE_HEADERS, enterprises_primary
from lontar.engines.demo.institutions import (
    COMMUNITY_HEADERS,
    GROUP_HEADERS,
    SCHOOL_HEADERS,
    communities,
    groups,
    schools,
)
from lontar.engines.demo.land import VILLAGE_SCHEMA, UnknownRegency
from lontar.engines.demo.licences import LICENCE_HEADERS, licences
from lontar.engines.demo.noise import NOISES, Noise
from lontar.engines.demo.official import AS_AT, REGENCIES, Regency, official_totals
from lontar.engines.demo.posts import DemoAgency, DemoHolder, DemoPeople, DemoPost, demo_people
from lontar.engines.demo.potential import POTENTIAL_HEADERS, potential
from lontar.engines.demo.products import PRODUCT_HEADERS, products
from lontar.engines.demo.province import Frames, province
from lontar.engines.demo.second import SECOND_HEADERS, enterprises_second, second_truth
from lontar.engines.demo.workbooks import FILES, Written, write_workbooks

#: The headers of every workbook by the name of its frame.
HEADERS: dict[str, tuple[str, ...]] = {
    "enterprises": ENTERPRISE_HEADERS,
    "second": SECOND_HEADERS,
    "potential": POTENTIAL_HEADERS,
    "products": PRODUCT_HEADERS,
    "licences": LICENCE_HEADERS,
    "schools": SCHOOL_HEADERS,
    "communities": COMMUNITY_HEADERS,
    "groups": GROUP_HEADERS,
}

__all__ = [
    "AS_AT",
    "FILES",
    "HEADERS",
    "NOISES",
    "REGENCIES",
    "VILLAGE_SCHEMA",
    "Commodity",
    "DemoAgency",
    "DemoHolder",
    "DemoPeople",
    "DemoPost",
    "Frames",
    "Noise",
    "Regency",
    "UnknownRegency",
    "Written",
    "commodities",
    "communities",
    "demo_people",
    "enterprises_primary",
    "enterprises_second",
    "groups",
    "licences",
    "official_totals",
    "potential",
    "products",
    "province",
    "schools",
    "second_truth",
    "write_workbooks",
]
