"""Which template a kind of paper is written after, and all versions of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lontar.documents.models import NumberPattern, PaperTemplate, TemplateTerm
from lontar.documents.steps.templates import FILES


@dataclass(frozen=True, slots=True)
class Term:
    """A template and since when it is in force; `template` None is the shipped one."""

    template: PaperTemplate | None
    valid_from: date


def term_on(kind: str, day: date) -> Term | None:
    """The term in force on a day; None: nobody ever chose, so that the shipped template is used."""
    found = (
        TemplateTerm.objects.filter(kind=kind, valid_from__lte=day)
        .select_related("template")
        .order_by("-valid_from", "-pk")
        .first()
    )
    return Term(found.template, found.valid_from) if found else None


def template_in_force(kind: str, day: date) -> bytes | None:
    """The Word template for papers of a kind on a day, for `decree_drawer(word=…)`; None: the shipped one.

    Raises `FileLost` when the file is gone.
    """
    term = term_on(kind, day)
    return FILES.read(term.template.sha256) if term and term.template else None


def templates_of(kind: str) -> list[PaperTemplate]:
    """All uploaded versions, newest first."""
    return list(PaperTemplate.objects.filter(kind=kind).select_related("post", "by").order_by("-version"))


def terms_of(kind: str) -> list[TemplateTerm]:
    """Every choice ever made for a kind, newest first."""
    return list(TemplateTerm.objects.filter(kind=kind).select_related("template", "post").order_by("-pk"))


def patterns_on(day: date) -> list[NumberPattern]:
    """The number patterns in force on a day, by kind."""
    return list(NumberPattern.objects.as_at(day).order_by("kind"))


def patterns_of(kind: str) -> list[NumberPattern]:
    """Every pattern that a kind ever had or will have, newest first."""
    return list(NumberPattern.objects.filter(kind=kind).order_by("-valid_from"))
