"""Registers the app, and with the apps below what only intake knows: files, open work, words for acts, merged rows."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake of agency lists."""

    name = "lontar.intake"
    label = "intake"
    verbose_name = "Kiriman data"

    def ready(self) -> None:
        """Have histories name files and rows, and work lists count the batches that wait; let rows follow merges."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts, register_batch_files
        from lontar.intake.queries import batch_files, waiting_here
        from lontar.intake.states import Act
        from lontar.intake.steps.merged import RowsOfLists
        from lontar.intake.steps.merged_pairs import PairsOfRecords
        from lontar.registry.rules.merging import register_relation
        from lontar.registry.states import MergeKind

        register_batch_files(batch_files)
        register_open_work(self.label, waiting_here)
        register_acts(Act)
        register_relation(MergeKind.ENTERPRISE, RowsOfLists("enterprises"))
        register_relation(MergeKind.ORGANIZATION, RowsOfLists("communities"))
        register_relation(MergeKind.ENTERPRISE, PairsOfRecords("first_id"))
        register_relation(MergeKind.ENTERPRISE, PairsOfRecords("second_id"))
