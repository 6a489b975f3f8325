"""Finds the built styles and scripts by the manifest that the front-end build writes.

The build itself is `frontend/`; serving the files is the web server's. File names carry a hash of their content, so
they may be kept by browsers for ever.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BUILD = Path(__file__).resolve().parent / "static" / "assets"


class AssetsNotBuiltError(ImproperlyConfigured):
    """The manifest is missing: the front end was not built on this machine."""

    def __init__(self, manifest: Path) -> None:
        super().__init__(
            f"Styles and scripts are not built: {manifest} does not exist. "
            "Run `npm ci && npm run build` in frontend/ (or `make assets`)."
        )


class UnknownEntryError(ImproperlyConfigured):
    """A template asks for an entry point that the build does not have."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"No entry point '{name}' in the front-end build; there are: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files of one entry point, as paths below the static root, in the order in which a page names them."""

    styles: tuple[str, ...]
    fonts: tuple[str, ...]
    scripts: tuple[str, ...]
    modules: tuple[str, ...]


Manifest = dict[str, dict[str, object]]
_read: dict[Path, tuple[int, Manifest]] = {}


def _manifest(build: Path) -> Manifest:
    """The manifest as first read; where files are looked up anew (`WHITENOISE_AUTOREFRESH`), as it is now.

    A running server knows the files that were there when it started; a newer build is for the next start.
    """
    path = build / "manifest.json"
    known = _read.get(path)
    if known is not None and not getattr(settings, "WHITENOISE_AUTOREFRESH", False):
        return known[1]
    try:
        stamp = path.stat().st_mtime_ns
        if known is None or known[0] != stamp:
            known = _read[path] = (stamp, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise AssetsNotBuiltError(path) from None
    return known[1]


def _names(chunk: dict[str, object], key: str) -> list[str]:
    value = chunk.get(key, [])
    return [str(item) for item in value] if isinstance(value, list) else []


def _reached(manifest: Manifest, source: str) -> list[str]:
    """The entry and every chunk that it imports at once, the entry first."""
    seen: list[str] = []
    waiting = [source]
    while waiting:
        key = waiting.pop(0)
        if key not in seen:
            seen.append(key)
            waiting.extend(_names(manifest[key], "imports"))
    return seen


def bundle(name: str, *, build: Path = BUILD) -> Bundle:
    """The files of entry point `name` (`public`, `office`, `map`, `chart`).

    Raises `AssetsNotBuiltError` without a build and `UnknownEntryError` for a name that the build does not have.
    """
    manifest = _manifest(build)
    source = f"src/{name}.js"
    if source not in manifest:
        raise UnknownEntryError(name, sorted(str(c["name"]) for c in manifest.values() if c.get("isEntry")))
    chunks = [manifest[key] for key in _reached(manifest, source)]
    styles = dict.fromkeys(f"assets/{css}" for chunk in chunks for css in _names(chunk, "css"))
    fonts = dict.fromkeys(
        f"assets/{file}" for chunk in chunks for file in _names(chunk, "assets") if file.endswith(".woff2")
    )
    return Bundle(
        styles=tuple(styles),
        fonts=tuple(fonts),
        scripts=(f"assets/{chunks[0]['file']}",),
        modules=tuple(f"assets/{chunk['file']}" for chunk in chunks[1:]),
    )


def asset_path(source: str, *, build: Path = BUILD) -> str:
    """Path below the static root of one built file, named by its source (`src/img/ikat.svg`)."""
    manifest = _manifest(build)
    if source not in manifest:
        raise UnknownEntryError(source, sorted(manifest))
    return f"assets/{manifest[source]['file']}"
