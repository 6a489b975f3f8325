"""Which guard stands at which address: the decorators for views, and the table of every URL with its guard.

`requires(check)` lets in whoever the policy lets in, sends a visitor to the sign-in page and shows everybody else the reason;
`signed_in` asks for an account only; `open_to_all` says that an address is public on purpose. An address without any of them
is a fault that the permission table shows. `doors` is an addition to the module names of the house: neither a policy (who may)
nor a view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Policy, Refused, require_post
from lontar.access.states import AgencyKind, Role

View: TypeAlias = Callable[..., HttpResponseBase]
Answer: TypeAlias = Literal["open", "refused", "sign-in"]
_MARK = "lontar_guard"


@dataclass(frozen=True)
class Guard:
    """Who passes: everybody, everybody with an account, or whoever `policy` lets pass."""

    kind: Literal["open", "account", "policy"]
    policy: Policy[[Post | None]] | None = None

    @property
    def name(self) -> str:
        """How the permission table calls it."""
        return self.policy.name if self.policy else {"open": "publik", "account": "akun"}[self.kind]

    def answers(self, role: Role | None, *, has_account: bool) -> Answer:
        """What somebody meets at this door: a holder of `role`, a person without a post (None), or a visitor."""
        if self.kind == "open":
            return "open"
        if not has_account:
            return "sign-in"
        if self.policy is None or self.policy.can(sample_post(role) if role else None):
            return "open"
        return "refused"


OPEN = Guard("open")
ACCOUNT = Guard("account")
_foreign: dict[str, Guard] = {}


def sample_post(role: Role) -> Post:
    """An unsaved post of a role, at the level where such posts usually sit, of Dinas Koperasi; for asking policies only."""
    levels = {Role.REGENCY_OFFICER: "53.09", Role.VILLAGE_OFFICER: "53.09.07.2001", Role.MENTOR: "53.09"}
    agency = Agency(code="contoh", name="Contoh", short_name="Contoh", kind=AgencyKind.COOPERATIVES)
    region = levels.get(role, "53")
    return Post(code=f"contoh-{role.value}", title=str(role.label), agency=agency, role=role, region_code=region)


def requires(check: Policy[[Post | None]]) -> Callable[[View], View]:
    """Let a view run only for whom `check(request.post_held)` passes."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            check(request.post_held)  # type: ignore[attr-defined]  # set by PostMiddleware
            return view(request, *args, **kwargs)

        setattr(guarded, _MARK, Guard("policy", check))
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let a view run for everybody with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    setattr(guarded, _MARK, ACCOUNT)
    return guarded


def open_to_all(view: View) -> View:
    """Say that a view is public on purpose."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    setattr(guarded, _MARK, OPEN)
    return guarded


def declare(names: Iterable[str], guard: Guard) -> None:
    """Name the guard of addresses whose views come from a library and guard themselves."""
    for name in names:
        _foreign[name] = guard


def post_of(request: HttpRequest) -> Post:
    """The post that the request acts as; refuses somebody who holds none."""
    return require_post(getattr(request, "post_held", None))


def person_of(request: HttpRequest) -> User:
    """Who is signed in, behind a door that let only such in."""
    if not isinstance(request.user, User):
        raise Refused(_("Masuklah dahulu."))
    return request.user


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page and back afterwards; a partial request makes the whole page go."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("account_login")})
    return redirect_to_login(request.get_full_path())


@dataclass(frozen=True)
class Door:
    """One address of the site with the name of its route and its guard; None: nobody said who may."""

    route: str
    name: str
    guard: Guard | None


def doors() -> list[Door]:
    """Every address of the site, in the order of the URL configuration."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Door]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
            continue
        name = f"{namespace}{pattern.name or ''}"
        yield Door(here, name, getattr(pattern.callback, _MARK, None) or _foreign.get(name))


def permission_table() -> list[tuple[Door, dict[str, Answer]]]:
    """Each door with what every role, a person without a post (`stranger`) and a visitor (`visitor`) meet there."""
    table = []
    for door in doors():
        if door.guard is None:
            continue
        answers: dict[str, Answer] = {role.value: door.guard.answers(role, has_account=True) for role in Role}
        answers["stranger"] = door.guard.answers(None, has_account=True)
        answers["visitor"] = door.guard.answers(None, has_account=False)
        table.append((door, answers))
    return table


def permission_markdown() -> str:
    """The permission table for the documentation: one line for each address, one column for each role."""
    people = [*Role.values, "stranger", "visitor"]
    signs = {"open": "✓", "refused": "–", "sign-in": "→"}
    lines = ["| Address | Guard | " + " | ".join(people) + " |", "|---|---|" + "---|" * len(people)]
    for door, answers in permission_table():
        cells = " | ".join(signs[answers[one]] for one in people)
        route = door.route.replace("|", "\\|")
        lines.append(f"| `{route}` | {door.guard.name if door.guard else ''} | {cells} |")
    return "\n".join([*lines, "", "✓ open · – refused with the reason · → sent to sign in", ""])
