"""What the screens of papers that were issued and signed give to templates."""

from lontar.documents.presenters.papers import (
    PaperPage,
    crumbs,
    download_url,
    lines,
    navigation,
    paper_link,
    paper_page,
    papers_table,
)
from lontar.documents.presenters.templates import (
    PatternRow,
    TemplatePage,
    pattern_rows,
    patterns_table,
    template_page,
    templates_table,
)

__all__ = [
    "PaperPage",
    "PatternRow",
    "TemplatePage",
    "crumbs",
    "download_url",
    "lines",
    "navigation",
    "paper_link",
    "paper_page",
    "papers_table",
    "pattern_rows",
    "patterns_table",
    "template_page",
    "templates_table",
]
