"""Addresses that keep their query: every filter, sort and page of a list lives in the URL, and this writes the links.

Parsing what the values mean is the list's own form; this only adds, replaces and drops parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

SORT = "urut"
PAGE = "hal"
PAGE_SIZE = "per"
COLUMNS = "kolom"
OPEN = "buka"
_PLACE = (PAGE, OPEN)


@dataclass(frozen=True, slots=True)
class Query:
    """A path and its parameters in order. Immutable: `but` and `without` give the changed address as text."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Query:
        """The query of this request, empty values left out."""
        return cls.from_dict(request.path, request.GET)

    @classmethod
    def from_dict(cls, path: str, data: QueryDict) -> Query:
        """The query in `data` for `path`."""
        return cls(path, tuple((key, value) for key, values in data.lists() for value in values if value))

    def get(self, key: str, default: str = "") -> str:
        """Last value of `key`, as Django reads it."""
        return next((value for name, value in reversed(self.pairs) if name == key), default)

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of `key`, in order."""
        return tuple(value for name, value in self.pairs if name == key)

    def _url(self, pairs: Iterable[tuple[str, str]]) -> str:
        text = urlencode(list(pairs), safe=",:")
        return f"{self.path}?{text}" if text else self.path

    def but(self, changes: Mapping[str, str], *, keep: Iterable[str] = ()) -> str:
        """The address with `changes` set (an empty value drops the parameter).

        The page and the opened row are dropped unless named in `keep` or set, for they belong to the old list.
        """
        dropped = (set(_PLACE) - set(keep)) | set(changes)
        left = [pair for pair in self.pairs if pair[0] not in dropped]
        return self._url([*left, *((key, value) for key, value in changes.items() if value)])

    def without(self, key: str, value: str | None = None) -> str:
        """The address without `key`, or without only one of its values."""
        return self._url(
            (name, held)
            for name, held in self.pairs
            if name not in _PLACE and not (name == key and value in (None, held))
        )

    def hidden(self, *, leave_out: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Parameters that a filter form carries along as hidden fields: all but its own and the place in the list."""
        gone = {*leave_out, *_PLACE}
        return tuple(pair for pair in self.pairs if pair[0] not in gone)
