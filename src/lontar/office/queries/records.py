"""One product, licence, organisation or school with what it belongs to. Lists of them are in `goods`."""

from __future__ import annotations

from dataclasses import dataclass

from lontar.registry.models import Enterprise, Licence, Organization, Product, School


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes or holds something: `url_name` and `args` of its page, both empty where the reader may not see it."""

    name: str
    kind: str = ""
    pk: int | None = None


def product(pk: int) -> Product | None:
    """The product with its village, commodity and source."""
    found = Product.objects.select_related(
        "village__parent__parent", "commodity", "source_agency", "organization", "school"
    )
    return found.filter(pk=pk).first()


def licence(pk: int) -> Licence | None:
    """The licence with its village, product and source."""
    found = Licence.objects.select_related("village__parent__parent", "product", "source_agency")
    return found.filter(pk=pk).first()


def organization(pk: int) -> Organization | None:
    """The organisation with its village and source."""
    return Organization.objects.select_related("village__parent__parent", "source_agency").filter(pk=pk).first()


def school(pk: int) -> School | None:
    """The school with its village and source."""
    return School.objects.select_related("village__parent__parent", "source_agency").filter(pk=pk).first()


def maker_of(one: Product) -> Maker | None:
    """Who makes a product; an enterprise beyond the connection's scope is not named."""
    if one.enterprise_id is not None:
        return enterprise_maker(one.enterprise_id)
    if one.organization is not None:
        return Maker(one.organization.name, "organisasi", one.organization.pk)
    if one.school is not None:
        return Maker(one.school.name, "sekolah", one.school.pk)
    return None


def enterprise_maker(pk: int | None) -> Maker | None:
    """The enterprise of that number as a maker or holder; None beyond the scope."""
    name = Enterprise.objects.filter(pk=pk).values_list("name", flat=True).first() if pk else None
    return Maker(name, "usaha", pk) if name else None


def licences_of(one: Product) -> list[Licence]:
    """The licences held for a product."""
    return list(Licence.objects.filter(product=one).select_related("product").order_by("kind", "number", "pk"))


def members_of(one: Organization) -> list[tuple[int, str]]:
    """Enterprises of the reader's region that belong to the organisation: (number, name), by name."""
    rows = Enterprise.objects.filter(memberships__organization=one).order_by("name", "pk")
    return list(rows.values_list("pk", "name")[:200])


def products_of(one: Organization | School) -> list[Product]:
    """What an organisation or school makes."""
    owner = {"organization": one} if isinstance(one, Organization) else {"school": one}
    return list(Product.objects.filter(**owner).order_by("name", "pk")[:200])
