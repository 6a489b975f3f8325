"""Accounts: opened by an administrator, entered by the person alone through a link, helped when locked out, closed.

Nobody types a password for somebody else: a new account gets a link, by mail where there is an address and on the screen of
the administrator once. Holding posts is in `posts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.actions.posts import give_post
from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.queries import posts_held_by
from lontar.access.states import Act
from lontar.access.trail import recorded


class NameTaken(Refused):
    """Another account has this user name or e-mail address."""


class StillHoldsPosts(Refused):
    """An account that holds posts cannot be closed."""


@dataclass(frozen=True)
class Invitation:
    """A new or helped account and the link with which its person sets the password; valid for three days, once."""

    user: User
    link: str = field(repr=False)


def create_user(
    *, username: str, full_name: str, email: str = "", root: str = "", by: User | None, at: datetime
) -> Invitation:
    """Open an account without a password and send its person a link to set one; raises `NameTaken`.

    `root` is the address of this site (`https://lontar.example`). The address is taken as verified because the office vouches
    for it.
    """
    username, email = username.strip().lower(), email.strip().lower()
    with recorded(Act.USER_CREATED, by=by, at=at):
        _check_free(username=username, email=email, but=None)
        user = User(username=username, full_name=full_name.strip(), email=email, date_joined=at)
        user.set_unusable_password()
        user.save(force_insert=True)
        if email:
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return _invitation(user, root)


def open_account(
    *, username: str, full_name: str, email: str, post: Post | None, root: str, by: User, at: datetime
) -> Invitation:
    """Open an account and give its person a vacant post in one act: both or neither."""
    with recorded(Act.USER_CREATED, by=by, at=at):
        made = create_user(username=username, full_name=full_name, email=email, root=root, by=by, at=at)
        if post is not None:
            give_post(post=post, user=made.user, by=by, at=at)
        return made


def invite(*, user: User, root: str, by: User | None, at: datetime) -> Invitation:
    """Send a new link to set the password; an earlier password keeps working until the link is used."""
    with recorded(Act.USER_INVITED, by=by, at=at):
        return _invitation(user, root)


def change_user(*, user: User, full_name: str, email: str, by: User | None, at: datetime) -> User:
    """Change a person's name or e-mail address; raises `NameTaken` when the address is somebody else's."""
    email = email.strip().lower()
    with recorded(Act.USER_CHANGED, by=by, at=at):
        _check_free(username="", email=email, but=user)
        if email != user.email:
            EmailAddress.objects.filter(user=user).delete()
            if email:
                EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        user.full_name, user.email = full_name.strip(), email
        user.save(update_fields=["full_name", "email"])
    return user


def close_user(*, user: User, by: User | None, at: datetime) -> User:
    """Close an account and end its sessions; raises `StillHoldsPosts` until its posts were handed over."""
    held = posts_held_by(user, timezone.localdate(at))
    if held:
        raise StillHoldsPosts(
            _("%(name)s masih memegang %(posts)s. Lakukan serah terima dahulu.")
            % {"name": user, "posts": ", ".join(post.title for post in held)}
        )
    with recorded(Act.USER_CLOSED, by=by, at=at):
        user.is_active = False
        user.save(update_fields=["is_active"])
        _end_sessions(user)
    return user


def reopen_user(*, user: User, by: User | None, at: datetime) -> User:
    """Open a closed account again, with its old password."""
    with recorded(Act.USER_REOPENED, by=by, at=at):
        user.is_active = True
        user.save(update_fields=["is_active"])
    return user


def reset_second_factor(*, user: User, by: User | None, at: datetime) -> int:
    """Remove every authenticator app, passkey and recovery code of a person, and end the sessions; how many were removed.

    For a lost phone: the person signs in with the password alone and sets up a new one. The person is told by mail.
    """
    with recorded(Act.SECOND_FACTOR_RESET, by=by, at=at, subject_user=user.pk):
        removed = int(Authenticator.objects.filter(user=user).delete()[0])
        _end_sessions(user)
        if user.email:
            _mail_later(user, "access/mail/second_factor_reset.txt", _("Faktor kedua akun Lontar Anda dihapus"), {})
    return removed


def unlock(*, user: User, by: User | None, at: datetime) -> int:
    """Forget the failed sign-ins of a person, so that the account opens before the fifteen minutes are over; how many."""
    with recorded(Act.USER_UNLOCKED, by=by, at=at, subject_user=user.pk):
        names = Q(username__iexact=user.username)
        if user.email:
            names |= Q(username__iexact=user.email)
        return int(AccessAttempt.objects.filter(names).delete()[0])


def set_password(*, user: User, password: str, by: None, at: datetime) -> User:
    """Set a password from the command line: the first administrator of an installation, the people of a demonstration."""
    validate_password(password, user)
    with recorded(Act.USER_PASSWORD_SET, by=by, at=at, subject_user=user.pk):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _check_free(*, username: str, email: str, but: User | None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if username and others.filter(username__iexact=username).exists():
        raise NameTaken(_("Nama pengguna %(name)s sudah dipakai.") % {"name": username})
    if email and others.filter(email__iexact=email).exists():
        raise NameTaken(_("Alamat surel itu sudah dipakai akun lain."))


def _invitation(user: User, root: str) -> Invitation:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _dash, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    link = root.rstrip("/") + path
    if user.email and root:
        _mail_later(user, "access/mail/invitation.txt", _("Akun Lontar Anda"), {"link": link})
    return Invitation(user, link)


def _mail_later(user: User, template: str, subject: str, extra: dict[str, str]) -> None:
    """Send when the transaction is through, and not at all when it is not."""
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    text = render_to_string(template, {"person": user, "days": days, **extra})
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email]))


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
