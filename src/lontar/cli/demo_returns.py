"""Two years of monthly returns in the demo province: producers of the designated units, and a comparison group.

Figures come from `engines.demo.returns`, which states the effect of the programme. The decrees of the demo are of the day on
which it is loaded; so that there is a before and an after, each unit's earlier, invented day of designation is told with its
producers. The months until the newest full quarter are accepted, later ones are on their way. Does nothing once there are
producers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from lontar.engines.periods import Month
    from lontar.returns.actions import NewProducer

SEED = 2026
MONTHS = 24
WAVES = 3
AFTER = 4  # quarters since the first wave: of the eight that are told, four lie before it and four after
PER_VILLAGE = 25
# Demo enterprises name no commodity: they make it where their business class is the commodity's.
_MAKERS = """
SELECT e.id, e.name, e.village_id, c.id, c.code, c.kbli
FROM registry_enterprise e JOIN registry_commodity c ON c.kbli = e.kbli
WHERE e.status = 'active' AND e.village_id = ANY(%s) AND c.id = ANY(%s) ORDER BY e.village_id, e.id
"""
_ELSEWHERE = """
SELECT e.village_id, c.id, count(*) FROM registry_enterprise e JOIN registry_commodity c ON c.kbli = e.kbli
WHERE e.status = 'active' AND c.id = ANY(%s) AND left(e.village_id, 5) = ANY(%s)
      AND NOT EXISTS (SELECT FROM designation_flagship f WHERE f.village_id = e.village_id)
GROUP BY 1, 2 ORDER BY 1, 2
"""
_WHY = (
    "Contoh: desa tanpa produk unggulan, komoditas sama, jumlah pembuat paling dekat, sedapatnya kabupaten yang sama."
)
_CATEGORIES = {"1312": "weaving", "1629": "wicker", "3220": "craft", "1412": "craft", "1076": "drink", "11": "drink"}


def return_some(say: Callable[[str], None]) -> None:
    """Enrol, load two years, and leave the newest months on their way."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from lontar.access.models import Post
    from lontar.access.scope import acting_in
    from lontar.designation.models import Flagship
    from lontar.engines.periods import Month
    from lontar.returns.models import Producer

    with acting_in(settings.PROGRAMME_ROOT):
        is_ready = Flagship.objects.exists() and Post.objects.filter(code="DPMD-BIDANG").exists()
        if not is_ready or Producer.objects.exists():
            return
        started, now = time.monotonic(), timezone.now()
        present = Month.from_date(timezone.localdate(now))
        with transaction.atomic():
            asked, rows = _load(present, now)
    say(f"  laporan bulanan contoh: {asked} produsen, {rows} laporan ({time.monotonic() - started:.1f} s)")


def waves(last: Month) -> tuple[date, ...]:
    """The invented days of designation, the first of a quarter each: they move with the newest full month.

    The first wave has four whole quarters before it and four after, of eight; each later one comes a quarter later.
    """
    newest = last.quarter
    return tuple(newest.shift(step).start for step in range(1 - AFTER, 1 - AFTER + WAVES))


def _load(present: Month, now: datetime) -> tuple[int, int]:
    """Producers and returns; how many of each."""
    from django.utils import timezone

    from lontar.engines.demo.returns import two_years
    from lontar.returns import actions
    from lontar.returns.queries import frames

    last = present.quarter.shift(-1).months()[2]
    first = last.shift(1 - MONTHS)
    actions.open_periods(first, present, by=None, at=now)
    wanted = _designated(timezone.localdate(now), waves(last))
    wanted += _comparison(wanted)
    asked = actions.enrol_producers(wanted, first=first, by=None, post=None, at=now)
    past = two_years(frames.producers(first, last), last=last, seed=SEED)
    rows = actions.receive_frame(past, by=None, post=None, at=now)
    return asked, rows + _on_their_way(past, last, present=present, now=now)


def _designated(today: date, days: Sequence[date]) -> list[NewProducer]:
    """Makers of the flagships' commodities in their villages; schools and communities themselves."""
    from lontar.designation.models import Flagship
    from lontar.engines.demo.trading import trade
    from lontar.returns.actions import NewProducer
    from lontar.returns.states import Maker

    found = (
        Flagship.objects.as_at(today).select_related("commodity", "school", "community").order_by("village_id", "pk")
    )
    cohorts = {one.pk: days[place % len(days)] for place, one in enumerate(found)}
    villages = {(one.village_id, one.commodity_id): one for one in found if one.kind == "village" and one.commodity_id}
    makers = _makers({village for village, _ in villages}, {commodity or 0 for _, commodity in villages})
    wanted = []
    for row in makers:
        unit = villages.get((row["village"], row["commodity_id"]))
        if unit is not None:
            row |= {"unit_key": str(unit.unit_key), "designated_from": cohorts[unit.pk]}
            wanted.append(NewProducer(**row))
    for unit in found:
        record = unit.school or unit.community
        if unit.kind != "village" and record is not None:
            maker = Maker.SCHOOL if unit.school_id else Maker.ORGANIZATION
            product = unit.commodity
            wanted.append(
                NewProducer(
                    maker=maker, maker_id=record.pk, name=record.name, village=unit.village_id,
                    category=_category(product.kbli if product else ""), unit=trade(product.code if product else "").unit,
                    commodity_id=unit.commodity_id, unit_key=str(unit.unit_key), designated_from=cohorts[unit.pk],
                )
            )  # fmt: skip
    return wanted


def _makers(villages: Iterable[str], commodities: Iterable[int]) -> list[dict[str, Any]]:
    """Enterprises of the villages that make one of the commodities, at most `PER_VILLAGE` of each village and commodity."""
    from django.db import connection

    from lontar.engines.demo.trading import trade
    from lontar.returns.states import Maker

    with connection.cursor() as cursor:
        cursor.execute(_MAKERS, [sorted(villages), sorted(commodities)])
        rows = cursor.fetchall()
    found, number = [], dict[tuple[str, int], int]()
    for key, name, village, commodity, code, kbli in rows:
        number[village, commodity] = number.get((village, commodity), 0) + 1
        if number[village, commodity] <= PER_VILLAGE:
            found.append(
                {"maker": Maker.ENTERPRISE, "maker_id": key, "name": name, "village": village, "unit": trade(code).unit,
                 "category": _category(kbli), "commodity_id": commodity}
            )  # fmt: skip
    return found


def _category(kbli: str) -> str:
    """The product group of a business class."""
    return next((category for start, category in _CATEGORIES.items() if kbli.startswith(start)), "food")


def _comparison(designated: list[NewProducer]) -> list[NewProducer]:
    """As many villages without a flagship: of the same kabupaten and commodity, with the likest number of makers."""
    from django.db import connection

    from lontar.returns.actions import NewProducer

    sizes: dict[tuple[str, int], int] = {}
    for one in designated:
        if one.commodity_id:
            key = (one.village, one.commodity_id)
            sizes[key] = sizes.get(key, 0) + 1
    with connection.cursor() as cursor:
        cursor.execute(_ELSEWHERE, [sorted({key[1] for key in sizes}), sorted({key[0][:5] for key in sizes})])
        others = cursor.fetchall()
    chosen: dict[str, int] = {}
    for (village, commodity), size in sorted(sizes.items()):
        near = [row for row in others if row[1] == commodity and row[0] not in chosen and row[0][:5] == village[:5]]
        near = near or [row for row in others if row[1] == commodity and row[0] not in chosen]
        if near:
            chosen[min(near, key=lambda row: (abs(row[2] - size), row[0]))[0]] = commodity
    makers = _makers(chosen, set(chosen.values()))
    return [NewProducer(**row, reason=_WHY) for row in makers if chosen[row["village"]] == row["commodity_id"]]


def _on_their_way(past: pl.DataFrame, last: Month, *, present: Month, now: datetime) -> int:
    """Months after the newest full quarter: the one that is due mostly submitted, partly verified, the present one begun."""
    import polars as pl

    from lontar.returns import actions
    from lontar.returns.models import Return
    from lontar.returns.states import ReturnState

    newest = past.filter(pl.col("month") == last.start)
    number = 0
    for month in [one for one in last.shift(1).until(present.shift(1))]:
        rows = newest.with_columns(month=pl.lit(month.start)).with_row_index("place")
        is_present = month == present
        shares = {ReturnState.DRAFT: (0, 1), ReturnState.SUBMITTED: (1, 2 if is_present else 8)}
        if not is_present:
            shares[ReturnState.VERIFIED] = (8, 13)
        for state, (low, high) in shares.items():
            part = rows.filter((pl.col("place") % 16).is_between(low, high - 1)).drop("place")
            number += actions.receive_frame(part, state=state, by=None, post=None, at=now)
    sent = Return.objects.filter(state=ReturnState.SUBMITTED).order_by("-month", "pk")
    told = sent.within("53.09").first() or sent.first()
    if told is not None:
        acting = _acting("DPMD-BIDANG", now)
        words = "Contoh: omzet jauh dari nota yang terlampir; hitung ulang bulan ini."
        actions.return_value(return_id=told.pk, field="turnover", reason=words, **acting)
    return number


def _acting(code: str, at: datetime) -> dict[str, Any]:
    from lontar.access.models import Holding

    held = Holding.objects.select_related("user", "post__agency").get(post__code=code, valid_until__isnull=True)
    return {"by": held.user, "post": held.post, "at": at}
