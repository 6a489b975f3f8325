"""API of prices, value kept and the trade balance."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Nilai tambah"])
