"""A new version of an indicator's definition; the computation behind the code stays what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.periods import parse_quarter
from lontar.monitoring import policies
from lontar.monitoring.models import IndicatorDefinition, QuarterRun
from lontar.monitoring.states import Act

#: What a new version may say anew; code, unit, formula and uncertainty belong to the computation: by the unit it is decided how
#: a figure is rounded and drawn.
WORDED = (
    "name", "name_en", "group", "concept", "definition", "interpretation", "variables", "disaggregation", "level", "source",
    "authority",
)  # fmt: skip


class DefinitionUnclear(Refused):
    """Versi baru definisi belum lengkap."""


def define_indicator(
    code: str,
    *,
    fields: Mapping[str, str],
    words: str,
    valid_from: date,
    by: User | None,
    post: Post | None,
    at: datetime,
) -> IndicatorDefinition:
    """Put a new version in force from a day; the former ends there.

    Quarters that are closed keep the version they were closed with: it lies in their snapshot, and a version cannot begin
    before the end of the newest closed quarter, so that what was in force then is what was frozen.

    Raises `DefinitionUnclear` where a field is unknown or empty, nothing differs, no reason is given, or the day is not
    after the former's first and the closed quarters.
    """
    if post is not None:
        policies.check_close(post)
    strange = sorted(set(fields) - set(WORDED))
    if strange or not words.strip() or any(not text.strip() for text in fields.values()):
        raise DefinitionUnclear(
            _("Isi semua kolom dan alasan perubahan. Kode, satuan, dan rumus tidak dapat diubah di sini.")
        )
    with recorded(Act.INDICATOR_DEFINED, by=by, at=at, post=post, indicator=code):
        former = IndicatorDefinition.objects.select_for_update().get(code=code, valid_until__isnull=True)
        if valid_from <= former.valid_from:
            raise DefinitionUnclear(
                _("Versi baru berlaku setelah %(day)s, hari pertama versi yang sekarang.") % {"day": former.valid_from}
            )
        closed = QuarterRun.objects.closings().order_by("-quarter").values_list("quarter", flat=True).first()
        if closed and valid_from < parse_quarter(closed).end:
            raise DefinitionUnclear(
                _(
                    "%(quarter)s sudah ditutup dengan versi yang sekarang. Versi baru berlaku mulai %(day)s atau sesudahnya."
                )
                % {"quarter": parse_quarter(closed), "day": parse_quarter(closed).end}
            )
        if all(getattr(former, name) == text for name, text in fields.items()):
            raise DefinitionUnclear(_("Tidak ada yang berubah dari versi %(number)s.") % {"number": former.version})
        kept = {
            one.name: getattr(former, one.name)
            for one in IndicatorDefinition._meta.concrete_fields
            if one.name not in ("id", "valid_until")
        }
        IndicatorDefinition.objects.filter(pk=former.pk).update(valid_until=valid_from)
        return IndicatorDefinition.objects.create(
            **kept
            | dict(fields)
            | {"version": former.version + 1, "valid_from": valid_from, "words": words.strip()[:300]}
        )
