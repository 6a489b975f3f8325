"""Registers the app, and with the apps below it the words for its acts."""

from django.apps import AppConfig


class StarsConfig(AppConfig):
    """Rubrics, assessments and stars."""

    name = "lontar.stars"
    label = "stars"
    verbose_name = "Penilaian bintang"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words, and a post's handover count its open sheets."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts
        from lontar.stars.queries.waiting import open_sheets
        from lontar.stars.states import Act

        register_acts(Act)
        register_open_work("stars", open_sheets)
