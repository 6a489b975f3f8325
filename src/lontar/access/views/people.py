"""Screens of people: the list, one person, opening an account, helping somebody who is locked out, closing."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import actions, policies, presenters, queries
from lontar.access.doors import person_of, post_of, requires
from lontar.access.forms import PeopleFilter, UserChangeForm, UserForm
from lontar.access.models import Post, User
from lontar.access.views.replies import RefusalsIn, confirm_page, csv_reply, form_page, list_page
from lontar.ui.presenters import Confirm, Crumb, Link, Query

_LINK = "lontar_link"


def _visible(request: HttpRequest, *, words: str = "", without_post: bool = False) -> QuerySet[User]:
    """Whom the reader sees: people of the region's posts; the province's administrators also those without any."""
    post = post_of(request)
    return queries.users_within(
        post.region_code,
        timezone.localdate(),
        with_strangers=policies.check_see_unposted.can(post),
        words=words,
        without_post=without_post,
    )


def _person(request: HttpRequest, pk: int) -> User:
    """The person, when the reader sees them; 404 for any other."""
    return get_object_or_404(_visible(request), pk=pk)


def _held(user: User) -> list[Post]:
    return queries.posts_held_by(user, timezone.localdate())


def _way(user: User, *more: tuple[str, str]) -> list[Crumb]:
    here = reverse("access:person", args=[user.pk])
    return presenters.crumbs(
        (pgettext("daftar", "Orang"), reverse("access:people")), (user.full_name, here if more else ""), *more
    )


@requires(policies.check_manage_users)
def people(request: HttpRequest) -> HttpResponseBase:
    """People of the reader's region."""
    form = PeopleFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = _visible(request, words=chosen.get("q", ""), without_post=chosen.get("tanpa", False))
    if request.GET.get("format") == "csv":
        header = ["nama_pengguna", "nama", "jabatan", "akun_aktif"]
        lines = (
            [one.username, one.full_name, "; ".join(held.post.title for held in one.current), one.is_active]  # type: ignore[attr-defined]  # prefetched
            for one in rows.iterator(chunk_size=2000)
        )
        return csv_reply("orang", header, lines)
    return list_page(
        request,
        title=pgettext("daftar", "Orang"),
        lead=_("Akun orang yang memegang jabatan di wilayah Anda."),
        table=presenters.people_table(Query.of(request), rows, can_add=True),
        crumbs=presenters.crumbs((pgettext("daftar", "Orang"), "")),
        buttons=[Link(_("Tambah orang"), reverse("access:person_new"), "plus")],
        form=form,
    )


@requires(policies.check_manage_users)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the account, the posts, and what may be done for them."""
    one = _person(request, pk)
    held = _held(one)
    may = policies.check_manage_user.can(post_of(request), one, held)
    context = {
        "person": one,
        "facts": presenters.person_facts(
            one,
            factors=Authenticator.objects.filter(user=one).exclude(type="recovery_codes").count(),
            sessions=UserSession.objects.filter(user=one).count(),
            is_locked=queries.is_locked_anywhere(one, timezone.now()),
        ),
        "holdings": [
            (Link(line.post.title, reverse("access:post", args=[line.post_id])), line)
            for line in one.holdings.select_related("post__agency").order_by("-valid_from", "-pk")
        ],
        "can_manage": may,
        "can_help": policies.check_help_user.can(post_of(request), one, held, by=person_of(request)),
        "link": _link_for(request, one),
        "crumbs": _way(one),
    }
    return render(request, "access/person.html", context)


def _link_for(request: HttpRequest, user: User) -> str:
    """The link just made for this person, once."""
    kept = request.session.get(_LINK)
    if not kept or kept[0] != user.pk:
        return ""
    del request.session[_LINK]
    return str(kept[1])


@requires(policies.check_manage_users)
def person_new(request: HttpRequest) -> HttpResponse:
    """Open an account; outside the province's own administration it comes with a post."""
    needs_post = not policies.check_see_unposted.can(post_of(request))
    form = UserForm(request.POST or None, needs_post=needs_post)
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            return _opened(request, form)
    return form_page(
        request,
        form,
        title=_("Tambah orang"),
        lead=_("Orang itu membuat kata sandinya sendiri melalui tautan; tidak ada yang mengetiknya untuk orang lain."),
        submit=_("Buka akun"),
        cancel_url=reverse("access:people"),
        crumbs=presenters.crumbs((pgettext("daftar", "Orang"), reverse("access:people")), (_("Tambah"), "")),
    )


def _opened(request: HttpRequest, form: UserForm) -> HttpResponse:
    given, by, now = form.cleaned_data, person_of(request), timezone.now()
    post = given.pop("post")
    if post is not None:
        policies.check_manage_post(post_of(request), post)
    made = actions.open_account(**given, post=post, root=request.build_absolute_uri("/"), by=by, at=now)
    return _invited(request, made)


def _invited(request: HttpRequest, made: actions.Invitation) -> HttpResponse:
    """Back to the person's page; the link is shown there once when it could not be mailed."""
    if made.user.email:
        messages.success(request, _("Tautan untuk membuat kata sandi dikirim ke %(mail)s.") % {"mail": made.user.email})
    else:
        request.session[_LINK] = [made.user.pk, made.link]
    return redirect("access:person", pk=made.user.pk)


@requires(policies.check_manage_users)
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's name or address."""
    one = _person(request, pk)
    policies.check_manage_user(post_of(request), one, _held(one))
    form = UserChangeForm(request.POST or None, initial={"full_name": one.full_name, "email": one.email})
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            actions.change_user(user=one, **form.cleaned_data, by=person_of(request), at=timezone.now())
            messages.success(request, _("Perubahan disimpan."))
            return redirect("access:person", pk=pk)
    return form_page(
        request,
        form,
        title=_("Ubah data %(name)s") % {"name": one.full_name},
        submit=_("Simpan"),
        cancel_url=reverse("access:person", args=[pk]),
        crumbs=_way(one, (_("Ubah"), "")),
    )


@requires(policies.check_manage_users)
def person_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """What an administrator does for a person, after a page that says what it means: the acts of `_words`."""
    one = _person(request, pk)
    title, consequence, submit = _words(act, one)
    policies.check_help_user(post_of(request), one, _held(one), by=person_of(request))
    if request.method == "POST":
        return _done(request, one, act)
    confirm = Confirm(
        title,
        consequence,
        reverse("access:person_act", args=[pk, act]),
        submit,
        reverse("access:person", args=[pk]),
    )
    return confirm_page(request, confirm, _way(one, (submit, "")))


def _words(act: str, user: User) -> tuple[str, str, str]:
    name = {"name": user.full_name}
    return {
        "tautan": (
            _("Kirim tautan kata sandi kepada %(name)s?") % name,
            _("%(name)s dapat membuat kata sandi baru melalui tautan itu. Kata sandi yang sekarang tetap berlaku.")
            % name,
            _("Kirim tautan"),
        ),
        "langkah-kedua": (
            _("Hapus langkah kedua %(name)s?") % name,
            _(
                "Aplikasi autentikator, passkey dan kode pemulihan dihapus, dan semua sesi diakhiri. Pastikan yang meminta"
            )
            + " "
            + _("benar-benar %(name)s, misalnya dengan bertatap muka.") % name,
            _("Hapus langkah kedua"),
        ),
        "buka-kunci": (
            _("Buka kunci %(name)s?") % name,
            _("Percobaan masuk yang gagal dilupakan, dan %(name)s dapat mencoba lagi sekarang.") % name,
            _("Buka kunci"),
        ),
        "tutup": (
            _("Tutup akun %(name)s?") % name,
            _("%(name)s tidak dapat masuk lagi dan semua sesinya diakhiri.") % name,
            _("Tutup akun"),
        ),
        "buka": (
            _("Buka kembali akun %(name)s?") % name,
            _("%(name)s dapat masuk lagi dengan kata sandi yang lama.") % name,
            _("Buka akun"),
        ),
    }[act]


def _done(request: HttpRequest, user: User, act: str) -> HttpResponse:
    by, now = person_of(request), timezone.now()
    if act == "tautan":
        return _invited(request, actions.invite(user=user, root=request.build_absolute_uri("/"), by=by, at=now))
    if act == "langkah-kedua":
        actions.reset_second_factor(user=user, by=by, at=now)
    elif act == "buka-kunci":
        actions.unlock(user=user, by=by, at=now)
    elif act == "tutup":
        actions.close_user(user=user, by=by, at=now)
    else:
        actions.reopen_user(user=user, by=by, at=now)
    messages.success(request, _("Selesai untuk %(name)s.") % {"name": user.full_name})
    return redirect("access:person", pk=user.pk)
