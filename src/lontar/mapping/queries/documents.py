"""Issued documents: the list of regions with their newest version, the versions of one, the public check of a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings

from lontar.access import scope
from lontar.documents.rules import read_code
from lontar.mapping.models import MappingDocument, MappingRun
from lontar.registry.models import Region
from lontar.registry.states import Level


@dataclass(frozen=True, slots=True)
class Listed:
    """A province or kabupaten/kota with its newest document (None: none yet) and its open request (None: none)."""

    code: str
    name: str
    newest: MappingDocument | None
    run: MappingRun | None


def listed(within: str) -> list[Listed]:
    """The regions that have documents of their own, seen from region `within`: those beneath it and those above, by code.

    Two queries besides the regions themselves.
    """
    above = [within[:length] for length in (2, 5) if len(within) >= length]
    levels = (Level.PROVINCE.value, Level.REGENCY.value)
    regions = Region.objects.filter(level__in=levels, valid_until__isnull=True)
    wanted = (regions.within(within) | regions.filter(code__in=above)).order_by("code").values_list("code", "name")
    found = dict(wanted)
    newest = {
        one.region_id: one
        for one in MappingDocument.objects.filter(region_id__in=found)
        .select_related("post")
        .order_by("region_id", "-version")
        .distinct("region_id")
    }
    runs = {run.region_id: run for run in MappingRun.objects.open().filter(region_id__in=found)}
    return [Listed(code, name, newest.get(code), runs.get(code)) for code, name in found.items()]


def versions_of(region_code: str) -> list[MappingDocument]:
    """All versions of a region's document, newest first."""
    return list(MappingDocument.objects.of(region_code).select_related("post__agency", "issued_by", "region"))


def open_run(region_code: str) -> MappingRun | None:
    """The request that is being made, else the last one; None when there was none."""
    found = MappingRun.objects.filter(region_id=region_code).select_related("document")
    return found.open().first() or found.order_by("-pk").first()


def document_for(region_code: str, version: int) -> MappingDocument | None:
    """One version of a region's document."""
    return MappingDocument.objects.of(region_code).filter(version=version).select_related("region").first()


def run_region(run_id: int) -> str:
    """The region of a request, across the whole programme; raises MappingRun.DoesNotExist."""
    with scope.acting_in(settings.PROGRAMME_ROOT):
        return MappingRun.objects.values_list("region_id", flat=True).get(pk=run_id)


class KindOfMatch(StrEnum):
    """What a typed or computed SHA-256 is of."""

    PDF = "pdf"
    WORD = "docx"
    NONE = "lain"


@dataclass(frozen=True, slots=True)
class Verified:
    """What anyone may know of an issued document; `newest` is the newest version of the same region."""

    code: str
    region_code: str
    region: str
    number: str
    version: int
    newest: int
    newest_code: str
    issued_at: datetime
    post: str
    agency: str
    data_as_of: date | None
    villages: int
    official: int | None
    registered: int
    verified: int
    without_potential: int
    pdf_sha256: str
    docx_sha256: str
    is_demo: bool

    def match(self, sha256: str) -> KindOfMatch:
        """Which of the two files has this SHA-256."""
        known = {self.pdf_sha256: KindOfMatch.PDF, self.docx_sha256: KindOfMatch.WORD}
        return known.get(sha256.strip().lower(), KindOfMatch.NONE)


def verify(written: str) -> Verified | None:
    """The document of a code as a person writes it; None for a code that no document bears."""
    code = read_code(written)
    found = MappingDocument.objects.filter(code=code).select_related("region", "post__agency").first() if code else None
    if found is None:
        return None
    newest = MappingDocument.objects.of(found.region_id).values_list("version", "code")[0]
    return Verified(
        code=found.code, region_code=found.region_id, region=found.region.name, number=found.number,
        version=found.version, newest=newest[0], newest_code=newest[1], issued_at=found.issued_at,
        post=found.post.title, agency=found.post.agency.name, data_as_of=found.data_as_of, villages=found.villages,
        official=found.official, registered=found.registered, verified=found.verified,
        without_potential=found.without_potential, pdf_sha256=found.pdf_sha256, docx_sha256=found.docx_sha256,
        is_demo=found.is_demo,
    )  # fmt: skip
