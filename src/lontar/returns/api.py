"""API of producers that report, periods and monthly returns."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Laporan bulanan"])
