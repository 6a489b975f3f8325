"""Who may propose a flagship, check a proposal at each stage, form a cluster, sign a decree, and run a locus round.

The village proposes for itself and for the schools and communities that lie in it; the education agency may propose for
schools. Kabupaten/kota and province check, the province decrees. Nobody checks what the same person proposed.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused, policy, require_post, require_region, require_role
from lontar.access.states import AgencyKind, Role
from lontar.designation.models import Proposal
from lontar.designation.states import HOLDERS, MOVES, Holder, Move, ProposalState
from lontar.registry.policies import READERS
from lontar.selection.states import UnitKind

PROPOSERS = (Role.VILLAGE_OFFICER, Role.AGENCY_OFFICER)
CHECKERS = {Holder.REGENCY: Role.REGENCY_OFFICER, Holder.PROVINCE: Role.PROVINCE_OFFICER}
MOVERS = (Role.PROVINCE_OFFICER, Role.REGENCY_OFFICER, Role.VILLAGE_OFFICER, Role.AGENCY_OFFICER)


@policy
def check_see_proposals(post: Post | None) -> None:
    """Read the proposals of one's region."""
    require_role(post, *READERS, to=_("melihat usulan produk unggulan"))


@policy
def check_see_proposal(post: Post | None, village_code: str) -> None:
    """Read the proposals of this village."""
    check_see_proposals(post)
    require_region(post, village_code)


@policy
def check_see_minutes(post: Post | None, village_code: str) -> None:
    """Open the minutes of a meeting, which name the people who came: whoever proposes or checks in this region."""
    require_role(post, *MOVERS, to=_("membuka berita acara"))
    require_region(post, village_code)


@policy
def check_propose(post: Post | None) -> None:
    """Propose a flagship somewhere: the village, or the education agency for its schools."""
    held = require_role(post, *PROPOSERS, to=_("mengusulkan produk unggulan"))
    if held.role == Role.AGENCY_OFFICER and held.agency.kind != AgencyKind.EDUCATION:
        raise Refused(
            _(
                "Produk unggulan diusulkan oleh desa/kelurahan; sekolah dapat diusulkan dinas pendidikan, bukan %(agency)s."
            )
            % {"agency": held.agency.short_name}
        )


@policy
def check_propose_for(post: Post | None, kind: str, village_code: str) -> None:
    """Propose for a unit of this kind that lies in this village."""
    check_propose(post)
    held = require_region(post, village_code)
    if held.role == Role.AGENCY_OFFICER and kind != UnitKind.SCHOOL:
        raise Refused(
            _("Dinas pendidikan mengusulkan untuk sekolah; desa dan komunitas diusulkan oleh desa/kelurahan.")
        )


@policy
def check_move(post: Post | None) -> None:
    """Move proposals somewhere, from one stage to the next."""
    require_role(post, *MOVERS, to=_("memeriksa usulan produk unggulan"))


@policy
def check_move_proposal(post: Post | None, proposal: Proposal, move: Move, *, by: User) -> None:
    """Do this with this proposal now."""
    held = require_region(post, proposal.village_id)
    state = ProposalState(proposal.state)
    if move in (Move.DECREED, Move.ENDED) or move not in MOVES[state]:
        raise Refused(
            _("Usulan ini %(state)s; langkah “%(move)s” tidak dapat dilakukan sekarang. Muat ulang halaman.")
            % {"state": str(state.label).lower(), "move": move.label}
        )
    if move in (Move.WITHDRAWN, Move.RESENT):
        _require_proposer(held, proposal)
        return
    holder = HOLDERS[state]
    require_role(held, CHECKERS[holder], to=_("memeriksa usulan pada tahap ini"))
    if proposal.sent_by_id == by.pk:
        raise Refused(_("Usulan tidak diperiksa oleh orang yang mengajukannya; mintalah petugas lain."))


def _require_proposer(held: Post, proposal: Proposal) -> None:
    check_propose_for(held, proposal.kind, proposal.village_id)
    if held.agency_id != proposal.post.agency_id:
        raise Refused(
            _("Usulan ini diajukan %(agency)s; hanya pengusulnya yang dapat memperbaiki atau menariknya.")
            % {"agency": proposal.post.agency.short_name}
        )


@policy
def check_form_cluster(post: Post | None) -> None:
    """Form a cluster (sentra) out of neighbouring units with the same product."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("membentuk sentra"))


@policy
def check_see_decrees(post: Post | None) -> None:
    """Read decrees and flagships in the office."""
    require_post(post)


@policy
def check_decree(post: Post | None) -> None:
    """Sign decrees: the officer of the province."""
    held = require_role(post, Role.PROVINCE_OFFICER, to=_("menetapkan keputusan"))
    if len(held.region_code) != 2:
        raise Refused(_("Keputusan ditetapkan oleh petugas provinsi."))


@policy
def check_see_rounds(post: Post | None) -> None:
    """Read the rounds of the locus selection."""
    require_role(post, *READERS, to=_("melihat seleksi lokus"))


@policy
def check_run_rounds(post: Post | None) -> None:
    """Open a round, rank it, move villages in it, close it."""
    require_role(post, Role.PROVINCE_OFFICER, to=_("menyusun daftar lokus"))
