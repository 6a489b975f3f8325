"""Who may read rankings, ask for a new one, and decide how criteria weigh."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import policy, require_region, require_role
from lontar.access.states import Role
from lontar.registry.policies import READERS

RANKERS = (Role.PROVINCE_ADMIN, Role.PROVINCE_OFFICER)


@policy
def check_see_rankings(post: Post | None) -> None:
    """Read how candidates stand, within the post's region, and the criteria sets."""
    require_role(post, *READERS, to=_("melihat peringkat calon unggulan"))


@policy
def check_see_ranking(post: Post | None, village_code: str) -> None:
    """Read how the candidates of a unit of this village stand."""
    check_see_rankings(post)
    require_region(post, village_code)


@policy
def check_rank(post: Post | None) -> None:
    """Ask for a new ranking of all units: the province's business, for it concerns everybody."""
    held = require_role(post, *RANKERS, to=_("menghitung ulang peringkat"))
    require_region(held, held.region_code[:2])


@policy
def check_set_weights(post: Post | None) -> None:
    """Open panels, write down experts' answers and bring weights into force: the province, for all villages alike."""
    held = require_role(post, *RANKERS, to=_("mengatur bobot kriteria"))
    require_region(held, held.region_code[:2])


@policy
def check_set_traits(post: Post | None) -> None:
    """Lay down which commodities are forbidden, storable, part of the culture or geographical indications: the province."""
    held = require_role(post, *RANKERS, to=_("mencatat sifat komoditas"))
    require_region(held, held.region_code[:2])
