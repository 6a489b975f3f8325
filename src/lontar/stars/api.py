"""API of rubrics, assessments and stars."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Penilaian bintang"])
