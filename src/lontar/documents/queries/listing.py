"""The list of papers as the office filters it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from lontar.documents.models import Paper
from lontar.documents.querysets import PaperQuerySet
from lontar.documents.rules import read_code


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; empty fields ask for nothing. `within` is the reader's region, whose papers and above are seen."""

    within: str
    text: str = ""
    kind: str = ""
    state: str = ""
    signature: str = ""
    region: str = ""
    since: date | None = None
    until: date | None = None

    def rows(self) -> PaperQuerySet:
        """The papers, newest first."""
        above = [self.within[:length] for length in (2, 5, 8) if len(self.within) > length]
        found = Paper.objects.within(self.within) | Paper.objects.filter(region_code__in=above)
        if self.text:
            code = read_code(self.text)
            said = Q(number__icontains=self.text) | Q(title__icontains=self.text)
            found = found.filter(said | Q(code=code) if code else said)
        if self.kind:
            found = found.of_kind(self.kind)
        if self.signature:
            found = found.filter(signature=self.signature)
        if self.region:
            found = found.within(self.region)
        if self.state:
            found = found.in_force() if self.state == "in_force" else found.filter(fate__kind=self.state)
        return self._between(found).select_related("fate", "post").order_by("-issued_at", "-pk")

    def _between(self, found: PaperQuerySet) -> PaperQuerySet:
        zone = timezone.get_current_timezone()
        if self.since:
            found = found.filter(issued_at__gte=datetime.combine(self.since, time(), zone))
        if self.until:
            found = found.filter(
                issued_at__lt=datetime.combine(date.fromordinal(self.until.toordinal() + 1), time(), zone)
            )
        return found

    def stream(self) -> Iterator[Paper]:
        """All of them, for exports."""
        return self.rows().iterator(chunk_size=2000)
