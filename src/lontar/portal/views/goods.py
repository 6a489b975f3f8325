"""Pages of one product and of one enterprise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.portal.presenters import goods as presenters
from lontar.portal.presenters import words
from lontar.portal.presenters.stars import star_lines
from lontar.portal.queries import goods
from lontar.portal.views.delivery import page, public_page
from lontar.registry.queries import RegionCard, region_card
from lontar.registry.queries.merging import standing_for
from lontar.registry.rules import public_text


@public_page
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """A product."""
    found = goods.item(pk)
    place = region_card(found.village_code) if found else None
    if found is None or place is None:
        return _gone(request, _("Produk nomor %s tidak ada, atau sudah dihapus dari daftar.") % pk)
    context = {
        "item": found,
        "name": public_text(found.name),
        "description": public_text(found.description),
        "place": place,
        "crumbs": _crumbs(place, public_text(found.name)),
        "stages": presenters.stages(found.stage),
        "facts": presenters.item_facts(found, place),
        "licences": presenters.licence_lines(found.licences, timezone.localdate()),
        "source": words.sourced([found.agency], found.at),
        "stars": star_lines(pk, timezone.localdate()),
    }
    return page(request, "portal/product.html", context=context)


@public_page
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """An enterprise."""
    found = goods.firm(pk)
    place = region_card(found.village_code) if found else None
    if found is None and (stands := standing_for(pk)) is not None:
        return redirect("portal:enterprise", pk=stands)
    if found is None or place is None:
        return _gone(request, _("Usaha nomor %s tidak ada, atau sudah tutup.") % pk)
    context = {
        "firm": found,
        "name": public_text(found.name),
        "place": place,
        "crumbs": _crumbs(place, public_text(found.name)),
        "facts": presenters.firm_facts(found, place),
        "status": presenters.verified_status(is_verified=found.is_verified),
        "products": presenters.product_lines(found),
        "licences": presenters.licence_lines(found.licences, timezone.localdate()),
    }
    return page(request, "portal/enterprise.html", context=context)


def _crumbs(place: RegionCard, name: str) -> list[object]:
    return list(words.crumbs(place.path, name))


def _gone(request: HttpRequest, text: str) -> HttpResponse:
    context = {"text": text, "search_url": reverse("portal:search")}
    return page(request, "portal/gone.html", context=context, status=404)
