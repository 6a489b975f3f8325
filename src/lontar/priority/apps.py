"""Registers the app, and with the apps below it the words for its acts and the work that waits."""

from django.apps import AppConfig


class PriorityConfig(AppConfig):
    """Readiness, plans of 90 days and their verdicts."""

    name = "lontar.priority"
    label = "priority"
    verbose_name = "Peta prioritas"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words, and work lists its open work."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts
        from lontar.priority.models import Pick, Statement
        from lontar.priority.queries.following import open_work
        from lontar.priority.states import Act
        from lontar.registry.rules.merging import register_relation
        from lontar.registry.states import MergeKind
        from lontar.selection.steps.merged import DecidedAbout

        register_acts(Act)
        register_open_work("priority", open_work)
        for model in (Pick, Statement):
            register_relation(MergeKind.ORGANIZATION, DecidedAbout(model))
