"""What matching keeps: its outcome per batch and row, and the pairs of records on which a person decides.

A pair names its records by number, for one of them is gone once they are merged. Nothing here repeats a personal value:
reasons are marks per field (`lontar.intake.rules.agreement`).
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.intake.models.batches import Batch
from lontar.intake.querysets import PairQuerySet
from lontar.intake.states import BulkState, PairSource, PairState, Verdict
from lontar.registry.models import Merge


class Matching(models.Model):
    """The matching of a batch: whose outcome its chunks follow, however often the batch is taken up again.

    `run_at` is the start of the run that it belongs to (a batch whose waiting rows are looked at again starts anew);
    `newest` the newest enterprise that it knew, so that the search for duplicates can look at those that came since.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, primary_key=True, related_name="matching")
    run_at = models.DateTimeField(_("mulai"))
    matched_at = models.DateTimeField(_("dicocokkan"))
    newest = models.BigIntegerField(default=0)
    rows_settled = models.PositiveIntegerField(_("dikenali dari nomor"), default=0)
    rows_compared = models.PositiveIntegerField(_("dibandingkan"), default=0)
    known = models.PositiveIntegerField(_("usaha di registri yang dibandingkan"), default=0)
    seconds = models.FloatField(_("lama (detik)"), default=0)
    searched_at = models.DateTimeField(_("kembaran dicari"), null=True, blank=True)

    class Meta:
        verbose_name = _("pencocokan")
        verbose_name_plural = _("pencocokan")
        indexes = [models.Index(fields=["batch"], condition=Q(searched_at=None), name="matching_unsearched")]

    def __str__(self) -> str:
        return f"{self.batch_id}"


class RowMatch(models.Model):
    """The enterprise that a row most likely is: linked without asking, or to be looked at by a person."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="matches", db_index=False)
    sheet_no = models.PositiveSmallIntegerField(_("lembar"), default=1)
    row_no = models.PositiveIntegerField(_("baris"))
    enterprise_id = models.BigIntegerField()
    probability = models.FloatField(_("kemungkinan"))
    is_linked = models.BooleanField(_("dihubungkan otomatis"))
    reasons = models.CharField(_("alasan"), max_length=12)

    class Meta:
        verbose_name = _("hasil pencocokan baris")
        verbose_name_plural = _("hasil pencocokan baris")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet_no", "row_no"], name="row_match_once"),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="row_match_probability"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.sheet_no}:{self.row_no} → {self.enterprise_id}"


@pghistory.track(exclude=["leased_by", "leased_until"])
class Pair(models.Model):
    """Two records that may tell of one enterprise, and what a person said of them.

    `village_low` and `village_high` are the villages of both in the order of their codes: the wall lets through whose scope
    holds both. A pair is lent to one person at a time (`leased_by` until `leased_until`); who was unsure is in `passed_by`.
    """

    first_id = models.BigIntegerField(_("catatan pertama"))
    second_id = models.BigIntegerField(_("catatan kedua"))
    village_low = models.CharField(max_length=13, db_collation="C")
    village_high = models.CharField(max_length=13, db_collation="C")
    probability = models.FloatField(_("kemungkinan"))
    reasons = models.CharField(_("alasan"), max_length=12)
    source = models.CharField(_("asal"), max_length=8, choices=PairSource.choices)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="pairs", null=True, blank=True, verbose_name=_("kiriman")
    )
    state = models.CharField(
        pgettext_lazy("pasangan", "keadaan"), max_length=10, choices=PairState.choices, default=PairState.OPEN
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True, db_default="")
    passed_by = ArrayField(models.BigIntegerField(), verbose_name=_("diragukan oleh"), default=list, db_default=[])
    leased_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )
    leased_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField(_("ditemukan"))

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasangan")
        verbose_name_plural = _("pasangan")
        constraints = [
            models.UniqueConstraint(
                Least("first_id", "second_id"), Greatest("first_id", "second_id"), name="pair_once"
            ),
            models.CheckConstraint(condition=~Q(first_id=F("second_id")), name="pair_of_two"),
            models.CheckConstraint(condition=Q(state__in=PairState.values), name="pair_state_known"),
            models.CheckConstraint(condition=Q(source__in=PairSource.values), name="pair_source_known"),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="pair_probability"),
            models.CheckConstraint(condition=Q(village_low__lte=F("village_high")), name="pair_villages_ordered"),
            models.CheckConstraint(
                condition=Q(state__in=["same", "different"], decided_by__isnull=False, decided_at__isnull=False)
                | Q(state__in=["open", "moot"]),
                name="pair_decision_whole",
            ),
        ]
        indexes = [
            models.Index(
                F("probability").desc(), "id", "village_low", condition=Q(state="open"), name="pair_open_by_probability"
            ),
            models.Index(fields=["first_id"], name="pair_by_first"),
            models.Index(fields=["second_id"], name="pair_by_second"),
            models.Index(fields=["decided_by", "-decided_at"], name="pair_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


@pghistory.track(exclude=["done", "failed", "heartbeat_at"])
class Bulk(models.Model):
    """Many decisions at once, carried out one after the other in the background: said same, or taken back."""

    verdict = models.CharField(_("keputusan"), max_length=10, choices=Verdict.choices)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("diminta"))
    pairs = ArrayField(models.BigIntegerField(), verbose_name=_("pasangan"))
    state = models.CharField(
        pgettext_lazy("pasangan", "keadaan"), max_length=10, choices=BulkState.choices, default=BulkState.WAITING
    )
    done = models.PositiveIntegerField(_("selesai"), default=0)
    failed = models.PositiveIntegerField(_("tidak dapat"), default=0)
    notes = ArrayField(models.TextField(), verbose_name=_("sebab"), default=list)
    finished_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("keputusan sekaligus")
        verbose_name_plural = _("keputusan sekaligus")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_state_known"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="bulk_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {len(self.pairs)}"
