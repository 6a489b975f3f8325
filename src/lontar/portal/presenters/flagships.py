"""Decreed flagships for the public: the list with its filter, the map of villages, schools and communities, a village's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lontar.designation.queries.flagships import COLUMNS, FlagshipFilter, PublicFlagship
from lontar.registry.rules import public_text
from lontar.selection.states import UnitKind
from lontar.ui import formats
from lontar.ui.charts import Frame, Sheet
from lontar.ui.maps import Categories, Point, PointMap
from lontar.ui.presenters import Chip, Column, EmptyState, Export, Link, Pager, Query, Row, Table

SIZE = 50


class FlagshipListFilter(forms.Form):
    """Kabupaten/kota, kind of unit and commodity, all in the address."""

    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"), required=False)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis unit"), required=False)
    komoditas = forms.ChoiceField(label=gettext_lazy("Komoditas"), required=False)

    def __init__(
        self, data: object, *, places: Sequence[tuple[str, str]], commodities: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query of a request
        everything = ("", _("Semua"))
        self.fields["wilayah"].choices = [everything, *places]  # type: ignore[attr-defined]  # a choice field
        self.fields["jenis"].choices = [everything, *UnitKind.choices]  # type: ignore[attr-defined]  # the same
        self.fields["komoditas"].choices = [everything, *commodities]  # type: ignore[attr-defined]  # the same
        self.is_valid()

    def value(self, name: str) -> str:
        """What is filtered by; "" for nothing, and for what the form does not offer."""
        return str(self.cleaned_data.get(name, ""))

    def asked(self, day: date) -> FlagshipFilter:
        """The flagships that the filter asks for."""
        return FlagshipFilter(
            day, region=self.value("wilayah"), kind=self.value("jenis"), commodity=self.value("komoditas")
        )

    def chips(self, query: Query) -> list[Chip]:
        """What is filtered, each with the address without it."""
        found = []
        for name, field in self.fields.items():
            if value := self.value(name):
                labels = dict(getattr(field, "choices", ()))
                found.append(Chip(f"{field.label}: {labels.get(value, value)}", query.without(name)))
        return found


def decree_link(one: PublicFlagship) -> Link:
    """The decree by its number, with the page where it is checked."""
    return Link(one.decree, reverse("portal:check", args=[one.check_code]), "shield")


def table(rows: Sequence[PublicFlagship], pager: Pager, *, chips: Sequence[Chip]) -> Table:
    """The list."""
    query = pager.query
    csv_query = query.but({}).partition("?")[2]
    csv_url = reverse("portal:flagships_csv") + (f"?{csv_query}" if csv_query else "")
    return Table(
        caption=_("Produk unggulan yang ditetapkan"),
        columns=[
            Column("produk", _("Produk unggulan")),
            Column("unit", _("Unit")),
            Column("desa", _("Desa/kelurahan")),
            Column("kabupaten", _("Kabupaten/kota")),
            Column("komoditas", _("Komoditas")),
            Column("sentra", _("Sentra")),
            Column("mulai", _("Berlaku mulai")),
            Column("keputusan", _("Keputusan")),
        ],
        rows=[
            Row(
                [
                    public_text(one.product),
                    f"{UnitKind(one.kind).label}: {public_text(one.unit)}",
                    f"{one.village}, {one.district}",
                    one.regency,
                    one.commodity,
                    one.cluster,
                    one.valid_from,
                    decree_link(one),
                ],
                url=reverse("portal:village", args=[one.village_code]),
            )
            for one in rows
        ],
        pager=pager,
        noun=pgettext("hitungan", "produk unggulan"),
        chips=chips,
        exports=[Export("CSV", csv_url)],
        empty=EmptyState(
            _("Belum ada produk unggulan yang ditetapkan di sini."),
            _("Longgarkan saringan, atau lihat seluruh provinsi."),
        ),
        sizes=(SIZE,),
    )


def picture(rows: Sequence[PublicFlagship], *, csv_url: str) -> SafeString | None:
    """The map; None where no unit has a point."""
    points = [
        Point(one.village_code, one.lat, one.lon, one.kind)
        for one in rows
        if one.lat is not None and one.lon is not None
    ]
    if not points:
        return None
    scale = Categories([(kind, str(UnitKind(kind).label)) for kind in UnitKind.values])
    frame = Frame(
        _("Di mana produk unggulan sudah ditetapkan?"),
        _("Keputusan yang berlaku, Registri Lontar"),
        n=len(rows),
        noun=pgettext("hitungan", "produk unggulan"),
        note=_("Sekolah dan komunitas digambar pada titik desanya."),
        csv_url=csv_url,
        level=2,
    )
    return PointMap(frame, points, scale, key="unggulan").render()


def sheet(rows: Sequence[PublicFlagship]) -> Sheet:
    """Every flagship by the columns of the open data."""
    return Sheet(list(COLUMNS), [[_plain(getattr(one, name)) for name in COLUMNS] for one in rows])


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) else None


@dataclass(frozen=True, slots=True)
class VillageFlagship:
    """A flagship on the page of its village."""

    what: str
    unit: str
    since: str
    decree: Link


def of_village(rows: Sequence[PublicFlagship]) -> list[VillageFlagship]:
    """What the village, its schools and its communities have decreed."""
    return [
        VillageFlagship(
            public_text(one.product),
            f"{UnitKind(one.kind).label} {public_text(one.unit)}",
            formats.long_date(one.valid_from),
            decree_link(one),
        )
        for one in sorted(rows, key=lambda one: (one.kind != UnitKind.VILLAGE, one.kind, one.unit))
    ]
