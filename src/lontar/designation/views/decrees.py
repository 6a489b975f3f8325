"""Decrees: the list, one with its annex, the preview of what would be decreed, signing; ending flagships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.designation import actions, policies, presenters
from lontar.designation.actions import Signing
from lontar.designation.forms import DecreeForm, EndingForm
from lontar.designation.models import Decree
from lontar.designation.presenters import decrees as shown
from lontar.designation.queries import decrees as queries
from lontar.designation.queries.preview import Preview, preview_ending, preview_opening, stamp_of
from lontar.designation.views.lists import pager_of, picked, whole_numbers
from lontar.engines.papers.pdf import PaperProblem
from lontar.engines.papers.signing import SigningProblem
from lontar.ui.presenters import Query


@require_GET
@requires(policies.check_see_decrees)
def decrees(request: HttpRequest) -> HttpResponse:
    """Every decree, the newest first."""
    query, rows = Query.of(request), queries.decrees()
    pager = pager_of(query, rows.count())
    page = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
    context = {
        "table": shown.decrees_table(page, pager),
        "may_decree": policies.check_decree.can(post_of(request)),
        "crumbs": presenters.decree_crumbs(),
    }
    return render(request, "designation/decrees.html", context)


@require_GET
@requires(policies.check_see_decrees)
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """One decree with its annex and its paper."""
    found = get_object_or_404(queries.decrees(), pk=pk)
    page = shown.decree_page(found, queries.annex_of(found))
    crumbs = presenters.decree_crumbs((found.paper.number, ""))
    return render(request, "designation/decree.html", {"page": page, "crumbs": crumbs})


@require_POST
@requires(policies.check_decree)
def collect(request: HttpRequest) -> HttpResponse:
    """The proposals picked in the list, in the preview of a decree."""
    ids = picked(request, post_of(request).region_code)
    if not ids:
        messages.info(request, _("Pilih dahulu usulan yang ditetapkan."))
        return redirect("designation:proposals")
    form = DecreeForm(initial=initial_of(_("Penetapan Produk Unggulan")))
    return _opening(request, ids, form, action="designation:decree_preview")


@requires(policies.check_decree)
def preview(request: HttpRequest) -> HttpResponse:
    """What a decree would do for the chosen proposals; posting signs exactly what was shown."""
    if request.method != "POST":
        form = DecreeForm(initial=initial_of(_("Penetapan Produk Unggulan")))
        return _opening(request, whole_numbers(request.GET.getlist("usulan")), form)
    shown_ids, (ids, digests) = whole_numbers(request.POST.getlist("ada")), chosen_rows(request)
    form = DecreeForm(request.POST)
    if not form.is_valid() or "lihat" in request.POST:
        return _opening(request, shown_ids, form)
    day = form.cleaned_data["berlaku"]
    signing = signing_of(request, form, stamp=stamp_of(day, digests))
    found = signed(request, lambda: actions.issue_opening(ids=ids, signing=signing))
    if found is None:
        return _opening(request, shown_ids, form, chosen=ids, day=day, status=409)
    return redirect("designation:decree", pk=found.pk)


def _opening(
    request: HttpRequest,
    ids: list[int],
    form: DecreeForm,
    *,
    chosen: list[int] | None = None,
    day: date | None = None,
    action: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    found = preview_opening(ids, day=day or day_of(form, today), today=today)
    title = _("Pratinjau keputusan: produk unggulan")
    return _preview(request, found, form, title=title, chosen=chosen, action=action, status=status)


@require_POST
@requires(policies.check_decree)
def ending_collect(request: HttpRequest) -> HttpResponse:
    """The flagships picked in the list, in the preview of a decree that ends them."""
    ids = whole_numbers(request.POST.getlist("pilih"))
    if not ids:
        messages.info(request, _("Pilih dahulu produk unggulan yang berakhir."))
        return redirect("designation:decree_end")
    form = EndingForm(initial=initial_of(_("Pengakhiran Produk Unggulan")))
    found = preview_ending(ids, day=timezone.localdate(), reason="")
    return _preview(request, found, form, title=_("Pratinjau keputusan: pengakhiran"), action="designation:decree_end")


@requires(policies.check_decree)
def ending(request: HttpRequest) -> HttpResponse:
    """Flagships that are to end without anything in their place: choose, preview, sign."""
    ids = whole_numbers(request.POST.getlist("ada") or request.GET.getlist("unggulan"))
    if not ids:
        rows = queries.lasting_flagships(request.GET.get("q", "")[:80])
        query = Query.of(request)
        pager = pager_of(query, rows.count())
        page = list(rows[(pager.page - 1) * pager.size : pager.page * pager.size])
        crumbs = presenters.decree_crumbs((_("Akhiri produk unggulan"), ""))
        table = shown.flagships_table(page, pager)
        return render(request, "designation/ending.html", {"table": table, "crumbs": crumbs, "words": query.get("q")})
    form = EndingForm(request.POST or None, initial=initial_of(_("Pengakhiran Produk Unggulan")))
    valid = request.method == "POST" and form.is_valid()
    reason = form.cleaned_data["alasan"] if valid else ""
    found = preview_ending(ids, day=day_of(form, timezone.localdate()), reason=" ".join(reason.split()))
    title = _("Pratinjau keputusan: pengakhiran")
    if not valid or "lihat" in request.POST:
        return _preview(request, found, form, title=title)
    # The reason is typed on this very page, so what is signed is the preview made of it, as far as its rows are ticked.
    chosen, _digests = chosen_rows(request)
    signing = signing_of(request, form, stamp=found.stamp(chosen))
    done = signed(request, lambda: actions.issue_ending(ids=chosen, reason=reason, signing=signing))
    if done is None:
        return _preview(request, found, form, title=title, chosen=chosen, status=409)
    return redirect("designation:decree", pk=done.pk)


def _preview(
    request: HttpRequest,
    found: Preview,
    form: DecreeForm,
    *,
    title: str,
    chosen: list[int] | None = None,
    action: str = "",
    status: int = 200,
) -> HttpResponse:
    """The preview; when rows were left out by hand, they stay left out."""
    page = shown.preview_page(found, title=title, chosen=chosen)
    context = {
        "page": page, "form": form, "action": reverse(action) if action else "",
        "crumbs": presenters.decree_crumbs((title, "")),
    }  # fmt: skip
    return render(request, "designation/preview.html", context, status=422 if form.errors else status)


def chosen_rows(request: HttpRequest) -> tuple[list[int], list[str]]:
    """The rows left in, by key, and the digest of what each said when it was shown."""
    pairs = [text.partition(".") for text in request.POST.getlist("baris")]
    keys = whole_numbers(key for key, _dot, _digest in pairs)
    return keys, [digest for _key, _dot, digest in pairs]


def initial_of(about: str) -> dict[str, Any]:
    """What a decree form starts with: its subject, today, and the place and legal basis in force today."""
    today = timezone.localdate()
    wording = queries.wording_as_at(today)
    more = {"tempat": wording.place, "mengingat": wording.recalling} if wording else {}
    return {"tentang": about, "berlaku": today, **more}


def day_of(form: DecreeForm, today: date) -> date:
    """The day that the form names; today where it names none."""
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["berlaku"]
        return day
    return today


def signing_of(request: HttpRequest, form: DecreeForm, *, stamp: str) -> Signing:
    values = form.cleaned_data
    return Signing(
        by=person_of(request), post=post_of(request), at=timezone.now(), about=" ".join(values["tentang"].split()),
        effective_date=values["berlaku"], stamp=stamp, base=site_of(request), place=" ".join(values["tempat"].split()),
        recalling=values["mengingat"],
    )  # fmt: skip


def site_of(request: HttpRequest) -> str:
    """The address of the site for QR codes: the configured one, else the one that this request came to."""
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def signed(request: HttpRequest, act: Callable[[], Decree]) -> Decree | None:
    """Sign; a refusal or a failed signature is told, and nothing has changed."""
    try:
        found = act()
    except Refused as problem:
        messages.error(request, problem.reason)
        return None
    except (SigningProblem, PaperProblem) as problem:
        messages.error(
            request, _("Keputusan tidak jadi ditetapkan, dan tidak ada yang berubah. %(why)s") % {"why": problem}
        )
        return None
    if request.POST.get("jadi_bawaan"):
        actions.set_wording(
            place=request.POST["tempat"], recalling=request.POST["mengingat"],
            source=_("Keputusan nomor %s") % found.paper.number, by=person_of(request), post=post_of(request),
            at=timezone.now(),
        )  # fmt: skip
    messages.success(request, _("Keputusan nomor %s ditetapkan dan diterbitkan.") % found.paper.number)
    return found
