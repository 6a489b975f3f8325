"""Screens of posts: the list, one post with its holders, adding, giving, ending, handing over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import actions, policies, presenters, queries
from lontar.access.doors import person_of, post_of, requires
from lontar.access.forms import GiveForm, HandoverForm, PostChangeForm, PostForm, PostListFilter
from lontar.access.models import Post
from lontar.access.presenters.lists import current_of
from lontar.access.states import Role
from lontar.access.views.replies import RefusalsIn, confirm_page, csv_reply, form_page, list_page
from lontar.ui.presenters import Confirm, Crumb, Link, Query


def _post(request: HttpRequest, pk: int) -> Post:
    """The post within the reader's region, with its present holder; 404 for any other."""
    return get_object_or_404(queries.posts_within(post_of(request).region_code, timezone.localdate()), pk=pk)


def _managed(request: HttpRequest, pk: int) -> Post:
    """The post, when the reader manages it; refuses otherwise."""
    post = _post(request, pk)
    policies.check_manage_post(post_of(request), post)
    return post


def _way(post: Post, *more: tuple[str, str]) -> list[Crumb]:
    here = reverse("access:post", args=[post.pk])
    return presenters.crumbs(
        (pgettext("daftar", "Jabatan"), reverse("access:posts")), (post.title, here if more else ""), *more
    )


@requires(policies.check_see_posts)
def posts(request: HttpRequest) -> HttpResponseBase:
    """Posts of the reader's region and who holds them."""
    form = PostListFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    region = chosen.get("wilayah") or post_of(request).region_code
    policies.require_region(post_of(request), region)
    rows = queries.posts_within(
        region,
        timezone.localdate(),
        words=chosen.get("q", ""),
        role=chosen.get("peran", ""),
        vacant=True if chosen.get("kosong") else None,
    )
    if request.GET.get("format") == "csv":
        header = ["kode", "jabatan", "instansi", "peran", "kode_wilayah", "aktif", "pemegang", "sejak"]
        return csv_reply("jabatan", header, (_line(one) for one in rows.iterator(chunk_size=2000)))
    can_add = policies.check_manage_posts.can(post_of(request))
    return list_page(
        request,
        title=pgettext("daftar", "Jabatan"),
        lead=_("Tugas melekat pada jabatan, bukan pada orang: pekerjaan tetap ada bila pemegangnya berganti."),
        table=presenters.posts_table(Query.of(request), rows, can_add=can_add),
        crumbs=presenters.crumbs((pgettext("daftar", "Jabatan"), "")),
        buttons=[Link(_("Tambah jabatan"), reverse("access:post_new"), "plus")] if can_add else [],
        form=form,
    )


def _line(post: Post) -> list[object]:
    held = current_of(post)
    holder = (held.user.full_name, held.valid_from) if held else ("", None)
    return [
        post.code,
        post.title,
        post.agency.name,
        str(Role(post.role).label),
        post.region_code,
        post.is_active,
        *holder,
    ]


@requires(policies.check_see_posts)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: its holder, what waits there, who held it before."""
    one = _post(request, pk)
    holdings = one.holdings.select_related("user").order_by("-valid_from", "-pk")
    handovers = one.handovers.select_related("from_user", "to_user").order_by("-at")
    context = {
        "post": one,
        "held": current_of(one),
        "facts": presenters.post_facts(one, current_of(one)),
        "work": presenters.work_lines(queries.open_work_of(one)),
        "holders": presenters.holder_rows(holdings),
        "handovers": presenters.handover_rows(handovers),
        "can_manage": policies.check_manage_post.can(post_of(request), one),
        "can_token": policies.check_manage_token.can(post_of(request), one),
        "crumbs": _way(one),
    }
    return render(request, "access/post.html", context)


@requires(policies.check_manage_posts)
def post_new(request: HttpRequest) -> HttpResponse:
    """Add a post of a role that the reader may fill."""
    roles = policies.roles_filled_by(post_of(request))
    form = PostForm(request.POST or None, roles=roles, initial={"region_code": post_of(request).region_code})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with RefusalsIn(form):
            policies.check_make_post(post_of(request), role=given["role"], region_code=given["region_code"])
            given["code"] = given["code"] or queries.free_post_code(given["role"], given["region_code"])
            one = actions.create_post(**given, by=person_of(request), at=timezone.now())
            messages.success(request, _("Jabatan %(title)s dibuat. Berikan kepada seseorang.") % {"title": one.title})
            return redirect("access:post_give", pk=one.pk)
    return form_page(
        request,
        form,
        title=_("Tambah jabatan"),
        submit=_("Tambahkan"),
        cancel_url=reverse("access:posts"),
        crumbs=presenters.crumbs((pgettext("daftar", "Jabatan"), reverse("access:posts")), (_("Tambah"), "")),
    )


@requires(policies.check_manage_posts)
def post_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, close or reopen a post."""
    one = _managed(request, pk)
    form = PostChangeForm(request.POST or None, initial={"title": one.title, "is_active": one.is_active})
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.change_post(post=one, **form.cleaned_data, by=person_of(request), at=timezone.now())
            messages.success(request, _("Perubahan disimpan."))
            return redirect("access:post", pk=pk)
    return form_page(
        request,
        form,
        title=_("Ubah %(title)s") % {"title": one.title},
        lead=_("Peran dan wilayah tidak berubah: tugas lain adalah jabatan lain."),
        submit=_("Simpan"),
        cancel_url=reverse("access:post", args=[pk]),
        crumbs=_way(one, (_("Ubah"), "")),
    )


@requires(policies.check_manage_posts)
def post_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a vacant post to a person."""
    one, now = _managed(request, pk), timezone.now()
    form = GiveForm(request.POST or None, initial={"start": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["person"]
        with RefusalsIn(form):
            policies.check_fill_post(post_of(request), one, by=person_of(request), user=user)
            actions.give_post(
                post=one,
                user=user,
                start=form.cleaned_data["start"],
                decree=form.cleaned_data["decree"],
                by=person_of(request),
                at=now,
            )
            messages.success(request, _("%(name)s sekarang memegang jabatan ini.") % {"name": user})
            return redirect("access:post", pk=pk)
    return form_page(
        request,
        form,
        title=_("Berikan jabatan"),
        lead=f"{one.title} – {one.agency}",
        submit=_("Berikan"),
        cancel_url=reverse("access:post", args=[pk]),
        crumbs=_way(one, (_("Berikan"), "")),
    )


@requires(policies.check_manage_posts)
def post_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass a post with its open work, which is shown before."""
    one = _managed(request, pk)
    form = HandoverForm(request.POST or None)
    work = queries.open_work_of(one)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["person"]
        with RefusalsIn(form):
            policies.check_fill_post(post_of(request), one, by=person_of(request), user=user)
            made = actions.hand_over(
                post=one,
                to_user=user,
                note=form.cleaned_data["note"],
                decree=form.cleaned_data["decree"],
                by=person_of(request),
                at=timezone.now(),
            )
            told = {"name": user, "count": made.open_work}
            messages.success(request, _("Jabatan beralih kepada %(name)s dengan %(count)d pekerjaan terbuka.") % told)
            return redirect("access:post", pk=pk)
    context = {
        "post": one,
        "held": current_of(one),
        "form": form,
        "work": presenters.work_lines(work),
        "total": sum(line.count for line in work),
        "crumbs": _way(one, (_("Serah terima"), "")),
    }
    return render(request, "access/handover.html", context)


@requires(policies.check_manage_posts)
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the present holding; the post stays, vacant, with its work."""
    one = _managed(request, pk)
    held = current_of(one)
    if held is None:
        messages.info(request, _("Jabatan ini sudah kosong."))
        return redirect("access:post", pk=pk)
    if request.method == "POST":
        actions.end_holding(holding=held, by=person_of(request), at=timezone.now())
        messages.success(request, _("%(name)s tidak lagi memegang jabatan ini.") % {"name": held.user})
        return redirect("access:post", pk=pk)
    confirm = Confirm(
        _("Akhiri jabatan %(name)s?") % {"name": held.user},
        _("Mulai hari ini %(name)s tidak lagi bertugas sebagai %(post)s, dan jabatan ini kosong.")
        % {"name": held.user, "post": one.title},
        reverse("access:post_end", args=[pk]),
        _("Akhiri"),
        reverse("access:post", args=[pk]),
        undo=_("Pekerjaan tetap menunggu pemegang berikutnya."),
    )
    return confirm_page(request, confirm, _way(one, (_("Akhiri"), "")))
