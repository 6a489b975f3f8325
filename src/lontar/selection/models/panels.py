"""Experts who compare criteria two by two (AHP): the panel, who answered, and each answer as it was given.

A panel is a draft until its weights are taken into force, which makes the next version of the set; its answers then stay as
they were.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.selection.models.sets import SetVersion
from lontar.selection.states import PanelState


@pghistory.track()
class Panel(models.Model):
    """An elicitation of weights for the criteria of one version; `made` is the version that came of it."""

    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="panels", verbose_name=_("versi"))
    title = models.CharField(_("judul"), max_length=120)
    state = models.CharField(_("keadaan"), max_length=8, choices=PanelState.choices, default=PanelState.DRAFT)
    opened_at = models.DateTimeField(_("dibuka"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    made = models.ForeignKey(
        SetVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("versi hasil")
    )

    class Meta:
        verbose_name = _("penilaian bobot")
        verbose_name_plural = _("penilaian bobot")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PanelState.values), name="selection_panel_state_known"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(made__isnull=False, closed_at__isnull=False),
                name="selection_panel_in_force_made_version",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="selection_panel_titled"),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Panelist(models.Model):
    """One expert of a panel, and who wrote the answers down."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="panelists", verbose_name=_("penilaian"))
    name = models.CharField(_("nama"), max_length=120)
    affiliation = models.CharField(_("lembaga"), max_length=160, blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("ahli")
        verbose_name_plural = _("ahli")
        constraints = [models.UniqueConstraint(fields=["panel", "name"], name="selection_panelist_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Judgement(models.Model):
    """One comparison by one expert. `steps` is the place of the slider: 0 equal, 8 the one is nine times more important, −8
    the other is; `level` names the group compared: empty for goals, else the goal whose criteria they are."""

    panelist = models.ForeignKey(Panelist, on_delete=models.CASCADE, related_name="judgements", verbose_name=_("ahli"))
    level = models.CharField(_("kelompok"), max_length=80, blank=True)
    one = models.CharField(_("yang satu"), max_length=80)
    other = models.CharField(_("yang lain"), max_length=80)
    steps = models.SmallIntegerField(_("langkah"))

    class Meta:
        verbose_name = _("perbandingan")
        verbose_name_plural = _("perbandingan")
        constraints = [
            models.UniqueConstraint(fields=["panelist", "level", "one", "other"], name="selection_pair_once"),
            models.CheckConstraint(condition=Q(steps__range=(-8, 8)), name="selection_saaty_scale"),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="selection_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one} : {self.other} = {self.steps}"
