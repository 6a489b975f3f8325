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
from lontar.registry.rules import Expiry
from lontar.registry.states import LicenceKind, ProductCategory
from lontar.stars.states import Halal

FOODS = (ProductCategory.FOOD, ProductCategory.DRINK)
FOOD_PERMITS = (LicenceKind.PIRT, LicenceKind.MD)
REASON_SHORTEST, REASON_LONGEST = 10, 1000


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
    """What is asked (`title`), what it says when it holds (`words`), its cure, its source, and the question itself."""

    title: str | Promise
    words: str | Promise
    cure: str | Promise
    source: str | Promise
    holds: Callable[[ProductFacts], bool]


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


GATES: dict[str, GateCondition] = {
    "no_nib": GateCondition(
        gettext_lazy("NIB pembuat"),
        gettext_lazy("Pembuat belum memiliki NIB"),
        gettext_lazy("Terbitkan NIB melalui OSS."),
        gettext_lazy("putaran OVOP 2014/2015: tanpa izin usaha tidak ada bintang tertinggi"),
        _no_nib,
    ),
    "food_without_permit": GateCondition(
        gettext_lazy("Izin edar pangan"),
        gettext_lazy("Pangan tanpa SPP-IRT atau izin edar BPOM MD yang berlaku"),
        gettext_lazy("Urus SPP-IRT melalui OSS, atau izin edar BPOM MD bila cara olahnya mensyaratkannya."),
        gettext_lazy("PerBPOM 22/2018"),
        _food_without_permit,
    ),
    "halal_undeclared": GateCondition(
        gettext_lazy("Status halal pangan"),
        gettext_lazy("Status halal pangan belum dinyatakan"),
        gettext_lazy("Catat sertifikat halal, proses pengajuannya, atau pernyataan tidak halal."),
        gettext_lazy("UU 33/2014 dan PP 42/2024"),
        _halal_undeclared,
    ),
    "document_expired": GateCondition(
        gettext_lazy("Masa berlaku izin dan sertifikat"),
        gettext_lazy("Ada izin atau sertifikat yang habis masa berlakunya"),
        gettext_lazy("Perbarui dokumennya dan catat di registri."),
        gettext_lazy("usulan program OVOP NTT"),
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
