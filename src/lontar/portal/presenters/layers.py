"""The layers of the map: their names, questions, notes and classes. Values come from `lontar.portal.queries.layers`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lontar.portal.presenters.words import named, sourced
from lontar.portal.queries import layers as queries
from lontar.ui.maps import Categories, Classes

COMMODITY = "komoditas-"
ATTRIBUTE = "atribut-"
FIRST = "usaha"
_STATUSES = ("SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI")


class Ranked(Categories):
    """Categories in a natural order, coloured along the ramp instead of apart."""

    def css(self, place: int) -> str:
        """Steps 1 to 7 of the ramp, spread evenly."""
        return "r0" if place == 0 else f"r{1 + round((place - 1) * 6 / max(1, self.size - 1))}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A layer that can be chosen; `villages` have a value (None: not counted ahead)."""

    key: str
    label: str
    group: str
    villages: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A layer ready to be drawn: its words, its values by village code, and the classes that colour them."""

    key: str
    label: str
    question: str
    note: str
    unit: str
    decimals: int
    source: str
    values: queries.Values
    scale: Classes | Categories

    @property
    def is_word(self) -> bool:
        """Whether the values are words."""
        return isinstance(self.scale, Categories)

    @property
    def class_labels(self) -> Sequence[tuple[int, str, str]]:
        """Number, style class and words of every class, low to high."""
        return [(place, self.scale.css(place), self.scale.label(place)) for place in range(1, self.scale.size + 1)]


@dataclass(frozen=True, slots=True)
class _Kind:
    label: Callable[[], str]
    question: Callable[[], str]
    note: Callable[[], str]
    unit: Callable[[], str]
    decimals: int = 0


_FIXED: dict[str, _Kind] = {
    "usaha": _Kind(
        lambda: _("Usaha terdaftar"),
        lambda: _("Di mana usaha mikro dan kecil sudah terdaftar?"),
        lambda: _("Usaha yang tidak tutup. Desa tanpa warna belum memiliki usaha terdaftar; bisa jadi belum didata."),
        lambda: _("usaha"),
    ),
    "terverifikasi": _Kind(
        lambda: _("Usaha terverifikasi"),
        lambda: _("Di mana usaha terdaftar sudah diverifikasi?"),
        lambda: _("Bagian usaha terdaftar yang keberadaannya sudah diperiksa petugas."),
        lambda: "%",
        1,
    ),
    "cakupan": _Kind(
        lambda: _("Cakupan terhadap angka resmi"),
        lambda: _("Seberapa lengkap daftar usaha dibanding angka resmi kabupaten/kota?"),
        lambda: _("Angka resmi hanya ada per kabupaten/kota, jadi semua desa di satu kabupaten/kota berwarna sama."),
        lambda: "%",
        1,
    ),
    "potensi": _Kind(
        lambda: _("Ragam komoditas"),
        lambda: _("Berapa macam komoditas tercatat di setiap desa?"),
        lambda: _("Jumlah komoditas yang pernah dicatat, semua tahun."),
        lambda: _("komoditas"),
    ),
    "produk": _Kind(
        lambda: _("Produk"),
        lambda: _("Di mana produk desa sudah tercatat?"),
        lambda: _("Semua tahap: mentah, olahan, dan kemasan."),
        lambda: _("produk"),
    ),
    "kemasan": _Kind(
        lambda: _("Produk kemasan"),
        lambda: _("Di mana hasil desa sudah dikemas?"),
        lambda: _("Hanya produk pada tahap kemasan."),
        lambda: _("produk"),
    ),
    "izin": _Kind(
        lambda: _("Izin dan sertifikat berlaku"),
        lambda: _("Di mana izin dan sertifikat masih berlaku?"),
        lambda: _("Semua jenis izin dan sertifikat yang tercatat dan belum lewat masa berlakunya."),
        lambda: _("izin"),
    ),
}


def attribute_label(key: str) -> str:
    """The name of a village attribute; an unknown one by its own key, readable."""
    known = {
        "idm": _("Indeks Desa Membangun (IDM)"),
        "iks": _("Indeks Ketahanan Sosial (IKS)"),
        "ike": _("Indeks Ketahanan Ekonomi (IKE)"),
        "ikl": _("Indeks Ketahanan Lingkungan (IKL)"),
        "status": _("Status desa menurut IDM"),
        "idm_status": _("Status desa menurut IDM"),
    }
    return known.get(key, key.replace("_", " ").capitalize())


def choices(within: str) -> list[Choice]:
    """Every layer that has data at or beneath `within`, in groups: enterprises, goods, indices, commodities."""
    groups = {"usaha": _("Usaha"), "terverifikasi": _("Usaha"), "cakupan": _("Usaha")}
    found = [Choice(key, kind.label(), groups.get(key, _("Hasil desa"))) for key, kind in _FIXED.items()]
    for one in queries.attribute_keys(within):
        found.append(Choice(ATTRIBUTE + one.key, attribute_label(one.key), _("Indeks"), one.villages))
    for crop in queries.commodity_keys(within):
        found.append(Choice(COMMODITY + crop.code, named(crop.name, crop.name_en), _("Komoditas"), crop.villages))
    return found


def shown(key: str, within: str, *, day: date) -> Shown | None:
    """The layer `key` at or beneath `within` on `day`; None when there is no such layer."""
    if key in _FIXED:
        return _fixed(key, within, day=day)
    if key.startswith(COMMODITY):
        return _commodity(key, within)
    return _attribute(key, within) if key.startswith(ATTRIBUTE) else None


def first(within: str, *, day: date) -> Shown:
    """The layer that is shown unless another is asked for."""
    return _fixed(FIRST, within, day=day)


def _fixed(key: str, within: str, *, day: date) -> Shown:
    kind = _FIXED[key]
    if key == "usaha":
        layer = queries.registered_layer(within)
    elif key == "terverifikasi":
        layer = queries.verified_layer(within)
    elif key == "cakupan":
        layer = queries.coverage_layer(within)
    else:
        layer = queries.record_layer(key, within, day=day)
    return Shown(
        key=key,
        label=kind.label(),
        question=kind.question(),
        note=kind.note(),
        unit=kind.unit(),
        decimals=kind.decimals,
        source=sourced(layer.sources or [_("Registri Lontar")], layer.as_of),
        values=layer.values,
        scale=_percent(layer.values) if kind.decimals else _counted(layer.values, kind.unit()),
    )


def _commodity(key: str, within: str) -> Shown | None:
    code = key.removeprefix(COMMODITY)
    name = next((named(one.name, one.name_en) for one in queries.commodity_keys(within) if one.code == code), "")
    layer = queries.commodity_layer(code, within)
    if layer is None or not name:
        return None
    unit = layer.unit
    return Shown(
        key=key,
        label=name,
        question=_("Di mana %s dihasilkan?") % name.lower(),
        note=_("Produksi setahun dalam %(unit)s, pada tahun data terbaru setiap desa.") % {"unit": unit},
        unit=unit,
        decimals=0,
        source=sourced(layer.sources, layer.as_of),
        values=layer.values,
        scale=_counted(layer.values, unit),
    )


def _attribute(key: str, within: str) -> Shown | None:
    name = key.removeprefix(ATTRIBUTE)
    layer = queries.attribute_layer(name, within)
    if layer is None:
        return None
    words = {value for value in layer.values.values() if isinstance(value, str)}
    return Shown(
        key=key,
        label=attribute_label(name),
        question=_("%s: bagaimana setiap desa?") % attribute_label(name),
        note=_("Nilai sebagaimana ditetapkan sumbernya, tidak dihitung ulang."),
        unit="",
        decimals=3,
        source=sourced(layer.sources, None if any(str(layer.as_of)[:4] in s for s in layer.sources) else layer.as_of),
        values=layer.values,
        scale=_worded(words) if words else Classes.of(layer.values.values(), natural=True, decimals=3),
    )


def _worded(words: set[str]) -> Categories:
    if words <= set(_STATUSES):
        return Ranked([(word, word.capitalize()) for word in _STATUSES if word in words])
    kept = sorted(words)[:7]
    return Categories([(word, word) for word in kept])


def _counted(values: queries.Values, unit: str) -> Classes:
    return Classes.of(values.values(), classes=5 if len(values) >= 20 else 3, unit=unit)


def _percent(values: queries.Values) -> Classes:
    """Fifths of a hundred, and one class more where a share passes it."""
    most = max((value for value in values.values() if isinstance(value, float)), default=0.0)
    beyond = (most,) if most > 100 else ()
    return Classes((0.0, 20.0, 40.0, 60.0, 80.0, 100.0, *beyond), "%")
