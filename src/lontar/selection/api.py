"""API of candidates, criteria, weights and rankings."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Pemilihan"])
