"""The fact sheet of a star."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.stars.models import Star
from lontar.stars.presenters.words import star_words
from lontar.ui import formats
from lontar.ui.presenters import KeyValue, Link


def star_facts(star: Star, day: date) -> list[KeyValue]:
    """The fact sheet of a star."""
    rows = [
        KeyValue(
            pgettext("satu", "Produk"), Link(star.product_name, reverse("office:product", args=[star.product_id]))
        ),
        KeyValue(_("Pembuat"), star.maker_name),
        KeyValue(_("Desa/kelurahan"), f"{star.village.name} ({star.village_id})"),
        KeyValue(pgettext("penilaian", "Bintang"), star_words(star.stars)),
        KeyValue(_("Rubrik"), f"{star.rubric_name} v{star.rubric_version}"),
        KeyValue(_("Ronde"), f"{star.round_name} ({star.year})"),
        KeyValue(_("Berlaku mulai"), star.valid_from),
        KeyValue(_("Berlaku sampai sebelum"), star.valid_until),
    ]
    if star.valid_from <= day < star.valid_until and star.ended_date is None:
        rows.append(KeyValue(_("Sisa masa berlaku"), _("%d hari") % (star.valid_until - day).days))
    if star.source:
        rows.append(KeyValue(_("Sumber"), star.source))
    if star.assessment_id:
        rows.append(
            KeyValue(_("Penilaian"), Link(star.round_name, reverse("stars:assessment", args=[star.assessment_id])))
        )
    if star.renews_id:
        rows.append(
            KeyValue(_("Memperbarui"), Link(_("bintang sebelumnya"), reverse("stars:star", args=[star.renews_id])))
        )
    if star.ended_date is not None:
        rows.append(KeyValue(_("Berakhir lebih awal"), f"{formats.long_date(star.ended_date)} – {star.end_words}"))
    if star.paper is not None:
        rows.append(
            KeyValue(_("Piagam"), Link(star.paper.number, reverse("documents:file", args=[star.paper.code, "pdf"])))
        )
        rows.append(KeyValue(_("Kode periksa"), Link(star.paper.code, f"/periksa/{star.paper.code}")))
    return rows
