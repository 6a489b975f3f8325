"""The list of issued papers, one of them, its files, and revoking it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.views.replies import RefusalsIn, csv_reply, list_page
from lontar.documents import actions, policies, presenters, queries
from lontar.documents.forms import PaperFilter, RevokeForm
from lontar.documents.models import Paper
from lontar.documents.presenters.papers import HEADER
from lontar.documents.queries import IssuedPaper
from lontar.documents.states import FileKind
from lontar.documents.steps.keeping import FileLost
from lontar.ui.presenters import Link, Pager, Query

_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SIZES = (25, 50, 100)


@require_GET
@requires(policies.check_see_papers)
def papers(request: HttpRequest) -> HttpResponseBase:
    """The papers of the reader's region and those above it, newest first."""
    form, query = PaperFilter(request.GET or None), Query.of(request)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = queries.Asked(
        within=post_of(request).region_code, text=str(chosen.get("cari") or "").strip(), kind=chosen.get("jenis") or "",
        state=chosen.get("keadaan") or "", signature=chosen.get("tanda") or "", region=chosen.get("wilayah") or "",
        since=chosen.get("dari"), until=chosen.get("sampai"),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return csv_reply("surat", HEADER, presenters.lines(asked.stream()))
    rows, size = asked.rows(), _whole(query.get("per"), 50)
    size = size if size in SIZES else 50
    count = rows.count()
    page = min(max(_whole(query.get("hal"), 1), 1), max(1, -(-count // size)))
    shown = list(rows[(page - 1) * size : page * size])
    return list_page(
        request,
        title=pgettext("daftar", "Surat"),
        lead=_(
            "Keputusan, sertifikat, dan peta yang diterbitkan program, masing-masing dengan nomor dan kode periksa."
        ),
        table=presenters.papers_table(query, shown, pager=Pager(query, count, page, size), chips=_words(form, query)),
        crumbs=presenters.crumbs(),
        buttons=_buttons(request),
        form=form,
    )


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


def _words(form: PaperFilter, query: Query) -> dict[str, str]:
    """What is filtered, in words, by the name in the address."""
    words: dict[str, str] = {}
    for name, field in form.fields.items():
        value = query.get(name)
        choices: dict[Any, Any] = dict(getattr(field, "choices", ()))
        words[name] = f"{field.label}: {choices.get(value, value)}"
    return words


def _buttons(request: HttpRequest) -> list[Link]:
    if not policies.check_manage_papers.can(post_of(request)):
        return []
    return [
        Link(_("Penomoran"), "/kantor/surat/penomoran/", "table"),
        Link(_("Templat"), "/kantor/surat/templat/", "document"),
    ]


def _found(request: HttpRequest, code: str) -> IssuedPaper:
    """The paper of an address, when the reader may see it."""
    found = queries.paper(code)
    if found is None:
        raise Http404
    policies.check_see_paper(post_of(request), found.region_code)
    return found


@require_GET
@requires(policies.check_see_papers)
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One paper: what it is, its files, what became of it."""
    found = _found(request, code)
    page = presenters.paper_page(found, may_revoke=policies.check_revoke.can(post_of(request), found.region_code))
    return render(request, "documents/paper.html", {"page": page, "crumbs": presenters.crumbs((found.number, ""))})


@requires(policies.check_revoke_papers)
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Revoke a paper with a reason that the public reads."""
    found = _found(request, code)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.revoke_paper(
                paper=Paper.objects.get(pk=found.pk), reason=form.cleaned_data["reason"], post=post_of(request),
                by=person_of(request), at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Surat %(number)s dicabut.") % {"number": found.number})
            return redirect("documents:paper", found.code)
    page = presenters.paper_page(found, may_revoke=False)
    context = {"page": page, "form": form, "back": presenters.paper_link(found).url,
               "crumbs": presenters.crumbs((found.number, presenters.paper_link(found).url), (_("Cabut"), ""))}  # fmt: skip
    return render(request, "documents/revoke.html", context, status=422 if form.errors else 200)


@require_GET
@requires(policies.check_see_papers)
def file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One of the files of a paper, exactly as issued."""
    found, chosen = _found(request, code), FileKind(kind)
    if not found.sha256(chosen):
        raise Http404
    try:
        content = queries.read_file(found, chosen)
    except FileLost:
        messages.error(
            request, _("Berkas %(number)s tidak ada lagi atau rusak; hubungi operator.") % {"number": found.number}
        )
        return redirect("documents:paper", found.code)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.kind}-{found.code}.{chosen.value}"',
        "ETag": f'"{found.sha256(chosen)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=_TYPES[chosen], headers=headers)
