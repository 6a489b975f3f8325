"""Words that an agency typed, as strangers may read them; the registry and its offices keep them as they were written."""

from __future__ import annotations

import re

# Eight or more digits, however they are grouped, are a telephone or identity number and not a name.
_NUMBER = r"\+?\d(?:[\s.\-()]{0,2}\d){7,}"
_HIDDEN = "•••"


def public_text(text: str) -> str:
    """Anything that looks like a telephone or identity number is hidden from strangers (UU 27/2022)."""
    return re.sub(_NUMBER, _HIDDEN, text)


def public_text_sql(column: str) -> str:
    """`public_text` as an SQL expression over a text column."""
    return f"regexp_replace({column}, '{_NUMBER}', '{_HIDDEN}', 'g')"
