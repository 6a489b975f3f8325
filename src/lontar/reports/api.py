"""API of the open quarterly report."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Laporan terbuka"])
