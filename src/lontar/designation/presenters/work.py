"""What waits for a post in this app, for the work list of the office."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.queries import OpenWork
from lontar.designation.queries.proposals import waiting_for
from lontar.designation.states import ProposalState


def open_work(post: Post) -> Iterator[OpenWork]:
    """Proposals that the post has to correct, check, decree, coach or evaluate, by state."""
    labels = {
        ProposalState.VILLAGE: _("Usulan yang dikembalikan kepada Anda"),
        ProposalState.REGENCY: _("Usulan produk unggulan yang menunggu pemeriksaan kabupaten/kota"),
        ProposalState.PROVINCE: _("Usulan produk unggulan yang menunggu pemeriksaan provinsi"),
        ProposalState.READY: _("Usulan yang siap ditetapkan dengan keputusan"),
        ProposalState.DECREED: _("Produk unggulan baru yang menunggu pembinaan"),
        ProposalState.EVALUATION: _("Produk unggulan yang dievaluasi"),
    }
    for one in waiting_for(post):
        url = f"{reverse('designation:proposals')}?keadaan={one.state.value}"
        urgent = one.state in (ProposalState.VILLAGE, ProposalState.REGENCY, ProposalState.PROVINCE)
        yield OpenWork(labels[one.state], one.number, url, since=one.since, is_urgent=urgent)
