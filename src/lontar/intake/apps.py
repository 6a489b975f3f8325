"""Registers the app, and with the apps below it what only intake knows: files of batches, open work, words for its acts."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake of agency lists."""

    name = "lontar.intake"
    label = "intake"
    verbose_name = "Kiriman data"

    def ready(self) -> None:
        """Have histories name files and rows, and work lists count the batches that wait."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts, register_batch_files
        from lontar.intake.queries import batch_files, waiting_here
        from lontar.intake.states import Act

        register_batch_files(batch_files)
        register_open_work(self.label, waiting_here)
        register_acts(Act)
