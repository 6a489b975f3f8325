"""What merging enterprises or organisations does with producers: they follow, unless both report at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lontar.registry.actions.merge_rows import MergeRefused
from lontar.returns.models import Producer


@dataclass(frozen=True, slots=True)
class ProducersOf:
    """The producers whose maker is merged; `column` is enterprise or organization."""

    column: Literal["enterprise", "organization"]

    @property
    def name(self) -> str:
        """App, model and column."""
        return f"returns.Producer.{self.column}"

    def count(self, absorbed: int) -> int:
        """How many producers are of the record."""
        return self._rows(absorbed).count()

    def move(self, absorbed: int, kept: int) -> list[int]:
        """Let the producers be of `kept`; their ids. Raises `MergeRefused` where both are asked to report."""
        asked = Q(until_month__isnull=True)
        if self._rows(absorbed).filter(asked).exists() and self._rows(kept).filter(asked).exists():
            raise MergeRefused(
                _("Keduanya melapor setiap bulan. Akhiri dahulu laporan yang akan dilebur, lalu gabungkan.")
            )
        ids = sorted(self._rows(absorbed).values_list("pk", flat=True))
        Producer.objects.filter(pk__in=ids).update(**{f"{self.column}_id": kept})
        return ids

    def move_back(self, rows: list[int], kept: int, absorbed: int) -> int:
        """Let those of `rows` that are still of `kept` be of `absorbed` again; how many."""
        return self._rows(kept).filter(pk__in=rows).update(**{f"{self.column}_id": absorbed})

    def _rows(self, record: int) -> QuerySet[Producer]:
        return Producer.objects.filter(**{f"{self.column}_id": record})
