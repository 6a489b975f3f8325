"""Registers the app, the work that it finds itself, and the words for its audit events."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """A face of the house."""

    name = "lontar.office"
    label = "office"
    verbose_name = "Kantor"

    def ready(self) -> None:
        """Have the work list look for what the office knows of, and histories tell its acts."""
        from lontar.audit.queries import register_acts
        from lontar.office.queries.waiting import register_own, register_waiting
        from lontar.office.queries.waiting_sections import returned_fields, sections_to_sign
        from lontar.office.queries.waiting_stars import assessments_to_move, ending_stars
        from lontar.office.states import Act

        register_acts(Act)
        register_own()
        register_waiting("returns", returned_fields)
        register_waiting("sections", sections_to_sign)
        register_waiting("assessments", assessments_to_move)
        register_waiting("stars", ending_stars)
