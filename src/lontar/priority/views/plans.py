"""The list of plans, the what-if screen, plans side by side, one plan, and taking it into force."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.access.policies import Refused
from lontar.priority import actions, policies
from lontar.priority.forms import TryForm, initial_of
from lontar.priority.models import Plan
from lontar.priority.presenters import crumbs
from lontar.priority.presenters import plans as presenters
from lontar.priority.presenters.trying import Answer, answer_of
from lontar.priority.queries.plans import names_for, plan_with_picks, plans_touching, progress_of, wanted_of
from lontar.priority.queries.readiness import NoRules, readiness_kept, rules_on
from lontar.priority.queries.solving import solve
from lontar.priority.rules.wanted import Wanted, WantedInvalid
from lontar.priority.states import Objective, PlanState
from lontar.registry.models import Region
from lontar.ui.presenters import Confirm, Query

COMPARED_MOST = 3


@require_GET
@requires(policies.check_see_plans)
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that touches the post's region."""
    post = post_of(request)
    found = [one for one in plans_touching(post.region_code) if policies.check_see_plan.can(post, one)]
    context = {
        "table": presenters.plans_table(Query.of(request), found, timezone.localdate()),
        "may_plan": policies.check_plan.can(post),
        "may_rule": policies.check_rule.can(post),
        "may_state": policies.check_follow.can(post),
        "choices": [(one.pk, f"{one.name} ({one.region.name})") for one in found],
        "crumbs": crumbs(),
    }
    return render(request, "priority/plans.html", context)


@requires(policies.check_plan)
def try_out(request: HttpRequest) -> HttpResponse:
    """What if: fields in the address, solved at once; saved by POST. A change of a field asks for the answer alone."""
    post, today = post_of(request), timezone.localdate()
    draft = _draft(request)
    given = request.POST if request.method == "POST" else request.GET
    data = given if given.get("jumlah") else None
    start = initial_of(wanted_of(draft)) if draft else _first_fields(post, today)
    form = TryForm(data or start, region_code=post.region_code, initial=start)
    wanted = form.wanted(today)
    answer = _answer(request, form, wanted, draft) if wanted else None
    if request.method == "POST" and wanted is not None:
        saved = _saved(request, form, wanted, draft)
        if saved is not None:
            return redirect("priority:plan", pk=saved.pk)
    context = {"form": form, "answer": answer, "draft": draft, "crumbs": crumbs((_("Coba syarat"), ""))}
    partial = request.headers.get("HX-Request") and request.method == "GET"
    template = "priority/parts/answer.html" if partial else "priority/try.html"
    return render(request, template, context, status=422 if form.errors and not partial else 200)


def _first_fields(post: Post, today: date) -> dict[str, Any]:
    """What the screen starts with: ten of the post's region from today, by what is certain."""
    return {"mulai": today, "jumlah": 10, "wilayah": post.region_code[:5], "tujuan": Objective.SURE}


def _draft(request: HttpRequest) -> Plan | None:
    """The draft that is being changed; None for a new one."""
    text = request.POST.get("rencana") or request.GET.get("rencana") or ""
    found = plan_with_picks(int(text)) if text.isdecimal() and len(text) < 18 else None
    if found is None or found.state != PlanState.DRAFT:
        return None
    policies.check_plan_region(post_of(request), found.region_id)
    return found


def _answer(request: HttpRequest, form: TryForm, wanted: Wanted, draft: Plan | None) -> Answer | None:
    policies.check_plan_region(post_of(request), wanted.region)
    try:
        rules = rules_on(wanted.start)
        units = readiness_kept(wanted.region, wanted.start, rules)
        names = names_for(units)
        solution = solve(wanted, units, names)
    except WantedInvalid as problem:
        form.fault(problem)
        return None
    except NoRules as problem:
        form.add_error("mulai", str(problem))
        return None
    before = (request.GET.get("sebelum") or request.POST.get("sebelum") or "").split()[:100]
    if not before and draft is not None:
        before = [str(one.unit_key) for one in draft.picks.all()]
    weights = {one.part: one.weight for one in rules.parts}
    return answer_of(solution, before=before, names=names, weights=weights, plan=str(draft.pk) if draft else "")


def _saved(request: HttpRequest, form: TryForm, wanted: Wanted, draft: Plan | None) -> Plan | None:
    acting: dict[str, Any] = {"post": post_of(request), "by": person_of(request), "at": timezone.now()}
    try:
        if draft is not None:
            plan = actions.change_plan(plan_id=draft.pk, wanted=wanted, **acting)
        else:
            plan = actions.make_plan(wanted=wanted, **acting)
    except actions.NameMissing as refused:
        form.add_error("nama", refused.reason)
    except (actions.PlanClashes, actions.NoSuchStep) as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, _("Rancangan disimpan."))
        return plan
    return None


@require_GET
@requires(policies.check_see_plans)
def compare(request: HttpRequest) -> HttpResponse:
    """Two or three plans side by side."""
    numbers = [one for one in request.GET.getlist("rencana") if one.isdecimal() and len(one) < 18][:COMPARED_MOST]
    found = [_found(request, int(one)) for one in dict.fromkeys(numbers)]
    if len(found) < 2:
        messages.info(request, _("Pilih dua rencana untuk dibandingkan."))
        return redirect("priority:plans")
    context = {"page": presenters.compared(found), "crumbs": crumbs((_("Bandingkan"), ""))}
    return render(request, "priority/compare.html", context)


def _found(request: HttpRequest, pk: int) -> Plan:
    plan = plan_with_picks(pk)
    if plan is None:
        raise Http404
    policies.check_see_plan(post_of(request), plan)
    return plan


def _names(plan: Plan) -> dict[str, str]:
    codes = {one.village_id[:5] for one in plan.picks.all()}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


@require_GET
@requires(policies.check_see_plans)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its picks."""
    found = _found(request, pk)
    page = presenters.plan_page(
        found, progress_of([pk]), post=post_of(request), day=timezone.localdate(), query=Query.of(request),
        names=_names(found),
    )  # fmt: skip
    return render(request, "priority/plan.html", {"page": page, "crumbs": crumbs((found.name, ""))})


@require_GET
@requires(policies.check_see_plans)
def plan_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The picks as CSV."""
    found = _found(request, pk)
    standing, text = progress_of([pk]), io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["nomor", "unit", "desa", "nama", "produk", "kelompok", "pulau", "kesiapan_bawah", "kesiapan_atas", "biaya", "sasaran",
         "minggu_berbukti", "tambahan", "hasil"]
    )  # fmt: skip
    for one in found.picks.all():
        told = standing.get(one.pk)
        words = [one.unit_name, one.product]
        name, product = (f"'{word}" if word[:1] in "=+-@" else word for word in words)
        ends = (
            [told.target, told.weeks, told.achieved if told.verdict else told.extra, told.verdict] if told else [""] * 4
        )
        writer.writerow(
            [one.place, one.unit_key, one.village_id, name, product, one.category, one.island, one.low, one.high, one.cost,
             *("" if end is None else end for end in ends)]
        )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="prioritas-{pk}.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@requires(policies.check_decide)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the plan into force."""
    found = _found(request, pk)
    policies.check_decide_region(post_of(request), found.region_id)
    back = reverse("priority:plan", args=[pk])
    if request.method == "POST":
        base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
        try:
            actions.take_in_force(
                plan_id=pk, post=post_of(request), by=person_of(request), at=timezone.now(), base=base
            )
        except (actions.AlreadyRunning, actions.NoSuchStep, actions.StartedLongAgo) as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Peta prioritas berlaku. Tetapkan sasaran setiap pilihan."))
        return redirect(back)
    confirm = Confirm(
        title=_("Berlakukan %(name)s") % {"name": found.name},
        consequence=_("%(number)s pilihan dibekukan, tindakan awal dibuat, dan lembar A3 diterbitkan bernomor.")
        % {"number": found.picks.count()},
        action_url=reverse("priority:decide", args=[pk]),
        submit=_("Berlakukan"),
        cancel_url=back,
        undo=_("Pilihan tidak dapat diubah lagi; hasilnya ditetapkan otomatis setelah hari terakhir."),
    )
    return render(
        request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs((found.name, back), (_("Berlakukan"), ""))}
    )


@requires(policies.check_decide)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the sheet anew, with the targets as they stand."""
    found = _found(request, pk)
    policies.check_decide_region(post_of(request), found.region_id)
    if request.method == "POST":
        base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
        try:
            actions.publish_map(plan_id=pk, post=post_of(request), by=person_of(request), at=timezone.now(), base=base)
        except actions.NoSuchStep as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Lembar baru terbit dan menggantikan yang lama."))
    return redirect("priority:plan", pk=pk)


@requires(policies.check_plan)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    found = _found(request, pk)
    policies.check_plan_region(post_of(request), found.region_id)
    if request.method == "POST":
        try:
            actions.drop_plan(plan_id=pk, post=post_of(request), by=person_of(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Rancangan dibatalkan."))
    return redirect("priority:plan", pk=pk)
