"""API of papers that were issued and signed."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Surat bertanda tangan"])
