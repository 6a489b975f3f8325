"""One pair after the other: side by side, decided by a key, the next one fetched while a person still looks at this."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.intake import actions
from lontar.intake.forms.reviewing import PairsFilter
from lontar.intake.models import Pair
from lontar.intake.presenters import pairs as presenters
from lontar.intake.presenters.pairs import PairView
from lontar.intake.queries import pairs as queries
from lontar.intake.states import PairState
from lontar.registry.policies import check_merge_enterprises, check_merge_within
from lontar.ui import formats
from lontar.ui.presenters import Query

_TRIES = 20
_SCRIPT = "X-Lontar-Review"
_SAID = {"sama": "same", "beda": "different", "ragu": "pass"}


@requires(check_merge_enterprises)
def review(request: HttpRequest) -> HttpResponse:
    """The next pair, lent to the reader."""
    return _page(request, _next(request, without=[]))


@requires(check_merge_enterprises)
def pair(request: HttpRequest, number: int) -> HttpResponse:
    """This very pair: lent when it waits and is free, else told what became of it."""
    lent = actions.lend_pair(pair=number, by=person_of(request), at=timezone.now())
    if lent is not None:
        return _page(request, presenters.pair_view(queries.lines([lent])[0]))
    found = Pair.objects.filter(pk=number).select_related("merge", "decided_by").first()
    return _page(request, None, told=_standing(found), undo=_undoable(found))


@requires(check_merge_enterprises)
def following(request: HttpRequest) -> HttpResponse:
    """The pair after those named in `kecuali`, as a part of the page; 204 when there is none."""
    without = [int(one) for one in request.GET.get("kecuali", "").split(",") if one.isdecimal() and len(one) < 19]
    shown = _next(request, without=without[:50])
    if shown is None:
        return HttpResponse(status=204)
    return render(request, "intake/parts/pair.html", {"pair": shown})


@requires(check_merge_enterprises)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Same, different or unsure. A script gets what was said; without script the next pair follows."""
    given = {"pair": number, "by": person_of(request), "post": post_of(request), "at": timezone.now()}
    verdict = _SAID.get(request.POST.get("putusan", ""))
    try:
        _check_within(request, number)
        if verdict == "same":
            actions.call_same(**given)  # type: ignore[arg-type]  # the four that every decision takes
        elif verdict == "different":
            actions.call_different(**given)  # type: ignore[arg-type]  # as above
        elif verdict == "pass":
            actions.pass_on(note=request.POST.get("catatan", ""), **given)  # type: ignore[arg-type]  # as above
        else:
            raise Refused(_("Pilih sama, beda, atau ragu."))
    except Refused as refused:
        return _refused(request, number, refused.reason)
    if request.headers.get(_SCRIPT):
        return JsonResponse({"said": _told(str(verdict)), "undo": reverse("intake:pair_undo", args=[number])})
    return redirect(Query(reverse("intake:review"), Query.of(request).pairs).but({"terakhir": str(number)}))


@requires(check_merge_enterprises)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said of this pair, and show it again."""
    try:
        _check_within(request, number)
        actions.undo_decision(pair=number, by=person_of(request), post=post_of(request), at=timezone.now())
    except Refused as refused:
        return _refused(request, number, refused.reason)
    here = Query(reverse("intake:pair", args=[number]), Query.of(request).pairs).but({"terakhir": ""})
    return JsonResponse({"url": here}) if request.headers.get(_SCRIPT) else redirect(here)


@requires(check_merge_enterprises)
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Give back the pairs that a page had borrowed when it was left."""
    ids = [int(one) for one in request.POST.get("pasangan", "").split(",") if one.isdecimal() and len(one) < 19]
    actions.give_back(pairs=ids[:50], by=person_of(request))
    return HttpResponse(status=204)


def _check_within(request: HttpRequest, number: int) -> None:
    """Both villages of the pair lie in the post's region; the action itself says so of a pair that is not there."""
    for villages in Pair.objects.filter(pk=number).values_list("village_low", "village_high"):
        check_merge_within(post_of(request), villages)


def _next(request: HttpRequest, *, without: list[int]) -> PairView | None:
    """The next pair that can be shown; one whose record has left the scope is passed over."""
    asked = PairsFilter(request.GET).asked()
    among = queries.pairs(queries.PairFilter(asked.region, asked.batch, asked.agency, asked.band, PairState.OPEN.value))
    left_out = list(without)
    for _try in range(_TRIES):
        lent = actions.lend_next(among=among, without=left_out, by=person_of(request), at=timezone.now())
        if lent is None:
            return None
        shown = presenters.pair_view(queries.lines([lent])[0])
        if shown is not None:
            return shown
        left_out.append(lent.pk)
    return None


def _page(
    request: HttpRequest,
    shown: PairView | None,
    *,
    told: str = "",
    undo: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    last = request.GET.get("terakhir", "")
    query = Query.of(request)
    filters = Query("", query.pairs).but({"terakhir": "", "keadaan": "", "kolom": ""})
    waiting = queries.waiting_count(person_of(request))
    context = {
        "pair": shown,
        "told": told,
        "problem": problem,
        "undo_url": undo
        or (reverse("intake:pair_undo", args=[int(last)]) if last.isdecimal() and len(last) < 19 else ""),
        "waiting": waiting,
        "left": formats.number(waiting),
        "filters": filters,
        "next_url": reverse("intake:pair_next") + filters,
        "release_url": reverse("intake:pair_release"),
        "list_url": reverse("intake:pairs") + filters,
        "crumbs": presenters.crumbs((_("Tinjau"), "")),
    }
    return render(request, "intake/review.html", context, status=status)


def _refused(request: HttpRequest, number: int, reason: str) -> HttpResponse:
    """Why it could not be done, with the pair still there where it waits."""
    address = reverse("intake:pair", args=[number])
    if request.headers.get(_SCRIPT):
        return JsonResponse({"problem": reason, "url": address}, status=409)
    lent = actions.lend_pair(pair=number, by=person_of(request), at=timezone.now())
    shown = presenters.pair_view(queries.lines([lent])[0]) if lent is not None else None
    return _page(request, shown, problem=reason, status=409)


def _told(verdict: str) -> str:
    return {
        "same": _("Digabungkan menjadi satu catatan."),
        "different": _("Dicatat sebagai dua usaha yang berbeda."),
        "pass": _("Diserahkan kepada orang lain."),
    }[verdict]


def _standing(found: Pair | None) -> str:
    """What is to be said of a pair that cannot be lent."""
    if found is None:
        return _("Pasangan ini tidak ada di wilayah tugas Anda.")
    if found.state == PairState.OPEN:
        return _("Pasangan ini sedang ditinjau orang lain. Ambil pasangan berikutnya.")
    words = {"state": PairState(found.state).label, "person": found.decided_by or "", "moment": ""}
    if found.decided_at:
        words["moment"] = formats.moment(found.decided_at)
        return _("Sudah diputuskan “%(state)s” oleh %(person)s, %(moment)s.") % words
    return _("Pasangan ini tidak perlu diputuskan lagi: catatannya sudah digabungkan.")


def _undoable(found: Pair | None) -> str:
    if found is None or found.decided_at is None or found.state not in (PairState.SAME, PairState.DIFFERENT):
        return ""
    return reverse("intake:pair_undo", args=[found.pk])
