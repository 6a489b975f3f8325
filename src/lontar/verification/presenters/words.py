"""Names of fields, values in words, badges of standings and returns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.registry.models import Commodity
from lontar.registry.states import EnterpriseStatus
from lontar.ui import formats
from lontar.ui.presenters import Status, Tone
from lontar.verification.models import FieldReturn
from lontar.verification.queries.returns import returnable
from lontar.verification.rules import ENTERPRISE_FIELDS, POTENTIAL_FIELDS
from lontar.verification.states import ReturnState, Standing

_TONES = {
    Standing.RETURNED: Tone.BAD,
    Standing.CHANGED: Tone.WARN,
    Standing.UNSIGNED: Tone.PLAIN,
    Standing.PREPARED: Tone.INFO,
    Standing.SIGNED: Tone.GOOD,
}
_RETURN_TONES = {
    ReturnState.OPEN: Tone.WARN,
    ReturnState.AGAIN: Tone.BAD,
    ReturnState.ANSWERED: Tone.INFO,
    ReturnState.ACCEPTED: Tone.GOOD,
    ReturnState.WITHDRAWN: Tone.PLAIN,
}


def standing_badge(standing: Standing) -> Status:
    """How a section stands."""
    return Status(str(standing.label), _TONES[standing])


def return_badge(found: FieldReturn) -> Status:
    """Where the return of a field stands."""
    state = ReturnState(found.state)
    return Status(str(state.label), _RETURN_TONES[state])


def field_label(column: str) -> str:
    """The words for a column of an enterprise."""
    for one in ENTERPRISE_FIELDS.values():
        if column in one.columns:
            return str(one.label)
    others = {
        "owner_id": _("Pemilik"),
        "owner_name": _("Nama pemilik"),
        "village_id": _("Desa/kelurahan"),
        "npwp": _("NPWP"),
        "status": _("Status"),
    }
    return others.get(column, column)


def say(column: str, value: Any) -> str:
    """A value in words; an empty one is a dash."""
    if value in (None, "", []):
        return formats.NONE
    if column in ("annual_turnover", "capital"):
        return formats.rupiah(Decimal(str(value)))
    if column == "commodity_id":
        found = Commodity.objects.filter(pk=value).first()
        return found.name if found else formats.NONE
    if column == "status":
        return str(EnterpriseStatus(value).label)
    if column == "owner_id":
        return _("pemilik lain")
    if column == "harvest_months":
        return ", ".join(str(month) for month in value)
    if column in ("kbli", "kbli_version", "start_year", "nib", "npwp", "village_id"):
        return str(value)
    return formats.number(value) if isinstance(value, int | Decimal) else str(value)


def say_all(values: Mapping[str, Any]) -> str:
    """The columns of one field together: KBLI and its version, the two halves of a point."""
    return " · ".join(say(column, value) for column, value in values.items()) or formats.NONE


def return_title(found: FieldReturn) -> str:
    """The words for the returned field."""
    return str(returnable(found).label)


def potential_ref(ref: str) -> str:
    """`potential/12/production` in words."""
    kind, _number, field = (*ref.split("/"), "", "")[:3]
    names = {
        "potential": pgettext("catatan desa", "Komoditas"),
        "resource": _("Sumber daya alam"),
        "facility": _("Sarana"),
    }
    label = POTENTIAL_FIELDS[field].label if field in POTENTIAL_FIELDS else _("ditambahkan atau dihapus")
    return f"{names.get(kind, kind)}: {label}"
