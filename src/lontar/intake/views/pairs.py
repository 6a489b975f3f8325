"""The review queue as a list, and many decisions at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lontar.access.doors import person_of, post_of, requires
from lontar.access.views.replies import confirm_page, csv_reply
from lontar.engines.tabular import write_xlsx_rows
from lontar.host import places
from lontar.intake import actions
from lontar.intake.forms.reviewing import PairsFilter
from lontar.intake.models import Bulk
from lontar.intake.presenters import pairs as presenters
from lontar.intake.queries import pairs as queries
from lontar.intake.querysets import PairQuerySet
from lontar.intake.states import PairState, Verdict
from lontar.intake.views.finding import XLSX, pager_for
from lontar.registry.policies import check_merge_enterprises
from lontar.ui import formats
from lontar.ui.presenters import Confirm, Query

_NAME = "pasangan"
_PIECE = 500
_SURE = "yakin"
_VERDICTS = {"gabung": Verdict.SAME, "urungkan": Verdict.UNDO}


@requires(check_merge_enterprises)
def pairs(request: HttpRequest) -> HttpResponseBase:
    """Pairs that wait, the likeliest first; or what was decided."""
    form = PairsFilter(request.GET or None)
    asked = form.asked()
    found = queries.pairs(asked, person=person_of(request))
    ordered = found.order_by("-decided_at", "-pk") if asked.state == queries.MINE else found.likeliest_first()
    if (kind := request.GET.get("format")) in {"csv", "xlsx"}:
        return _export(ordered, str(kind))
    query = Query.of(request)
    pager, page = pager_for(query, found.count())
    review = Query(reverse("intake:review"), query.pairs).but({"keadaan": "", "kolom": ""})
    table = presenters.pairs_table(
        queries.lines(list(ordered[page])), query=query, pager=pager, words=form.words(), state=asked.state
    )
    context = {
        "table": table,
        "form": form,
        "query": query,
        "review_url": review if asked.state == PairState.OPEN and pager.count else "",
        "mine_url": f"{reverse('intake:pairs')}?keadaan={queries.MINE}",
        "is_mine": asked.state == queries.MINE,
        "crumbs": presenters.crumbs(),
    }
    return render(request, "intake/pairs.html", context)


def _export(found: PairQuerySet, kind: str) -> HttpResponseBase:
    def lines() -> Iterator[list[object]]:
        for piece in queries.in_pieces(found.iterator(chunk_size=_PIECE), _PIECE):  # the records of a piece at a time
            yield from (presenters.export_line(one) for one in queries.lines(piece))

    if kind == "csv":
        return csv_reply(_NAME, presenters.EXPORT_HEADER, lines())
    target = tempfile.TemporaryFile(dir=places.inside("tmp"))
    write_xlsx_rows(target, presenters.EXPORT_HEADER, lines(), kinds=presenters.EXPORT_KINDS, title="Pasangan")
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{_NAME}.xlsx", content_type=XLSX)


@requires(check_merge_enterprises)
@require_POST
def bulk(request: HttpRequest, act: str) -> HttpResponse:
    """Merge the picked pairs that are almost certain, or undo the picked decisions: first how many, then, confirmed, it."""
    verdict = _VERDICTS.get(act, Verdict.UNDO)
    form = PairsFilter(request.GET)
    back = Query(reverse("intake:pairs"), Query.of(request).pairs).but({})
    state = PairState.OPEN.value if verdict == Verdict.SAME else queries.MINE
    asked = form.asked()
    found = queries.pairs(
        queries.PairFilter(asked.region, asked.batch, asked.agency, asked.band, state), person=person_of(request)
    )
    if not request.POST.get("semua"):
        found = found.filter(pk__in=[int(one) for one in request.POST.getlist("pilih") if one.isdecimal()])
    chosen = found.count()
    if verdict == Verdict.SAME:
        least, _below = queries.BANDS["pasti"]
        found = found.filter(probability__gte=least)
    order = "probability" if verdict == Verdict.SAME else "decided_at"
    ids = list(found.order_by(f"-{order}", "-pk").values_list("pk", flat=True))
    if not ids:
        messages.error(request, _none_words(verdict, chosen))
        return redirect(back)
    if not request.POST.get(_SURE):
        return _ask(request, verdict, ids, chosen=chosen, back=back)
    work = actions.ask_bulk(pairs=ids, verdict=verdict, by=person_of(request), post=post_of(request), at=timezone.now())
    return redirect("intake:pairs_work", work.pk)


def _none_words(verdict: Verdict, chosen: int) -> str:
    if verdict == Verdict.SAME and chosen:
        return _("Yang Anda pilih tidak ada yang hampir pasti sama. Tinjau satu per satu.")
    return _("Pilih dahulu paling sedikit satu pasangan.")


def _ask(request: HttpRequest, verdict: Verdict, ids: list[int], *, chosen: int, back: str) -> HttpResponse:
    number = {"number": formats.number(len(ids)), "chosen": formats.number(chosen)}
    if verdict == Verdict.SAME:
        title = ngettext("Gabungkan %(number)s pasangan?", "Gabungkan %(number)s pasangan?", len(ids)) % number
        told = _(
            "%(chosen)s pasangan dipilih; %(number)s hampir pasti sama dan digabungkan, lainnya tetap menunggu. "
            "Catatan yang lebih dahulu ada dipertahankan; pasangan yang NIB atau NIK-nya berbeda dilewati."
        )
    else:
        title = ngettext("Urungkan %(number)s keputusan?", "Urungkan %(number)s keputusan?", len(ids)) % number
        told = _("%(number)s pasangan kembali menunggu; catatan yang digabungkan karenanya dipisahkan lagi.")
    confirm = Confirm(
        title=title,
        consequence=told % number,
        action_url=request.get_full_path(),
        submit=_("Gabungkan") if verdict == Verdict.SAME else _("Urungkan"),
        cancel_url=back,
        undo=_("Dapat diurungkan sesudahnya.") if verdict == Verdict.SAME else "",
        fields=[(_SURE, "1"), *(("pilih", str(pk)) for pk in ids)]
        if not request.POST.get("semua")
        else [(_SURE, "1"), ("semua", "1")],
    )
    return confirm_page(request, confirm, presenters.crumbs((title, "")))


@requires(check_merge_enterprises)
def work(request: HttpRequest, number: int) -> HttpResponse:
    """Many decisions on their way, or done."""
    found = get_object_or_404(Bulk, pk=number)
    context = {
        "job": presenters.bulk_progress(found),
        "notes": found.notes,
        "more": max(found.failed - len(found.notes), 0),
        "undo_url": reverse("intake:pairs_bulk_undo", args=[number])
        if found.verdict == Verdict.SAME and found.done and found.finished_at
        else "",
        "crumbs": presenters.crumbs((f"#{number}", "")),
    }
    return render(request, "intake/pairs_work.html", context)


@requires(check_merge_enterprises)
def work_progress(request: HttpRequest, number: int) -> HttpResponse:
    """The progress alone, for the page that asks; at rest the page is to be read anew."""
    found = get_object_or_404(Bulk, pk=number)
    reply = render(request, "ui/parts/progress.html", {"job": presenters.bulk_progress(found)})
    if found.finished_at:
        reply["HX-Redirect"] = reverse("intake:pairs_work", args=[number])
    return reply


@requires(check_merge_enterprises)
def work_stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop it after the pair at which it is."""
    found, here = get_object_or_404(Bulk, pk=number), reverse("intake:pairs_work", args=[number])
    if request.method == "POST":
        actions.stop_bulk(bulk=found, by=person_of(request), post=post_of(request), at=timezone.now())
        messages.success(request, _("Dihentikan."))
        return redirect(here)
    left = len(found.pairs) - found.done - found.failed
    confirm = Confirm(
        title=_("Hentikan pekerjaan ini?"),
        consequence=_("%(done)s pasangan sudah selesai dan tetap begitu; %(left)s belum dikerjakan.")
        % {"done": formats.number(found.done), "left": formats.number(left)},
        action_url=request.path,
        submit=_("Hentikan"),
        cancel_url=here,
    )
    return confirm_page(request, confirm, presenters.crumbs((f"#{number}", here), (confirm.title, "")))


@requires(check_merge_enterprises)
def bulk_undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back everything that a bulk decision did."""
    found, here = get_object_or_404(Bulk, pk=number, verdict=Verdict.SAME), reverse("intake:pairs_work", args=[number])
    if request.method == "POST":
        asked = actions.undo_bulk(bulk=found, by=person_of(request), post=post_of(request), at=timezone.now())
        return redirect("intake:pairs_work", asked.pk)
    confirm = Confirm(
        title=_("Urungkan %(number)s penggabungan?") % {"number": formats.number(found.done)},
        consequence=_("Setiap catatan kembali seperti sebelum digabungkan, dan pasangannya menunggu lagi."),
        action_url=request.path,
        submit=_("Urungkan"),
        cancel_url=here,
    )
    return confirm_page(request, confirm, presenters.crumbs((f"#{number}", here), (confirm.title, "")))
