"""The check of a paper, reached by its QR code, by its code or by its file: is it genuine, does it still hold, is this it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lontar.access.doors import open_to_all
from lontar.documents import queries as issued
from lontar.mapping.queries import code_of_file, verify
from lontar.portal.presenters import papers
from lontar.portal.presenters.frame import ROBOTS_OFF
from lontar.portal.presenters.papers import PublicPaper
from lontar.portal.views.delivery import page
from lontar.ui import formats

LIMIT = 20 * 1024 * 1024


@csrf_exempt  # a sent file is read and forgotten: nothing changes, and nobody need be signed in
@open_to_all
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """The answer for a code or a sent file; without either, the form. Not kept: a paper may be revoked at any moment."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    file = request.FILES.get("berkas") if request.method == "POST" else None
    response = _of_file(request, file, code) if isinstance(file, UploadedFile) else _of_code(request, code)
    response["Cache-Control"] = "no-store"
    return response


def _found(asked: str) -> PublicPaper | None:
    """The paper of a code, of either kind."""
    mapping = verify(asked) if asked else None
    if mapping is not None:
        return papers.of_mapping(mapping)
    one = issued.paper(asked) if asked else None
    return papers.of_issued(one, issued.signature_of(one)) if one else None


def _of_code(request: HttpRequest, code: str) -> HttpResponse:
    asked = (code or request.GET.get("kode", "")).strip()[:60]
    found = _found(asked)
    if found is None:
        return _form(request, asked=asked, status=404 if code else 200)
    if found.code != code:
        return HttpResponseRedirect(reverse("portal:check", args=[found.code]))
    written = request.GET.get("sha256", "")[:200]
    return _page(request, found, written=written, compared=papers.compared(found, written))


def _of_file(request: HttpRequest, file: UploadedFile[Any], against: str) -> HttpResponse:
    if file.size is None or file.size > LIMIT:
        found = _found(against)
        problem = _("Berkas lebih besar dari %(limit)s.") % {"limit": formats.size(LIMIT)}
        return (
            _page(request, found, problem=problem, status=413) if found else _form(request, problem=problem, status=413)
        )
    checked = issued.check_file(file.read())
    mapping_code = "" if checked.paper else code_of_file(checked.sha256)
    code = checked.paper.code if checked.paper else mapping_code
    brought = papers.brought(checked, code=code, mapping_code=mapping_code, against=against)
    found = _found(code or against)
    if found is None:
        return _form(request, brought=brought)
    return _page(request, found, brought=brought, compared=brought.answer)


def _page(request: HttpRequest, found: PublicPaper, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"paper": found, "words": papers.words(), "robots": ROBOTS_OFF, "limit": formats.size(LIMIT), **more}
    return page(request, "portal/paper.html", context=context, status=status)


def _form(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"robots": ROBOTS_OFF, "limit": formats.size(LIMIT), **more}
    return page(request, "portal/check.html", context=context, status=status)
