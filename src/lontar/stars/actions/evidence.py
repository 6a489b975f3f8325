"""Attaching evidence to an assessment and removing it, until the assessment is over."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.queries import parameter_as_at
from lontar.engines.scans import HEAD
from lontar.stars import policies
from lontar.stars.actions.moving import held
from lontar.stars.models import Assessment, Evidence
from lontar.stars.queries.evidence import largest_file
from lontar.stars.queries.rubrics import content_of
from lontar.stars.rules import read_evidence_type
from lontar.stars.states import UNDER_WAY, Act, EvidenceFor
from lontar.stars.steps.keeping import FILES


class EvidenceRefused(Refused):
    """Evidence for what the rubric does not ask, twice the same, more than an assessment takes, or after its end."""


def attach_evidence(
    *,
    assessment_id: int,
    about: EvidenceFor,
    code: str,
    caption: str,
    content: bytes,
    by: User,
    post: Post,
    at: datetime,
) -> Evidence:
    """Keep the file sealed and list it for this criterion or gate.

    Raises `EvidenceUnreadable` (what it is, how large), `EvidenceRefused`, and what the policy raises. The file of a refused
    line is taken away at night.
    """
    words = " ".join(caption.split())[:120]
    if not words:
        raise EvidenceRefused(_("Tuliskan apa yang terlihat pada berkas ini."))
    with recorded(Act.EVIDENCE_ATTACHED, by=by, at=at, post=post):
        found = held(assessment_id)
        policies.check_attach_evidence(post, found)
        _check_under_way(found)
        _check_asked(found, about, code)
        day = timezone.localdate(at)
        media_type = read_evidence_type(content[:HEAD], len(content), largest=largest_file(day))
        _check_room(found, at=at)
        try:
            with transaction.atomic():
                return Evidence.objects.create(
                    assessment=found, village_id=found.village_id, about=about, code=code, caption=words,
                    sha256=FILES.keep(content), media_type=media_type, size=len(content), attached_at=at, attached_by=by,
                    post=post,
                )  # fmt: skip
        except IntegrityError as problem:
            if "evidence_once" not in str(problem):
                raise
            raise EvidenceRefused(_("Berkas yang sama sudah dilampirkan di sini.")) from problem


def remove_evidence(*, evidence_id: int, by: User, post: Post, at: datetime) -> Evidence:
    """Take a piece of evidence back; that it was there, who removed it and when stays to be read.

    Raises `EvidenceRefused` when it is removed already or the assessment is over, and what the policy raises.
    """
    with recorded(Act.EVIDENCE_REMOVED, by=by, at=at, post=post):
        found = held(Evidence.objects.values_list("assessment_id", flat=True).get(pk=evidence_id))
        policies.check_attach_evidence(post, found)
        _check_under_way(found)
        row = Evidence.objects.get(pk=evidence_id)
        if row.removed_at is not None:
            raise EvidenceRefused(_("Bukti ini sudah dihapus."))
        row.removed_at, row.removed_by, row.removed_post = at, by, post
        row.save(update_fields=["removed_at", "removed_by", "removed_post"])
        return row


def _check_under_way(found: Assessment) -> None:
    if found.state not in UNDER_WAY:
        raise EvidenceRefused(_("Penilaian ini sudah selesai; buktinya tidak berubah lagi."))


def _check_asked(found: Assessment, about: EvidenceFor, code: str) -> None:
    content = content_of(found.round.rubric)
    if about == EvidenceFor.CRITERION:
        known = {item.code for item in content.criteria()}
    else:
        known = {gate.condition for gate in content.gates}
    if code not in known:
        raise EvidenceRefused(
            _("Rubrik %(rubric)s tidak mempunyai butir %(code)s.") % {"rubric": found.round.rubric, "code": code}
        )


def _check_room(found: Assessment, *, at: datetime) -> None:
    most = int(parameter_as_at("star.evidence.files", timezone.localdate(at)).number)
    if found.evidence.standing().count() >= most:
        raise EvidenceRefused(
            _(
                "Satu penilaian memuat paling banyak %(count)d berkas. Hapus yang tidak perlu, atau gabung dalam satu PDF."
            )
            % {"count": most}
        )
