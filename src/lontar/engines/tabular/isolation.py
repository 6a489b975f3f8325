"""Reading in a process of its own, bounded in memory and time.

The cell reader lays a sheet out as one block: a single cell at XFD1048576 makes it ask for 512 GB and the process dies. So an
upload is read by a child with a memory limit; when the child dies, the caller gets a refusal with a cure. The table comes back
through an unnamed temporary file: nothing of it stays on disk.
"""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import polars as pl

import lontar
from lontar.engines.tabular.sniff import DAMAGED, TOO_MUCH, check_size
from lontar.engines.tabular.table import Column, Limits, SheetInfo, Table, UnreadableFile

_log = logging.getLogger(__name__)
_HEADER = 8


def read_table(
    path: Path,
    *,
    filename: str,
    limits: Limits | None = None,
    sheet: str | None = None,
    known_headers: Collection[str] | Mapping[str, str] = (),
) -> Table:
    """Read an uploaded XLSX, XLS, ODS, CSV or TSV file, or a web page named .xls.

    `filename` is the name the person gave it; what the file is gets decided by its content. `sheet` reads that sheet alone;
    without it the visible sheet that fits `known_headers` best is read, together with all visible sheets that have the same
    headers, or most of them. Where `known_headers` is a mapping its values say which headers mean the same.
    Raises `UnreadableFile` with an Indonesian message for everything that cannot be read within `limits`.
    """
    limits = limits or Limits()
    check_size(path, limits)
    request = {
        "path": str(path.resolve()),
        "filename": filename,
        "limits": asdict(limits),
        "sheet": sheet,
        "known_headers": dict(known_headers) if isinstance(known_headers, Mapping) else list(known_headers),
    }
    with tempfile.TemporaryFile() as answer:
        _run(request, answer, limits)
        return _receive(answer)


def _run(request: dict[str, Any], answer: IO[bytes], limits: Limits) -> None:
    request["answer"] = answer.fileno()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            filter(None, (str(Path(lontar.__file__).parent.parent), os.environ.get("PYTHONPATH")))
        ),
        "MALLOC_ARENA_MAX": "4",
        "POLARS_MAX_THREADS": "2",
        "RUST_BACKTRACE": "0",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "lontar.engines.tabular.worker"],
            input=json.dumps(request).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            pass_fds=(answer.fileno(),),
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            "file-time",
            f"Berkas ini belum selesai dibaca setelah {limits.seconds} detik. "
            "Pecah menjadi beberapa berkas, lalu unggah satu per satu.",
        ) from error
    if done.returncode != 0:
        raise _died(done.returncode, done.stderr)


def _died(code: int, errors: bytes) -> UnreadableFile:
    """Turn the end of the child into a refusal. Its last words may quote the file, so only their kind is logged."""
    if code < 0 or b"memory allocation" in errors or b"MemoryError" in errors:
        _log.warning("tabular reader ended by its limits", extra={"exit": code})
        return UnreadableFile("file-memory", TOO_MUCH)
    places = [
        line.strip().decode(errors="replace") for line in errors.splitlines() if line.lstrip().startswith(b'File "')
    ]
    _log.error("tabular reader failed", extra={"exit": code, "at": places[-3:]})
    return UnreadableFile("file-damaged", DAMAGED)


def send(table: Table | UnreadableFile, answer: IO[bytes]) -> None:
    """Write an outcome to the parent: a JSON head with its length before it, then three Arrow files."""
    if isinstance(table, UnreadableFile):
        _write_block(answer, json.dumps({"rule": table.rule, "message": table.message}).encode())
        return
    head = {
        "columns": [asdict(column) for column in table.columns],
        "sheets": [asdict(info) for info in table.sheets],
        "sheet": table.sheet,
        "notes": table.notes,
        "keys": table.row_keys is not None,
        "shifted": table.shifted,
    }
    _write_block(answer, json.dumps(head).encode())
    rows = pl.DataFrame(
        [table.row_numbers, table.row_sheets, *([table.row_keys] if table.row_keys is not None else [])]
    )
    for frame in (table.frame, table.numeric, rows):
        start = answer.tell()
        answer.write(bytes(_HEADER))
        frame.write_ipc(answer)
        end = answer.tell()
        answer.seek(start)
        answer.write((end - start - _HEADER).to_bytes(_HEADER, "little"))
        answer.seek(end)


def _receive(answer: IO[bytes]) -> Table:
    answer.seek(0)
    head = json.loads(_read_block(answer))
    if "rule" in head:
        raise UnreadableFile(head["rule"], head["message"])
    frame, numeric, rows = (pl.read_ipc(io.BytesIO(_read_block(answer))) for _ in range(3))
    return Table(
        frame=frame,
        row_numbers=rows["row"],
        row_sheets=rows["sheet"],
        columns=tuple(Column(**column) for column in head["columns"]),
        numeric=numeric,
        sheet=head["sheet"],
        sheets=tuple(SheetInfo(**info) for info in head["sheets"]),
        notes=tuple(head["notes"]),
        row_keys=rows["row_keys"] if head["keys"] else None,
        shifted=tuple(head["shifted"]),
    )


def _write_block(answer: IO[bytes], block: bytes) -> None:
    answer.write(len(block).to_bytes(_HEADER, "little"))
    answer.write(block)


def _read_block(answer: IO[bytes]) -> bytes:
    return answer.read(int.from_bytes(answer.read(_HEADER), "little"))
