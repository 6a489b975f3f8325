"""A personal link as it is handed over: the address, until when, and the ready text for WhatsApp."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from lontar.returns.actions import GivenLink
from lontar.ui import formats


@dataclass(frozen=True, slots=True)
class LinkPage:
    """The address, its last day, the text, and the address that opens WhatsApp with it; whom to send it to is chosen there."""

    address: str
    until: str
    text: str
    whatsapp: str


def link_page(given: GivenLink, address: str) -> LinkPage:
    """What is shown once, when the link is made."""
    until = formats.long_date(given.link.expires_at)
    text = _(
        "Yth. %(name)s, mohon isi laporan bulanan OVOP. Buka tautan pribadi Anda: %(address)s – berlaku sampai %(until)s. "
        "Jangan teruskan tautan ini kepada orang lain."
    ) % {"name": given.link.producer.name, "address": address, "until": until}
    return LinkPage(address, until, text, f"https://wa.me/?text={quote(text)}")
