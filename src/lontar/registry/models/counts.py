"""Counts of enterprises by class, kept by triggers: exact totals of long lists without counting the rows.

Nothing here is written by hand. `VillageTally` (in `regions`) serves public coverage; these finer cells serve the lists.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lontar.registry.models.regions import Region


class EnterpriseCell(models.Model):
    """Enterprises of one village that agree in KBLI group, both classes, status, verification and having a NIB."""

    village = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    kbli_group = models.CharField(_("golongan KBLI"), max_length=2)
    imk_class = models.CharField(_("kelas IMK"), max_length=8)
    umkm_class = models.CharField(_("kelas UMKM"), max_length=8)
    status = models.CharField(_("status"), max_length=8)
    is_verified = models.BooleanField(_("terverifikasi"))
    has_nib = models.BooleanField(_("memiliki NIB"))
    number = models.IntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("sel hitungan usaha")
        verbose_name_plural = _("sel hitungan usaha")
        constraints = [
            models.UniqueConstraint(
                fields=["village", "kbli_group", "imk_class", "umkm_class", "status", "is_verified", "has_nib"],
                name="enterprise_cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.kbli_group}: {self.number}"
