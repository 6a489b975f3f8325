"""What is left out of signing in bulk, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.office.queries.marking import Plan
from lontar.ui import formats
from lontar.verification.rules import reasons_left_out


def left_out_words(will: Plan) -> str:
    """`3 isiannya dikembalikan, 2 sudah disahkan`; "" when nothing is left out."""
    words = {
        "closed": _("%s tutup"),
        "returned": _("%s isiannya dikembalikan"),
        "signed": _("%s sudah disahkan"),
        "nothing": _("%s disahkan instansi lain"),
        "waiting": _("%s menunggu langkah sebelumnya"),
    } | {reason.key: str(reason.words) for reason in reasons_left_out()}
    return ", ".join(words[key] % formats.number(number) for key, number in will.left_out)
