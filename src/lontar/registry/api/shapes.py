"""The shapes of what is sent, for the OpenAPI document and the manual; rows are sent as read, not through these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema

Row = TypeVar("Row")


class Items(Schema, Generic[Row]):
    """A page of a list, and the exact count of all."""

    items: list[Row]
    count: int


class Coverage(Schema):
    """One region: desa/kelurahan, enterprises published, registered, verified."""

    code: str
    name: str
    villages: int
    enterprises_official: int | None
    enterprises_registered: int
    enterprises_verified: int


class Region(Schema):
    """A region with both codes and its point."""

    code: str
    level: str
    kind: str
    name: str
    parent_code: str | None
    bps_code: str | None
    lat: float | None
    lon: float | None
    point_quality: str
    valid_from: date | None
    valid_until: date | None
    source: str


class Village(Schema):
    """A desa or kelurahan with the enterprises counted in it."""

    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    regency_code: str
    regency_name: str
    bps_code: str | None
    lat: float | None
    lon: float | None
    point_quality: str
    enterprises_registered: int
    enterprises_verified: int


class _Placed(Schema):
    village_code: str
    village_name: str
    district_name: str
    regency_name: str


class OpenEnterprise(_Placed):
    """An enterprise as anyone may read it."""

    id: int
    name: str
    main_product: str
    kbli: str
    kbli_version: int | None
    imk_class: str
    commodity: str | None
    is_verified: bool


class Enterprise(OpenEnterprise):
    """An enterprise; the fields that may be missing are sent only to an office, within its region."""

    verified_at: datetime | None = None
    owner_name: str = ""
    nib: str | None = None
    status: str = ""
    start_year: int | None = None
    workers: int | None = None
    annual_turnover: int | None = None
    umkm_class: str = ""
    lat: float | None = None
    lon: float | None = None
    recorded_at: datetime | None = None


class Product(_Placed):
    """A product with its stage, capacity and price in rupiah."""

    id: int
    name: str
    category: str
    stage: str
    commodity: str | None
    capacity_month: float | None
    unit: str
    price: float | None
    gtin: str | None
    enterprise_id: int | None
    organization_id: int | None
    school_id: int | None


class Licence(_Placed):
    """A licence and how far it is in force; the number of a NIB is not sent."""

    id: int
    kind: str
    number: str | None
    is_format_ok: bool
    enterprise_id: int | None
    product_id: int | None
    issued_date: date | None
    expires_date: date | None
    state: str
    is_verified: bool


class Potential(_Placed):
    """One commodity of a village in a year."""

    commodity: str
    year: int
    area_ha: float | None
    production: float | None
    unit: str
    harvest_months: str
    sold_raw_share: float | None


class Organization(_Placed):
    """A group, cooperative, BUMDes or community."""

    id: int
    kind: str
    community_kind: str
    name: str
    members: int | None
    founded_year: int | None


class School(_Placed):
    """A school of the OSOP pillar."""

    npsn: str
    name: str
    kind: str
    pupils: int | None


class Commodity(Schema):
    """A commodity of the catalogue; harvest months are numbers with spaces between."""

    code: str
    name: str
    name_en: str
    sector: str
    unit: str
    harvest_months: str
    kbli: str
    hs: str
    source: str
