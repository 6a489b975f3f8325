"""The list of assessments, submitting a product, the page of one assessment and its acts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lontar.access.doors import post_of, requires
from lontar.access.models import Post
from lontar.access.policies import Refused, require_region
from lontar.access.scope import bounds
from lontar.audit.presenters import history_entries
from lontar.audit.queries import history_of, parameter_as_at
from lontar.registry.models import Product
from lontar.registry.querysets import prefix_query
from lontar.stars import actions, policies
from lontar.stars.forms import AppointForm, AssessmentFilter, ProductSearch, ReasonForm, SubmitForm
from lontar.stars.models import Assessment, Assessor, Round
from lontar.stars.presenters import assessing as presenters
from lontar.stars.presenters import crumbs, lists
from lontar.stars.queries.assessing import open_sheets_of, spread_among
from lontar.stars.queries.evidence import evidence_of
from lontar.stars.queries.products import maker_name, product_facts
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import RoundState
from lontar.stars.views.replies import acting, csv_reply
from lontar.ui.presenters import Query

FOUND = 30


@require_GET
@requires(policies.check_see_assessments)
def assessments(request: HttpRequest) -> HttpResponseBase:
    """Assessments of the post's region, filtered; CSV by `format=csv`."""
    post = post_of(request)
    rounds = list(Round.objects.order_by("-year", "-pk").values_list("pk", "name"))
    form = AssessmentFilter(request.GET, rounds=rounds)
    rows = Assessment.objects.within(post.region_code)
    if state := form.value("keadaan"):
        rows = rows.filter(state=state)
    if number := form.value("ronde"):
        rows = rows.filter(round_id=int(number))
    if text := form.value("q"):
        rows = rows.filter(Q(product_name__icontains=text) | Q(maker_name__icontains=text))
    if form.value("tugas"):
        rows = rows.filter(pk__in=Assessor.objects.awaiting(post).values("assessment"))
    if request.GET.get("format") == "csv":
        return csv_reply(lists.assessments_csv(rows), "penilaian-bintang")
    query = Query.of(request)
    submit = reverse("stars:submit") if policies.check_submit.can(post) else ""
    context = {
        "title": _("Penilaian bintang"),
        "lead": _("Produk yang diajukan, dinilai tertutup, dan diputuskan bintangnya."),
        "tabs": lists.tabs("assessments"),
        "form": form,
        "query": query,
        "table": lists.assessments_table(query, rows, form=form, submit_url=submit),
        "buttons": [(_("Ajukan produk"), submit, "plus")] if submit else [],
        "crumbs": crumbs(),
    }
    return render(request, "stars/list.html", context)


@requires(policies.check_submit)
def submit(request: HttpRequest) -> HttpResponse:
    """Find a product of one's region, then submit it to an open round."""
    post, number = post_of(request), request.GET.get("produk", "")
    title = _("Ajukan produk untuk dinilai")
    context: dict[str, object] = {"title": title, "crumbs": crumbs((title, ""))}
    if not number.isdecimal():
        return search_products(request, post, context, here=reverse("stars:submit"))
    product = get_object_or_404(Product.objects.select_related("organization", "school"), pk=int(number[:18]))
    require_region(post, product.village_id)
    form = SubmitForm(request.POST or None, rounds=Round.objects.filter(state=RoundState.OPEN).order_by("-year", "pk"))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.submit_product(product=product, **form.cleaned_data, **acting(request))
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("Produk diajukan. Penyelenggara akan menunjuk penilai."))
            return redirect("stars:assessment", pk=found.pk)
    context |= {"form": form, "product": product, "maker": maker_name(product), "back": reverse("stars:submit")}
    return render(request, "stars/submit.html", context, status=422 if form.errors else 200)


def search_products(request: HttpRequest, post: Post, context: dict[str, object], *, here: str) -> HttpResponse:
    """Products of the post's region by words of their name; each leads back `here` with its number."""
    form = ProductSearch(request.GET if "q" in request.GET else None)
    found: list[Product] = []
    words = prefix_query(form.cleaned_data["q"]) if form.is_bound and form.is_valid() else ""
    if words:
        low, high = bounds(post.region_code)
        rows = Product.objects.filter(
            village_id__gte=low, village_id__lt=high, search=SearchQuery(words, search_type="raw", config="simple")
        )
        found = list(rows.select_related("village").order_by("name", "pk")[:FOUND])
    context |= {
        "search": form,
        "found": [(f"{here}?produk={one.pk}", one.name, one.village.name) for one in found],
        "asked": bool(words),
    }
    return render(request, "stars/find.html", context)


def _found(request: HttpRequest, pk: int) -> Assessment:
    rows = Assessment.objects.select_related(
        "village", "round__rubric", "post__agency", "product__organization", "product__school"
    )
    found = get_object_or_404(rows, pk=pk)
    require_region(post_of(request), found.village_id)
    return found


@require_GET
@requires(policies.check_see_assessments)
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: product, gates, assessors; scores and spread once they are open."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, found: Assessment, *, reason: ReasonForm | None = None, act: str = "", problem: str = ""
) -> HttpResponse:
    post, day = post_of(request), timezone.localdate()
    content = content_of(found.round.rubric)
    sheets = open_sheets_of(found, content)
    page = presenters.assessment_page(
        found, content, facts=product_facts(found.product, halal=found.halal, day=day), sheets=sheets,
        spread=spread_among(sheets, content), threshold=parameter_as_at("star.spread.second_look", day).number,
        evidence=evidence_of(found), post=post,
    )  # fmt: skip
    context = {
        "page": page,
        "problem": problem,
        "discuss": reason if act == "bahas" and reason else ReasonForm(prefix="bahas"),
        "withdraw": reason if act == "tarik" and reason else ReasonForm(prefix="tarik"),
        "appoint": AppointForm(None, posts=_eligible(found)) if page.may_appoint else None,
        "entries": history_entries(history_of(found, post)),
        "crumbs": crumbs((page.title, "")),
    }
    return render(
        request, "stars/assessment.html", context, status=422 if problem or (reason and reason.errors) else 200
    )


def _eligible(found: Assessment) -> list[Post]:
    """Active posts that may assess this product and do not yet."""
    taken = set(found.assessors.values_list("post_id", flat=True))
    near = [found.village_id[:length] for length in (2, 5)]
    rows = Post.objects.filter(role__in=policies.ASSESSORS, region_code__in=near, is_active=True)
    rows = rows.filter(holdings__valid_until__isnull=True, holdings__isnull=False).exclude(pk__in=taken)
    found_posts = rows.select_related("agency").order_by("region_code", "agency__short_name", "pk").distinct()
    return [one for one in found_posts if policies.check_be_assessor.can(one, found)]


@requires(policies.check_see_assessments)
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Appoint, settle by discussion, decide or withdraw."""
    found = _found(request, pk)
    try:
        if act == "tunjuk":
            return _appoint(request, found)
        if act == "putuskan":
            star = actions.decide(assessment_id=found.pk, **acting(request))
            messages.success(request, _("Bintang %(stars)d diputuskan.") % {"stars": star.stars})
            return redirect("stars:star", pk=star.pk)
        return _with_reason(request, found, act)
    except Refused as problem:
        return _page(request, _found(request, pk), problem=problem.reason)


def _appoint(request: HttpRequest, found: Assessment) -> HttpResponse:
    form = AppointForm(request.POST, posts=_eligible(found))
    policies.check_manage_rounds(post_of(request))
    if not form.is_valid():
        return _page(request, found, problem=_("Pilih penilai dari daftar."))
    assessor = Post.objects.get(pk=form.cleaned_data["assessor"])
    actions.appoint_assessor(assessment_id=found.pk, assessor=assessor, **acting(request))
    messages.success(request, _("%(post)s ditunjuk sebagai penilai.") % {"post": assessor.title})
    return redirect("stars:assessment", pk=found.pk)


def _with_reason(request: HttpRequest, found: Assessment, act: str) -> HttpResponse:
    works = {
        "bahas": (actions.settle_by_discussion, _("Hasil pembahasan dicatat; bintang siap diputuskan.")),
        "tarik": (actions.withdraw_assessment, _("Pengajuan ditarik.")),
    }
    if act not in works:
        raise Http404
    form = ReasonForm(request.POST, prefix=act)
    if not form.is_valid():
        return _page(request, found, reason=form, act=act)
    work, said = works[act]
    work(assessment_id=found.pk, reason=form.cleaned_data["reason"], **acting(request))
    messages.success(request, said)
    return redirect("stars:assessment", pk=found.pk)
