"""Values of tracked rows in words: money as rupiah, years plain, choices and related records by their names.

Which fields hold personal values, and are therefore never written, is told by their names: `…_sealed` and `…_index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from lontar.audit.states import RevealKind
from lontar.ui import formats

_SEALED = "_sealed"
_YEARS = ("year", "_version")


def is_secret(field: models.Field[Any, Any]) -> bool:
    """Whether the field holds a sealed personal value or the index of one."""
    return field.name.endswith((_SEALED, "_index"))


def label_of(field: models.Field[Any, Any]) -> str:
    """What people call the field; sealed ones by the value that they hide."""
    kind = field.name.removesuffix(_SEALED)
    if field.name.endswith(_SEALED) and kind in RevealKind.values:
        return str(RevealKind(kind).label)
    if isinstance(field, models.ForeignKey) and field.verbose_name == field.name.replace("_", " "):
        return str(field.related_model._meta.verbose_name)  # nobody named the link: what it leads to
    return str(field.verbose_name)


class Writer:
    """Writes the values of some fields; the records that foreign keys point at are read once for all events."""

    def __init__(self, fields: Iterable[models.Field[Any, Any]], events: Sequence[Any]) -> None:
        self._related: dict[str, dict[Any, str]] = {}
        for field in fields:
            if isinstance(field, models.ForeignKey):
                keys = {getattr(event, field.attname) for event in events} - {None}
                rows = field.related_model._default_manager.in_bulk(keys) if keys else {}
                self._related[field.name] = {key: str(row) for key, row in rows.items()}

    def words(self, field: models.Field[Any, Any], value: Any) -> str:
        """The value as people write it; "" for an empty one."""
        if value is None or value == "":
            return ""
        if field.name in self._related:
            return self._related[field.name].get(value, str(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, list | tuple):
            return ", ".join(self.words(field, one) for one in value)
        return _scalar(field, value)


def _scalar(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.long_date(value)
    if isinstance(value, Decimal):
        return formats.rupiah(value) if is_money(field) else formats.number(value.normalize())
    if isinstance(value, int):
        return str(value) if field.name.endswith(_YEARS) else formats.number(value)
    if isinstance(value, float):
        return formats.number(value, 6)
    return str(value)


def is_money(field: models.Field[Any, Any]) -> bool:
    """Whether a decimal field holds rupiah: sums of money have no decimal places here, and prices say so by their name."""
    named = field.name.endswith(("price", "amount"))
    return isinstance(field, models.DecimalField) and (field.decimal_places == 0 or named)
