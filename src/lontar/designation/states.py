"""Where a proposal, a locus round and an entry of a round stand, what moves them, and the audit events of this app.

The stages follow Permenperin 14/2021: pengusulan → seleksi → penetapan → pembinaan → evaluasi.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    """With whom a proposal is, or how it ended."""

    REGENCY = "regency", _("Diperiksa kabupaten/kota")
    VILLAGE = "village", _("Dikembalikan kepada pengusul")
    PROVINCE = "province", _("Diperiksa provinsi")
    READY = "ready", _("Siap ditetapkan")
    DECREED = "decreed", pgettext_lazy("usulan", "Ditetapkan")
    COACHING = "coaching", _("Pembinaan")
    EVALUATION = "evaluation", _("Evaluasi")
    REPLACED = "ended", pgettext_lazy("usulan", "Berakhir")
    REFUSED = "refused", pgettext_lazy("usulan", "Ditolak")
    WITHDRAWN = "withdrawn", pgettext_lazy("usulan", "Ditarik")


class Move(TextChoices):
    """What is done with a proposal; the words stand in its history."""

    SENT = "sent", _("Diajukan")
    RESENT = "resent", _("Diperbaiki dan diajukan lagi")
    ACCEPTED = "accepted", _("Diterima dan diteruskan")
    RETURNED = "returned", _("Dikembalikan dengan alasan")
    REFUSED = "refused", pgettext_lazy("usulan", "Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik oleh pengusul")
    DECREED = "decreed", _("Ditetapkan dengan keputusan")
    COACHED = "coached", _("Pembinaan dimulai")
    EVALUATED = "evaluated", _("Evaluasi dimulai")
    CONTINUED = "continued", _("Evaluasi selesai, pembinaan dilanjutkan")
    ENDED = "ended", _("Diakhiri dengan keputusan")


# state → what may be done there → the state it leads to. A return goes to the stage before.
MOVES: dict[ProposalState, dict[Move, ProposalState]] = {
    ProposalState.REGENCY: {
        Move.ACCEPTED: ProposalState.PROVINCE,
        Move.RETURNED: ProposalState.VILLAGE,
        Move.REFUSED: ProposalState.REFUSED,
        Move.WITHDRAWN: ProposalState.WITHDRAWN,
    },
    ProposalState.VILLAGE: {Move.RESENT: ProposalState.REGENCY, Move.WITHDRAWN: ProposalState.WITHDRAWN},
    ProposalState.PROVINCE: {
        Move.ACCEPTED: ProposalState.READY,
        Move.RETURNED: ProposalState.REGENCY,
        Move.REFUSED: ProposalState.REFUSED,
        Move.WITHDRAWN: ProposalState.WITHDRAWN,
    },
    ProposalState.READY: {Move.DECREED: ProposalState.DECREED, Move.RETURNED: ProposalState.PROVINCE},
    ProposalState.DECREED: {Move.COACHED: ProposalState.COACHING, Move.ENDED: ProposalState.REPLACED},
    ProposalState.COACHING: {Move.EVALUATED: ProposalState.EVALUATION, Move.ENDED: ProposalState.REPLACED},
    ProposalState.EVALUATION: {Move.CONTINUED: ProposalState.COACHING, Move.ENDED: ProposalState.REPLACED},
    ProposalState.REPLACED: {},
    ProposalState.REFUSED: {},
    ProposalState.WITHDRAWN: {},
}
TRANSITIONS: dict[ProposalState, frozenset[ProposalState]] = {
    state: frozenset(moves.values()) for state, moves in MOVES.items()
}
OPEN = (ProposalState.REGENCY, ProposalState.VILLAGE, ProposalState.PROVINCE, ProposalState.READY)
IN_FORCE = (ProposalState.DECREED, ProposalState.COACHING, ProposalState.EVALUATION)


class Holder(TextChoices):
    """Who has to do the next thing."""

    PROPOSER = "proposer", _("Pengusul")
    REGENCY = "regency", _("Kabupaten/kota")
    PROVINCE = "province", _("Provinsi")
    NOBODY = "nobody", _("Selesai")


HOLDERS: dict[ProposalState, Holder] = {
    ProposalState.REGENCY: Holder.REGENCY,
    ProposalState.VILLAGE: Holder.PROPOSER,
    ProposalState.PROVINCE: Holder.PROVINCE,
    ProposalState.READY: Holder.PROVINCE,
    ProposalState.DECREED: Holder.REGENCY,
    ProposalState.COACHING: Holder.REGENCY,
    ProposalState.EVALUATION: Holder.PROVINCE,
    ProposalState.REPLACED: Holder.NOBODY,
    ProposalState.REFUSED: Holder.NOBODY,
    ProposalState.WITHDRAWN: Holder.NOBODY,
}


class DecreeKind(TextChoices):
    """What a decree does."""

    OPENING = "opening", _("Penetapan produk unggulan")
    ENDING = "ending", _("Pengakhiran produk unggulan")
    LOCI = "loci", _("Penetapan lokus")
    LOCUS_CHANGE = "locus_change", _("Penggantian lokus")


class Effect(TextChoices):
    """What one line of a decree's annex does."""

    OPENS = "opens", _("Menetapkan")
    ENDS = "ends", _("Mengakhiri")


class RoundState(TextChoices):
    """Where a round of the locus selection stands."""

    DRAFT = "draft", _("Disiapkan")
    RANKED = "ranked", _("Peringkat disusun")
    DECREED = "decreed", pgettext_lazy("putaran", "Ditetapkan")
    CLOSED = "closed", pgettext_lazy("putaran", "Ditutup")
    DROPPED = "dropped", pgettext_lazy("putaran", "Dibatalkan")


ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.RANKED, RoundState.DROPPED}),
    RoundState.RANKED: frozenset({RoundState.RANKED, RoundState.DECREED, RoundState.DROPPED}),
    RoundState.DECREED: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
    RoundState.DROPPED: frozenset(),
}


class Place(TextChoices):
    """Where a village stands in a round."""

    CHOSEN = "chosen", _("Terpilih")
    WAITING = "waiting", _("Daftar tunggu")
    OUT = "out", _("Tidak lolos syarat")
    LEFT = "left", _("Dikeluarkan")


class LocusGate(TextChoices):
    """Hard questions of a round; each is a class in `rules`."""

    CANDIDATE = "candidate", _("Ada calon produk yang lolos semua syarat mutlak")
    PRODUCERS = "producers", _("Ada usaha yang terdaftar")
    BODY = "body", _("Ada kelompok, koperasi, BUMDes, atau komunitas")
    NO_LOCUS = "no_locus", _("Belum menjadi lokus")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    PROPOSED = "designation.proposal.sent", _("Usulan diajukan")
    CORRECTED = "designation.proposal.resent", _("Usulan diperbaiki")
    MOVED = "designation.proposal.moved", _("Usulan berpindah tahap")
    MOVED_MANY = "designation.proposals.moved", _("Beberapa usulan berpindah tahap")
    CLUSTERED = "designation.cluster.formed", _("Sentra dibentuk")
    DECREED = "designation.decree.issued", _("Keputusan ditetapkan")
    WORDED = "designation.wording.set", _("Tempat dan dasar hukum keputusan diubah")
    ROUND_OPENED = "designation.round.opened", _("Putaran lokus dibuka")
    ROUND_RANKED = "designation.round.ranked", _("Peringkat lokus disusun")
    ROUND_MOVED = "designation.round.moved", _("Desa dipindahkan dalam putaran lokus")
    ROUND_CLOSED = "designation.round.closed", _("Putaran lokus ditutup")
