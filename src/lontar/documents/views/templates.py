"""Number patterns and Word templates: what holds, the history, setting the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lontar.access.doors import person_of, post_of, requires
from lontar.access.views.replies import RefusalsIn, list_page
from lontar.documents import actions, policies, presenters
from lontar.documents.forms import PatternForm, TemplateForm, TermForm
from lontar.documents.models import PaperTemplate
from lontar.documents.queries import kind_label, term_on
from lontar.documents.queries import templates as queries
from lontar.documents.states import DECREES, PaperKind
from lontar.documents.steps.templates import FILES, preview
from lontar.engines.papers.filling import TemplateProblem
from lontar.ui.presenters import Query

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMBERS, _TEMPLATES = "/kantor/surat/penomoran/", "/kantor/surat/templat/"


@require_GET
@requires(policies.check_manage_papers)
def numberings(request: HttpRequest) -> HttpResponse:
    """How every kind of paper is numbered today."""
    day = timezone.localdate()
    return list_page(
        request,
        title=_("Penomoran surat"),
        lead=_(
            "Setiap jenis surat berurutan sendiri dan mulai dari 1 setiap tahun. Nomor yang sudah terbit tidak berubah."
        ),
        table=presenters.patterns_table(Query.of(request), queries.patterns_on(day), day),
        crumbs=presenters.crumbs((_("Penomoran"), "")),
    )


@requires(policies.check_manage_papers)
def numbering(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: every pattern that it had, and the next."""
    rows = queries.patterns_of(kind)
    if not rows and kind not in PaperKind.values:
        raise Http404
    form = PatternForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.set_number_pattern(
                kind=kind, **form.cleaned_data, post=post_of(request), by=person_of(request), at=timezone.now()
            )
            messages.success(request, _("Pola nomor baru ditetapkan; yang lama berakhir pada hari itu."))
            return redirect("documents:numbering", kind)
    label = kind_label(kind)
    context = {"label": label, "rows": presenters.pattern_rows(rows), "form": form,
               "crumbs": presenters.crumbs((_("Penomoran"), _NUMBERS), (label, ""))}  # fmt: skip
    return render(request, "documents/numbering.html", context, status=422 if form.errors else 200)


@require_GET
@requires(policies.check_manage_papers)
def templates(request: HttpRequest) -> HttpResponse:
    """Each decree with its template."""
    day = timezone.localdate()
    return list_page(
        request,
        title=_("Templat surat"),
        lead=_(
            "Naskah Word keputusan mengikuti templat yang dapat Anda ubah di Word. PDF tetap mengikuti tata letak resmi."
        ),
        table=presenters.templates_table(Query.of(request), {kind.value: term_on(kind, day) for kind in DECREES}),
        crumbs=presenters.crumbs((_("Templat"), "")),
    )


def _decree(kind: str) -> str:
    if kind not in DECREES:
        raise Http404
    return kind


@requires(policies.check_manage_papers)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The templates of one kind; the next version is uploaded here."""
    _decree(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.upload_template(
                kind=kind, content=file.read(), name=file.name, post=post_of(request), by=person_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except TemplateProblem as problem:
            form.add_error("file", str(problem))
        else:
            messages.success(
                request,
                _("Versi %(number)s diterima. Periksa pratinjaunya, lalu berlakukan.") % {"number": made.version},
            )
            return redirect("documents:template", kind)
    page = presenters.template_page(
        kind,
        term=term_on(kind, timezone.localdate()),
        versions=queries.templates_of(kind),
        terms=queries.terms_of(kind),
    )
    context = {"page": page, "form": form, "crumbs": presenters.crumbs((_("Templat"), _TEMPLATES), (page.label, ""))}
    return render(request, "documents/template.html", context, status=422 if form.errors else 200)


def _version(kind: str, version: int) -> PaperTemplate | None:
    """An uploaded version; None for 0, the shipped one."""
    return get_object_or_404(PaperTemplate, kind=_decree(kind), version=version) if version else None


@require_GET
@requires(policies.check_manage_papers)
def template_file(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """A template as it was uploaded, or the shipped one."""
    from lontar.engines.papers.decree_word import default_template

    one = _version(_decree(kind), version)
    return _word(FILES.read(one.sha256) if one else default_template(), f"templat-{kind}-{version}")


@require_GET
@requires(policies.check_manage_papers)
def template_preview(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """A template filled with invented content."""
    one = _version(_decree(kind), version)
    return _word(preview(FILES.read(one.sha256) if one else None), f"pratinjau-{kind}-{version}")


def _word(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=_WORD, headers=headers)


@requires(policies.check_manage_papers)
def template_take(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """From which day a version is in force."""
    one = _version(_decree(kind), version)
    form = TermForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.take_template(
                kind=kind, template=one, **form.cleaned_data, post=post_of(request), by=person_of(request),
                at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Templat diberlakukan mulai tanggal itu."))
            return redirect("documents:template", kind)
    name = _("Versi %(number)s") % {"number": version} if version else _("Templat bawaan")
    label = kind_label(kind)
    way = presenters.crumbs((_("Templat"), _TEMPLATES), (label, f"{_TEMPLATES}{kind}/"), (name, ""))
    context = {"name": name, "label": label, "kind": kind, "form": form, "crumbs": way}
    return render(request, "documents/take.html", context, status=422 if form.errors else 200)
