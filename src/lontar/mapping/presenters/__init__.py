"""What the screens of mapping documents give to templates."""

from lontar.mapping.presenters.documents import (
    RegionPage,
    crumbs,
    documents_table,
    download_url,
    navigation,
    progress_of,
    region_page,
)

__all__ = [
    "RegionPage",
    "crumbs",
    "documents_table",
    "download_url",
    "navigation",
    "progress_of",
    "region_page",
]
