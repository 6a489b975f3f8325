"""Where the files of mapping documents lie. They hold no personal data: not sealed."""

from __future__ import annotations

from lontar.documents.steps.keeping import FileLost, Folder

FILES = Folder("dokumen")
keep, read, path_of = FILES.keep, FILES.read, FILES.path_of

__all__ = ["FILES", "FileLost", "keep", "path_of", "read"]
