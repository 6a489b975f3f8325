"""Sealed files: a stream of AES-256-GCM chunks, so that a 60 MB workbook is sealed and opened in constant memory.

Layout: magic, 7 random bytes, then chunks of 1 MiB plaintext with their tags. A chunk's nonce is the random part, its
number and whether it is the last one, so that chunks can be neither swapped nor cut off unnoticed (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lontar.engines.sealing import SealBroken

_MAGIC = b"LNTRF1"
_CHUNK = 1024 * 1024
_TAG = 16


def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), b"lontar.file.v1", sha256))


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")


def seal_stream(source: BinaryIO, target: BinaryIO, *, key: str) -> tuple[str, int]:
    """Copy `source` sealed into `target`; returns the SHA-256 (hexadecimal) and size in bytes of the plaintext."""
    cipher, prefix, digest, size = _cipher(key), os.urandom(7), sha256(), 0
    target.write(_MAGIC + prefix)
    chunk, number = source.read(_CHUNK), 0
    while True:
        following = source.read(_CHUNK) if chunk else b""
        digest.update(chunk)
        size += len(chunk)
        target.write(cipher.encrypt(_nonce(prefix, number, is_last=not following), chunk, None))
        if not following:
            return digest.hexdigest(), size
        chunk, number = following, number + 1


def open_stream(source: BinaryIO, *, key: str) -> Iterator[bytes]:
    """The plaintext of a sealed stream in chunks; raises SealBroken when it was changed, cut or sealed with another key."""
    head = source.read(len(_MAGIC) + 7)
    if head[: len(_MAGIC)] != _MAGIC:
        raise SealBroken("not a sealed file")
    cipher, prefix = _cipher(key), head[len(_MAGIC) :]
    chunk, number = source.read(_CHUNK + _TAG), 0
    while True:
        following = source.read(_CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, is_last=not following), chunk, None)
        except InvalidTag:
            raise SealBroken("the sealed file was changed or cut") from None
        if not following:
            return
        chunk, number = following, number + 1


def open_file(source: Path, target: Path, *, key: str) -> None:
    """Write the plaintext of the sealed file `source` to `target`, readable by this user only."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out, source.open("rb") as sealed:
        for chunk in open_stream(sealed, key=key):
            out.write(chunk)
