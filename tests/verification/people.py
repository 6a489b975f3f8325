"""Officers of the agencies that sign, beside the cast that every test knows; all invented."""

from __future__ import annotations

from tests.factories import Member, make_agency, make_holding, make_post, make_user

from lontar.access.states import AgencyKind, Role


def signer(kind: AgencyKind, *, region: str = "53.09", role: Role = Role.AGENCY_OFFICER) -> Member:
    """An officer of an agency of this kind."""
    code = f"{kind.value}-{region.replace('.', '-')}-uji"
    agency = make_agency(code, kind=kind, region_code=region)
    post = make_post(f"petugas-{code}", agency=agency, role=role, region_code=region)
    user = make_user(f"petugas.{code}", full_name=f"Petugas {kind.value.title()} Contoh")
    make_holding(post, user)
    return Member(user, post)
