"""One product and one enterprise as the public may see them, with their licences. Owners, money and NIB stay inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from lontar.registry.models import Licence, Product, PublicEnterprise
from lontar.registry.states import LicenceKind

# Numbers that a label or a public register shows anyway; the NIB leads to the owner and is left out.
OPEN_NUMBERS = frozenset(
    {
        LicenceKind.PIRT,
        LicenceKind.MD,
        LicenceKind.TR,
        LicenceKind.HALAL,
        LicenceKind.TRADEMARK,
        LicenceKind.GEOGRAPHICAL,
        LicenceKind.SNI,
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """A licence: `number` empty where it is not public, `product` the product it is for ("" for the enterprise's own)."""

    kind: str
    number: str
    product_id: int | None
    product: str
    issued: date | None
    expires: date | None
    is_verified: bool
    agency: str
    at: datetime

    def is_in_force(self, day: date) -> bool:
        """Whether it has not ended on `day`."""
        return self.expires is None or self.expires >= day


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a product: an enterprise (with its page), an organisation or a school; `kind` says which."""

    kind: str
    name: str
    pk: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """A product."""

    pk: int
    name: str
    category: str
    stage: str
    village_code: str
    commodity: str
    commodity_en: str
    capacity_month: Decimal | None
    unit: str
    price: Decimal | None
    gtin: str
    description: str
    maker: Maker | None
    licences: Sequence[Held]
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise that is not closed."""

    pk: int
    name: str
    main_product: str
    village_code: str
    commodity: str
    commodity_en: str
    kbli: str
    kbli_version: int | None
    imk_class: str
    is_verified: bool
    products: Sequence[tuple[int, str, str]]
    licences: Sequence[Held]


def _held(rows: Sequence[Licence]) -> list[Held]:
    return [
        Held(
            kind=row.kind,
            number=row.number if row.kind in OPEN_NUMBERS else "",
            product_id=row.product_id,
            product=row.product.name if row.product else "",
            issued=row.issued_date,
            expires=row.expires_date,
            is_verified=row.verified_at is not None,
            agency=row.source_agency.short_name if row.source_agency else "",
            at=row.recorded_at,
        )
        for row in rows
    ]


def _licences(which: Q) -> list[Held]:
    rows = Licence.objects.filter(which).select_related("product", "source_agency").order_by("kind", "number", "pk")
    return _held(list(rows))


def item(pk: int) -> Item | None:
    """The product with that number; None when there is none. Four queries at most."""
    product = (
        Product.objects.filter(pk=pk).select_related("organization", "school", "commodity", "source_agency").first()
    )
    if product is None:
        return None
    return Item(
        pk=product.pk,
        name=product.name,
        category=product.category,
        stage=product.stage,
        village_code=product.village_id,
        commodity=product.commodity.name if product.commodity else "",
        commodity_en=product.commodity.name_en if product.commodity else "",
        capacity_month=product.capacity_month,
        unit=product.unit,
        price=product.price,
        gtin=product.gtin or "",
        description=product.description,
        maker=_maker(product),
        licences=_licences(Q(product=product)),
        agency=product.source_agency.short_name if product.source_agency else "",
        at=product.recorded_at,
    )


def _maker(product: Product) -> Maker | None:
    if product.enterprise_id is not None:
        firm = PublicEnterprise.objects.filter(pk=product.enterprise_id).only("name").first()
        return Maker("enterprise", firm.name, firm.pk) if firm else None
    if product.organization is not None:
        return Maker(product.organization.kind, product.organization.name, None)
    return Maker("school", product.school.name, None) if product.school else None


def firm(pk: int) -> Firm | None:
    """The enterprise with that number, unless it is closed or unknown. Three queries at most."""
    row = PublicEnterprise.objects.filter(pk=pk).select_related("commodity").first()
    if row is None:
        return None
    products = Product.objects.filter(enterprise_id=pk).order_by("name", "pk").values_list("pk", "name", "stage")
    return Firm(
        pk=row.pk,
        name=row.name,
        main_product=row.main_product,
        village_code=row.village_id,
        commodity=row.commodity.name if row.commodity else "",
        commodity_en=row.commodity.name_en if row.commodity else "",
        kbli=row.kbli,
        kbli_version=row.kbli_version,
        imk_class=row.imk_class,
        is_verified=row.is_verified,
        products=list(products),
        licences=_licences(Q(enterprise_id=pk) | Q(product__enterprise_id=pk)),
    )


def product_keys(*, limit: int) -> list[int]:
    """Numbers of the products, for the site map."""
    return list(Product.objects.order_by("pk").values_list("pk", flat=True)[:limit])
