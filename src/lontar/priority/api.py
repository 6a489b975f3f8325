"""API of readiness, plans of 90 days and their verdicts."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Peta prioritas"])
