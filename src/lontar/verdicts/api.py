"""API of verdicts per designated unit and rises of class."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Putusan"])
