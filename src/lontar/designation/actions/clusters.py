"""Forming a cluster (sentra) out of units around a proposal that work on the same commodity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused, require_region
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.actions.holding import hold_units
from lontar.designation.models import Cluster, ClusterMember, Proposal
from lontar.designation.queries.concentration import concentration_of
from lontar.designation.queries.units import units_of
from lontar.designation.states import Act


class ClusterUnclear(Refused):
    """A sentra needs a name, at least one neighbour, and units that belong to no other one."""


def form_cluster(
    *, proposal_id: int, name: str, members: Sequence[str], reason: str, by: User, post: Post, at: datetime
) -> Cluster:
    """Form a sentra of the proposal's unit and `members`, unit keys of its neighbours; its region is the smallest around all.

    Raises Refused for a post that may not, `ClusterUnclear`, `ReasonTooShort`.
    """
    policies.check_form_cluster(post)
    words, title = rules.read_reason(reason), " ".join(name.split())[:120]
    with recorded(Act.CLUSTERED, by=by, at=at, post=post, proposal=proposal_id):
        proposal = Proposal.objects.select_related("commodity").get(pk=proposal_id)
        require_region(post, proposal.village_id)
        around = {one.unit_key for one in concentration_of(proposal_id, day=timezone.localdate(at)).neighbours}
        chosen = sorted(around & set(members))
        if not title or not chosen or proposal.commodity_id is None:
            raise ClusterUnclear(_("Beri nama sentra dan pilih paling sedikit satu unit sekitar sebagai anggota."))
        keys = [str(proposal.unit_key), *chosen]
        hold_units(keys)
        units = units_of(keys)
        try:
            with transaction.atomic():
                cluster = Cluster.objects.create(
                    name=title, region_id=smallest_region([one.village_code for one in units.values()]),
                    commodity_id=proposal.commodity_id, reason=words, made_at=at, made_by=by, post=post,
                )  # fmt: skip
                ClusterMember.objects.bulk_create(
                    ClusterMember(
                        cluster=cluster, commodity_id=proposal.commodity_id, kind=one.kind,
                        village_id=one.village_code, school_id=one.school_id, community_id=one.community_id,
                    )
                    for one in units.values()
                )  # fmt: skip
        except IntegrityError as problem:
            if "cluster_" not in str(problem):
                raise
            raise ClusterUnclear(
                _("Nama sentra ini sudah ada, atau salah satu unit sudah menjadi anggota sentra komoditas ini.")
            ) from problem
        return cluster


def smallest_region(codes: Sequence[str]) -> str:
    """The code of the kecamatan, kabupaten/kota or province in which all these villages lie."""
    return next((codes[0][:length] for length in (8, 5) if len({code[:length] for code in codes}) == 1), codes[0][:2])
