"""Registers the app, the work that it finds for a post, and the words for its acts."""

from django.apps import AppConfig


class DesignationConfig(AppConfig):
    """Deliberations, checks, decrees, flagships and locus rounds."""

    name = "lontar.designation"
    label = "designation"
    verbose_name = "Penetapan"

    def ready(self) -> None:
        """Have histories tell the acts of this app in words, and work lists what waits here."""
        from lontar.access.queries import register_open_work
        from lontar.audit.queries import register_acts
        from lontar.designation.models import ClusterMember, Flagship, Proposal
        from lontar.designation.presenters.work import open_work
        from lontar.designation.states import Act
        from lontar.registry.rules.merging import register_relation
        from lontar.registry.states import MergeKind
        from lontar.selection.steps.merged import DecidedAbout

        register_acts(Act)
        register_open_work(self.label, open_work)
        for model in (ClusterMember, Flagship, Proposal):
            register_relation(MergeKind.ORGANIZATION, DecidedAbout(model))
