"""Agency files in and out: hostile and messy workbooks become tables, tables become templates, marked workbooks and exports.

Public names only; each module says what it is for. The meaning of the values belongs to the callers. The names are loaded when
first used, so that the process that reads an upload does not load what writes workbooks.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lontar.engines.tabular.export import stream_csv, write_xlsx_rows
    from lontar.engines.tabular.headers import normalise_header
    from lontar.engines.tabular.isolation import read_table
    from lontar.engines.tabular.mapping import Suggestion, suggest_mapping
    from lontar.engines.tabular.marked import Mark, write_marked
    from lontar.engines.tabular.neutral import neutralise
    from lontar.engines.tabular.profile import ColumnProfile, mask, profile_columns
    from lontar.engines.tabular.reading import parse_table
    from lontar.engines.tabular.table import Column, Limits, SheetInfo, Table, UnreadableFile
    from lontar.engines.tabular.template import TemplateColumn, TemplateSpec, write_template

_HOMES = {
    "export": ("stream_csv", "write_xlsx_rows"),
    "headers": ("normalise_header",),
    "isolation": ("read_table",),
    "mapping": ("Suggestion", "suggest_mapping"),
    "marked": ("Mark", "write_marked"),
    "neutral": ("neutralise",),
    "profile": ("ColumnProfile", "mask", "profile_columns"),
    "reading": ("parse_table",),
    "table": ("Column", "Limits", "SheetInfo", "Table", "UnreadableFile"),
    "template": ("TemplateColumn", "TemplateSpec", "write_template"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Column",
    "ColumnProfile",
    "Limits",
    "Mark",
    "SheetInfo",
    "Suggestion",
    "Table",
    "TemplateColumn",
    "TemplateSpec",
    "UnreadableFile",
    "mask",
    "neutralise",
    "normalise_header",
    "parse_table",
    "profile_columns",
    "read_table",
    "stream_csv",
    "suggest_mapping",
    "write_marked",
    "write_template",
    "write_xlsx_rows",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
