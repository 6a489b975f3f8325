"""What the demo province has signed, changed and returned, so that every state of verification can be seen at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lontar.access.models import Post, User

REGENCY, DISTRICT, VILLAGE = "53.09", "53.09.02", "53.09.02.2010"
REASON = "Tidak cocok dengan catatan kunjungan; periksa kembali dengan pemilik."


def sign_some(say: Callable[[str], None]) -> None:
    """Sign one kabupaten, change and return a few of its records; does nothing once anything was signed."""
    from django.conf import settings

    from lontar.access.scope import acting_in
    from lontar.verification.models import SignAct
    from lontar.verification.states import ActKind

    if SignAct.objects.exclude(kind=ActKind.CARRIED).exists():
        return
    started = time.monotonic()
    with acting_in(settings.PROGRAMME_ROOT):
        number = _sign()
        _change_and_return()
    say(f"  pengesahan contoh: {number} usaha ({time.monotonic() - started:.1f} s)")


def _acting(code: str) -> dict[str, User | Post]:
    from lontar.access.models import Holding

    held = Holding.objects.select_related("user", "post__agency").get(post__code=code, valid_until__isnull=True)
    return {"by": held.user, "post": held.post}


def _sign() -> int:
    """Enterprises of the kabupaten by Dinas Koperasi; village data prepared by BPS, verified by DPMD in one kecamatan."""
    from django.utils import timezone

    from lontar.registry.queries import EnterpriseFilter
    from lontar.verification.actions import sign_enterprises, sign_villages
    from lontar.verification.queries.choosing import Choice, VillageChoice

    now = timezone.now()
    choice = Choice(EnterpriseFilter(region=REGENCY, nib="ada"))
    done = sign_enterprises(choice=choice, **_acting("KOPUKM-DATA"), at=now)  # type: ignore[arg-type]  # user and post
    whole, part = VillageChoice(region=REGENCY), VillageChoice(region=DISTRICT)
    sign_villages(choice=whole, section="potensi", **_acting("BPS-DATA"), at=now)  # type: ignore[arg-type]  # as above
    sign_villages(choice=part, section="potensi", **_acting("PMD-5309-BIDANG"), at=now)  # type: ignore[arg-type]  # as above
    return done.subjects


def _change_and_return() -> None:
    """In one village some turnovers change after the sign-off and some fields go back; one of them is answered."""
    from django.utils import timezone

    from lontar.registry.actions import change_enterprise
    from lontar.registry.models import Enterprise
    from lontar.verification.actions import answer_return, return_enterprise_field
    from lontar.verification.models import FieldReturn
    from lontar.verification.queries.choosing import Choice
    from lontar.verification.states import AnswerKind

    now = timezone.now()
    village, regency = _acting("DESA-5309022010-SEKRETARIS"), _acting("PMD-5309-BIDANG")
    rows = Enterprise.objects.filter(village_id=VILLAGE).exclude(status="closed").order_by("-verified_at", "pk")
    found = list(rows.filter(verified_at__isnull=False)[:6]) or list(rows[:6])
    for one in found[:2]:
        values = {"annual_turnover": (one.annual_turnover or 0) + 1_500_000}
        change_enterprise(enterprise_id=one.pk, values=values, **village, at=now)  # type: ignore[arg-type]  # as above
    ids = [one.pk for one in found[2:6]]
    if not ids:
        return
    for field in ("annual_turnover", "main_product"):
        return_enterprise_field(choice=Choice(ids=ids), field=field, reason=REASON, **regency, at=now)  # type: ignore[arg-type]  # as above
    first = FieldReturn.objects.with_keeper().filter(enterprise_id=ids[0]).earliest("pk")
    words = "Sudah ditanyakan lagi kepada pemilik; nilainya sama."
    answer_return(return_id=first.pk, answer=AnswerKind.STANDS, words=words, **village, at=now)  # type: ignore[arg-type]  # as above
