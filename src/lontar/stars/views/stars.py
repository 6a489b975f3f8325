"""Stars: the list with what ends soon and what lapsed, the page of one, certificates, withdrawal."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused, require_region
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of
from lontar.stars import actions, policies
from lontar.stars.forms import ReasonForm, StarFilter
from lontar.stars.models import Star
from lontar.stars.presenters import crumbs, lists
from lontar.stars.presenters.stars import star_facts
from lontar.stars.presenters.words import standing_badge, star_words
from lontar.stars.queries.stars import first_notice, list_stars, standing_of
from lontar.stars.states import StarStanding
from lontar.stars.views.replies import acting, csv_reply
from lontar.ui.presenters import Query


def _asked(request: HttpRequest) -> tuple[StarFilter, QuerySet[Star]]:
    """The filter of the address, and the stars of the post's region that it leaves."""
    form = StarFilter(request.GET)
    number = form.value("bintang")
    rows = list_stars(
        post_of(request).region_code, timezone.localdate(), standing=form.value("keadaan"),
        stars=int(number) if number else 0, text=form.value("q"),
    )  # fmt: skip
    return form, rows


@require_GET
@requires(policies.check_see_assessments)
def stars(request: HttpRequest) -> HttpResponseBase:
    """Stars of the post's region, those that end first on top; CSV by `format=csv`."""
    day, post = timezone.localdate(), post_of(request)
    form, rows = _asked(request)
    if request.GET.get("format") == "csv":
        return csv_reply(lists.stars_csv(rows, day), "bintang-produk")
    query = Query.of(request)
    may = policies.check_certify.can(post)
    context = {
        "title": _("Bintang produk"),
        "lead": _("Bintang berlaku sampai sebelum hari berakhirnya; ajukan penilaian baru untuk memperbaruinya."),
        "tabs": lists.tabs("stars"),
        "form": form,
        "query": query,
        "table": lists.stars_table(query, rows, form=form, day=day, may_certify=may),
        "buttons": [(_("Catat bintang terdahulu"), reverse("stars:award"), "plus")]
        if policies.check_record_award.can(post)
        else [],
        "crumbs": crumbs((pgettext("daftar", "Bintang"), "")),
    }
    return render(request, "stars/list.html", context)


def _found(request: HttpRequest, pk: int) -> Star:
    found = get_object_or_404(Star.objects.select_related("village", "paper", "renews"), pk=pk)
    require_region(post_of(request), found.village_id)
    return found


@require_GET
@requires(policies.check_see_assessments)
def star(request: HttpRequest, pk: int) -> HttpResponse:
    """One star with its certificate, its earlier and later ones, and its history."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Star, *, reason: ReasonForm | None = None) -> HttpResponse:
    post, day = post_of(request), timezone.localdate()
    standing = standing_of(found, day, notice=first_notice(day))
    alive = standing in (StarStanding.IN_FORCE, StarStanding.EXPIRING)
    renewable = standing in (StarStanding.EXPIRING, StarStanding.LAPSED) and policies.check_submit.can(post)
    context = {
        "star": found,
        "words": star_words(found.stars),
        "status": standing_badge(standing),
        "facts": star_facts(found, day),
        "may_certify": alive and found.paper is None and found.assessment_id and policies.check_certify.can(post),
        "may_withdraw": alive and policies.check_withdraw_star.can(post, found),
        "renew_url": f"{reverse('stars:submit')}?produk={found.product_id}" if renewable else "",
        "form": reason or ReasonForm(),
        "entries": history_entries(history_of(found, post)),
        "crumbs": crumbs((pgettext("daftar", "Bintang"), reverse("stars:stars")), (found.product_name, "")),
    }
    return render(request, "stars/star.html", context, status=422 if reason and reason.errors else 200)


@requires(policies.check_certify)
@require_POST
def certify(request: HttpRequest) -> HttpResponse:
    """Issue the certificates of the picked stars, or of every one that the list shows."""
    if request.POST.get("semua"):
        _form, rows = _asked(request)
        picked = list(rows.filter(paper__isnull=True).values_list("pk", flat=True)[:500])
    else:
        picked = [int(key) for key in request.POST.getlist("pilih") if key.isdecimal() and len(key) < 19]
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
    try:
        papers = actions.certify(star_ids=picked, base=base, **acting(request))
    except Refused as problem:
        messages.error(request, problem.reason)
    else:
        said = ngettext("%(count)d piagam diterbitkan.", "%(count)d piagam diterbitkan.", len(papers))
        messages.success(request, said % {"count": len(papers)})
    back = request.POST.get("kembali", "")
    return redirect("stars:star", pk=int(back)) if back.isdecimal() else redirect("stars:stars")


@requires(policies.check_see_assessments)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a star with a reason that the public reads."""
    found, form = _found(request, pk), ReasonForm(request.POST)
    policies.check_withdraw_star(post_of(request), found)
    if not form.is_valid():
        return _page(request, found, reason=form)
    try:
        actions.withdraw_star(star_id=found.pk, reason=form.cleaned_data["reason"], **acting(request))
    except Refused as problem:
        messages.error(request, problem.reason)
    else:
        messages.success(request, _("Bintang dicabut; halaman publik menyebutkannya."))
    return redirect("stars:star", pk=pk)
