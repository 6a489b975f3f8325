"""Screens of API tokens: those of one post, a new one with its secret shown once, revoking."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access import actions, policies, presenters, queries
from lontar.access.doors import person_of, post_of, requires
from lontar.access.forms import TokenForm
from lontar.access.models import ApiToken, Post
from lontar.access.views.replies import RefusalsIn, confirm_page, form_page, list_page
from lontar.ui.presenters import Confirm, Link, Query

_USUAL = timedelta(days=90)


def _target(request: HttpRequest) -> Post:
    """The post in question: one's own, or the one in the address, when one manages its tokens."""
    asked = request.GET.get("jabatan", "")
    own = post_of(request)
    post = get_object_or_404(Post.objects.select_related("agency"), pk=int(asked)) if asked.isdecimal() else own
    policies.check_manage_token(own, post)
    return post


def _list_url(post: Post) -> str:
    return f"{reverse('access:tokens')}?jabatan={post.pk}"


@requires(policies.check_see_tokens)
def tokens(request: HttpRequest) -> HttpResponse:
    """Tokens of a post, old ones too."""
    post = _target(request)
    return list_page(
        request,
        title=pgettext("daftar", "Kunci API"),
        lead=_("Dengan kunci, sebuah program bekerja sebagai %(post)s.") % {"post": f"{post.title} – {post.agency}"},
        table=presenters.tokens_table(Query.of(request), queries.tokens_of(post), now=timezone.now()),
        crumbs=presenters.crumbs((pgettext("daftar", "Kunci API"), "")),
        buttons=[Link(_("Terbitkan kunci"), f"{reverse('access:token_new')}?jabatan={post.pk}", "plus")],
    )


@requires(policies.check_see_tokens)
def token_new(request: HttpRequest) -> HttpResponse:
    """Issue a token; the answer to the form is the only page that ever shows its secret."""
    post, now = _target(request), timezone.now()
    form = TokenForm(request.POST or None, initial={"expires": timezone.localdate(now) + _USUAL})
    crumbs = presenters.crumbs((pgettext("daftar", "Kunci API"), _list_url(post)), (_("Terbitkan"), ""))
    if request.method == "POST" and form.is_valid():
        last = datetime.combine(form.cleaned_data["expires"], time.max, timezone.get_current_timezone())
        with RefusalsIn(form):
            issued = actions.issue_token(
                post=post,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=last,
                by=person_of(request),
                at=now,
            )
            context = {"token": issued.token, "secret": issued.secret, "back": _list_url(post), "crumbs": crumbs}
            answer = render(request, "access/token_issued.html", context)
            answer["Cache-Control"] = "no-store"
            return answer
    return form_page(
        request,
        form,
        title=_("Terbitkan kunci API"),
        lead=f"{post.title} – {post.agency}",
        submit=_("Terbitkan"),
        cancel_url=_list_url(post),
        crumbs=crumbs,
    )


@requires(policies.check_see_tokens)
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token at once."""
    token = get_object_or_404(ApiToken.objects.select_related("post__agency"), pk=pk)
    policies.check_manage_token(post_of(request), token.post)
    if request.method == "POST":
        actions.revoke_token(token=token, by=person_of(request), at=timezone.now())
        messages.success(request, _("Kunci %(name)s dicabut.") % {"name": token.name})
        return redirect(_list_url(token.post))
    confirm = Confirm(
        _("Cabut kunci %(name)s?") % {"name": token.name},
        _("Program yang memakai kunci %(prefix)s… langsung kehilangan akses.") % {"prefix": token.prefix},
        reverse("access:token_revoke", args=[pk]),
        _("Cabut kunci"),
        _list_url(token.post),
    )
    return confirm_page(
        request, confirm, presenters.crumbs((pgettext("daftar", "Kunci API"), _list_url(token.post)), (_("Cabut"), ""))
    )
