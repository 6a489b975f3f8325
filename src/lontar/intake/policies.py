"""Who may send data, move a batch, and see it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import Refused, covers, policy, require_post, require_role
from lontar.access.states import Role
from lontar.intake.models import Batch

SENDERS = (
    Role.PROVINCE_ADMIN,
    Role.PROVINCE_OFFICER,
    Role.AGENCY_OFFICER,
    Role.REGENCY_OFFICER,
    Role.VILLAGE_OFFICER,
)
READERS = (*SENDERS, Role.VIEWER)


@policy
def check_submit(post: Post | None) -> None:
    """Send a list of one's agency."""
    require_role(post, *SENDERS, to=_("mengirim data"))


@policy
def check_see_batches(post: Post | None) -> None:
    """Read the history of batches within one's region."""
    require_role(post, *READERS, to=_("melihat kiriman data"))


@policy
def check_see_batch(post: Post | None, batch: Batch) -> None:
    """Read one batch: of one's own agency, or as the province."""
    held = require_role(post, *READERS, to=_("melihat kiriman data"))
    if not covers(held, batch.region_code):
        raise Refused(_("Kiriman ini berada di luar wilayah tugas Anda."))


@policy
def check_move_batch(post: Post | None, batch: Batch) -> None:
    """Map, cancel, resume or correct a batch: one's own agency's, or any as province administrator."""
    check_see_batch(post, batch)
    held = require_post(post)
    check_submit(held)
    if held.agency_id != batch.agency_id and held.role != Role.PROVINCE_ADMIN:
        raise Refused(_("Hanya instansi pengirim atau administrator provinsi yang dapat mengubah kiriman ini."))


@policy
def check_take_workbook(post: Post | None, batch: Batch) -> None:
    """Take the rows of a batch away as a workbook: they hold personal values in clear, so only the agency that sent them."""
    check_see_batch(post, batch)
    held = require_post(post)
    check_submit(held)
    if held.agency_id != batch.agency_id:
        raise Refused(
            _("Buku kerja memuat data pribadi; hanya %(agency)s yang mengirimnya yang dapat mengunduhnya.")
            % {"agency": batch.agency.name}
        )
