"""The versions of the readiness rules with all their numbers, and what a draft would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from lontar.priority.models import PartRule, RuleSet
from lontar.priority.queries.effects import FIRST, Effect
from lontar.priority.states import Part
from lontar.ui import formats
from lontar.ui.presenters import Column, Figure, Pager, Row, Table

BILLION: Final = 1_000_000_000


def versions_table(versions: Sequence[RuleSet]) -> Table:
    """A row per version, newest first."""
    rows = []
    for one in versions:
        parts = sorted(one.parts.all(), key=lambda part: (-part.weight, part.pk))
        rows.append(
            Row(
                [
                    one.number, one.valid_from, one.valid_until,
                    ", ".join(f"{Part(part.part).label} {formats.percent(float(part.weight), 0)}" for part in parts),
                    "; ".join(words for part in parts if (words := _marks(part))), _terms(one), one.source,
                ]
            )
        )  # fmt: skip
    return Table(
        caption=_("Versi aturan kesiapan"),
        columns=[
            Column("versi", _("Versi"), numeric=True),
            Column("mulai", _("Berlaku mulai")),
            Column("sampai", _("Berlaku sampai")),
            Column("bobot", _("Bobot")),
            Column("batas", _("Batas")),
            Column("hari", _("Rencana")),
            Column("sumber", _("Alasan dan dasar")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=_("versi"),
    )


def _marks(part: PartRule) -> str:
    words = []
    if part.full is not None:
        words.append(_("penuh %(mark)s %(unit)s") % {"mark": formats.number(part.full), "unit": part.unit})
    if part.reach is not None:
        words.append(_("nol %(mark)s %(unit)s") % {"mark": formats.number(part.reach), "unit": part.unit})
    words += [formats.percent(float(level), 0) for level in part.levels]
    return f"{Part(part.part).label}: {', '.join(words)}" if words else ""


def _terms(one: RuleSet) -> str:
    return _(
        "%(days)d hari; sasaran sampai hari ke-%(target)d; tercapai mulai %(reached)s, sebagian mulai %(partly)s;"
        " paling sedikit %(weeks)d minggu berbukti"
    ) % {
        "days": one.days, "target": one.target_days, "reached": formats.percent(float(one.reached_share), 0),
        "partly": formats.percent(float(one.partly_share), 0), "weeks": one.least_weeks,
    }  # fmt: skip


def effect_figures(effect: Effect) -> list[Figure]:
    """What the draft does to all units, before it is saved."""
    units = _("dari %s unit") % formats.number(effect.units)
    return [
        Figure(
            _("Rata-rata kesiapan"), formats.percent(effect.after, 1), _("sekarang %s") % formats.percent(effect.before, 1),
            key=True,
        ),
        Figure(_("Naik"), formats.number(effect.risen), units),
        Figure(_("Turun"), formats.number(effect.fallen), units),
        Figure(
            _("Tetap di sepuluh teratas"), formats.number(effect.kept),
            _("dari %s unit") % formats.number(min(FIRST, effect.units)),
        ),
        Figure(
            _("Biaya semua kekurangan"), formats.number(effect.cost_after / BILLION, 1),
            _("miliar Rp, sekarang %s") % formats.number(effect.cost_before / BILLION, 1),
        ),
    ]  # fmt: skip
