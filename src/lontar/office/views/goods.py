"""Products, licences, organisations and schools: each a list with a side panel and exports, and a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import post_of, requires
from lontar.access.models import Post
from lontar.access.policies import check_work, require_region
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of
from lontar.office.forms.filters import ListFilter
from lontar.office.forms.lists import BodyListFilter, LicenceListFilter, ProductListFilter
from lontar.office.presenters import goods as listed
from lontar.office.presenters import records as presenters
from lontar.office.presenters.enterprise import licences_table, products_table
from lontar.office.presenters.sheets import Sheet, paging
from lontar.office.presenters.words import crumbs
from lontar.office.queries import goods as lists
from lontar.office.queries import records as queries
from lontar.office.queries.goods import Asked
from lontar.office.states import ListKey
from lontar.office.views.replies import (
    ListPage,
    Panel,
    chips,
    export_of,
    list_page,
    opened,
    wants_panel_only,
    whole,
)
from lontar.registry.policies import check_read_enterprises
from lontar.ui.presenters import PanelHead, Query, Table
from lontar.ui.presenters.query import OPEN

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """One record as its page and its side panel show it."""

    model: models.Model
    name: str
    village: str
    facts: list[Any]
    parts: list[Table]
    url: str
    shows_history: bool = True


def _list(
    request: HttpRequest,
    *,
    key: ListKey,
    form: ListFilter,
    sheet: Sheet[Line],
    asked: Asked,
    link: Callable[[Line], tuple[str, str]],
    find: Callable[[Post, str], Record | None],
) -> HttpResponseBase:
    """What the three lists have in common."""
    query, post = Query.of(request), post_of(request)
    page = ListPage(str(key.label), key, crumbs((str(key.label), "")), panel=_panel(query, post, find))
    if wants_panel_only(request):
        return list_page(request, page, table=None, form=form)
    sort = sheet.sort_of(query)
    export = export_of(request, sheet, asked.all(sort=sort))
    if export is not None:
        return export
    pager = paging(query, asked.count())
    rows = asked.page(sort=sort, limit=pager.size, offset=(pager.page - 1) * pager.size)
    return list_page(request, page, table=sheet.table(pager, rows, link=link, chips=chips(form, query)), form=form)


def _panel(query: Query, post: Post, find: Callable[[Post, str], Record | None]) -> Panel | None:
    key = opened(query)
    if not key:
        return None
    found = find(post, key)
    if found is None or not require_region_quietly(post, found.village):
        return Panel(PanelHead(_("Catatan tidak ditemukan di wilayah Anda"), query.without(OPEN)))
    head = PanelHead(found.name, query.without(OPEN), found.url)
    return Panel(head, "office/parts/record.html", {"facts": found.facts, "parts": found.parts, "level": 3})


def require_region_quietly(post: Post, code: str) -> bool:
    """Whether the record lies in the region of the post."""
    return code == post.region_code or code.startswith(f"{post.region_code}.")


def _page(request: HttpRequest, found: Record | None, key: ListKey) -> HttpResponse:
    """The page of one record; 404 where there is none, the reason where it lies beyond the reader's region."""
    if found is None:
        raise Http404
    post = post_of(request)
    require_region(post, found.village)
    context = {
        "name": found.name,
        "facts": found.facts,
        "parts": found.parts,
        "level": 2,
        "entries": history_entries(history_of(found.model, post)) if found.shows_history else [],
        "crumbs": crumbs((str(key.label), reverse(f"office:{_ROUTES[key]}")), (found.name, "")),
    }
    return render(request, "office/record.html", context)


_ROUTES = {ListKey.PRODUCTS: "products", ListKey.LICENCES: "licences", ListKey.BODIES: "bodies"}


@requires(check_work)
def products(request: HttpRequest) -> HttpResponseBase:
    """Products of the post's region."""
    form = ProductListFilter(request.GET, within=post_of(request).region_code)
    asked = lists.ask_products(
        form.region,
        day=timezone.localdate(),
        text=form.value("q"),
        category=form.value("kelompok"),
        stage=form.value("tahap"),
        licensed=form.value("izin"),
    )
    return _list(
        request,
        key=ListKey.PRODUCTS,
        form=form,
        sheet=listed.products_sheet(),
        asked=asked,
        link=listed.product_link,
        find=_product,
    )


@requires(check_work)
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product."""
    return _page(request, _product(post_of(request), str(pk)), ListKey.PRODUCTS)


def _product(post: Post, key: str) -> Record | None:
    one = queries.product(whole(key))
    if one is None:
        return None
    maker = presenters.maker_value(queries.maker_of(one), may_open=check_read_enterprises.can(post))
    parts = [licences_table(queries.licences_of(one), timezone.localdate())]
    facts = presenters.product_facts(one, maker)
    return Record(one, one.name, one.village_id, facts, parts, reverse("office:product", args=[one.pk]))


@requires(check_work)
def licences(request: HttpRequest) -> HttpResponseBase:
    """Licences of the post's region, those that end first on top."""
    post, today = post_of(request), timezone.localdate()
    form = LicenceListFilter(request.GET, within=post.region_code)
    asked = lists.ask_licences(
        form.region,
        day=today,
        text=form.value("q"),
        kind=form.value("jenis"),
        state=form.value("keadaan"),
        shape=form.value("nomor"),
        with_nib=check_read_enterprises.can(post),
    )
    return _list(
        request,
        key=ListKey.LICENCES,
        form=form,
        sheet=listed.licences_sheet(today),
        asked=asked,
        link=listed.licence_link,
        find=_licence,
    )


@requires(check_work)
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """One licence."""
    return _page(request, _licence(post_of(request), str(pk)), ListKey.LICENCES)


def _licence(post: Post, key: str) -> Record | None:
    one = queries.licence(whole(key))
    if one is None:
        return None
    may_read = check_read_enterprises.can(post)
    holder = queries.enterprise_maker(one.enterprise_id or (one.product.enterprise_id if one.product else None))
    facts = presenters.licence_facts(
        one, presenters.maker_value(holder, may_open=may_read), day=timezone.localdate(), with_nib=may_read
    )
    name = f"{one.get_kind_display()} {one.number}" if may_read or one.kind != "nib" else one.get_kind_display()
    url = reverse("office:licence", args=[one.pk])
    return Record(one, name.strip(), one.village_id, facts, [], url, shows_history=may_read or one.kind != "nib")


@requires(check_work)
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Organisations and schools of the post's region."""
    form = BodyListFilter(request.GET, within=post_of(request).region_code)
    asked = lists.ask_bodies(form.region, text=form.value("q"), kind=form.value("jenis"))
    return _list(
        request,
        key=ListKey.BODIES,
        form=form,
        sheet=listed.bodies_sheet(),
        asked=asked,
        link=listed.body_link,
        find=_body,
    )


@requires(check_work)
def body(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """One organisation or school."""
    return _page(request, _body(post_of(request), f"{sort}-{pk}"), ListKey.BODIES)


def _body(post: Post, key: str) -> Record | None:
    sort, _dash, number = key.partition("-")
    if sort == "sekolah":
        school = queries.school(whole(number))
        if school is None:
            return None
        url = reverse("office:body", args=["sekolah", school.pk])
        parts = [products_table(queries.products_of(school))]
        return Record(school, school.name, school.village_id, presenters.school_facts(school), parts, url)
    one = queries.organization(whole(number))
    if one is None:
        return None
    parts = [products_table(queries.products_of(one))]
    if check_read_enterprises.can(post):
        parts.insert(0, presenters.members_table(queries.members_of(one)))
    url = reverse("office:body", args=["organisasi", one.pk])
    return Record(one, one.name, one.village_id, presenters.organization_facts(one), parts, url)
