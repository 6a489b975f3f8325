"""The audit events of this app: stable names, and the words in which a history tells them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PAPER_KIND = "laporan-triwulan"


class Act(TextChoices):
    """Reports are built and published; nothing else happens to them."""

    BUILT = "reports.draft.built", _("Rancangan laporan dibuat")
    PUBLISHED = "reports.report.published", _("Laporan diterbitkan")
