"""`lontar account`: the first administrator, and help for one who is locked out with nobody else to ask."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from lontar.cli import database

if TYPE_CHECKING:
    from lontar.access.models import User

P = ParamSpec("P")
R = TypeVar("R")


@click.group()
def account() -> None:
    """Accounts: the first administrator, a new link, a lost second factor."""


def _told(command: Callable[P, R]) -> Callable[P, R]:
    """A refusal ends with its reason and status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        database.ready()
        from lontar.access.policies import Refused

        try:
            return command(*args, **kwargs)
        except Refused as refusal:
            click.echo(f"lontar: {refusal.reason}", err=True)
            sys.exit(1)

    return run


_ROOT = click.option(
    "--root", default="http://localhost:8000", show_default=True, help="Address of this site, for the link."
)


@account.command()
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name of the person.")
@click.option("--email", default="", help="Where links are sent; without it they are only printed.")
@click.option(
    "--region", "region_code", default="", help="Region code of the programme; the installation's own by default."
)
@_ROOT
@_told
def administrator(*, username: str, full_name: str, email: str, region_code: str, root: str) -> None:
    """Make the first administrator and print the link that sets the password. Refused once there is one."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access import actions

    made = actions.found_administration(
        username=username,
        full_name=full_name,
        email=email,
        region_code=region_code or settings.PROGRAMME_ROOT,
        root=root,
        at=timezone.now(),
    )
    click.echo(made.link)


@account.command()
@click.argument("username")
@_ROOT
@_told
def link(*, username: str, root: str) -> None:
    """Print a new link with which a person sets the password; mailed too where there is an address."""
    from django.utils import timezone

    from lontar.access import actions

    click.echo(actions.invite(user=_person(username), root=root, by=None, at=timezone.now()).link)


@account.command()
@click.argument("username")
@_told
def unlock(*, username: str) -> None:
    """Forget failed sign-ins of a person and remove the second factor: the way back in after a lost phone."""
    from django.utils import timezone

    from lontar.access import actions

    user, now = _person(username), timezone.now()
    forgotten = actions.unlock(user=user, by=None, at=now)
    removed = actions.reset_second_factor(user=user, by=None, at=now)
    click.echo(f"{forgotten} failed sign-ins forgotten, {removed} second factors removed")


def _person(username: str) -> User:
    from lontar.access import queries

    found = queries.person_named(username)
    if found is None:
        raise click.ClickException(f"no account is called {username}")
    return found
