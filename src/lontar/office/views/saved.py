"""Saved views: keeping one, following its link, removing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, requires
from lontar.access.policies import check_work
from lontar.office import actions
from lontar.office.forms.saved import SaveViewForm
from lontar.office.models import SavedView
from lontar.office.presenters.saved import address
from lontar.office.presenters.words import crumbs
from lontar.office.states import ListKey
from lontar.ui.presenters import Confirm

PAGES = {
    ListKey.ENTERPRISES: "office:enterprises",
    ListKey.VILLAGES: "office:villages",
    ListKey.PRODUCTS: "office:products",
    ListKey.LICENCES: "office:licences",
    ListKey.BODIES: "office:bodies",
    ListKey.COVERAGE: "office:coverage",
    ListKey.SECTIONS: "office:sections",
    ListKey.SECTION_ENTERPRISES: "office:section_enterprises",
    ListKey.SECTION_VILLAGES: "office:section_villages",
    ListKey.RETURNS: "office:returns",
}


def page_of(view: SavedView) -> str:
    """The address of the list as the view shows it."""
    return address(reverse(PAGES[ListKey(view.list_key)]), view)


@requires(check_work)
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the present view under a name, and show it."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tampilan belum disimpan: beri nama paling panjang 80 huruf."))
        return redirect("office:home")
    values = form.cleaned_data
    view = actions.save_view(
        by=person_of(request),
        list_key=values["list_key"],
        name=values["name"],
        query=values["query"],
        columns=[key[:20] for key in request.POST.getlist("columns")][:30],
        at=timezone.now(),
    )
    messages.success(request, _("Tampilan “%(name)s” disimpan.") % {"name": view.name})
    return redirect(page_of(view))


@requires(check_work)
def view(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever has the link looks at the same filters; the rows are those of their own region."""
    return redirect(page_of(get_object_or_404(SavedView, slug=slug)))


@requires(check_work)
def view_drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove one of one's own views."""
    one = get_object_or_404(SavedView, slug=slug, user=person_of(request))
    back = reverse(PAGES[ListKey(one.list_key)])
    if request.method == "POST":
        actions.drop_view(view=one, by=person_of(request), at=timezone.now())
        messages.success(request, _("Tampilan “%(name)s” dihapus.") % {"name": one.name})
        return redirect(back)
    confirm = Confirm(
        title=_("Hapus tampilan “%(name)s”?") % {"name": one.name},
        consequence=_("Tautannya tidak dapat dipakai lagi. Data tidak berubah."),
        action_url=request.path,
        submit=_("Hapus tampilan"),
        cancel_url=back,
    )
    trail = crumbs((str(ListKey(one.list_key).label), back), (_("Hapus tampilan"), ""))
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": trail})
