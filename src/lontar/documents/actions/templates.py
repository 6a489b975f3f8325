"""Word templates of decrees: uploading one, which is tried before it is taken, and taking one into force from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents import policies
from lontar.documents.models import NumberPattern, PaperTemplate, TemplateTerm
from lontar.documents.states import Act
from lontar.documents.steps.templates import FILES, preview


class TermInPast(Refused):
    """A template is taken into force from today on at the earliest: papers already issued stay as they are."""


def upload_template(
    *, kind: str, content: bytes, name: str, post: Post, by: User | None, at: datetime
) -> PaperTemplate:
    """Keep the next version of a kind's template; it is not in force yet.

    It is filled with invented content first: raises `TemplateProblem` naming what cannot be filled and the cure, Refused for a
    post that may not.
    """
    policies.check_manage_papers(post)
    preview(content)
    with recorded(Act.TEMPLATE_UPLOADED, by=by, at=at, post=post, kind=kind):
        list(NumberPattern.objects.select_for_update().filter(kind=kind))  # one upload of a kind at a time
        newest = PaperTemplate.objects.filter(kind=kind).aggregate(newest=Max("version"))["newest"] or 0
        return PaperTemplate.objects.create(
            kind=kind, version=newest + 1, name=name[:200], sha256=FILES.keep(content), size=len(content),
            uploaded_at=at, post=post, by=by,
        )  # fmt: skip


def take_template(
    *, kind: str, template: PaperTemplate | None, valid_from: date, post: Post, by: User | None, at: datetime
) -> TemplateTerm:
    """From `valid_from` on, write papers of the kind after the template; None: after the shipped one.

    Raises Refused for a post that may not, `TermInPast`.
    """
    policies.check_manage_papers(post)
    if valid_from < timezone.localdate(at):
        raise TermInPast(_("Templat berlaku paling cepat mulai hari ini; surat yang sudah terbit tidak berubah."))
    if template is not None and template.kind != kind:
        raise ValueError(f"{template}: a template of another kind than {kind}")
    with recorded(Act.TEMPLATE_IN_FORCE, by=by, at=at, post=post, kind=kind):
        return TemplateTerm.objects.create(kind=kind, template=template, valid_from=valid_from, at=at, post=post, by=by)
