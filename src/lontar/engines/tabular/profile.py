"""What a column holds, in figures, for the screen on which people match columns to fields.

Examples are masked where they look like personal numbers: the screen is for headers, not for reading data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lontar.engines.tabular.table import Table

_EXAMPLES = 3
_SHOWN = 60
_NUMBER = r"^-?[0-9]{1,15}(?:[.,][0-9]+)*%?$"
_PERSONAL = re.compile(r"(?<![0-9])[0-9]{15,16}(?![0-9])")
_PHONE = re.compile(
    r"(?<![0-9])(?:\+?62|0)[\s.-]?8[0-9](?:[\s.-]?[0-9]){6,11}(?![0-9])|(?<![0-9])8[0-9]{8,11}(?![0-9])"
)
_EMAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@")


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """`filled` and `distinct` count cells; `numeric_share` is the part of the filled cells that are numbers, stored or
    written; `longest` counts characters; `examples` are up to three different values, shortened and masked."""

    name: str
    letter: str
    filled: int
    distinct: int
    numeric_share: float
    longest: int
    examples: tuple[str, ...]


def profile_columns(table: Table) -> list[ColumnProfile]:
    """Describe every column of the table, in its order."""
    return [_profile(table, at) for at in range(len(table.columns))]


def _profile(table: Table, at: int) -> ColumnProfile:
    column = table.columns[at]
    stored = table.numeric[column.name]
    present = table.frame[column.name].is_not_null()
    values = table.frame[column.name].drop_nulls()
    if not values.len():
        return ColumnProfile(column.name, column.letter, 0, 0, 0.0, 0, ())
    numbers = (stored.filter(present) | values.str.contains(_NUMBER)).sum()
    first = values.head(2_000).unique(maintain_order=True).head(_EXAMPLES).to_list()
    longest = values.str.len_chars().max()
    return ColumnProfile(
        name=column.name,
        letter=column.letter,
        filled=values.len(),
        distinct=values.n_unique(),
        numeric_share=round(int(numbers) / values.len(), 4),
        longest=longest if isinstance(longest, int) else 0,
        examples=tuple(mask(value)[:_SHOWN] for value in first),
    )


def mask(text: str) -> str:
    """Return the text with numbers of people hidden: 15–16 digits (NIK), mobile numbers, the name part of an e-mail address."""
    text = _PERSONAL.sub(lambda found: f"{found[0][:4]}{'*' * (len(found[0]) - 8)}{found[0][-4:]}", text)
    text = _PHONE.sub(lambda found: f"{found[0][:4]}{'*' * (len(found[0]) - 6)}{found[0][-2:]}", text)
    return _EMAIL.sub(r"\1***@", text)
