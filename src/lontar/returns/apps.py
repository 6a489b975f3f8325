"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Producers that report, periods and monthly returns."""

    name = "lontar.returns"
    label = "returns"
    verbose_name = "Laporan bulanan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words, work lists its open work, and merges know its producers."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts
        from lontar.registry.rules.merging import register_relation
        from lontar.registry.states import MergeKind
        from lontar.returns.actions.merged import ProducersOf
        from lontar.returns.queries.steady import steady_by_candidate
        from lontar.returns.queries.work import open_work
        from lontar.returns.states import Act
        from lontar.selection.queries.steady import register_steady_sales

        register_acts(Act)
        register_steady_sales(steady_by_candidate)
        register_open_work("returns", open_work)
        register_relation(MergeKind.ENTERPRISE, ProducersOf("enterprise"))
        register_relation(MergeKind.ORGANIZATION, ProducersOf("organization"))
