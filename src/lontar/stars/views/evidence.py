"""Evidence of an assessment: the list with its form, the files themselves, and removing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import post_of, requires
from lontar.access.policies import Refused
from lontar.engines.scans import HEAD, SUFFIXES
from lontar.stars import actions, policies
from lontar.stars.forms import EvidenceForm
from lontar.stars.models import Assessment, Evidence
from lontar.stars.presenters import crumbs
from lontar.stars.presenters import evidence as presenters
from lontar.stars.queries.evidence import evidence_of, largest_file
from lontar.stars.queries.products import product_facts
from lontar.stars.queries.rubrics import content_of
from lontar.stars.rules import EvidenceUnreadable, read_evidence_type
from lontar.stars.steps.keeping import FILES, FileLost
from lontar.stars.views.replies import acting
from lontar.ui.presenters import Confirm


def _found(request: HttpRequest, pk: int) -> Assessment:
    """The assessment of which this post may open the evidence."""
    rows = Assessment.objects.select_related("village", "round__rubric", "post__agency", "product")
    found = get_object_or_404(rows, pk=pk)
    policies.check_see_evidence(post_of(request), found)
    return found


def _row(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.standing().select_related("assessment__post__agency")
    row = get_object_or_404(rows, pk=pk)
    policies.check_see_evidence(post_of(request), row.assessment)
    return row


@requires(policies.check_open_evidence)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """All evidence by gate and criterion; whoever may attach finds the form below it."""
    found, day = _found(request, pk), timezone.localdate()
    content = content_of(found.round.rubric)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        places=presenters.places(content),
        chosen=request.GET.get("untuk", ""),
    )
    if request.method == "POST":
        policies.check_attach_evidence(post_of(request), found)
        if form.is_valid() and _attach(request, found, form):
            messages.success(request, _("Bukti dilampirkan."))
            return redirect("stars:evidence", pk=pk)
    page = presenters.evidence_page(
        found, content, facts=product_facts(found.product, halal=found.halal, day=day), rows=evidence_of(found),
        post=post_of(request),
    )  # fmt: skip
    context = {
        "page": page,
        "form": form,
        "largest": largest_file(day),
        "crumbs": crumbs((page.title, reverse("stars:assessment", args=[pk])), (_("Bukti"), "")),
    }
    return render(request, "stars/evidence.html", context, status=422 if form.errors else 200)


def _attach(request: HttpRequest, found: Assessment, form: EvidenceForm) -> bool:
    """Whether it was attached; what was refused stands on the form. A file too large is not read into memory."""
    sent, (about, code) = form.cleaned_data["berkas"], form.place()
    limit = largest_file(timezone.localdate())
    try:
        read_evidence_type(sent.read(HEAD), sent.size, largest=limit)
        sent.seek(0)
        actions.attach_evidence(
            assessment_id=found.pk, about=about, code=code, caption=form.cleaned_data["keterangan"],
            content=sent.read(), **acting(request),
        )  # fmt: skip
    except EvidenceUnreadable as problem:
        form.add_error("berkas", problem.reason)
    except Refused as problem:
        form.add_error(None, problem.reason)
    else:
        return True
    return False


@require_GET
@requires(policies.check_open_evidence)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file exactly as it was uploaded. Photos open in the browser; a PDF is saved, for it may carry scripts."""
    row = _row(request, pk)
    try:
        content = FILES.read(row.sha256)
    except FileLost:
        messages.error(request, _("Berkas bukti tidak ada lagi di tempatnya; hubungi operator."))
        return redirect("stars:evidence", pk=row.assessment_id)
    reply = HttpResponse(content, content_type=row.media_type)
    way = "inline" if row.media_type.startswith("image/") else "attachment"
    reply["Content-Disposition"] = f'{way}; filename="bukti-{row.assessment_id}-{row.pk}.{SUFFIXES[row.media_type]}"'
    reply["Cache-Control"] = "private, no-store"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


@requires(policies.check_open_evidence)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a file, after saying what that does."""
    row = _row(request, pk)
    policies.check_attach_evidence(post_of(request), row.assessment)
    back = reverse("stars:evidence", args=[row.assessment_id])
    if request.method == "POST":
        try:
            actions.remove_evidence(evidence_id=row.pk, **acting(request))
        except Refused as problem:
            messages.error(request, problem.reason)
        else:
            messages.success(request, _("Bukti dihapus."))
        return redirect(back)
    confirm = Confirm(
        _("Hapus bukti “%(caption)s”?") % {"caption": row.caption},
        _("Penilai tidak dapat membukanya lagi. Siapa yang menghapus dan kapan tetap tercatat;"
          " berkasnya ikut hilang dalam dua hari."),
        reverse("stars:evidence_remove", args=[pk]), _("Hapus bukti"), back, undo=_("Ini tidak dapat diurungkan."),
    )  # fmt: skip
    return render(request, "ui/confirm.html", {"confirm": confirm, "crumbs": crumbs((_("Bukti"), back))})
