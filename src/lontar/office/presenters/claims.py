"""Claims in words: what agencies say of a field, the list of disagreements, the authority table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lontar.access.states import AgencyKind
from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.queries.claims import Said, Told
from lontar.office.states import ListKey
from lontar.registry.models import Authority
from lontar.registry.states import EnterpriseStatus, Sex, Topic
from lontar.ui import formats

Line = Mapping[str, Any]
FIELDS = {
    "name": gettext_lazy("Nama usaha"),
    "village": gettext_lazy("Desa/kelurahan"),
    "owner": gettext_lazy("Pemilik"),
    "nib": gettext_lazy("NIB"),
    "npwp": gettext_lazy("NPWP"),
    "kbli": gettext_lazy("KBLI"),
    "main_product": gettext_lazy("Produk utama"),
    "commodity": gettext_lazy("Komoditas"),
    "start_year": gettext_lazy("Tahun mulai"),
    "workers": gettext_lazy("Tenaga kerja (dibayar; tidak dibayar)"),
    "annual_turnover": gettext_lazy("Omzet setahun"),
    "capital": gettext_lazy("Modal usaha"),
    "status": gettext_lazy("Status"),
    "point": gettext_lazy("Titik (lintang; bujur)"),
    "owner_name": gettext_lazy("Nama pemilik"),
    "sex": gettext_lazy("Jenis kelamin pemilik"),
    "birth_year": gettext_lazy("Tahun lahir pemilik"),
    "nik": gettext_lazy("NIK pemilik"),
    "phone": gettext_lazy("Nomor telepon pemilik"),
    "address": gettext_lazy("Alamat pemilik"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One agency's word: the value, by whom and when, the page of its list ("" where there is none), how to accept it."""

    value: str
    source: str
    source_url: str
    accept_url: str = ""


@dataclass(frozen=True, slots=True)
class FieldVoices:
    """A field: its label, the word in force with why it holds, the others, and how to take an acceptance back."""

    label: str
    in_force: Voice
    because: str
    others: tuple[Voice, ...]
    is_open: bool
    release_url: str = ""


@dataclass(frozen=True, slots=True)
class RankLine:
    """A row of the authority table."""

    topic: str
    topic_url: str
    kind: str
    rank: int
    start: str
    end: str
    source: str
    progress: str
    is_past: bool


def field_label(key: str) -> str:
    """What people call a field."""
    return str(FIELDS.get(key, key))


def field_choices() -> list[tuple[str, str]]:
    """Every field that agencies claim, for a list to choose from."""
    return [(key, str(label)) for key, label in FIELDS.items()]


def value_words(key: str, values: Sequence[Any]) -> str:
    """A claimed value in words; "–" for none."""
    shape = _SHAPES.get(key)
    if shape is not None:
        return "–" if values[0] is None else str(shape(values[0]))
    if key in ("workers", "point"):
        return "; ".join("–" if one is None else formats.number(one, 5 if key == "point" else 0) for one in values)
    if key == "kbli":
        return " ".join(str(one) if place == 0 else f"(KBLI {one})" for place, one in enumerate(values) if one)
    return "–" if values[0] is None else str(values[0])


_SHAPES: dict[str, Any] = {
    "annual_turnover": formats.rupiah,
    "capital": formats.rupiah,
    "status": lambda value: EnterpriseStatus(value).label,
    "sex": lambda value: Sex(value).label,
}


def _voice(told: Told, said: Said, *, accept: str = "") -> Voice:
    parts = [said.agency, formats.long_date(said.at)]
    if said.post:
        parts.append(said.post)
    if said.batch is not None:
        parts.append(said.file or _("kiriman %(number)s") % {"number": said.batch})
    if said.row is not None:
        parts.append(_("baris %(row)s") % {"row": formats.number(said.row)})
    url = reverse("intake:batch", args=[said.batch]) if said.batch is not None and said.file else ""
    return Voice(value_words(told.field, said.values), ", ".join(parts), url, accept)


def voices(found: Iterable[Told], pk: int, *, may_accept: bool) -> list[FieldVoices]:
    """The fields of the enterprise `pk` about which several agencies speak."""
    made = []
    for told in found:

        def accept(said: Said, told: Told = told) -> str:
            return reverse("office:claim_accept", args=[pk, told.field, said.claim]) if may_accept else ""

        acceptance = told.acceptance
        made.append(
            FieldVoices(
                label=field_label(told.field),
                in_force=_voice(told, told.in_force, accept=accept(told.in_force) if told.is_open else ""),
                because=_because(told),
                others=tuple(
                    _voice(told, one, accept=accept(one) if one.values != told.in_force.values else "")
                    for one in told.others
                ),
                is_open=told.is_open,
                release_url=reverse("office:claim_release", args=[acceptance.pk]) if acceptance and may_accept else "",
            )
        )
    return made


def _because(told: Told) -> str:
    if told.acceptance is not None:
        return _("Diterima %(day)s oleh %(post)s: %(reason)s") % {
            "day": formats.long_date(told.acceptance.decided_at),
            "post": told.acceptance.post.title,
            "reason": told.acceptance.reason,
        }
    return _("Berlaku menurut kewenangan atas %(topic)s.") % {"topic": str(Topic(told.topic).label).lower()}


def sheet() -> Sheet[Line]:
    """The columns of the list of disagreements."""
    columns: list[Col[Line]] = [
        Col("usaha", _("Usaha"), lambda row: row["name"] or "–"),
        Col("tentang", _("Tentang"), lambda row: _("Pemilik") if row["is_owner"] else _("Usaha"), start=False),
        Col("isian", _("Isian yang berbeda"), lambda row: ", ".join(map(field_label, row["fields"])), sort="number"),
        Col("instansi", _("Instansi yang berbeda"), lambda row: row["agencies"]),
        Col("desa", _("Desa/kelurahan"), lambda row: row["village_name"], sort="village"),
        Col("kecamatan", _("Kecamatan"), lambda row: row["district_name"], start=False),
        Col("kabupaten", _("Kabupaten/kota"), lambda row: row["regency_name"]),
        Col("kode", _("Kode desa"), lambda row: row["village_code"], start=False),
        Col("sejak", _("Sejak"), lambda row: row["since"], kind="date", sort="since"),
    ]
    return Sheet(
        ListKey.DISAGREEMENTS,
        _("Perbedaan antarinstansi"),
        pgettext("antarinstansi", "perbedaan"),
        columns,
        first_sort="desa",
    )


def link_of(row: Line) -> tuple[str, str]:
    """Key of a disagreement and the page of its enterprise."""
    url = f"{reverse('office:enterprise', args=[row['enterprise']])}#klaim" if row["enterprise"] else ""
    return str(row["id"]), url


def rank_lines(rows: Iterable[Authority], day: date) -> list[RankLine]:
    """The authority table in words; what no longer holds on `day` is marked as past."""
    return [
        RankLine(
            topic=str(Topic(one.topic).label),
            topic_url=reverse("office:authority", args=[one.topic]),
            kind=str(AgencyKind(one.agency_kind).label),
            rank=one.rank,
            start=formats.long_date(one.valid_from),
            end=formats.long_date(one.valid_until) if one.valid_until else "",
            source=one.source,
            progress=_progress(one, day),
            is_past=one.valid_until is not None and one.valid_until <= day,
        )
        for one in rows
    ]


def _progress(one: Authority, day: date) -> str:
    if one.settled_at is not None:
        return ""
    if one.valid_from > day:
        return _("Nilai disesuaikan pada hari itu.")
    return _("Nilai sedang disesuaikan: %(done)s dari %(total)s catatan.") % {
        "done": formats.number(one.rows_done),
        "total": formats.number(one.rows_total) if one.rows_total else "…",
    }
