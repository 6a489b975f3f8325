"""Rankings of communities follow the merging of organisations. They are computed, so a run that ranked both keeps one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lontar.selection.models import Ranking


@dataclass(frozen=True, slots=True)
class RankingsOfCommunity:
    """`Ranking.community`; the ranking of the absorbed one goes where the kept one was ranked in the same run."""

    name: str = "selection.Ranking.community"

    def count(self, absorbed: int) -> int:
        """How many rankings are of the record."""
        return self._rows(absorbed).count()

    def move(self, absorbed: int, kept: int) -> list[int]:
        """Let the rankings be of `kept`; their ids."""
        ranked = self._rows(kept).values("run_id")
        self._rows(absorbed).filter(run_id__in=ranked).delete()
        ids = sorted(self._rows(absorbed).values_list("pk", flat=True))
        Ranking.objects.filter(pk__in=ids).update(community_id=kept)
        return ids

    def move_back(self, rows: list[int], kept: int, absorbed: int) -> int:
        """Let those of `rows` that are still of `kept` be of `absorbed` again; how many."""
        return Ranking.objects.filter(pk__in=rows, community_id=kept).update(community_id=absorbed)

    @staticmethod
    def _rows(community: int) -> QuerySet[Ranking]:
        return Ranking.objects.filter(community_id=community)
