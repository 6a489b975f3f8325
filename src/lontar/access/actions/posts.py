"""Making posts, giving them to people, taking them back, handing them over, and choosing which one to act as.

One lock keeps two administrators from filling the same post at once: `_locked`, the post's row, taken late and once. The
unique constraint `holding_one_open_per_post` stands behind it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.actions.agencies import CodeTaken
from lontar.access.models import Agency, Handover, Holding, Post, User
from lontar.access.policies import Refused
from lontar.access.queries import open_work_of, posts_held_by
from lontar.access.rules import check_not_ahead, check_period
from lontar.access.states import Act
from lontar.access.trail import recorded

SESSION_KEY = "lontar_post"


class PostTaken(Refused):
    """Somebody else holds the post on that day."""


class AlreadyHolder(Refused):
    """The person holds this post already."""


class NotHeld(Refused):
    """Nobody holds the post, or not this person."""


class Inactive(Refused):
    """The post, its agency or the account is closed."""


def create_post(
    *, code: str, title: str, agency: Agency, role: str, region_code: str, by: User | None, at: datetime
) -> Post:
    """Add a post at an agency; raises `CodeTaken` when the code is in use."""
    post = Post(code=code, title=title, agency=agency, role=role, region_code=region_code)
    with recorded(Act.POST_CREATED, by=by, at=at):
        if Post.objects.filter(code=code).exists():
            raise CodeTaken(_("Kode %(code)s sudah dipakai jabatan lain.") % {"code": code})
        post.save(force_insert=True)
    return post


def change_post(*, post: Post, title: str, is_active: bool, by: User | None, at: datetime) -> Post:
    """Change the title, close or reopen a post. Role and region stay: another duty is another post."""
    with recorded(Act.POST_CHANGED, by=by, at=at):
        post.title, post.is_active = title, is_active
        post.save(update_fields=["title", "is_active"])
    return post


def give_post(
    *, post: Post, user: User, start: date | None = None, decree: str = "", by: User | None, at: datetime
) -> Holding:
    """Let a person hold a vacant post from `start` (the day of `at` unless given), by a decree's number where there is one.

    Raises `PostTaken` when the post has a holder on `start` or later, `Inactive`, or `StartsTooFarAhead`.
    """
    today = timezone.localdate(at)
    first = start or today
    check_not_ahead(start=first, today=today)
    with recorded(Act.POST_GIVEN, by=by, at=at):
        _locked(post)
        _check_open(post, user)
        _check_vacant(post, first)
        return _hold(post=post, user=user, start=first, decree=decree)


def end_holding(*, holding: Holding, end: date | None = None, by: User | None, at: datetime) -> Holding:
    """End a holding on `end` (the day of `at` unless given): from that day on the person no longer acts for the post."""
    last = end or timezone.localdate(at)
    check_period(start=holding.valid_from, end=last)
    with recorded(Act.POST_ENDED, by=by, at=at):
        if Holding.objects.filter(pk=holding.pk, valid_until__isnull=True).update(valid_until=last) != 1:
            raise NotHeld(_("Masa jabatan ini sudah berakhir."))
        holding.valid_until = last
    return holding


def hand_over(*, post: Post, to_user: User, note: str = "", decree: str = "", by: User, at: datetime) -> Handover:
    """Pass a post, with the work that is open there, to the next holder on the day of `at`; a vacant post has no last one.

    The number of open work items is counted in the same transaction and kept with the handover.
    """
    today = timezone.localdate(at)
    with recorded(Act.POST_HANDED_OVER, by=by, at=at):
        _locked(post)
        _check_open(post, to_user)
        last = Holding.objects.filter(post=post, valid_until__isnull=True).select_related("user").first()
        if last is not None:
            if last.user_id == to_user.pk:
                raise AlreadyHolder(_("%(name)s sudah memegang jabatan ini.") % {"name": to_user})
            check_period(start=last.valid_from, end=today)
            Holding.objects.filter(pk=last.pk).update(valid_until=today)
        _check_vacant(post, today)
        _hold(post=post, user=to_user, start=today, decree=decree)
        return Handover.objects.create(
            post=post,
            from_user=last.user if last else None,
            to_user=to_user,
            at=at,
            by=by,
            note=note,
            open_work=sum(work.count for work in open_work_of(post)),
        )


def choose_post(*, session: SessionBase, post_id: int, by: User, at: datetime) -> Post:
    """Act as another of one's own posts, for this session; raises `NotHeld` when it is not one's own today."""
    chosen = next((post for post in posts_held_by(by, timezone.localdate(at)) if post.pk == post_id), None)
    if chosen is None:
        raise NotHeld(_("Jabatan itu tidak sedang Anda pegang."))
    with recorded(Act.POST_CHOSEN, by=by, at=at, post=chosen):
        session[SESSION_KEY] = chosen.pk
    return chosen


def _locked(post: Post) -> None:
    """Hold the post's row until the transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside a transaction holds nothing")
    Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


def _check_open(post: Post, user: User) -> None:
    if not post.is_active or not post.agency.is_active:
        raise Inactive(_("Jabatan %(post)s atau instansinya sudah ditutup.") % {"post": post})
    if not user.is_active:
        raise Inactive(_("Akun %(name)s sudah ditutup.") % {"name": user})


def _check_vacant(post: Post, first: date) -> None:
    """No holding of the post reaches `first` or later. An empty holding (ended on its first day) reaches nothing."""
    reaching = Holding.objects.filter(post=post).exclude(valid_until__lte=first).select_related("user").first()
    if reaching is not None:
        raise PostTaken(
            _("Jabatan ini dipegang %(name)s sejak %(day)s. Lakukan serah terima atau akhiri dahulu.")
            % {"name": reaching.user, "day": reaching.valid_from.strftime("%d-%m-%Y")}
        )


def _hold(*, post: Post, user: User, start: date, decree: str) -> Holding:
    try:
        with transaction.atomic():
            return Holding.objects.create(post=post, user=user, valid_from=start, decree=decree)
    except IntegrityError as problem:
        if "holding_one_open_per_post" not in str(problem):
            raise
        raise PostTaken(_("Jabatan ini baru saja diberikan kepada orang lain. Muat ulang halaman.")) from problem
