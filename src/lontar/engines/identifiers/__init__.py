"""Identifiers as agencies write them: what each must look like, what was damaged on the way, and how to show them.

`check_*` judges one value, `*_column` a whole column the same way and fast; `format_*` and `mask_*` are for screens.
A sound format is never proof that a number was issued: verification, storage and permission are left to the apps.
"""

from __future__ import annotations

from lontar.engines.identifiers.business import (
    KBLI_DIVISIONS,
    KbliVersion,
    check_kbli,
    check_nib,
    check_npsn,
    kbli_column,
    nib_column,
    npsn_column,
)
from lontar.engines.identifiers.checked import BLANK_IDENTIFIERS, BLANK_WORDS, Checked, Severity, is_blank, plain
from lontar.engines.identifiers.columns import SEVERITIES, ColumnCheck
from lontar.engines.identifiers.coordinates import (
    NTT_ENVELOPE,
    CheckedPoint,
    Envelope,
    PointColumnCheck,
    check_coordinates,
    point_columns,
)
from lontar.engines.identifiers.foods import (
    BPOM_KINDS,
    FOOD_PREFIXES,
    HERBAL_PREFIXES,
    PIRT_FOOD_TYPES,
    PIRT_PACKAGES,
    check_bpom,
    check_pirt,
    format_bpom,
    format_pirt,
)
from lontar.engines.identifiers.goods import (
    check_gtin,
    check_hs,
    format_hs,
    gs1_check_digit,
    gtin_column,
    is_internal_gtin,
)
from lontar.engines.identifiers.licences import (
    LICENCE_NAMES,
    LicenceKind,
    check_licence,
    guess_licence_kind,
    licence_column,
    licence_columns,
)
from lontar.engines.identifiers.marks import (
    check_halal,
    check_indication,
    check_standard,
    check_trademark,
    format_indication,
)
from lontar.engines.identifiers.nik import ADULT_AGE, check_kk, check_nik, mask_nik, nik_column
from lontar.engines.identifiers.phone import check_phone, format_phone, mask_phone, phone_column
from lontar.engines.identifiers.places import (
    NTT_POSTAL_RANGE,
    NTT_PROVINCE,
    VILLAGE_KINDS,
    PostalRange,
    check_bps_code,
    check_postal_code,
    check_region_code,
    check_village_code,
    format_region_code,
    village_column,
)
from lontar.engines.identifiers.provinces import PROVINCES
from lontar.engines.identifiers.tax import check_npwp, format_npwp, npwp_column

__all__ = [
    "ADULT_AGE",
    "BLANK_IDENTIFIERS",
    "BLANK_WORDS",
    "BPOM_KINDS",
    "FOOD_PREFIXES",
    "HERBAL_PREFIXES",
    "KBLI_DIVISIONS",
    "LICENCE_NAMES",
    "NTT_ENVELOPE",
    "NTT_POSTAL_RANGE",
    "NTT_PROVINCE",
    "PIRT_FOOD_TYPES",
    "PIRT_PACKAGES",
    "PROVINCES",
    "SEVERITIES",
    "VILLAGE_KINDS",
    "Checked",
    "CheckedPoint",
    "ColumnCheck",
    "Envelope",
    "KbliVersion",
    "LicenceKind",
    "PointColumnCheck",
    "PostalRange",
    "Severity",
    "check_bpom",
    "check_bps_code",
    "check_coordinates",
    "check_gtin",
    "check_halal",
    "check_hs",
    "check_indication",
    "check_kbli",
    "check_kk",
    "check_licence",
    "check_nib",
    "check_nik",
    "check_npsn",
    "check_npwp",
    "check_phone",
    "check_pirt",
    "check_postal_code",
    "check_region_code",
    "check_standard",
    "check_trademark",
    "check_village_code",
    "format_bpom",
    "format_hs",
    "format_indication",
    "format_npwp",
    "format_phone",
    "format_pirt",
    "format_region_code",
    "gs1_check_digit",
    "gtin_column",
    "guess_licence_kind",
    "is_blank",
    "is_internal_gtin",
    "kbli_column",
    "licence_column",
    "licence_columns",
    "mask_nik",
    "mask_phone",
    "nib_column",
    "nik_column",
    "npsn_column",
    "npwp_column",
    "phone_column",
    "plain",
    "point_columns",
    "village_column",
]
