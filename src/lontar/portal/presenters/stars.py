"""Stars for the public: the list with its filter, and the lines on the page of a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from lontar.registry.models import Region
from lontar.registry.rules import public_text
from lontar.stars.models import Star
from lontar.stars.presenters.words import standing_badge, star_words
from lontar.stars.queries.stars import first_notice, list_stars, rubric_choices, standing_of
from lontar.stars.states import Stars, StarStanding
from lontar.ui import formats
from lontar.ui.charts import Sheet
from lontar.ui.presenters import Chip, Column, EmptyState, Export, Link, Pager, Query, Row, Status, Table

SIZE = 50
HEADS = ("product", "maker", "village_code", "village", "stars", "rubric", "rubric_version", "round", "year", "valid_from",
         "valid_until", "standing", "certificate")  # fmt: skip


class StarList(forms.Form):
    """What is listed; at first the stars in force."""

    q = forms.CharField(label=gettext_lazy("Produk atau pembuat"), required=False, max_length=60)
    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"), required=False)
    bintang = forms.ChoiceField(label=pgettext_lazy("penilaian", "Bintang"), required=False)
    rubrik = forms.ChoiceField(label=gettext_lazy("Rubrik"), required=False)
    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False)

    def __init__(self, data: Any, *, day: date) -> None:
        super().__init__(data)
        regencies = Region.objects.filter(level="regency", valid_until__isnull=True).order_by("name")
        every = ("", _("Semua"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "wilayah": [every, *regencies.values_list("code", "name")],
            "bintang": [every, *((str(value), label) for value, label in Stars.choices)],
            "rubrik": [every, *rubric_choices()],
            "keadaan": [("", _("Berlaku")), ("semua", _("Semua")), *StarStanding.choices[1:]],
        }
        for name, kinds in choices.items():
            self.fields[name].choices = kinds  # type: ignore[attr-defined]  # ChoiceField
        self.is_valid()
        self.day = day

    def value(self, name: str) -> str:
        """The value where it is right, else ""."""
        return str(self.cleaned_data.get(name) or "")

    def rows(self) -> QuerySet[Star]:
        """The stars asked for, the highest first."""
        standing = {"": StarStanding.IN_FORCE.value, "semua": ""}.get(self.value("keadaan"), self.value("keadaan"))
        rows = list_stars(
            self.value("wilayah"), self.day, standing=standing, stars=int(self.value("bintang") or 0),
            rubric=self.value("rubrik"), text=self.value("q"),
        )  # fmt: skip
        return rows.select_related("village", "paper").order_by("-stars", "product_name", "pk")


def table(form: StarList, query: Query, day: date) -> Table:
    """One page of the list."""
    rows = form.rows()
    count, asked = rows.count(), query.get("hal", "1")
    pages = max(1, -(-count // SIZE))
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 7 else 1, 1), pages)
    notice = first_notice(day)
    csv = Query(reverse("portal:stars_csv"), query.pairs).but({})
    return Table(
        caption=_("Produk berbintang"),
        columns=[
            Column("produk", pgettext("satu", "Produk")),
            Column("bintang", pgettext("penilaian", "Bintang")),
            Column("pembuat", _("Pembuat")),
            Column("desa", _("Desa/kelurahan")),
            Column("rubrik", _("Rubrik dan ronde")),
            Column("keadaan", _("Keadaan")),
            Column("sampai", _("Berlaku sampai sebelum")),
            Column("periksa", _("Piagam")),
        ],
        rows=[
            Row(
                [
                    public_text(one.product_name),
                    star_words(one.stars),
                    public_text(one.maker_name),
                    Link(one.village.name, reverse("portal:village", args=[one.village_id])),
                    f"{one.rubric_name} v{one.rubric_version}, {one.year}",
                    standing_badge(standing_of(one, day, notice=notice)),
                    one.valid_until,
                    Link(one.paper.number, f"/periksa/{one.paper.code}") if one.paper else None,
                ],
                url=reverse("portal:product", args=[one.product_id]),
            )
            for one in rows[(page - 1) * SIZE : page * SIZE]
        ],
        pager=Pager(query, count, page, SIZE),
        noun=pgettext("penilaian", "bintang"),
        chips=[
            Chip(f"{form.fields[name].label}: {_said(form, name)}", query.without(name))
            for name in form.fields
            if form.value(name)
        ],
        exports=[Export("CSV", csv, _("saringan seperti di layar"))] if count else (),
        empty=EmptyState(_("Belum ada produk berbintang yang cocok."), _("Longgarkan saringan.")),
        sizes=(),
    )  # fmt: skip


def _said(form: StarList, name: str) -> str:
    value = form.value(name)
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value))


def sheet(form: StarList, day: date) -> Sheet:
    """The whole list for machines."""
    notice = first_notice(day)
    return Sheet(
        list(HEADS),
        [
            [
                public_text(one.product_name), public_text(one.maker_name), one.village_id, one.village.name, one.stars,
                one.rubric_name, one.rubric_version, one.round_name, one.year, one.valid_from.isoformat(),
                one.valid_until.isoformat(), standing_of(one, day, notice=notice).value,
                one.paper.number if one.paper else "",
            ]
            for one in form.rows()
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StarLine:
    """A star on the page of its product."""

    words: str
    status: Status
    about: str
    until: str
    paper: Link | None
    reason: str


def star_lines(product_id: int, day: date) -> Sequence[StarLine]:
    """Every star of the product, newest first: rubric, round, validity, the certificate's check page."""
    notice = first_notice(day)
    rows = Star.objects.filter(product_id=product_id).select_related("paper").order_by("-valid_from", "-pk")
    return [
        StarLine(
            words=star_words(one.stars) or "",
            status=standing_badge(standing_of(one, day, notice=notice)),
            about=f"{one.rubric_name} v{one.rubric_version}, {one.round_name} ({one.year})",
            until=_("berlaku %(start)s sampai sebelum %(end)s") % {
                "start": formats.long_date(one.valid_from), "end": formats.long_date(one.valid_until),
            },
            paper=Link(one.paper.number, f"/periksa/{one.paper.code}") if one.paper else None,
            reason=public_text(one.end_words) if one.end_reason == "withdrawn" else one.source,
        )
        for one in rows
    ]  # fmt: skip
