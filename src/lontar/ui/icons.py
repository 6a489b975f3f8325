"""The line drawings of buttons, badges and navigation, drawn for this project on a grid of 24.

An icon never stands alone for a meaning: text, or a label for screen readers, is always beside it.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Path data, stroked with the colour of the text around it.
SHAPES = {
    "alert": "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
    "arrow-down": "M12 5v14M6 13l6 6 6-6",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "chart": "M4 20h16M7 16v-4M12 16V6M17 16V9",
    "check": "M5 12.5 10 17.5 19.5 7",
    "clock": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5.5l3.5 2",
    "close": "M6 6l12 12M18 6 6 18",
    "columns": "M4 5h16v14H4zM10 5v14M15 5v14",
    "copy": "M8 8h12v12H8zM4 16V4h12",
    "dash": "M6 12h12",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "eye": "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "globe": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "history": "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2",
    "home": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
    "info": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.5v.3",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1.5-1.5",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "map": "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "pin": "M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21M12 7.5a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 1 0 0-4.4",
    "plus": "M12 5v14M5 12h14",
    "return": "M9 14 4 9l5-5M4 9h9a6 6 0 0 1 0 12H8",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5 21 21",
    "settings": "M4 7h9M17 7h3M13 5v4h4V5zM4 17h3M11 17h9M7 15v4h4v-4z",
    "shield": "M12 3l8 3v6c0 4.5-3.3 7.6-8 9-4.7-1.4-8-4.5-8-9V6z",
    "sort": "M8 10l4-4 4 4M8 14l4 4 4-4",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6",
    "store": "M4 10v10h16V10M3 10l2-6h14l2 6zM10 20v-6h4v6",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
    "trash": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
    "undo": "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3",
    "upload": "M12 16V5M7 9.5l5-5 5 5M4 20h16",
    "user": "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 21c1-5 4-7 8-7s7 2 8 7",
    "users": (
        "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M2.5 20c.8-4.5 3-6 6.5-6s5.7 1.5 6.5 6"
        "M16 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.3.6 3.5 2.3 4 5.7"
    ),
}


class UnknownIconError(KeyError):
    """A template names a drawing that does not exist."""


def icon(name: str, label: str = "") -> SafeString:
    """The drawing as inline SVG; hidden from screen readers unless `label` says what it means."""
    if name not in SHAPES:
        raise UnknownIconError(f"No icon '{name}'; there are: {', '.join(SHAPES)}")
    path = mark_safe(f'<path d="{SHAPES[name]}"/>')  # noqa: S308 -- constant of this file
    if label:
        return format_html(
            '<svg class="l-icon" width="20" height="20" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            path,
        )
    return format_html(
        '<svg class="l-icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', path
    )
