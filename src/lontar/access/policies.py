"""Who may do what in `access`, and the machinery with which every app says who may.

A rule is a function `check_*` that returns nothing or raises `Refused` with the reason that the person reads; `@policy` adds
`.can(...)`, the same question answered with yes or no. What a role may do is written here and in the `policies` of the other
apps, never in views. Which rows a connection may see is the second wall, `scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Generic, ParamSpec

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.states import Role, TokenScope
from lontar.engines.regions import is_within

P = ParamSpec("P")


class Refused(Exception):
    """A person may not do this, or it cannot be done now; `reason` is the Indonesian sentence that they read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Policy(Generic[P]):
    """A `check_*` function: call it to be stopped by `Refused`, ask `.can(...)` for yes or no."""

    __name__: str
    __module__: str

    def __init__(self, check: Callable[P, None]) -> None:
        update_wrapper(self, check)
        self._check = check

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Return when allowed; raise `Refused` with the reason when not."""
        self._check(*args, **kwargs)

    def can(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the check passes."""
        try:
            self._check(*args, **kwargs)
        except Refused:
            return False
        return True

    @property
    def name(self) -> str:
        """A stable name for the permission table: app and act, such as `access.manage_posts`."""
        app = self.__module__.removeprefix("lontar.").partition(".")[0]
        return f"{app}.{self.__name__.removeprefix('check_')}"


def policy(check: Callable[P, None]) -> Policy[P]:
    """Make a policy of a `check_*` function."""
    if not check.__name__.startswith("check_"):
        raise ValueError(f"{check.__name__}: a policy is named check_…")
    return Policy(check)


# --- the words that every app's policies are made of ------------------------------------------------------------------


def covers(post: Post | None, region_code: str) -> bool:
    """Whether the region code is the post's own or lies beneath it."""
    return post is not None and bool(region_code) and is_within(region_code, post.region_code)


def require_post(post: Post | None) -> Post:
    """The post itself; refuses somebody who holds none."""
    if post is None:
        raise Refused(
            _(
                "Akun Anda belum memegang jabatan. Mintalah administrator instansi Anda memberi Anda jabatan, lalu muat ulang."
            )
        )
    return post


def require_role(post: Post | None, *roles: Role, to: str) -> Post:
    """The post when its role is one of `roles`; else refuses, naming the act `to` and who may do it."""
    held = require_post(post)
    if held.role not in roles:
        allowed = ", ".join(str(role.label) for role in roles)
        raise Refused(
            _("Hanya %(allowed)s yang dapat %(act)s. Anda sedang bertugas sebagai %(role)s.")
            % {"allowed": allowed, "act": to, "role": Role(held.role).label}
        )
    return held


def require_region(post: Post | None, region_code: str) -> Post:
    """The post when it covers the region code; else refuses, naming both."""
    held = require_post(post)
    if not covers(held, region_code):
        raise Refused(
            _("Wilayah %(code)s berada di luar wilayah tugas Anda (%(scope)s).")
            % {"code": region_code or "–", "scope": held.region_code}
        )
    return held


@policy
def check_work(post: Post | None) -> None:
    """Enter the office at all: hold a post."""
    require_post(post)


# --- agencies, posts, people ------------------------------------------------------------------------------------------

MANAGERS = (Role.PROVINCE_ADMIN, Role.REGENCY_OFFICER)
READERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER)

# Which roles a post may fill within its own region. A regency looks after its villages; all else is the province's.
GRANTS: dict[str, frozenset[str]] = {
    Role.PROVINCE_ADMIN: frozenset(Role.values),
    Role.REGENCY_OFFICER: frozenset({Role.VILLAGE_OFFICER, Role.MENTOR, Role.VIEWER}),
}


@policy
def check_see_posts(post: Post | None) -> None:
    """Read agencies, posts and who holds them."""
    require_role(post, *READERS, to=_("melihat daftar jabatan"))


@policy
def check_manage_agencies(post: Post | None) -> None:
    """Add and change agencies."""
    require_role(post, Role.PROVINCE_ADMIN, to=_("mengelola instansi"))


@policy
def check_manage_posts(post: Post | None) -> None:
    """Add posts and give them to people, somewhere."""
    require_role(post, *MANAGERS, to=_("mengelola jabatan"))


def roles_filled_by(post: Post) -> list[str]:
    """The roles of posts that the holder of this post may make and give, in the order of the roles."""
    granted = GRANTS.get(post.role, frozenset())
    return [role for role in Role.values if role in granted]


@policy
def check_make_post(post: Post | None, *, role: str, region_code: str) -> None:
    """Add or change a post of this role in this region."""
    check_manage_posts(post)
    held = require_region(post, region_code)
    if role not in GRANTS.get(held.role, frozenset()):
        raise Refused(
            _("%(role)s tidak dapat mengatur jabatan %(other)s; mintalah administrator provinsi.")
            % {"role": Role(held.role).label, "other": Role(role).label}
        )


@policy
def check_manage_post(post: Post | None, target: Post) -> None:
    """Change this post, give it, take it back, hand it over."""
    check_make_post(post, role=target.role, region_code=target.region_code)


@policy
def check_fill_post(post: Post | None, target: Post, *, by: User, user: User) -> None:
    """Give this post to this person: a person that manages the post, and never to oneself."""
    check_manage_post(post, target)
    if by.pk == user.pk:
        raise Refused(_("Anda tidak dapat memberi jabatan kepada diri sendiri; mintalah administrator lain."))


@policy
def check_manage_users(post: Post | None) -> None:
    """Open accounts for people, somewhere."""
    require_role(post, *MANAGERS, to=_("mengelola akun pengguna"))


@policy
def check_see_unposted(post: Post | None) -> None:
    """See people who never held a post, and open accounts without giving one: they belong to no region."""
    require_role(post, Role.PROVINCE_ADMIN, to=_("mengelola akun tanpa jabatan"))


@policy
def check_manage_user(post: Post | None, user: User, held: Iterable[Post]) -> None:
    """Change this person's account; `held` are the posts that the person holds now.

    Outside the province only for people all of whose posts one manages, so that a regency cannot reset the second factor
    of an officer of the province.
    """
    check_manage_users(post)
    mine = require_post(post)
    posts = list(held)
    if mine.role == Role.PROVINCE_ADMIN:
        return
    if not posts or not all(check_manage_post.can(mine, one) for one in posts):
        raise Refused(_("%(name)s bukan pemegang jabatan di wilayah tugas Anda.") % {"name": user})


@policy
def check_help_user(post: Post | None, user: User, held: Iterable[Post], *, by: User) -> None:
    """Reset somebody's second factor or close an account: never one's own."""
    check_manage_user(post, user, held)
    if by.pk == user.pk:
        raise Refused(_("Untuk akun Anda sendiri, mintalah administrator lain."))


# --- tokens -----------------------------------------------------------------------------------------------------------

TOKEN_ROLES = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER, Role.AGENCY_OFFICER, Role.REGENCY_OFFICER)


@policy
def check_see_tokens(post: Post | None) -> None:
    """See and revoke the tokens of one's own post."""
    require_role(post, *TOKEN_ROLES, to=_("mengelola kunci API"))


@policy
def check_manage_token(post: Post | None, target: Post) -> None:
    """Issue or revoke a token of this post: one's own, or any post when one is a province administrator."""
    check_see_tokens(post)
    held = require_post(post)
    if held.pk == target.pk:
        return
    if held.role != Role.PROVINCE_ADMIN or not covers(held, target.region_code):
        raise Refused(_("Kunci API hanya dapat diterbitkan untuk jabatan Anda sendiri."))


@policy
def check_use_token(post: Post, scopes: Iterable[str], wanted: TokenScope) -> None:
    """A token that carries `scopes` does something that needs `wanted`."""
    if wanted not in list(scopes):
        raise Refused(
            _("Kunci API ini tidak berizin %(scope)s. Terbitkan kunci baru dengan izin itu untuk jabatan %(post)s.")
            % {"scope": wanted.label, "post": post.title}
        )
