"""The one-page reports of a published quarter, all at once: every kabupaten and every designated village."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.designation.models import Locus
from lontar.reports.models import Report
from lontar.reports.steps import folders, papers


class NotPublished(Refused):
    """A quarter has no published report."""


def designated(quarter: Report) -> list[str]:
    """Codes of the kabupaten of the report's package and of the villages that are loci, in order."""
    held = papers.package_of(quarter)
    regencies = [one.code for one in held.places().values() if one.level == "regency"]
    loci = set(Locus.objects.filter(valid_until__isnull=True).values_list("village_id", flat=True))
    return sorted(regencies) + sorted(code for code in loci if code in held.places())


def write_sheets(quarter: str, out: Path) -> int:
    """Write `<code>.pdf` for each; how many. Raises `NotPublished` and `folders.FolderLost`."""
    report = Report.objects.filter(quarter=quarter).select_related("paper").first()
    if report is None:
        raise NotPublished(_("Triwulan ini belum punya laporan yang terbit."))
    folders.place(quarter, report.manifest_sha256)
    contents = [(code, papers.place_paper(report, code)) for code in designated(report)]
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for code, made in pool.map(lambda one: (one[0], one[1]()), contents):
            (out / f"laporan-{quarter}-{code}.pdf").write_bytes(made)
    return len(contents)
