"""Gates that cap a star, conflicts of interest, and the words that acts of this app need.

A gate is a condition on what the registry holds on a day; which gates a rubric has, and how far each caps, is its data.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.models import Post
from lontar.access.policies import Refused
from lontar.access.states import Role
from lontar.engines.scans import media_type_of
from lontar.registry.rules import Expiry
from lontar.registry.states import LicenceKind, ProductCategory
from lontar.stars.states import Halal
from lontar.ui import formats

FOODS = (ProductCategory.FOOD, ProductCategory.DRINK)
FOOD_PERMITS = (LicenceKind.PIRT, LicenceKind.MD)
REASON_SHORTEST, REASON_LONGEST = 10, 1000


class EvidenceUnreadable(Refused):
    """A file of evidence that is neither PDF nor photo, empty, or too large."""


class ReasonTooShort(Refused):
    """A decision against the numbers, a withdrawal and a discussion need a reason that somebody else understands."""


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence of the product or its maker, and how far it is in force on the day that was asked."""

    kind: str
    number: str
    expiry: Expiry

    @property
    def holds(self) -> bool:
        """Whether it counts: everything but an expired one; without a known date it is not held against the maker."""
        return self.expiry is not Expiry.EXPIRED


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What gates ask about: kind of product, whether its maker has a NIB, licences on a day, and the halal statement."""

    category: str
    has_nib: bool
    licences: Sequence[HeldLicence]
    halal: str

    @property
    def is_food(self) -> bool:
        """Food and drink, which need a permit and a halal statement."""
        return self.category in FOODS

    def holds(self, *kinds: str) -> bool:
        """Whether a licence of one of the kinds counts on the day."""
        return any(one.kind in kinds and one.holds for one in self.licences)


@dataclass(frozen=True, slots=True)
class GateCondition:
    """What is asked (`title`), what it says when it holds (`words`), its cure, its source, and the question itself.

    `document` is the paper that shows it to an assessor, and `wants_document` whether this product needs one at all.
    """

    title: str | Promise
    words: str | Promise
    cure: str | Promise
    source: str | Promise
    holds: Callable[[ProductFacts], bool]
    document: str | Promise
    wants_document: Callable[[ProductFacts], bool]


def _no_nib(facts: ProductFacts) -> bool:
    return not facts.has_nib


def _food_without_permit(facts: ProductFacts) -> bool:
    return facts.is_food and not facts.holds(*FOOD_PERMITS)


def _halal_undeclared(facts: ProductFacts) -> bool:
    """A certificate settles it; so does any statement but one of being certified without a certificate."""
    if not facts.is_food or facts.holds(LicenceKind.HALAL):
        return False
    return facts.halal in (Halal.UNDECLARED, Halal.CERTIFIED)


def _document_expired(facts: ProductFacts) -> bool:
    """A kind of which everything that was held is over."""
    over = {one.kind for one in facts.licences if not one.holds}
    return any(not facts.holds(kind) for kind in over)


def _always(facts: ProductFacts) -> bool:
    return True


def _is_food(facts: ProductFacts) -> bool:
    return facts.is_food


def _needs_halal_paper(facts: ProductFacts) -> bool:
    return facts.is_food and facts.halal != Halal.NOT_APPLICABLE


GATES: dict[str, GateCondition] = {
    "no_nib": GateCondition(
        gettext_lazy("NIB pembuat"),
        gettext_lazy("Pembuat belum memiliki NIB"),
        gettext_lazy("Terbitkan NIB melalui OSS."),
        gettext_lazy("putaran OVOP 2014/2015: tanpa izin usaha tidak ada bintang tertinggi"),
        _no_nib,
        gettext_lazy("salinan NIB"),
        _always,
    ),
    "food_without_permit": GateCondition(
        gettext_lazy("Izin edar pangan"),
        gettext_lazy("Pangan tanpa SPP-IRT atau izin edar BPOM MD yang berlaku"),
        gettext_lazy("Urus SPP-IRT melalui OSS, atau izin edar BPOM MD bila cara olahnya mensyaratkannya."),
        gettext_lazy("PerBPOM 22/2018"),
        _food_without_permit,
        gettext_lazy("salinan SPP-IRT atau izin edar BPOM MD"),
        _is_food,
    ),
    "halal_undeclared": GateCondition(
        gettext_lazy("Status halal pangan"),
        gettext_lazy("Status halal pangan belum dinyatakan"),
        gettext_lazy("Catat sertifikat halal, proses pengajuannya, atau pernyataan tidak halal."),
        gettext_lazy("UU 33/2014 dan PP 42/2024"),
        _halal_undeclared,
        gettext_lazy("sertifikat halal, bukti pengajuannya, atau pernyataan tidak halal"),
        _needs_halal_paper,
    ),
    "document_expired": GateCondition(
        gettext_lazy("Masa berlaku izin dan sertifikat"),
        gettext_lazy("Ada izin atau sertifikat yang habis masa berlakunya"),
        gettext_lazy("Perbarui dokumennya dan catat di registri."),
        gettext_lazy("usulan program OVOP NTT"),
        _document_expired,
        gettext_lazy("izin atau sertifikat yang diperbarui"),
        _document_expired,
    ),
}


def gates_holding(facts: ProductFacts) -> list[str]:
    """Keys of the conditions that hold for these facts."""
    return [key for key, gate in GATES.items() if gate.holds(facts)]


def conflict_of(post: Post, *, village_code: str, submitter: Post) -> str:
    """Why this post may not assess a product of this village; "" where nothing stands against it.

    A post of the village or the kecamatan, the post and the agency that submitted, and a mentor of the kabupaten, who coaches
    the maker, are too near. A proposal of the programme until the guidelines of the ministry are known.
    """
    if len(post.region_code) > 5 and village_code.startswith(post.region_code):
        return _("%(post)s bertugas di wilayah produk ini sendiri.") % {"post": post.title}
    if post.agency_id == submitter.agency_id:
        return _("%(agency)s sendiri yang mengajukan produk ini.") % {"agency": post.agency.short_name}
    if post.role == Role.MENTOR and len(post.region_code) > 2:
        return _("%(post)s mendampingi usaha di kabupaten/kota ini.") % {"post": post.title}
    return ""


def read_evidence_type(head: bytes, size: int, *, largest: int) -> str:
    """The media type by the first bytes of a file of `size` bytes; raises `EvidenceUnreadable` with what to do.

    `largest` in bytes.
    """
    if size > largest:
        raise EvidenceUnreadable(
            _(
                "Berkas ini %(size)s; paling besar %(limit)s. Foto ulang dengan mutu lebih rendah, atau bagi menjadi beberapa."
            )
            % {"size": formats.size(size), "limit": formats.size(largest)}
        )
    if not size:
        raise EvidenceUnreadable(_("Berkas ini kosong. Pilih berkas yang lain."))
    found = media_type_of(head)
    if not found:
        raise EvidenceUnreadable(_("Bukti harus berupa PDF atau foto (JPG, PNG). Isi berkas ini bukan keduanya."))
    return found


def read_reason(words: str) -> str:
    """The reason in one line; raises `ReasonTooShort` below ten letters."""
    text = " ".join(words.split())[:REASON_LONGEST]
    if len(text) < REASON_SHORTEST:
        raise ReasonTooShort(
            _("Tuliskan alasan yang dapat dipahami orang lain, paling sedikit %(count)d huruf.")
            % {"count": REASON_SHORTEST}
        )
    return text


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
