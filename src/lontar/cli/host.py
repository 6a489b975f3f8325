"""`lontar run|serve|worker|db|env`: the processes of an installation."""

from __future__ import annotations

import os
import sys
import time

import click

from lontar import environment
from lontar.cli import database

_PORT = 8000


def port() -> int:
    """`PORT`, by default 8000."""
    return environment.whole("PORT", _PORT)


@click.group()
def db() -> None:
    """The database: start, stop, status, migrate."""


@db.command()
def start() -> None:
    """Start the embedded database."""
    from lontar.host import embedded

    _only_embedded()
    embedded.start(click.echo)
    click.echo("running")


@db.command()
def stop() -> None:
    """Stop the embedded database."""
    from lontar.host import embedded

    _only_embedded()
    click.echo("stopped" if embedded.stop() else "was not running")


@db.command()
def status() -> None:
    """Whether the embedded database runs, and where its data lies."""
    from lontar.host import embedded

    _only_embedded()
    click.echo(f"{'running' if embedded.is_running() else 'stopped'}  {embedded.cluster()}")


@db.command()
@click.option("-v", "--verbose", is_flag=True, help="Name each migration.")
def migrate(*, verbose: bool) -> None:
    """Create the application's role, run the migrations as owner, set the rights. Safe to repeat."""
    database.ready()
    database.migrate(verbosity=1 if verbose else 0)


def _only_embedded() -> None:
    if environment.text("DATABASE_URL", ""):
        raise environment.EnvironmentProblem("DATABASE_URL is set: that database is managed by its own operator")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", default=2, show_default=True, help="Server processes.")
def serve(host: str, workers: int) -> None:
    """Run the web server (granian) on PORT."""
    database.start(lambda _line: None)  # Django itself is loaded by the server's processes
    os.environ["LONTAR_PROCESS"] = "serve"
    arguments = [
        sys.executable, "-m", "granian", "lontar.wsgi:application", "--interface", "wsgi", "--host", host, "--port",
        str(port()), "--workers", str(workers), "--blocking-threads", "8", "--log-level", "error", "--no-ws",
        "--workers-kill-timeout", "10", "--respawn-failed-workers",
    ]  # fmt: skip
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter and arguments


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs at the same time.")
def worker(concurrency: int) -> None:
    """Run the job worker (procrastinate): batches, reports, clean-up."""
    database.ready(lambda _line: None)
    os.environ["LONTAR_PROCESS"] = "worker"
    from procrastinate.contrib.django import app

    from lontar.host import logs

    logs.configure()
    connected = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's connector
    with connected.replace_connector(connected.connector):
        connected.run_worker(
            concurrency=concurrency, delete_jobs="successful", update_heartbeat_interval=5, stalled_worker_timeout=30
        )


@click.command()
@click.option("--demo/--no-demo", default=True, show_default=True, help="Load the demo province on first use.")
def run(*, demo: bool) -> None:
    """Make everything ready and run database, web server and worker until Ctrl-C."""
    from lontar.host import supervise

    started = time.monotonic()
    if supervise.is_answering(port()):
        raise environment.EnvironmentProblem(f"PORT: something answers on port {port()} already; set another PORT")
    _prepare(demo=demo)
    servers = [supervise.Process("web server", ["serve"]), supervise.Process("worker", ["worker"])]

    def tell() -> None:
        click.echo(f"\nLontar siap dalam {time.monotonic() - started:.0f} detik: http://127.0.0.1:{port()}/")
        if demo:
            _tell_sign_ins()
        click.echo("Ctrl-C mengakhiri semuanya.")

    status = supervise.run(
        servers, is_ready=lambda: supervise.is_answering(port()), tell=tell, mend=lambda: database.start(click.echo)
    )
    database.stop()
    sys.exit(status)


def _prepare(*, demo: bool) -> None:
    """Database, migrations, regions and, when asked, the demo province; each step only where it is still to do."""
    from lontar.cli import demo as demo_commands
    from lontar.cli.registry import regions

    database.ready()
    database.migrate_if_needed(click.echo)
    if not _has_regions():
        regions.commands["load"].main(args=[], standalone_mode=False)
    _ship_sets()
    if demo:
        demo_commands.load_prepared(click.echo)


def _ship_sets() -> None:
    """The criteria sets that come with the system, where they are not recorded yet."""
    from django.utils import timezone

    from lontar.selection.actions import ship_sets

    ship_sets(by=None, at=timezone.now())


def _has_regions() -> bool:
    from lontar.registry.models import Region

    return Region.objects.villages().exists()


def _tell_sign_ins() -> None:
    from lontar.cli import demo as demo_commands

    click.echo(f"Masuk di http://127.0.0.1:{port()}/kantor/ dengan kata sandi {demo_commands.password()}")
    for username, name, title in demo_commands.sign_ins():
        click.echo(f"  {username:<22} {name}, {title}")


@click.command()
def env() -> None:
    """The variables of the environment that an installation reads."""
    for name, meaning in VARIABLES:
        click.echo(f"{name:<24} {meaning}")


VARIABLES = (
    ("PORT", f"port of the web server, by default {_PORT}"),
    ("DATABASE_URL", "postgresql://user:password@host:port/name of an owner; unset: the embedded database"),
    ("LONTAR_DATA", "folder where everything of this installation lives, by default var/ in the checkout"),
    ("LONTAR_SECRET_KEY", "secret of sessions; required with DATABASE_URL, else generated"),
    ("LONTAR_FIELD_KEY", "secret that seals personal data and uploads; as above. Losing it loses them"),
    ("LONTAR_INDEX_KEY", "secret of the equality indexes of personal data; as above"),
    ("LONTAR_HOSTS", "host names that are answered, comma-separated"),
    ("LONTAR_ORIGINS", "trusted origins for forms behind a proxy, comma-separated, with scheme"),
    ("LONTAR_HTTPS", "1 behind a TLS proxy: secure cookies, HSTS"),
    ("LONTAR_PROXIES", "trusted proxies in front, by default 0: the client is whom the outermost saw"),
    ("LONTAR_DEBUG", "1 for developers only"),
    ("LONTAR_PROGRAMME_ROOT", "region code that the installation covers, by default 53"),
    ("LONTAR_UPLOAD_LIMIT_MIB", "largest upload, by default 64"),
    ("LONTAR_NODE_MODULES", "folder of the npm packages with the region data, by default frontend/node_modules"),
    ("LONTAR_EMAIL_BACKEND", "Django e-mail backend, by default files beneath LONTAR_DATA"),
    ("LONTAR_EMAIL_FROM", "sender of e-mail, by default lontar@localhost"),
)
