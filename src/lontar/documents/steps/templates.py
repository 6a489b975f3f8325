"""The files of templates, and a paper of invented content filled into one."""

from __future__ import annotations

from lontar.documents.steps.keeping import Folder

FILES = Folder("templat")


def preview(content: bytes | None) -> bytes:
    """A decree of invented content after the template (None: the shipped one). Raises `TemplateProblem`."""
    from lontar.engines.papers.decree import sample_decree
    from lontar.engines.papers.decree_word import make_decree_docx
    from lontar.engines.papers.marks import Marks

    marks = Marks("500.0/1/CONTOH/2026", "CNTH-CNTH-CNTH", "https://contoh.invalid/periksa/CNTH-CNTH-CNTH", "", _SIGNED)
    return make_decree_docx(sample_decree(), marks, template=content)


_SIGNED = "Ditandatangani secara elektronik (contoh)."
