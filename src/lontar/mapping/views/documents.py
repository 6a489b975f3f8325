"""The list of documents, the page of a region, issuing, progress, and the files."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.policies import Refused
from lontar.mapping import actions, policies, presenters, queries
from lontar.mapping.states import OPEN, FileKind
from lontar.mapping.steps import keeping
from lontar.registry.models import Region
from lontar.ui.presenters import Query

_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_GET
@requires(policies.check_see_documents)
def documents(request: HttpRequest) -> HttpResponse:
    """Regions with their newest version; who has one region only is led there by its row."""
    table = presenters.documents_table(Query.of(request), queries.listed(post_of(request).region_code))
    return render(request, "mapping/documents.html", {"table": table, "crumbs": presenters.crumbs()})


def _region(request: HttpRequest, code: str) -> Region:
    """The region of an address, when it has documents and the reader may see them."""
    found = Region.objects.filter(code=code, level__in=("province", "regency")).first()
    if found is None:
        raise Http404
    policies.check_see_document(post_of(request), code)
    return found


@require_GET
@requires(policies.check_see_documents)
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The newest version, the history, and the button that issues the next."""
    found, post = _region(request, code), post_of(request)
    refusal = ""
    try:
        policies.check_issue_document(post, code)
    except Refused as refused:
        refusal = refused.reason
    page = presenters.region_page(
        code, found.name, documents=queries.versions_of(code), run=queries.open_run(code), may_issue=not refusal,
        refusal=refusal,
    )  # fmt: skip
    return render(request, "mapping/region.html", {"page": page, "crumbs": presenters.crumbs((found.name, ""))})


@requires(policies.check_issue_documents)
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the next version; the page of the region then shows the progress."""
    found = _region(request, code)
    if request.method == "POST":
        base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
        try:
            actions.request_document(
                region=found, base=base, post=post_of(request), by=person_of(request), at=timezone.now()
            )
        except actions.AlreadyAsked as refused:
            messages.info(request, refused.reason)
    return redirect("mapping:region", code)


@require_GET
@requires(policies.check_see_documents)
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The progress alone; when it ends, the page is to be read anew."""
    _region(request, code)
    run = queries.open_run(code)
    if run is None or run.state not in OPEN:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("mapping:region", args=[code])})
    return render(request, "ui/parts/progress.html", {"job": presenters.progress_of(run)})


@require_GET
@requires(policies.check_see_documents)
def file(request: HttpRequest, code: str, version: int, kind: str) -> HttpResponse:
    """One of the two files of a version, exactly as issued."""
    _region(request, code)
    document = queries.document_for(code, version)
    if document is None:
        raise Http404
    chosen = FileKind(kind)
    sha256 = document.pdf_sha256 if chosen == FileKind.PDF else document.docx_sha256
    try:
        content = keeping.read(sha256)
    except keeping.FileLost:
        messages.error(
            request, _("Berkas versi %(number)s tidak ada lagi atau rusak; hubungi operator.") % {"number": version}
        )
        return redirect("mapping:region", code)
    name = f"pemetaan-{code}-versi-{version}.{chosen.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "ETag": f'"{sha256}"'}
    return HttpResponse(content, content_type=_TYPES[chosen], headers=headers)
