"""The calculator as shown: what a kilogram is worth at each step, what of it stays, line by line, and a month's harvest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from lontar.engines.economy import Chain, Kept, Level, Part, Place, ValueAdded, chain
from lontar.ui import formats
from lontar.ui.charts import Frame, StackedShare
from lontar.ui.presenters import Figure
from lontar.value.forms import ChainForm
from lontar.value.presenters import place_words, quarter_words
from lontar.value.queries import provisional
from lontar.value.queries.prefill import Prefill
from lontar.value.rules.assumptions import conversion_key
from lontar.value.states import Level as Where
from lontar.value.states import Step

_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the reckoning: what, how much, and how it came about."""

    label: str
    amount: str
    how: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step: its price, its worth per unit of raw material, its lines, and what stays in the village."""

    title: str
    price: str
    worth: str
    stays: str
    lines: tuple[Line, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The whole answer."""

    headline: str
    figures: tuple[Figure, ...]
    steps: tuple[StepWords, ...]
    places: tuple[tuple[str, ...], ...]
    month: str
    sources: tuple[str, ...]
    share_text: str


def rupiah(amount: Decimal) -> str:
    """Whole rupiah."""
    return formats.rupiah(amount.quantize(_WHOLE))


def told_by(form: ChainForm, found: Prefill) -> Chain:
    """The chain of a filled form. Raises `TableInvalid` for numbers that cannot be."""
    given = form.cleaned_data
    return chain(
        price_raw=given["mentah"], price_processed=given["olahan"], price_packed=given["kemasan"], recipe=form.recipe(),
        spreads=form.spreads(found),
    )  # fmt: skip


def reckoned(form: ChainForm, found: Prefill, told: Chain) -> Reckoned:
    """The answer to a filled form."""
    given = form.cleaned_data
    unit, stays, raw = found.chain.unit, told.packed_kept.within(Place.VILLAGE), told.raw.within(Place.VILLAGE)
    headline = _(
        "Dari satu %(unit)s %(name)s, %(stays)s tinggal di desa bila diolah dan dikemas; dijual mentah hanya %(raw)s."
    )
    if stays <= raw:
        headline = _(
            "Dengan angka ini, mengolah dan mengemas satu %(unit)s %(name)s menyisakan %(stays)s di desa, tidak lebih dari "
            "%(raw)s bila dijual mentah. Periksa harga dan biayanya."
        )
    words = {"unit": unit, "name": found.name.lower(), "stays": rupiah(stays), "raw": rupiah(raw)}
    month = given["panen"] * (stays - raw)
    return Reckoned(
        headline=headline % words,
        figures=(
            Figure(_("Tinggal di desa"), rupiah(stays), _("per %(unit)s bahan mentah") % {"unit": unit}, key=True),
            Figure(_("Tinggal di kabupaten"), rupiah(told.packed_kept.within(Place.REGENCY)), note=_("desa ikut dihitung")),
            Figure(_("Tinggal di NTT"), rupiah(told.packed_kept.within(Place.NTT)), note=_("kabupaten ikut dihitung")),
            Figure(_("Tambahan bagi desa dari panen sebulan"), rupiah(month), note=_("dibanding dijual mentah")),
        ),
        steps=_steps(form, told, unit),
        places=_places(told),
        month=_("Panen sebulan %(harvest)s %(unit)s × (%(stays)s − %(raw)s) = %(month)s")
        % {**words, "harvest": formats.number(given["panen"]), "month": rupiah(month)},
        sources=sources(found),
        share_text=headline % words,
    )  # fmt: skip


def _steps(form: ChainForm, told: Chain, unit: str) -> tuple[StepWords, ...]:
    given = form.cleaned_data
    raw = StepWords(
        _("Dijual mentah"),
        rupiah(given["mentah"]),
        rupiah(told.raw.output),
        rupiah(told.raw.within(Place.VILLAGE)),
        (),
        "",
    )
    processed = _step(_("Diolah"), given["olahan"], told.processed, told.processed_kept, form, unit, packed=0)
    packed = _step(_("Diolah dan dikemas"), given["kemasan"], told.packed, told.packed_kept, form, unit, packed=1)
    return raw, processed, packed


def _step(
    title: str, price: Decimal, found: ValueAdded, held: Kept, form: ChainForm, unit: str, *, packed: int
) -> StepWords:
    given = form.cleaned_data
    others = _("%(first)s mengolah") % {"first": rupiah(given["biaya_olah"])}
    if packed:
        others = _("%(first)s mengolah + %(second)s mengemas") % {
            "first": rupiah(given["biaya_olah"]), "second": rupiah(given["biaya_kemas"]),
        }  # fmt: skip
    days = given["hari"] if packed else given["hari"] * 2 / 3
    lines = (
        Line(_("Nilai jual"), rupiah(found.output),
             _("%(jadi)s × %(price)s") % {"jadi": formats.number(given["jadi"]), "price": rupiah(price)}),
        Line(_("Bahan mentah"), f"− {rupiah(found.raw)}", _("1 %(unit)s bahan mentah") % {"unit": unit}),
        Line(_("Biaya lain"), f"− {rupiah(found.others)}", others),
        Line(_("Nilai tambah"), rupiah(found.added),
             _("%(share)s dari nilai jual") % {"share": formats.percent(found.ratio, 1)}, is_sum=True),
        Line(_("di antaranya upah"), rupiah(found.labour),
             _("%(days)s hari × %(wage)s untuk 100 %(unit)s") % {
                 "days": formats.number(days, 1), "wage": rupiah(given["upah"]), "unit": unit}),
        Line(_("di antaranya sisa bagi pemilik"), rupiah(found.profit), _("nilai tambah − upah")),
    )  # fmt: skip
    levels = {
        Level.LOW: _("rendah: di bawah 15 %"), Level.MEDIUM: _("sedang: 15 sampai 40 %"), Level.HIGH: _("tinggi: di atas 40 %"),
    }  # fmt: skip
    return StepWords(
        title, rupiah(price), rupiah(found.output), rupiah(held.within(Place.VILLAGE)), lines, levels[found.level]
    )


def _places(told: Chain) -> tuple[tuple[str, ...], ...]:
    """Rows of a table: place, sold raw, processed, packed; and their sum."""
    kinds = (told.raw, told.processed_kept, told.packed_kept)
    words = place_words()
    rows = [(words[place], *(rupiah(one.place(place)) for one in kinds)) for place in Place]
    return (*rows, (_("Jumlah"), *(rupiah(one.output) for one in kinds)))


def picture(told: Chain) -> StackedShare | None:
    """Where the money goes at each step, as shares; None where a loss makes shares meaningless."""
    kinds = {_("Mentah"): told.raw, _("Diolah"): told.processed_kept, _("Dikemas"): told.packed_kept}
    if any(one.place(place) < 0 for one in kinds.values() for place in Place) or told.packed_kept.part(Part.MARGIN) < 0:
        return None
    words = place_words()
    return StackedShare(
        Frame(_("Ke mana uangnya pergi?"), _("angka pada formulir ini"), level=2),
        [words[place] for place in Place],
        [(name, [round(one.place(place)) for place in Place]) for name, one in kinds.items()],
        head=_("Dijual"),
    )


def sources(found: Prefill) -> tuple[str, ...]:
    """Where the numbers that the form began with come from, one sentence each."""
    lines = []
    steps = {Step.RAW: _("Harga mentah"), Step.PROCESSED: _("Harga olahan"), Step.PACKED: _("Harga kemasan")}
    levels = {Where.VILLAGE: _("desa ini"), Where.REGENCY: _("kabupaten/kota"), Where.PROVINCE: _("provinsi")}
    quarter = quarter_words(found.quarter, is_provisional=bool(provisional([found.quarter] if found.quarter else [])))
    for step, label in steps.items():
        one = found.chain.of(step)
        if one is None:
            lines.append(_("%(what)s: belum ada laporan; isi sendiri.") % {"what": label})
            continue
        where = {"what": label, "n": one.n, "place": levels[Where(one.level)], "quarter": quarter}
        if one.is_listed:
            lines.append(_("%(what)s: harga tengah %(n)s produk terdaftar, %(place)s; bukan dari laporan.") % where)
        else:
            lines.append(
                _("%(what)s: harga tengah laporan %(n)s pelaku usaha, %(place)s, triwulan %(quarter)s.") % where
            )
    if found.harvest:
        lines.append(
            _("Panen: potensi desa tahun %(year)s, dibagi rata %(months)s bulan panen.")
            % {"year": found.harvest.year, "months": found.harvest.months}
        )
    if not found.has_conversion:
        lines.append(_("Susut komoditas ini belum ditetapkan: dihitung 1 menjadi 1. Ubah bila menyusut saat diolah."))
    return (*lines, *_assumed(found))


def _assumed(found: Prefill) -> list[str]:
    keys = (
        "value.wage", "value.days", "value.others.processing", "value.others.packing", "value.others.regency",
        "value.material.village", "value.labour.village", "value.margin.village",
    )  # fmt: skip
    told = [(found.parameters[key].label, found.parameters[key]) for key in keys if key in found.parameters]
    own = found.parameters.get(conversion_key(found.commodity))
    if own is not None:
        told.insert(0, (_("Faktor olah"), own))
    return [f"{label}: {formats.number(one.number)} {one.unit}. {one.source}." for label, one in told]
