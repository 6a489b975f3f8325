"""What the screens of access give to templates: tables, fact sheets, navigation."""

from lontar.access.presenters.lists import agencies_table, people_table, posts_table, tokens_table
from lontar.access.presenters.pages import (
    agency_facts,
    crumbs,
    handover_rows,
    holder_rows,
    navigation,
    person_facts,
    post_facts,
    work_lines,
)

__all__ = [
    "agencies_table",
    "agency_facts",
    "crumbs",
    "handover_rows",
    "holder_rows",
    "navigation",
    "people_table",
    "person_facts",
    "post_facts",
    "posts_table",
    "tokens_table",
    "work_lines",
]
