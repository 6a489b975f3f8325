"""Pairs of the review queue follow a record that is merged into another, and come back with an undo.

A pair that then asks about one record, or asks what another pair asks already, needs no answer any more (`moot`). Pairs said to
be the same stay as they are: they tell what was decided. The registry calls this through the relations that the app registers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lontar.access.scope import acting_in
from lontar.intake.models import Pair
from lontar.intake.states import PairState
from lontar.intake.steps.merged import province
from lontar.registry.models import Enterprise

_FOLLOWING = (PairState.OPEN, PairState.DIFFERENT)


@dataclass(frozen=True, slots=True)
class PairsOfRecords:
    """One of the two numbers of a pair; pairs of the whole province are meant, whoever merges."""

    column: Literal["first_id", "second_id"]

    @property
    def name(self) -> str:
        """App, model and column."""
        return f"intake.Pair.{self.column}"

    def count(self, absorbed: int) -> int:
        """How many pairs ask about the record."""
        with acting_in(province()):
            return Pair.objects.filter(state__in=_FOLLOWING, **{self.column: absorbed}).count()

    def move(self, absorbed: int, kept: int) -> list[int]:
        """Let the pairs ask about `kept`, or nothing any more; their ids."""
        with acting_in(province()):
            found = list(
                Pair.objects.select_for_update().filter(state__in=_FOLLOWING, **{self.column: absorbed}).order_by("pk")
            )
            for pair in found:
                other = self._other(pair)
                if other == kept or Pair.objects.between(other, kept).exists():
                    Pair.objects.filter(pk=pair.pk).update(state=PairState.MOOT, leased_by=None, leased_until=None)
                else:
                    self._point(pair, other, kept)
        return [pair.pk for pair in found]

    def move_back(self, rows: list[int], kept: int, absorbed: int) -> int:
        """Let those of `rows` that still ask about `kept`, or nothing, ask about `absorbed` again; how many."""
        back = 0
        with acting_in(province()):
            for pair in Pair.objects.select_for_update().filter(pk__in=rows).order_by("pk"):
                at = getattr(pair, self.column)
                if at == kept and pair.state in _FOLLOWING:
                    self._point(pair, self._other(pair), absorbed)
                elif at == absorbed and pair.state == PairState.MOOT:
                    state = PairState.OPEN if pair.decided_at is None else PairState.DIFFERENT
                    Pair.objects.filter(pk=pair.pk).update(state=state)
                else:
                    continue
                back += 1
        return back

    def _other(self, pair: Pair) -> int:
        return pair.second_id if self.column == "first_id" else pair.first_id

    def _point(self, pair: Pair, other: int, to: int) -> None:
        codes = Enterprise.objects.filter(pk__in=[other, to]).values_list("village_id", flat=True)
        villages = sorted([*codes]) or [pair.village_low, pair.village_high]
        Pair.objects.filter(pk=pair.pk).update(**{self.column: to}, village_low=villages[0], village_high=villages[-1])
