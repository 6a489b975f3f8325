"""The check code of a paper: how it is drawn, written and read. A code says nothing of the document and cannot be guessed.

Twelve of 31 letters and digits that cannot be taken for one another are 59 bits; the page that answers tells public figures
only, so finding a code by guessing would gain nothing.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12


def draw_code() -> str:
    """A fresh code, such as `K7QF-2M9A-X3TB`."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return _grouped(letters)


def read_code(written: str) -> str:
    """The code as it is kept, from whatever a person typed (small letters, spaces, no hyphens); "" when it is none."""
    letters = "".join(letter for letter in written.upper()[:60] if letter.isalnum())
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return ""
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))
