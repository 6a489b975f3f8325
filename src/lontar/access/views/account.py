"""One's own account: what it is, and which post one acts as."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lontar.access import actions, presenters
from lontar.access.doors import person_of, signed_in
from lontar.access.forms import ChoosePostForm
from lontar.access.models import Post
from lontar.access.states import Role
from lontar.access.views.replies import RefusalsIn
from lontar.ui.presenters import KeyValue


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """The account, the posts held, and the ways to its security."""
    person = person_of(request)
    posts: list[Post] = getattr(request, "posts_held", [])
    facts = [
        KeyValue(_("Nama"), person.full_name),
        KeyValue(_("Nama pengguna"), person.username),
        KeyValue(_("Alamat surel"), person.email or None),
    ]
    held = [KeyValue(f"{one.title} – {one.agency}", str(Role(one.role).label)) for one in posts]
    context = {"facts": facts, "held": held, "crumbs": presenters.crumbs((_("Akun saya"), ""))}
    return render(request, "access/account.html", context)


@signed_in
def choose_post(request: HttpRequest) -> HttpResponse:
    """Act as another of one's own posts; afterwards back to where one came from."""
    posts: list[Post] = getattr(request, "posts_held", [])
    acting = getattr(request, "post_held", None)
    form = ChoosePostForm(request.POST or None, posts=posts, initial={"post": acting.pk if acting else None})
    if request.method == "POST" and form.is_valid():
        with RefusalsIn(form):
            post = actions.choose_post(
                session=request.session,
                post_id=form.cleaned_data["post"],
                by=person_of(request),
                at=timezone.now(),
            )
            messages.success(request, _("Anda sekarang bertugas sebagai %(post)s.") % {"post": post.title})
            return HttpResponseRedirect(_back(request))
    crumbs = presenters.crumbs((_("Akun saya"), reverse("access:account")), (_("Ganti jabatan"), ""))
    context = {"form": form, "posts": posts, "next": request.GET.get("next", ""), "crumbs": crumbs}
    return render(request, "access/choose_post.html", context)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and is_ours else "/kantor/"
