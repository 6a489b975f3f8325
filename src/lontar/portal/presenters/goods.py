"""Pages of a product and of an enterprise: what anyone may read, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.portal.presenters.words import named, place_url, sourced
from lontar.portal.queries.goods import Firm, Held, Item, Maker
from lontar.registry.queries import RegionCard
from lontar.registry.rules import public_text
from lontar.registry.states import ImkClass, LicenceKind, OrganizationKind, ProductCategory, Stage
from lontar.ui import formats
from lontar.ui.presenters import KeyValue, Link, Status, Step, Tone


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """A licence in words; `number` is a dash where it is not public."""

    kind: str
    number: str
    product: str
    status: Status
    until: str
    verified: Status
    source: str


def stages(stage: str) -> list[Step]:
    """How far the product has come on tanam–panen–olah–kemas–jual."""
    order = list(Stage)
    reached = order.index(Stage(stage))
    return [
        Step(str(one.label), "done" if place < reached else "current" if place == reached else "todo")
        for place, one in enumerate(order)
    ]


def item_facts(one: Item, place: RegionCard) -> list[KeyValue]:
    """The fact sheet of a product."""
    lines = [
        KeyValue(_("Dibuat di"), Link(_path(place), place_url(place.code))),
        KeyValue(_("Pembuat"), _maker(one.maker)),
        KeyValue(_("Kelompok"), str(ProductCategory(one.category).label)),
        KeyValue(_("Bahan baku"), named(one.commodity, one.commodity_en)),
        KeyValue(_("Kapasitas sebulan"), _amount(one)),
        KeyValue(_("Harga"), _price(one)),
        KeyValue(_("Nomor barang (GTIN)"), one.gtin),
    ]
    return [line for line in lines if line.value]


def _amount(one: Item) -> str:
    return f"{formats.number(one.capacity_month)} {one.unit}".strip() if one.capacity_month is not None else ""


def _price(one: Item) -> str:
    if one.price is None:
        return ""
    unit = f" / {one.unit}" if one.unit else ""
    return f"{formats.rupiah(one.price)}{unit}"


def _maker(maker: Maker | None) -> object:
    if maker is None:
        return ""
    name = public_text(maker.name)
    if maker.pk is not None:
        return Link(name, reverse("portal:enterprise", args=[maker.pk]))
    kind = _("Sekolah") if maker.kind == "school" else str(OrganizationKind(maker.kind).label)
    return f"{name} ({kind})"


def _path(place: RegionCard) -> str:
    return ", ".join(name for _code, name in reversed(place.path[1:]))


def firm_facts(one: Firm, place: RegionCard) -> list[KeyValue]:
    """The fact sheet of an enterprise; the owner, money and numbers are not on it."""
    imk = str(ImkClass(one.imk_class).label) if one.imk_class else _("belum diketahui")
    kbli = _("%(code)s (KBLI %(version)s)") % {"code": one.kbli, "version": one.kbli_version} if one.kbli else ""
    lines = [
        KeyValue(_("Letak"), Link(_path(place), place_url(place.code))),
        KeyValue(_("Produk utama"), public_text(one.main_product)),
        KeyValue(_("Komoditas"), named(one.commodity, one.commodity_en)),
        KeyValue(_("Kelas IMK (industri mikro dan kecil, menurut BPS)"), imk),
        KeyValue(_("Klasifikasi Baku Lapangan Usaha Indonesia (KBLI)"), kbli),
        KeyValue(_("Keberadaan"), verified_status(is_verified=one.is_verified)),
    ]
    return [line for line in lines if line.value]


def verified_status(*, is_verified: bool) -> Status:
    """Whether an officer has seen that the enterprise exists."""
    return Status(_("Terverifikasi"), Tone.GOOD) if is_verified else Status(_("Belum diverifikasi"), Tone.PLAIN)


def licence_lines(found: Sequence[Held], day: date) -> list[LicenceLine]:
    """Licences with their state on `day`."""
    return [_licence(one, day) for one in found]


def _licence(one: Held, day: date) -> LicenceLine:
    in_force = one.is_in_force(day)
    state = Status(_("Berlaku"), Tone.GOOD) if in_force else Status(_("Lewat masa berlaku"), Tone.BAD)
    checked = Status(_("Diperiksa"), Tone.GOOD) if one.is_verified else Status(_("Belum diperiksa"), Tone.PLAIN)
    return LicenceLine(
        kind=str(LicenceKind(one.kind).label),
        number=public_number(one),
        product=public_text(one.product),
        status=state,
        until=formats.long_date(one.expires) if one.expires else _("tanpa batas waktu"),
        verified=checked,
        source=sourced([one.agency], one.at),
    )


def public_number(one: Held) -> str:
    """The number of a licence, where labels show it anyway."""
    return one.number or formats.NONE


def product_lines(firm: Firm) -> list[tuple[str, str, str]]:
    """Address, name and stage of the enterprise's products."""
    return [
        (reverse("portal:product", args=[pk]), public_text(name), str(Stage(stage).label))
        for pk, name, stage in firm.products
    ]
