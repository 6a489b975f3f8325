"""Merging one enterprise with another: find it, look at both side by side, decide, merge; and undo it later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lontar.access.doors import person_of, post_of, requires
from lontar.access.models import Post
from lontar.office.presenters import merging as presenters
from lontar.office.presenters.words import crumbs
from lontar.office.queries import merging as queries
from lontar.office.views.enterprises import confirm_page, dossier_or_404
from lontar.registry import actions as registry
from lontar.registry import policies
from lontar.registry.models import Enterprise
from lontar.registry.queries.merging import OWNERS, MergePreview, preview_merge

_SIDES = ("keep", "absorb")


def _one_of(pk: int, post: Post) -> Enterprise:
    """The enterprise, where the post may merge it."""
    one = dossier_or_404(pk).enterprise
    policies.check_merge_within(post, [one.village_id])
    return one


@requires(policies.check_merge_enterprises)
def merge_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other record of the same enterprise; at first those that bear the same name."""
    post = post_of(request)
    one = _one_of(pk, post)
    words = request.GET.get("cari", one.name)[:200]
    here = reverse("office:enterprise", args=[pk])
    context = {
        "name": one.name,
        "pk": pk,
        "words": words,
        "found": queries.candidates(words, of=pk, within=post.region_code),
        "back": here,
        "crumbs": crumbs((_("Usaha"), reverse("office:enterprises")), (one.name, here), (_("Gabungkan"), "")),
    }
    return render(request, "office/merge_search.html", context)


@requires(policies.check_merge_enterprises)
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both records side by side; sent back, `other` becomes part of `pk`."""
    post = post_of(request)
    keep, absorb = _one_of(pk, post), _one_of(other, post)
    if request.method != "POST":
        return _page(request, keep, absorb, preview_merge(keep=pk, absorb=other))
    preview = preview_merge(keep=pk, absorb=other)
    choices = _choices(request, preview)
    try:
        done = registry.merge_enterprises(
            keep=pk,
            absorb=other,
            choices=choices,
            seen=request.POST.get("seen", ""),
            by=person_of(request),
            post=post,
            at=timezone.now(),
        )
    except registry.MergeRefused as problem:
        fresh = preview_merge(keep=pk, absorb=other, choices=choices)
        return _page(request, keep, absorb, fresh, problem=problem.reason)
    undo = reverse("office:merge_undo", args=[done.pk])
    said = _("“%(name)s” sudah menjadi bagian dari catatan ini.") % {"name": absorb.name}
    messages.success(request, format_html('{} <a href="{}" data-dialog>{}</a>', said, undo, _("Urungkan")))
    return redirect("office:enterprise", pk=pk)


def _choices(request: HttpRequest, preview: MergePreview) -> dict[str, str]:
    """What the person chose, of what there is to choose."""
    inner = preview.owner.fields if preview.owner else ()
    keys = [one.key for one in preview.fields] + [f"owner.{one.key}" for one in inner]
    said = {key: request.POST.get(f"pilih.{key}", "") for key in keys}
    return {key: side for key, side in said.items() if side in (OWNERS if key == "owner" else _SIDES)}


def _page(
    request: HttpRequest, keep: Enterprise, absorb: Enterprise, preview: MergePreview, *, problem: str = ""
) -> HttpResponse:
    here = reverse("office:enterprise", args=[keep.pk])
    shown, refused = presenters.lines(preview), bool(preview.refusals)
    owner = presenters.lines(preview.owner, prefix="owner.") if preview.owner else []
    context = {
        "keep": keep,
        "absorb": absorb,
        "problem": problem,
        "refusals": preview.refusals,
        "decided": [line for line in shown if line.is_choice and not refused],
        "others": [line for line in shown if refused or not line.is_choice],
        "owner_choices": [] if refused else presenters.owner_choices(preview),
        "owner_decided": [line for line in owner if line.is_choice and not refused],
        "moving": presenters.moving(preview),
        "seen": preview.mark,
        "swap_url": reverse("office:merge", args=[absorb.pk, keep.pk]),
        "back": here,
        "crumbs": crumbs((_("Usaha"), reverse("office:enterprises")), (keep.name, here), (_("Gabungkan"), "")),
    }
    return render(request, "office/merge.html", context, status=409 if problem else 200)


@requires(policies.check_merge_enterprises)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge after a confirmation; what stays because others changed it is told."""
    post, found = post_of(request), queries.merge_named(pk)
    if found is None:
        raise Http404
    kept = Enterprise.objects.filter(pk=found.kept_id).first()
    policies.check_merge_within(post, [found.village_id, *([kept.village_id] if kept else [])])
    back = reverse("office:enterprise", args=[found.kept_id])
    if request.method == "POST":
        try:
            done = registry.undo_merge(merge=pk, by=person_of(request), post=post, at=timezone.now())
        except registry.MergeRefused as problem:
            messages.error(request, problem.reason)
            return redirect(back)
        messages.success(request, _("“%(name)s” kembali menjadi catatan sendiri.") % {"name": found.absorbed_name})
        if done.stayed:
            stayed = presenters.stayed_words(done.stayed)
            messages.info(
                request, _("Tidak dikembalikan karena sudah diubah sesudahnya: %(fields)s.") % {"fields": stayed}
            )
        return redirect(back)
    confirm = presenters.undo_confirm(
        found.absorbed_name, kept.name if kept else "–", action_url=request.path, cancel_url=back
    )
    return confirm_page(request, confirm, (_("Usaha"), reverse("office:enterprises")))
