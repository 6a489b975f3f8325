"""How sections stand per region, and the enterprises and villages behind each figure; acts over them are in `section_acts`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.doors import post_of, requires
from lontar.access.models import Post
from lontar.office.forms.sections import SectionEnterpriseFilter, SectionFilter, SectionVillageFilter
from lontar.office.presenters import sections as presenters
from lontar.office.presenters.sheets import paging
from lontar.office.presenters.words import crumbs
from lontar.office.queries import sections as queries
from lontar.office.states import ListKey
from lontar.office.views.replies import ListPage, chips, export_of, list_page
from lontar.registry.queries import EnterpriseFilter
from lontar.ui.presenters import BulkAction, Link, Query
from lontar.verification import policies
from lontar.verification.queries.choosing import Choice, VillageChoice
from lontar.verification.queries.sections import SectionView, duties_of, sections_on
from lontar.verification.queries.standing import counts
from lontar.verification.states import Standing, SubjectKind


@requires(policies.check_see_sections)
def sections_page(request: HttpRequest) -> HttpResponseBase:
    """Every section in the region by how it stands; or one section, region by region beneath."""
    post, query, found = post_of(request), Query.of(request), sections_on(timezone.localdate())
    form = SectionFilter(request.GET, within=post.region_code, choices={"bagian": _choices(found)})
    region, section = form.region or post.region_code, section_of(found, form.value("bagian"))
    if section is None:
        rows = [presenters.overview(one, line, by_region=False) for one in found for line in counts(one, region)]
        sheet = presenters.overview_sheet(_("Bagian"), by_region=False)
    else:
        lines = counts(section, region, split=True)
        rows = [presenters.overview(section, line, by_region=True) for line in lines]
        sheet = presenters.overview_sheet(_("Wilayah"), by_region=True)
    export = export_of(request, sheet, rows)
    if export is not None:
        return export
    pager = paging(query, len(rows))
    shown = rows[(pager.page - 1) * pager.size : pager.page * pager.size]
    title = str(ListKey.SECTIONS.label)
    page = ListPage(
        title,
        ListKey.SECTIONS,
        crumbs((title, "")) if section is None else crumbs((title, reverse("office:sections")), (section.name, "")),
        lead=_("Bagian data mana yang sudah disahkan instansi yang bertugas, dan mana yang menunggu."),
        buttons=[Link(_("Isian dikembalikan"), reverse("office:returns"), "return")],
    )
    table = sheet.table(pager, shown, link=presenters.overview_link, chips=chips(form, query))
    return list_page(request, page, table=table, form=form)


def _choices(found: list[SectionView]) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in found]


def section_of(found: list[SectionView], key: str) -> SectionView | None:
    """The section with this key."""
    return next((one for one in found if one.key == key), None)


def sections_for(subject: SubjectKind) -> list[SectionView]:
    """The sections of enterprises or of villages today; 404 when there are none."""
    found = sections_on(timezone.localdate(), subject)
    if not found:
        raise Http404
    return found


def enterprise_choice(request: HttpRequest, post: Post) -> tuple[SectionEnterpriseFilter, SectionView, Choice]:
    """What the address asks for: the filters, the section (the first where none is named) and the enterprises."""
    found = sections_for(SubjectKind.ENTERPRISE)
    form = SectionEnterpriseFilter(request.GET, within=post.region_code, choices={"bagian": _choices(found)})
    section = section_of(found, form.value("bagian")) or found[0]
    standing = Standing(form.value("keadaan")) if form.value("keadaan") else None
    asked = EnterpriseFilter(region=form.value("wilayah"))
    return form, section, Choice(asked, None, section.id, standing, form.value("kosong"))


@requires(policies.check_see_sections)
def section_enterprises(request: HttpRequest) -> HttpResponseBase:
    """Enterprises by how one section of theirs stands."""
    post, query = post_of(request), Query.of(request)
    form, section, choice = enterprise_choice(request, post)
    sheet, within = presenters.lines_sheet(section), post.region_code
    export = export_of(request, sheet, queries.all_enterprises(choice, section, within=within))
    if export is not None:
        return export
    pager = paging(query, queries.count_enterprises(choice, section, within=within))
    rows = queries.enterprise_lines(
        choice, section, within=within, limit=pager.size, offset=(pager.page - 1) * pager.size
    )
    bulk = _bulk("office:section_mark_enterprises", query, section, post)
    if policies.check_return_within.can(post, within, duties_of(post, timezone.localdate(), keys=[section.key])):
        url = Query(reverse("office:section_mark_enterprises", args=["kembalikan"]), query.pairs).but({})
        bulk.append(BulkAction(_("Kembalikan satu isian"), url, "return"))
    table = sheet.table(pager, rows, link=presenters.line_link, chips=chips(form, query), bulk=bulk)
    return list_page(request, _page(ListKey.SECTION_ENTERPRISES, section), table=table, form=form)


def village_choice(request: HttpRequest, post: Post) -> tuple[SectionVillageFilter, SectionView, VillageChoice]:
    """As `enterprise_choice`, for villages."""
    found = sections_for(SubjectKind.VILLAGE)
    form = SectionVillageFilter(request.GET, within=post.region_code, choices={"bagian": _choices(found)})
    section = section_of(found, form.value("bagian")) or found[0]
    standing = Standing(form.value("keadaan")) if form.value("keadaan") else None
    return form, section, VillageChoice(form.value("wilayah"), None, section.id, standing)


@requires(policies.check_see_sections)
def section_villages(request: HttpRequest) -> HttpResponseBase:
    """Villages by how one section of theirs stands."""
    post, query = post_of(request), Query.of(request)
    form, section, choice = village_choice(request, post)
    sheet, within = presenters.lines_sheet(section), post.region_code
    export = export_of(request, sheet, queries.village_lines(choice, section, within=within))
    if export is not None:
        return export
    pager = paging(query, queries.count_villages(choice, within=within))
    rows = queries.village_lines(choice, section, within=within, limit=pager.size, offset=(pager.page - 1) * pager.size)
    bulk = _bulk("office:section_mark_villages", query, section, post)
    table = sheet.table(pager, rows, link=presenters.line_link, chips=chips(form, query), bulk=bulk)
    return list_page(request, _page(ListKey.SECTION_VILLAGES, section), table=table, form=form)


def _page(key: ListKey, section: SectionView) -> ListPage:
    title = f"{key.label}: {section.name}"
    above = str(ListKey.SECTIONS.label)
    return ListPage(title, key, crumbs((above, reverse("office:sections")), (section.name, "")), lead=section.source)


def _bulk(route: str, query: Query, section: SectionView, post: Post) -> list[BulkAction]:
    """Signing and withdrawing, for a post that answers for the section in its own region."""
    duties = duties_of(post, timezone.localdate(), keys=[section.key])
    if not policies.check_sign_within.can(post, post.region_code, duties):
        return []
    prepares = duties[0].step < section.last_step
    urls = {act: Query(reverse(route, args=[act]), query.pairs).but({}) for act in ("sahkan", "tarik")}
    label = _("Nyatakan siap") if prepares else _("Sahkan")
    return [
        BulkAction(label, urls["sahkan"], "check"),
        BulkAction(_("Tarik pengesahan"), urls["tarik"], "undo"),
    ]
