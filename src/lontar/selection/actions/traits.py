"""What is laid down about commodities: recorded from a day on, ended on a day; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.registry.models import Commodity, Region
from lontar.registry.states import CommoditySector
from lontar.selection import policies
from lontar.selection.models import CommodityTrait
from lontar.selection.states import Act, TraitKind


class TraitInvalid(Refused):
    """Sifat komoditas ini tidak dapat dicatat."""


class TraitMoved(Refused):
    """Sifat komoditas ini sudah berubah."""


def set_trait(
    *, kind: TraitKind, code: str, sector: str, region_code: str, reason: str, source: str, valid_from: date, post: Post,
    by: User, at: datetime,
) -> CommodityTrait:  # fmt: skip
    """Lay down a trait of a commodity (`code`) or a sector, everywhere ("") or within a region, from `valid_from` on.

    Rankings computed for days before keep what held then. Raises Refused for a post that may not, TraitInvalid for what is
    unknown, missing or in force already.
    """
    policies.check_set_traits(post)
    if bool(code) == bool(sector):
        raise TraitInvalid(_("Pilih satu komoditas atau satu sektor, tidak keduanya."))
    if code and not Commodity.objects.filter(code=code).exists():
        raise TraitInvalid(_("Komoditas “%(code)s” tidak ada di katalog.") % {"code": code})
    if sector and sector not in CommoditySector.values:
        raise TraitInvalid(_("Sektor “%(sector)s” tidak dikenal.") % {"sector": sector})
    if region_code and not Region.objects.filter(code=region_code, valid_until__isnull=True).exists():
        raise TraitInvalid(
            _("Wilayah %(code)s tidak ada. Kosongkan bila berlaku di seluruh provinsi.") % {"code": region_code}
        )
    if not reason.strip() or not source.strip():
        raise TraitInvalid(_("Tulis keterangan dan sumbernya: peraturan, keputusan, atau pendaftaran."))
    with recorded(Act.TRAIT_SET, by=by, at=at, post=post, kind=kind, code=code or sector):
        try:
            with transaction.atomic():
                return CommodityTrait.objects.create(
                    kind=kind, code=code, sector=sector, region_code=region_code, reason=reason.strip()[:300],
                    source=source.strip()[:300], valid_from=valid_from, made_at=at, made_by=by, post=post,
                )  # fmt: skip
        except IntegrityError as problem:
            if "selection_trait_open_once" not in str(problem):
                raise
            raise TraitInvalid(_("Sifat ini sudah berlaku di wilayah itu. Akhiri dahulu yang lama.")) from problem


def end_trait(*, trait: CommodityTrait, day: date, post: Post, by: User, at: datetime) -> None:
    """Let a trait hold no longer from `day` on. Raises Refused for a post that may not, TraitMoved once it has ended."""
    policies.check_set_traits(post)
    with recorded(Act.TRAIT_ENDED, by=by, at=at, post=post, trait=trait.pk):
        mine = CommodityTrait.objects.filter(pk=trait.pk, valid_until__isnull=True)
        if mine.update(valid_until=max(day, trait.valid_from)) != 1:
            raise TraitMoved(_("Sifat komoditas ini sudah diakhiri. Muat ulang halaman."))
