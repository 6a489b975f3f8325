"""Building a draft and publishing it."""

from lontar.reports.actions.building import BuildStale, build_report
from lontar.reports.actions.publishing import AlreadyPublished, DraftStale, publish_report

__all__ = ["AlreadyPublished", "BuildStale", "DraftStale", "build_report", "publish_report"]
