"""Pages about the house itself: sources and method, language, robots, site map."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from lontar.portal.presenters.words import place_url
from lontar.portal.queries import figures, goods, outlines
from lontar.portal.views.delivery import page, public_page
from lontar.registry.queries import gazetteer

MOST_PRODUCTS = 45_000


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Where the figures come from, how they are made, what is kept from the public."""
    root = settings.PROGRAMME_ROOT
    found = figures.figures_within(root, day=timezone.localdate())
    context = {"found": found, "outlines": sorted(set(outlines.boundary_levels().values()))}
    return page(request, "portal/about.html", context=context)


@public_page
def language(request: HttpRequest) -> HttpResponse:
    """The choice of language as a page, for who comes without the switch; `kembali` is where the reader came from."""
    back = request.GET.get("kembali", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("portal:front")
    joint = "&" if "?" in back else "?"
    links = [
        (code, name, f"{back}{joint}bahasa={code}") for code, name in (("id", "Bahasa Indonesia"), ("en", "English"))
    ]
    return page(request, "portal/language.html", context={"links": links})


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: the pages, not the office, the searches or every filter of a list."""
    lines = [
        "User-agent: *",
        "Disallow: /kantor/",
        "Disallow: /cari",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), "text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the two site maps."""
    parts = "".join(
        f"<sitemap><loc>{request.build_absolute_uri(reverse('portal:sitemap_part', args=[part]))}</loc></sitemap>"
        for part in ("wilayah", "produk")
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>')


@public_page
def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """Addresses of the fixed pages and every region, or of the products."""
    if part == "produk":
        paths = [reverse("portal:product", args=[pk]) for pk in goods.product_keys(limit=MOST_PRODUCTS)]
    else:
        fixed = [reverse(f"portal:{name}") for name in ("front", "map", "places", "data", "about")]
        paths = [*fixed, *(place_url(one.code) for one in gazetteer().places if len(one.code) > 2)]
    base = request.build_absolute_uri("/").rstrip("/")
    urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path in paths)
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', "application/xml; charset=utf-8")
