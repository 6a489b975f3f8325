"""The table twin of the map: the villages with the value of the chosen layer, sorted and filtered by the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.engines.regions import plain_key
from lontar.portal.presenters.layers import Choice, Shown
from lontar.portal.presenters.words import place_url, short
from lontar.portal.queries.layers import Dot
from lontar.registry.presenters import titled
from lontar.ui import formats
from lontar.ui.charts import Sheet
from lontar.ui.presenters import Chip, Column, EmptyState, Export, Link, Pager, Query, Row, Table

SIZES = (25, 50, 100)


class TableFilter(forms.Form):
    """Layer, region and part of a name, all in the address."""

    lapis = forms.ChoiceField(label=gettext_lazy("Yang ditampilkan"), required=False)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    nama = forms.CharField(label=gettext_lazy("Nama desa/kelurahan"), required=False, max_length=60)

    def __init__(
        self, data: object, *, choices: Sequence[Choice], places: Sequence[tuple[str, str]], everywhere: str
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query of a request
        groups: dict[str, list[tuple[str, str]]] = {}
        for choice in choices:
            groups.setdefault(choice.group, []).append((choice.key, choice.label))
        self.fields["lapis"].choices = list(groups.items())  # type: ignore[attr-defined]  # a choice field
        self.fields["wilayah"].choices = [("", everywhere), *places]  # type: ignore[attr-defined]  # the same


@dataclass(frozen=True, slots=True)
class Line:
    """A village of the table; `rank` among all villages of the map, equal values sharing, None without a value."""

    dot: Dot
    value: float | str | None
    rank: int | None


def lines(dots: Sequence[Dot], layer: Shown, *, name: str) -> list[Line]:
    """Villages whose name holds `name`, ranked by the layer among all `dots`."""
    numbers = sorted((v for v in layer.values.values() if isinstance(v, float)), reverse=True)
    ranks: dict[float, int] = {}
    for place, number in enumerate(numbers, 1):
        ranks.setdefault(number, place)
    wanted = plain_key(name)
    kept = [dot for dot in dots if not wanted or wanted in plain_key(dot.name)]
    return [_line(dot, layer.values.get(dot.code), ranks=ranks) for dot in kept]


def _line(dot: Dot, value: float | str | None, *, ranks: dict[float, int]) -> Line:
    return Line(dot, value, ranks.get(value) if isinstance(value, float) else None)


def ordered(found: Sequence[Line], order: str, *, layer: Shown) -> list[Line]:
    """Sorted by a column key, `-` before it for falling; villages without a value stay last."""
    if order.lstrip("-") == "nilai":
        words = {label: place for place, _css, label in layer.class_labels}
        known = [line for line in found if line.value is not None]
        known.sort(key=lambda line: _rank_of(line.value, words), reverse=order.startswith("-"))
        return [*known, *(line for line in found if line.value is None)]
    columns = {
        "nama": lambda line: line.dot.name.casefold(),
        "kode": lambda line: line.dot.code,
        "kecamatan": lambda line: line.dot.district.casefold(),
        "kabupaten": lambda line: line.dot.regency.casefold(),
    }
    return sorted(found, key=columns.get(order.lstrip("-"), columns["kode"]), reverse=order.startswith("-"))


def _rank_of(value: float | str | None, words: dict[str, int]) -> tuple[float, str]:
    if isinstance(value, float):
        return value, ""
    return float(words.get(str(value).capitalize(), words.get(str(value), 0))), str(value)


def said(value: float | str | None, layer: Shown) -> object:
    """A value in a cell."""
    if value is None or isinstance(value, str):
        return value.capitalize() if value and value.isupper() else value
    return formats.number(value, layer.decimals)


def table(
    found: Sequence[Line],
    layer: Shown,
    *,
    query: Query,
    page: int,
    size: int,
    chips: Sequence[Chip],
    exports: Sequence[Export],
) -> Table:
    """One page of the lines, which are sorted already."""
    unit = f" ({layer.unit})" if layer.unit else ""
    columns = [
        Column("nama", _("Desa/kelurahan"), sortable=True),
        Column("nilai", f"{layer.label}{unit}", numeric=not layer.is_word, sortable=True),
        *([] if layer.is_word else [Column("peringkat", _("Peringkat"), numeric=True)]),
        Column("kecamatan", _("Kecamatan"), sortable=True),
        Column("kabupaten", _("Kabupaten/kota"), sortable=True),
        Column("kode", _("Kode"), sortable=True),
    ]
    rows = [_row(line, layer) for line in found[(page - 1) * size : page * size]]
    return Table(
        caption=layer.question,
        columns=columns,
        rows=rows,
        pager=Pager(query, len(found), page, size),
        noun=_("desa/kelurahan"),
        sort=query.get("urut", "kode"),
        chips=chips,
        exports=exports,
        empty=EmptyState(
            _("Tidak ada desa yang cocok."),
            _("Periksa ejaan nama, atau perluas wilayahnya."),
            Link(_("Hapus saringan"), query.but({"nama": "", "wilayah": ""})),
        ),
        sizes=SIZES,
    )


def _row(line: Line, layer: Shown) -> Row:
    dot = line.dot
    rank: list[object] = [] if layer.is_word else [line.rank]
    cells = [titled(dot.name, dot.kind), said(line.value, layer), *rank, dot.district, short(dot.regency), dot.code]
    return Row(cells, url=place_url(dot.code))


def sheet(found: Sequence[Line], layer: Shown) -> Sheet:
    """The whole table to take away; keys in English, as in the API."""
    heads = ["code", "name", "kind", "district", "regency", "lat", "lon", "point_quality", layer.key, "rank"]
    rows = [
        [
            line.dot.code, line.dot.name, line.dot.kind, line.dot.district, line.dot.regency,
            line.dot.lat, line.dot.lon, line.dot.quality, line.value, line.rank,
        ]
        for line in found
    ]  # fmt: skip
    return Sheet(heads, rows)
