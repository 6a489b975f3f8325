"""The manifest of a package: every file with its SHA-256, every table with fingerprints, and the hash of the report before.

Its own SHA-256 stands on the signed paper and in the next report; that is what makes a chain. Written as canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from lontar.engines.reporting.tables import Column, Filled, Table, column_prints

NAME, FORMAT = "manifest.json", "lontar-report/1"


class ManifestUnreadable(ValueError):
    """There is no manifest, or it is not one; the message says which file and why."""


def file_entry(path: Path) -> dict[str, Any]:
    """SHA-256 and size in bytes of a file."""
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def table_entry(one: Filled) -> dict[str, Any]:
    """What verification needs to read a table of any format again and to find what differs."""
    prints = column_prints(one.canonical)
    return {
        "title": one.table.title,
        "note": one.table.note,
        "rows": one.frame.height,
        "keys": list(one.table.keys),
        "columns": [
            {"name": c.name, "kind": c.kind, "meaning": c.meaning, "unit": c.unit, "sha256": prints[c.name]}
            for c in one.table.columns
        ],
    }


def table_of(name: str, entry: dict[str, Any]) -> Table:
    """The declaration of a table as its manifest tells it."""
    columns = tuple(Column(c["name"], c["kind"], c.get("meaning", ""), c.get("unit", "")) for c in entry["columns"])
    return Table(name, entry.get("title", name), columns, tuple(entry["keys"]), entry.get("note", ""))


def written(content: dict[str, Any]) -> bytes:
    """The manifest as bytes."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read(folder: Path) -> tuple[dict[str, Any], str]:
    """The manifest of a folder and its SHA-256. Raises `ManifestUnreadable`."""
    path = folder / NAME
    try:
        content = path.read_bytes()
        found = json.loads(content)
    except OSError as problem:
        raise ManifestUnreadable(f"{path} tidak dapat dibaca ({problem.strerror}).") from problem
    except ValueError as problem:
        raise ManifestUnreadable(f"{path} rusak: {problem}.") from problem
    wanted = {"format", "quarter", "number", "previous", "files", "tables"}
    if not isinstance(found, dict) or found.get("format") != FORMAT or not wanted <= found.keys():
        raise ManifestUnreadable(f"{path} bukan manifes laporan ({FORMAT}).")
    return found, hashlib.sha256(content).hexdigest()
