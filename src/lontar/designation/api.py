"""API of deliberations, checks, decrees, flagships and locus rounds."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Penetapan"])
