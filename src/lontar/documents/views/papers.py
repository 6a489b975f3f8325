"""The files of issued papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import post_of, requires
from lontar.documents import policies, queries
from lontar.documents.queries import IssuedPaper
from lontar.documents.states import FileKind
from lontar.documents.steps.keeping import FileLost

_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def found_paper(request: HttpRequest, code: str) -> IssuedPaper:
    """The paper of an address, when the reader may see it."""
    found = queries.paper(code)
    if found is None:
        raise Http404
    policies.check_see_paper(post_of(request), found.region_code)
    return found


@require_GET
@requires(policies.check_see_papers)
def file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One of the files of a paper, exactly as issued."""
    found, chosen = found_paper(request, code), FileKind(kind)
    if not found.sha256(chosen):
        raise Http404
    try:
        content = queries.read_file(found, chosen)
    except FileLost:
        message = _("Berkas %(number)s tidak ada lagi atau rusak; hubungi operator.") % {"number": found.number}
        return HttpResponse(message, status=410, content_type="text/plain; charset=utf-8")
    name = f"{found.kind}-{found.code}.{chosen.value}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": f'"{found.sha256(chosen)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=_TYPES[chosen], headers=headers)
