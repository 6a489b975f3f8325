"""What merging organisations does with communities that were ranked, and with those about which people have decided.

Rankings are computed and follow; a run that ranked both keeps one. Proposals, decrees, plans and what was stated for them name
the community that they are about: it stays, and another may be merged into it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lontar.registry.actions.merge_rows import MergeRefused
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


@dataclass(frozen=True, slots=True)
class DecidedAbout:
    """The column `community` of a model whose rows are about a unit as people decided: such a community is not absorbed."""

    model: type[Model]

    @property
    def name(self) -> str:
        """App, model and column."""
        return f"{self.model._meta.label}.community"

    def count(self, absorbed: int) -> int:
        """How many rows are about the record."""
        return self.model._base_manager.filter(community_id=absorbed).count()

    def move(self, absorbed: int, _kept: int) -> list[int]:
        """Nothing moves; raises `MergeRefused` where there are rows."""
        if self.count(absorbed):
            raise MergeRefused(
                _(
                    "Komunitas yang akan dilebur sudah diusulkan, ditetapkan, atau dipilih. Pertahankan komunitas itu, lalu "
                    "gabungkan yang lain ke dalamnya."
                )
            )
        return []

    def move_back(self, _rows: list[int], _kept: int, _absorbed: int) -> int:
        """Nothing moved."""
        return 0
