"""Allots numbers without gaps, per kind and year, under the lock of one row each.

The lock holds to the end of the transaction: when that fails, the numbers are free again, and nobody else had them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.documents.models import NumberPattern, NumberSeries, Paper
from lontar.documents.rules import write_number


class UnknownKind(Refused):
    """A kind of paper has no number pattern in force."""


class NumberTaken(Refused):
    """Another kind of paper has this very number: two patterns write the same."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a paper: its year (WITA), its place in the year's sequence, and both as written."""

    year: int
    sequence: int
    number: str


def allot(papers: Sequence[tuple[str, str]], *, at: datetime) -> list[Numbered]:
    """A number for each (kind, region code), in order; call it in a transaction.

    Kinds are locked in the order of their names, so that two who publish several kinds never wait for each other in a
    circle. Raises `UnknownKind` and `NumberTaken`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are allotted within a transaction, which holds their lock")
    day = timezone.localdate(at)
    wanted = Counter(kind for kind, _region in papers)
    patterns = _patterns(wanted, day)
    sequences = {kind: _next(kind, day.year, wanted[kind]) for kind in sorted(wanted)}
    numbered = []
    for kind, region_code in papers:
        sequence = next(sequences[kind])
        number = write_number(patterns[kind], sequence=sequence, day=day, region_code=region_code)
        numbered.append(Numbered(day.year, sequence, number))
    _check_free([one.number for one in numbered])
    return numbered


def _patterns(kinds: Counter[str], day: date) -> dict[str, str]:
    found = dict(NumberPattern.objects.as_at(day).filter(kind__in=kinds).values_list("kind", "pattern"))
    for kind in kinds:
        if kind not in found:
            raise UnknownKind(
                _("Jenis surat “%(kind)s” belum punya pola nomor yang berlaku. Tetapkan dahulu di Surat, Penomoran.")
                % {"kind": kind}
            )
    return found


def _next(kind: str, year: int, count: int) -> Iterator[int]:
    """The next `count` places of a sequence; whoever comes second waits here."""
    NumberSeries.objects.bulk_create([NumberSeries(kind=kind, year=year)], ignore_conflicts=True)
    series = _locked(kind, year)
    last = series.last
    NumberSeries.objects.filter(pk=series.pk).update(last=last + count)
    return iter(range(last + 1, last + count + 1))


def _locked(kind: str, year: int) -> NumberSeries:
    return NumberSeries.objects.select_for_update().get(kind=kind, year=year)


def _check_free(numbers: Sequence[str]) -> None:
    taken = Paper.objects.filter(number__in=numbers).values_list("number", flat=True).first()
    if taken or len(set(numbers)) < len(numbers):
        raise NumberTaken(
            _("Nomor %(number)s sudah dipakai jenis surat lain. Bedakan pola nomornya di Surat, Penomoran.")
            % {"number": taken or max(numbers, key=list(numbers).count)}
        )
