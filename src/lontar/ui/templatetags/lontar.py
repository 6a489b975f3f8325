"""`{% load lontar %}`: the components and formats, as tags and filters.

Each tag takes a presenter and renders one template below `ui/parts/`, or writes its HTML here where it is a single
element. What the values are is the presenter's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lontar.ui import assets, cells, fields, formats, languages
from lontar.ui import icons as drawings
from lontar.ui.maps.drawing import legend_html
from lontar.ui.maps.land import land
from lontar.ui.presenters import (
    Confirm,
    Crumb,
    EmptyState,
    Figure,
    HistoryEntry,
    KeyValue,
    Masked,
    NavGroup,
    NavItem,
    Progress,
    Query,
    Status,
    Step,
    Tab,
    Table,
    VillageMap,
)

register = template.Library()
Context = dict[str, Any]


@register.simple_tag
def asset(name: str) -> SafeString:
    """Stylesheets, font preloads and scripts of an entry point of the front-end build."""
    files = assets.bundle(name)
    return format_html(
        "{}{}{}{}",
        format_html_join(
            "",
            '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
            ((static(f),) for f in files.fonts),
        ),
        format_html_join("", '<link rel="stylesheet" href="{}">', ((static(f),) for f in files.styles)),
        format_html_join("", '<link rel="modulepreload" href="{}">', ((static(f),) for f in files.modules)),
        format_html_join("", '<script type="module" src="{}"></script>', ((static(f),) for f in files.scripts)),
    )


@register.simple_tag
def asset_url(source: str) -> str:
    """Address of one built file by its source, for example `src/img/icon.svg`."""
    return static(assets.asset_path(source))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line drawing; `label` only where no text stands beside it."""
    return drawings.icon(name, label)


@register.simple_tag
def badge(status: Status) -> SafeString:
    """A status badge: drawing, words and tone."""
    return cells.badge(status)


@register.simple_tag
def masked(value: Masked) -> SafeString:
    """A personal value under its mask with its reveal link."""
    return cells.masked(value)


@register.filter
def cell(value: object) -> SafeString:
    """Any value of a table cell as HTML."""
    return mark_safe(cells.cell(value))  # noqa: S308 -- `cells` escapes what enters


@register.inclusion_tag("ui/parts/table.html")
def table(table: Table) -> Context:
    """A whole list: count, filters in words, tools, rows, pages."""
    return {"table": table, "rows": [cells.row_html(table, row) for row in table.rows]}


@register.inclusion_tag("ui/parts/filters.html")
def filters(form: BaseForm, query: Query, target: str = "daftar") -> Context:
    """A filter form that sends its values into the address and keeps the rest of it."""
    own = [form.add_prefix(name) for name in form.fields]
    return {
        "form": form,
        "fields": [fields.dressed(form[name], optional_mark=False) for name in form.fields],
        "hidden": query.hidden(leave_out=own),
        "path": query.path,
        "active": any(query.get(name) for name in own),
        "target": target,
    }


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, unit: str = "", before: str = "") -> Context:
    """One form field with label, hint, error and the right keyboard; `unit` stands after it, `before` in front."""
    return {"field": fields.dressed(bound), "unit": unit, "before": before}


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form: BaseForm) -> Context:
    """All visible fields of a form in order, and its hidden ones."""
    return {"fields": [fields.dressed(f) for f in form.visible_fields()], "hidden": form.hidden_fields()}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> Context:
    """What is wrong, each line leading to its field. Nothing when the form is right or not yet sent."""
    return {"errors": fields.summary(form)}


@register.inclusion_tag("ui/parts/dropzone.html")
def dropzone(bound: BoundField, limit: int = 0) -> Context:
    """A file field that also takes dropped files and shows the upload; `limit` in bytes."""
    return {"field": fields.dressed(bound), "limit": limit, "limit_text": formats.size(limit)}


@register.inclusion_tag("ui/parts/stats.html")
def stats(figures: Sequence[Figure]) -> Context:
    """Key figures side by side, each with unit and source."""
    return {"figures": figures}


@register.inclusion_tag("ui/parts/progress.html")
def progress(job: Progress) -> Context:
    """A long job that renews itself until it ends."""
    return {"job": job}


@register.inclusion_tag("ui/parts/map.html")
def village_map(map: VillageMap) -> Context:
    """The village map: the server's drawing and all that the script needs to replace it."""
    view = map.drawing.view or land().view
    return {
        "map": map,
        "drawing": mark_safe(map.drawing.svg()),  # noqa: S308 -- drawn by `maps`, which escapes every text
        "legend": mark_safe(legend_html(map.drawing.legend())),  # noqa: S308 -- the same
        "view": f"{view.west},{view.south},{view.east},{view.north}",
    }


@register.inclusion_tag("ui/parts/steps.html")
def steps(steps: Sequence[Step]) -> Context:
    """Steps of a process with the present one marked."""
    return {"steps": steps}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(tabs: Sequence[Tab]) -> Context:
    """Tabs, each a link with its own address."""
    return {"tabs": tabs}


@register.inclusion_tag("ui/parts/confirm.html")
def confirm(confirm: Confirm) -> Context:
    """A destructive act before it happens."""
    return {"confirm": confirm}


@register.inclusion_tag("ui/parts/history.html")
def history(entries: Sequence[HistoryEntry]) -> Context:
    """Who changed what when, newest first as given."""
    return {"entries": entries}


@register.inclusion_tag("ui/parts/key_values.html")
def key_values(lines: Sequence[KeyValue]) -> Context:
    """A fact sheet: name, value, source."""
    return {"lines": [(line, mark_safe(cells.cell(line.value))) for line in lines]}  # noqa: S308 -- escaped by cells


@register.inclusion_tag("ui/parts/empty.html")
def empty(state: EmptyState) -> Context:
    """What an empty place says and offers."""
    return {"state": state}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(path: Sequence[Crumb]) -> Context:
    """The region path; the last step is the current place."""
    return {"path": path}


@register.inclusion_tag("ui/parts/menu.html", takes_context=True)
def menu(context: template.RequestContext, items: Sequence[NavItem] | str) -> Context:
    """Navigation of public pages; the entry of the present path is marked."""
    return {"items": _marked(context, items or ())}


@register.inclusion_tag("ui/parts/rail.html", takes_context=True)
def rail(context: template.RequestContext, groups: Sequence[NavGroup] | str) -> Context:
    """Navigation of the office in groups; one entry of all of them is the current one."""
    shown = [group for group in groups if isinstance(group, NavGroup)]
    marks = dict(_marked(context, [item for group in shown for item in group.items]))
    return {"groups": [(group.label, [(item, marks[item]) for item in group.items]) for group in shown]}


def _marked(context: template.RequestContext, items: Sequence[NavItem] | str) -> list[tuple[NavItem, str]]:
    """Entries with their `aria-current`: the longest address that the present path begins with."""
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    known = [item for item in items if isinstance(item, NavItem)]
    fitting = [
        item.url for item in known if path == item.url or (item.url != "/" and path.startswith(_folder(item.url)))
    ]
    best = max(fitting, key=len, default=None)
    return [(item, "" if item.url != best else "page" if item.url == path else "true") for item in known]


def _folder(url: str) -> str:
    return url.split("?", 1)[0].rstrip("/") + "/"


@register.inclusion_tag("ui/parts/languages.html", takes_context=True)
def language_switch(context: template.RequestContext) -> Context:
    """The same page in the other language."""
    return {"links": languages.links(context.get("request"))}


FORMATS: dict[str, Callable[..., str]] = {
    "id_number": formats.number,  # 168.002; |id_number:1 fixes the places
    "rupiah": formats.rupiah,
    "rupiah_short": formats.rupiah_short,
    "percent": formats.percent,  # of a ratio
    "share_of": formats.share,  # |share_of:whole
    "change": formats.change,
    "id_date": formats.long_date,
    "id_date_short": formats.short_date,
    "id_month": formats.month,
    "wita": formats.moment,
    "bytes_size": formats.size,
    "duration": formats.duration,
}
for _name, _function in FORMATS.items():
    register.filter(_name, _function)


@register.filter
def ago(value: datetime | None) -> str:
    """`3 hari yang lalu`."""
    return formats.NONE if value is None else formats.ago(value, now=timezone.now())


@register.filter
def dash(value: object) -> object:
    """A dash where there is no value."""
    return formats.NONE if value is None or value == "" else value
