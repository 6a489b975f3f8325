"""Asking for a draft, building it, and publishing it."""

from lontar.reports.actions.asking import request_build
from lontar.reports.actions.building import BuildStale, build_report
from lontar.reports.actions.carrying import carry_build
from lontar.reports.actions.publishing import AlreadyPublished, DraftStale, publish_report

__all__ = [
    "AlreadyPublished",
    "BuildStale",
    "DraftStale",
    "build_report",
    "carry_build",
    "publish_report",
    "request_build",
]
