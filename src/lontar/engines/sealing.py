"""Sealing of personal values: AES-256-GCM for the value, HMAC-SHA-256 for finding equal ones. Keys are given by the caller.

A sealed value is `version byte ‖ 12-byte nonce ‖ ciphertext and tag`; the context (for example `person.nik`) is bound in as
associated data, so that a phone can never be opened as a NIK. An index is 16 bytes of HMAC over context and value: enough
that two of a billion values collide with odds below 10⁻²⁰, and it says nothing without the key.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE = 12
INDEX_BYTES = 16


class SealBroken(Exception):
    """The sealed value was changed, belongs to another context, or was sealed with another key."""


@dataclass(frozen=True)
class Sealer:
    """Seals and indexes values with two 32-byte keys (hexadecimal text, at least 64 digits each)."""

    field_key: str = field(repr=False)
    index_key: str = field(repr=False)

    def _key(self, text: str, purpose: bytes) -> bytes:
        return hmac.digest(text.encode(), purpose, sha256)

    def seal_all(self, values: Iterable[str | None], *, context: str) -> list[bytes | None]:
        """Seal many values; None stays None. Each gets its own random nonce."""
        cipher, bound = AESGCM(self._key(self.field_key, b"lontar.field.v1")), context.encode()
        sealed: list[bytes | None] = []
        for value in values:
            if value is None:
                sealed.append(None)
                continue
            nonce = os.urandom(_NONCE)
            sealed.append(_VERSION + nonce + cipher.encrypt(nonce, value.encode(), bound))
        return sealed

    def seal(self, value: str, *, context: str) -> bytes:
        """Seal one value."""
        sealed = self.seal_all([value], context=context)[0]
        if sealed is None:
            raise ValueError("nothing to seal")
        return sealed

    def open_all(self, sealed: Iterable[bytes | None], *, context: str) -> list[str | None]:
        """Many values in clear; None stays None. Raises SealBroken as `open` does."""
        cipher, bound = AESGCM(self._key(self.field_key, b"lontar.field.v1")), context.encode()
        start = 1 + _NONCE
        opened: list[str | None] = []
        for value in sealed:
            if value is None:
                opened.append(None)
                continue
            if value[:1] != _VERSION or len(value) < start + 16:
                raise SealBroken("not a sealed value of this version")
            try:
                opened.append(cipher.decrypt(value[1:start], value[start:], bound).decode())
            except InvalidTag:
                raise SealBroken("the sealed value was changed or belongs elsewhere") from None
        return opened

    def open(self, sealed: bytes, *, context: str) -> str:
        """The value in clear; raises SealBroken when it was not sealed here, for this context, unchanged."""
        opened = self.open_all([bytes(sealed)], context=context)[0]
        if opened is None:
            raise ValueError("nothing to open")
        return opened

    def index_all(self, values: Iterable[str | None], *, context: str) -> list[bytes | None]:
        """16-byte indexes of many values, equal for equal values of one context; None stays None."""
        key, prefix = self._key(self.index_key, b"lontar.index.v1"), context.encode() + b"\x00"
        return [
            None if value is None else hmac.digest(key, prefix + value.encode(), sha256)[:INDEX_BYTES]
            for value in values
        ]

    def index(self, value: str, *, context: str) -> bytes:
        """The index of one value."""
        found = self.index_all([value], context=context)[0]
        if found is None:
            raise ValueError("nothing to index")
        return found
