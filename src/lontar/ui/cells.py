"""Writes the cells of a table as HTML, fast: a page of a hundred rows has a thousand of them.

Which kind of value becomes which markup is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lontar.ui import formats
from lontar.ui.icons import icon
from lontar.ui.presenters.pieces import Figure, Link, Masked, Status
from lontar.ui.presenters.tables import Column, Row, Table


def badge(status: Status) -> SafeString:
    """A status: drawing, words and tone."""
    return format_html('<span class="l-badge l-tone-{}">{}{}</span>', status.tone, icon(status.drawing), status.label)


def link(target: Link) -> SafeString:
    """An anchor, with its drawing where it has one."""
    drawing = icon(target.icon) if target.icon else ""
    dialog = mark_safe(" data-dialog") if target.dialog else ""
    return format_html('<a href="{}"{}>{}{}</a>', target.url, dialog, drawing, target.label)


def masked(value: Masked) -> SafeString:
    """A personal value under its mask, with the way to reveal it where the reader has one."""
    if not value.reveal_url:
        return format_html('<span class="l-masked l-num">{}</span>', value.masked)
    return format_html(
        '<span class="l-masked"><span class="l-num">{}</span><a href="{}" data-dialog>{}{}'
        '<span class="visually-hidden"> {}</span></a></span>',
        value.masked,
        value.reveal_url,
        icon("eye"),
        _("Tampilkan"),
        value.label,
    )


def _number(value: int | float | Decimal) -> str:
    return formats.number(value)


def _figure(value: Figure) -> str:
    return escape(f"{value.value}{formats.NBSP}{value.unit}" if value.unit else value.value)


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (str, escape),
    (bool, lambda value: escape("✓" if value else formats.NONE)),
    ((int, float, Decimal), _number),
    (datetime, lambda value: escape(f"{formats.short_date(value)} {formats.clock(value)}")),
    (date, lambda value: escape(formats.short_date(value))),
    (Status, badge),
    (Link, link),
    (Masked, masked),
    (Figure, _figure),
)


def cell(value: object) -> str:
    """One value as HTML. None and empty text are a dash; several values are joined by commas; the rest is escaped."""
    if value is None or value == "":
        return formats.NONE
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    return escape(str(value))


def _name(row: Row, value: object) -> str:
    text = cell(value)
    if row.panel_url:
        return (
            f'<a href="{escape(row.panel_url)}" hx-get="{escape(row.panel_url)}" hx-target="#panel" hx-select="#panel" '
            f'hx-swap="outerHTML" hx-push-url="true">{text}</a>'
        )
    return f'<a href="{escape(row.url)}">{text}</a>' if row.url else text


def _opening(column: Column, value: object) -> str:
    classes = "l-n" if column.numeric else ""
    if value is None or value == "":
        classes += " l-empty-cell"
    named = f' class="{classes.strip()}"' if classes else ""
    return f'<td role="cell"{named} data-label="{escape(column.label)}">'


def row_html(table: Table, row: Row) -> SafeString:
    """One row of `table`: its box for bulk actions, its name as heading, its cells."""
    parts = [f'<tr role="row"{" class=l-open" if row.opened else ""}>']
    first = True
    if table.bulk:
        parts.append(
            f'<td role="cell" class="l-pick"><label><input type="checkbox" name="pilih" value="{escape(row.key)}">'
            f'<span class="visually-hidden">{cell(row.cells[0])}</span></label></td>'
        )
    for place in table.places:
        value = row.cells[place]
        if first:
            parts.append(f'<th role="rowheader" scope="row">{_name(row, value)}</th>')
            first = False
        else:
            parts.append(f"{_opening(table.columns[place], value)}{cell(value)}</td>")
    parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 -- every part above is escaped where it enters
