"""Recording a star of an earlier round, given by others: find the product, then say what its certificate says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused, require_region
from lontar.registry.models import Product
from lontar.stars import actions, policies
from lontar.stars.forms import AwardForm
from lontar.stars.models import Rubric
from lontar.stars.presenters import crumbs
from lontar.stars.queries.products import maker_name
from lontar.stars.views.assessments import search_products
from lontar.stars.views.replies import acting


@requires(policies.check_record_award)
def record(request: HttpRequest) -> HttpResponse:
    """Find a product, then record the star that it was given before."""
    here, number = reverse("stars:award"), request.GET.get("produk", "")
    title = _("Catat bintang terdahulu")
    listed = (pgettext("daftar", "Bintang"), reverse("stars:stars"))
    context: dict[str, object] = {"title": title, "crumbs": crumbs(listed, (title, ""))}
    if not (number.isascii() and number.isdecimal()):
        return search_products(request, post_of(request), context, here=here)
    product = get_object_or_404(Product.objects.select_related("organization", "school"), pk=int(number[:18]))
    require_region(post_of(request), product.village_id)
    rubrics = Rubric.objects.order_by("name", "-version")
    form = AwardForm(request.POST or None, rubrics=rubrics)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        rubric = given.pop("rubric")
        try:
            star = actions.record_award(
                product=product, rubric=rubric, award=actions.PastAward(**given), **acting(request)
            )
        except Refused as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, _("Bintang terdahulu dicatat."))
            return redirect("stars:star", pk=star.pk)
    context |= {
        "form": form,
        "lead": f"{product.name} · {maker_name(product)}",
        "submit": _("Catat bintang"),
        "back": here,
    }
    return render(request, "stars/form.html", context, status=422 if form.errors else 200)
