"""Where the folders of reports lie: drafts by their manifest, published ones by their quarter: a chain lies side by side.

A published folder is moved to its place when the publication is committed; where a crash came between, the next look does it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from lontar.engines.reporting import chain_end
from lontar.engines.reporting.manifest import ManifestUnreadable
from lontar.host import places

ROOT, DRAFTS = "laporan", "rancangan-laporan"


class FolderLost(Exception):
    """The files of a report are no longer where they were kept; `args[0]` is the quarter."""


def fresh() -> Path:
    """An empty folder for a draft that is being written."""
    path = places.inside(DRAFTS) / f".{uuid4().hex}"
    path.mkdir(mode=0o700)
    return path


def keep_draft(written: Path, manifest_sha256: str) -> Path:
    """Give a written draft its name and take away the right to write."""
    for file in written.rglob("*"):
        if file.is_file():
            file.chmod(0o440)
    target = places.inside(DRAFTS) / manifest_sha256
    if target.exists():  # the same draft, built before: equal contents give equal bytes
        shutil.rmtree(written)
    else:
        written.rename(target)
    return target


def drop(written: Path) -> None:
    """Take away a folder that came to nothing."""
    shutil.rmtree(written, ignore_errors=True)


def draft_folder(manifest_sha256: str) -> Path:
    """Where a draft lies."""
    return places.inside(DRAFTS) / manifest_sha256


def place(quarter: str, manifest_sha256: str) -> Path:
    """The folder of a published report, moved from the drafts if it is still there. Raises `FolderLost`."""
    target = places.inside(ROOT) / quarter
    if _is(target, manifest_sha256):
        return target
    source = draft_folder(manifest_sha256)
    if not _is(source, manifest_sha256):
        raise FolderLost(quarter)
    if target.exists():
        target.rename(places.inside(ROOT) / f".lain-{quarter}-{uuid4().hex[:8]}")
    try:
        source.rename(target)
    except FileNotFoundError:  # another process did it in the meantime
        if not _is(target, manifest_sha256):
            raise FolderLost(quarter) from None
    return target


def _is(folder: Path, manifest_sha256: str) -> bool:
    try:
        return chain_end(folder) == manifest_sha256
    except ManifestUnreadable:
        return False
