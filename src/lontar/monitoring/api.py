"""API of closing of quarters, indicators, figures and restatements."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Pemantauan"])
