"""Hard gates: questions that a candidate must pass before it is scored, each declared once; their limits are data.

A gate of which nothing is known does not close: it is shown as open questions are. Source of the questions: the decision
protocol of the programme (lawful and not harmful, raw material for eight months or storable, enough producers).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.selection.states import Passed
from lontar.ui import formats

Words = str | Promise


@dataclass(frozen=True, slots=True)
class GateRule:
    """A question with its answers; in them `%(figure)s` is what was looked at and `%(limit)s` the version's limit."""

    key: str
    name: Words
    yes: Words
    no: Words
    unknown: Words
    missing: str = ""

    def reason(self, passed: Passed, *, figure: float, limit: Decimal | None) -> str:
        """The answer in a sentence."""
        said = {Passed.YES: self.yes, Passed.NO: self.no, Passed.UNKNOWN: self.unknown}[passed]
        words = {
            "figure": "–" if math.isnan(figure) else formats.number(round(figure, 1), 1 if figure % 1 else 0),
            "limit": "–" if limit is None else formats.number(limit.normalize()),
        }
        return str(said) % words


LAWFUL: Final = "lawful"
MATERIAL: Final = "material"
PRODUCERS: Final = "producers"

GATES: Final = {
    one.key: one
    for one in (
        GateRule(
            LAWFUL,
            gettext_lazy("Sah menurut hukum"),
            gettext_lazy("Tidak ada larangan yang tercatat untuk komoditas ini."),
            gettext_lazy("Komoditas ini tercatat terlarang atau berbahaya untuk program."),
            gettext_lazy("Komoditas produk belum dicatat, jadi larangannya belum dapat diperiksa."),
        ),
        GateRule(
            MATERIAL,
            gettext_lazy("Bahan baku cukup lama"),
            gettext_lazy("Bahan baku tersedia %(figure)s bulan setahun atau dapat disimpan (syarat: %(limit)s bulan)."),
            gettext_lazy(
                "Bahan baku hanya tersedia %(figure)s bulan setahun dan tidak dapat disimpan (syarat: %(limit)s bulan)."
            ),
            gettext_lazy("Bulan panen belum dicatat; syaratnya %(limit)s bulan atau dapat disimpan."),
        ),
        GateRule(
            PRODUCERS,
            gettext_lazy("Pelaku usaha cukup"),
            gettext_lazy("%(figure)s pelaku usaha tercatat (syarat: %(limit)s)."),
            gettext_lazy("Baru %(figure)s pelaku usaha tercatat (syarat: %(limit)s)."),
            gettext_lazy("Pelaku usaha belum dicatat (syarat: %(limit)s)."),
        ),
    )
}


def gate_named(key: str) -> GateRule:
    """The gate of a key; one that this version of the programme no longer knows is named by its key."""
    return GATES.get(key) or GateRule(key, key, key, key, _("belum diketahui"))
