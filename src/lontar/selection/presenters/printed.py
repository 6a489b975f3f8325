"""The worked numbers of a unit as a printed page: the same tables as on the screen, with set version, day and QR code."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lontar.documents.queries.marks import has_demo_data
from lontar.engines.papers import WorkedGrid, WorkedSheet, make_worked_pdf
from lontar.selection.presenters.unit import answer, numbers_page
from lontar.selection.queries.sheet import UnitSheet
from lontar.ui import formats
from lontar.ui.presenters import Link


def worked_pdf(found: UnitSheet, *, root: str, at: datetime) -> bytes:
    """PDF/A of the unit's numbers; the QR code leads to the public page of its village beneath `root`."""
    return make_worked_pdf(worked_sheet(found, root=root, at=at), at=at)


def worked_sheet(found: UnitSheet, *, root: str, at: datetime) -> WorkedSheet:
    """What the page says, in the language of the reader."""
    page, stood = numbers_page(found), found.standing
    facts = [(str(one.label), one.value.label if isinstance(one.value, Link) else str(one.value)) for one in page.facts]
    facts.append((_("Data induk pada"), formats.long_date(stood.day)))
    return WorkedSheet(
        title=_("Angka calon unggulan %(name)s") % {"name": page.name},
        region=page.region,
        lead=answer(found),
        facts=tuple(facts),
        grids=tuple(
            WorkedGrid(
                str(one.title), str(one.note), tuple(one.heads), tuple(tuple(row) for row in one.rows), one.is_text
            )
            for one in page.grids
        ),
        advice=_("Peringkat ini hanya memberi saran. Desa boleh memilih yang lain dan menuliskan alasannya."),
        demo=_("Data contoh: wilayahnya nyata; produk, angka, dan orangnya rekaan.") if has_demo_data() else "",
        printed=_("Dicetak %(at)s, %(set)s versi %(version)s")
        % {"at": formats.moment(at), "set": found.set_shown, "version": stood.set_version},
        address=f"{root}/desa/{stood.unit.village_code}",
        check=_("Yang berlaku sekarang:"),
        lang=(get_language() or "id")[:2],
    )
