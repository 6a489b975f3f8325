"""Registers the app, with the apps below it the words for its acts, and lets rankings follow merged organisations."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Candidates, criteria, weights and rankings."""

    name = "lontar.selection"
    label = "selection"
    verbose_name = "Pemilihan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words; rankings follow merges."""
        from lontar.audit.queries import register_acts
        from lontar.registry.rules.merging import register_relation
        from lontar.registry.states import MergeKind
        from lontar.selection.states import Act
        from lontar.selection.steps.merged import RankingsOfCommunity

        register_acts(Act)
        register_relation(MergeKind.ORGANIZATION, RankingsOfCommunity())
