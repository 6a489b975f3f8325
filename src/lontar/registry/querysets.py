"""Chainable reads of the registry, in the tenses of the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.registry.states import Level

if TYPE_CHECKING:
    from lontar.registry.models import (
        Acceptance,
        Authority,
        Enterprise,
        Licence,
        Merge,
        OfficeEnterprise,
        PublicEnterprise,
        Region,
    )
else:  # the models import these classes, so the names exist only for the type checker
    Acceptance = Authority = Enterprise = Licence = Merge = OfficeEnterprise = PublicEnterprise = Region = models.Model


class RegionQuerySet(models.QuerySet["Region"]):
    """Reads of regions."""

    def villages(self) -> Self:
        """Desa and kelurahan."""
        return self.filter(level=Level.VILLAGE)

    def regencies(self) -> Self:
        """Kabupaten and kota."""
        return self.filter(level=Level.REGENCY)

    def within(self, code: str) -> Self:
        """`code` itself and everything beneath it."""
        low, high = bounds(code)
        return self.filter(code__gte=low, code__lt=high)

    def as_at(self, day: date) -> Self:
        """Regions that exist on `day`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        )


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Reads of enterprises."""

    def within(self, code: str) -> Self:
        """Enterprises of the villages at or beneath region `code`."""
        low, high = bounds(code)
        return self.filter(village_id__gte=low, village_id__lt=high)

    def matching(self, words: str) -> Self:
        """Enterprises whose name or main product has every word of `words`, the last one as a beginning."""
        return self.filter(search=SearchQuery(prefix_query(words), search_type="raw", config="simple"))


class PublicEnterpriseQuerySet(models.QuerySet["PublicEnterprise"]):
    """Reads of the public view."""

    def within(self, code: str) -> Self:
        """Enterprises of the villages at or beneath region `code`."""
        low, high = bounds(code)
        return self.filter(village_id__gte=low, village_id__lt=high)

    def matching(self, words: str) -> Self:
        """Enterprises whose name or main product has every word of `words`, the last one as a beginning."""
        return self.filter(search=SearchQuery(prefix_query(words), search_type="raw", config="simple"))


class OfficeEnterpriseQuerySet(models.QuerySet["OfficeEnterprise"]):
    """Reads of the office's view; the scope of the connection bounds it in any case."""

    def within(self, code: str) -> Self:
        """Enterprises of the villages at or beneath region `code`."""
        low, high = bounds(code)
        return self.filter(village_id__gte=low, village_id__lt=high)

    def matching(self, words: str) -> Self:
        """Enterprises for which every word of `words` begins a word of the name, the main product or the owner's name."""
        found = self
        for word in prefix_query(words).split(" & "):
            query = SearchQuery(word, search_type="raw", config="simple")
            found = found.annotate(owner_words=SearchVector("owner_name", config="simple")).filter(
                Q(search=query) | Q(owner_words=query)
            )
        return found


class LicenceQuerySet(models.QuerySet["Licence"]):
    """Reads of licences."""

    def in_force(self, day: date) -> Self:
        """Licences that have not expired on `day`; one without an end stays in force."""
        return self.filter(Q(expires_date__isnull=True) | Q(expires_date__gte=day))


def prefix_query(words: str) -> str:
    """A text-search expression: every word must occur, each as the beginning of a word; "" when nothing is left."""
    cleaned = ("".join(letter if letter.isalnum() else " " for letter in words)).split()
    return " & ".join(f"{word}:*" for word in cleaned[:8])


class MergeQuerySet(models.QuerySet["Merge"]):
    """Reads of merges."""

    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def into(self, kind: str, kept_id: int) -> Self:
        """Merges that this record has absorbed another by, standing and undone."""
        return self.filter(kind=kind, kept_id=kept_id)


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Reads of the authority table."""

    def as_at(self, day: date) -> Self:
        """Ranks in force on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    """Reads of what persons accepted."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at__isnull=True)
