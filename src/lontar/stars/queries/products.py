"""What gates ask of the registry about a product, and who makes it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from lontar.registry.models import Enterprise, Licence, Product
from lontar.registry.rules import expiry_of
from lontar.registry.states import LicenceKind
from lontar.stars.rules import HeldLicence, ProductFacts


def product_facts(product: Product, *, halal: str, day: date) -> ProductFacts:
    """The facts on `day`, as the present scope sees them: three queries. A NIB counts by its number or as a licence."""
    mine = Q(product=product)
    if product.enterprise_id is not None:
        mine |= Q(enterprise_id=product.enterprise_id, product__isnull=True)
    held = [
        HeldLicence(
            row.kind,
            row.number,
            expiry_of(row.kind, row.number, issued=row.issued_date, expires=row.expires_date, day=day),
        )
        for row in Licence.objects.filter(mine).order_by("kind", "pk")
    ]
    numbered = Enterprise.objects.filter(pk=product.enterprise_id or 0, nib__isnull=False).exists()
    return ProductFacts(
        category=product.category,
        has_nib=numbered or any(one.kind == LicenceKind.NIB for one in held),
        licences=held,
        halal=halal,
    )


def maker_name(product: Product) -> str:
    """The name of who makes it: enterprise, organisation or school."""
    if product.enterprise_id is not None:
        found = Enterprise.objects.filter(pk=product.enterprise_id or 0).values_list("name", flat=True).first()
        return found or _("usaha yang tidak terbaca")
    body = product.organization or product.school
    return body.name if body else _("pembuat belum tercatat")
