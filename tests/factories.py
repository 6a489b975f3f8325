"""One factory per model, nothing random, and the small named cast of people that tests speak of.

Every name is invented and recognisably so. The cast serves in Kabupaten Ngada (53.09) and at the province (53).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.test import Client

from lontar.access import scope
from lontar.access.models import Agency, ApiToken, Handover, Holding, Post, User
from lontar.access.states import AgencyKind, Role, TokenScope
from lontar.audit.models import Parameter, Reveal
from lontar.intake.models import Pair
from lontar.registry.models import Enterprise, Person, Region
from lontar.verification.models import FieldReturn, Section, SignAct, SignOff
from lontar.verification.states import ActKind

PASSWORD = "kata sandi contoh 53"
START = date(2025, 5, 27)
MORNING = datetime(2026, 1, 15, 0, 30, tzinfo=UTC)  # 08.30 WITA


@dataclass(frozen=True)
class Member:
    """A person of the cast and the post that the person holds; None for the stranger."""

    user: User
    post: Post | None

    def client(self) -> Client:
        """A browser in which the person is signed in."""
        client = Client()
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def enter(self) -> None:
        """Let this connection see what the person's post sees."""
        scope.enter(self.post.region_code if self.post else "")

    @property
    def held(self) -> Post:
        """The post; the stranger has none."""
        assert self.post is not None
        return self.post


def make_agency(code: str = "dinas-contoh", **over: object) -> Agency:
    """An agency; `code` names it."""
    words = code.replace("-", " ").title()
    values: dict[str, object] = {"name": words, "short_name": words[:60], "kind": AgencyKind.OTHER, "region_code": "53"}
    return Agency.objects.create(code=code, **(values | over))


def make_user(username: str = "contoh.uji", **over: object) -> User:
    """A person who can sign in with `PASSWORD`."""
    values: dict[str, object] = {"full_name": username.replace(".", " ").title(), "email": f"{username}@contoh.invalid"}
    user = User(username=username, **(values | over))
    user.set_password(PASSWORD)
    user.save()
    return user


def make_post(code: str = "petugas-contoh", *, agency: Agency | None = None, **over: object) -> Post:
    """A post; at an agency of its own unless one is given."""
    values: dict[str, object] = {
        "title": code.replace("-", " ").title(),
        "role": Role.PROVINCE_OFFICER,
        "region_code": "53",
    }
    return Post.objects.create(code=code, agency=agency or make_agency(f"instansi-{code}"[:40]), **(values | over))


def make_holding(post: Post, user: User, **over: object) -> Holding:
    """An open holding since the programme began."""
    return Holding.objects.create(post=post, user=user, **({"valid_from": START} | over))


def make_handover(post: Post, *, to_user: User, by: User, **over: object) -> Handover:
    """A record of a handover (it changes no holding)."""
    return Handover.objects.create(post=post, to_user=to_user, by=by, **({"at": MORNING} | over))


def make_token(post: Post, *, created_by: User, **over: object) -> ApiToken:
    """A token with an invented digest: nobody knows its secret."""
    values: dict[str, object] = {
        "name": "kunci contoh",
        "prefix": "ltr_contoh00",
        "digest": "0" * 64,
        "scopes": [TokenScope.READ],
        "created_at": MORNING,
        "expires_at": MORNING + timedelta(days=90),
    }
    return ApiToken.objects.create(post=post, created_by=created_by, **(values | over))


def make_reveal(member: Member, **over: object) -> Reveal:
    """A look at a masked value, logged."""
    values: dict[str, object] = {
        "at": MORNING,
        "kind": "nik",
        "subject": "registry.person",
        "subject_id": 1,
        "region_code": "53.09.01.2001",
        "reason": "Mencocokkan berkas contoh",
    }
    return Reveal.objects.create(user=member.user, post=member.held, **(values | over))


def make_parameter(key: str = "contoh.batas", **over: object) -> Parameter:
    """A parameter in force since 2021, open-ended."""
    values: dict[str, object] = {"number": 10, "valid_from": date(2021, 2, 2), "source": "Peraturan Contoh 1/2021"}
    return Parameter.objects.create(key=key, **(values | over))


# --- the registry, as far as other rows stand on it -------------------------------------------------------------------

_LEVELS = {
    2: ("province", "provinsi"),
    5: ("regency", "kabupaten"),
    8: ("district", "kecamatan"),
    13: ("village", "desa"),
}


def make_region(code: str = "53.09.01.2001", **over: object) -> Region:
    """A region and, where they are missing, those above it, named after their codes."""
    above = code.rpartition(".")[0]
    if above and not Region.objects.filter(code=above).exists():
        make_region(above)
    level, kind = _LEVELS[len(code)]
    values: dict[str, object] = {
        "level": level,
        "kind": kind,
        "name": f"Contoh {code}",
        "parent_id": above or None,
        "source": "daftar contoh",
    }
    return Region.objects.create(code=code, **(values | over))


def make_person(village: str = "53.09.01.2001", **over: object) -> Person:
    """An owner in a village, which is made when it is missing; enter a scope that covers it first."""
    values: dict[str, object] = {"name": "Contoh Uji Pemilik", "recorded_at": MORNING}
    return Person.objects.create(village=_village(village), **(values | over))


def make_enterprise(village: str = "53.09.01.2001", **over: object) -> Enterprise:
    """An enterprise in a village, which is made when it is missing; enter a scope that covers it first."""
    values: dict[str, object] = {"name": "Usaha Contoh Uji", "recorded_at": MORNING}
    return Enterprise.objects.create(village=_village(village), **(values | over))


def make_act(**over: object) -> SignAct:
    """An act of signing by nobody in particular."""
    return SignAct.objects.create(**({"kind": ActKind.SIGNED, "at": MORNING, "region_code": "53"} | over))


def make_signoff(enterprise: Enterprise, key: str, *, act: SignAct | None = None, **over: object) -> SignOff:
    """A section of an enterprise, signed."""
    values: dict[str, object] = {"step": 1, "signed_at": MORNING, "village_id": enterprise.village_id}
    section = Section.objects.get(key=key)
    return SignOff.objects.create(
        section=section, enterprise_id=enterprise.pk, act=act or make_act(), **(values | over)
    )


def make_signed(enterprise: Enterprise) -> Enterprise:
    """The enterprise with every section signed that decides verification; `verified_at` follows by itself."""
    act = make_act()
    for key in ("identitas", "usaha", "ukuran"):
        make_signoff(enterprise, key, act=act)
    enterprise.refresh_from_db()
    return enterprise


def make_return(enterprise: Enterprise, *, post: Post, by: User, field: str = "kbli", **over: object) -> FieldReturn:
    """A field of an enterprise, returned and waiting for its keeper."""
    values: dict[str, object] = {
        "section": Section.objects.get(key="usaha"),
        "village_id": enterprise.village_id,
        "reason": "KBLI tidak cocok dengan usahanya.",
        "act": make_act(kind=ActKind.RETURNED),
        "returned_at": MORNING,
        "moved_at": MORNING,
    }
    return FieldReturn.objects.create(
        field=field, enterprise_id=enterprise.pk, post=post, returned_by=by, **(values | over)
    )


def _village(code: str) -> Region:
    return Region.objects.filter(code=code).first() or make_region(code)


# --- the cast ---------------------------------------------------------------------------------------------------------

_DUTIES: dict[str, tuple[str, str, str, str, Role, str]] = {
    # name: (user name, full name, agency, title, role, region)
    "province_admin": (
        "ina.contoh",
        "Ina Contoh Admin",
        "dpmd-contoh",
        "Administrator Provinsi",
        Role.PROVINCE_ADMIN,
        "53",
    ),
    "province_officer": (
        "marten.contoh",
        "Marten Contoh Provinsi",
        "dpmd-contoh",
        "Petugas DPMD Provinsi",
        Role.PROVINCE_OFFICER,
        "53",
    ),
    "agency_officer": (
        "rambu.contoh",
        "Rambu Contoh Koperasi",
        "koperasi-ngada-contoh",
        "Petugas Dinas Koperasi Ngada",
        Role.AGENCY_OFFICER,
        "53.09",
    ),
    "regency_officer": (
        "goris.contoh",
        "Goris Contoh Kabupaten",
        "pemkab-ngada-contoh",
        "Petugas Kabupaten Ngada",
        Role.REGENCY_OFFICER,
        "53.09",
    ),
    "village_officer": (
        "meo.contoh",
        "Meo Contoh Desa",
        "desa-contoh",
        "Petugas Desa Contoh",
        Role.VILLAGE_OFFICER,
        "53.09.01.2001",
    ),
    "mentor": ("yane.contoh", "Yane Contoh Pendamping", "kampus-contoh", "Pendamping Ngada", Role.MENTOR, "53.09"),
    "lender": ("dus.contoh", "Dus Contoh Pembiayaan", "bank-contoh", "Analis Pembiayaan", Role.LENDER, "53"),
    "cashier": ("lusi.contoh", "Lusi Contoh Kasir", "gerai-contoh", "Kasir Gerai Bajawa", Role.CASHIER, "53.09"),
    "viewer": ("tere.contoh", "Tere Contoh Pembaca", "dpmd-contoh", "Pembaca Laporan", Role.VIEWER, "53"),
}
_KINDS = {
    "dpmd-contoh": AgencyKind.DPMD,
    "koperasi-ngada-contoh": AgencyKind.COOPERATIVES,
    "desa-contoh": AgencyKind.VILLAGE,
    "kampus-contoh": AgencyKind.UNIVERSITY,
    "bank-contoh": AgencyKind.LENDER,
    "gerai-contoh": AgencyKind.SHOP,
}
CAST = (*_DUTIES, "stranger")


def make_member(name: str) -> Member:
    """A person of the cast by name: the user, and the post held since the programme began."""
    if name == "stranger":
        return Member(make_user("orang.asing", full_name="Orang Asing Contoh"), None)
    username, full_name, agency_code, title, role, region_code = _DUTIES[name]
    agency = Agency.objects.filter(code=agency_code).first() or make_agency(
        agency_code, kind=_KINDS.get(agency_code, AgencyKind.OTHER), region_code=region_code
    )
    post = make_post(f"{name}-contoh".replace("_", "-"), agency=agency, title=title, role=role, region_code=region_code)
    user = make_user(username, full_name=full_name)
    make_holding(post, user)
    return Member(user, post)


MakeMember = Callable[[str], Member]


def make_pair(first: Enterprise | None = None, second: Enterprise | None = None, **over: object) -> Pair:
    """A pair of two enterprises, of one village unless given, that waits for review."""
    one, two = first or make_enterprise(name="Usaha Contoh Satu"), second or make_enterprise(name="Usaha Contoh Dua")
    villages = sorted((one.village_id, two.village_id))
    values: dict[str, object] = {
        "probability": 0.8, "reasons": "==.......", "source": "search", "created_at": MORNING,
        "village_low": villages[0], "village_high": villages[1],
    }  # fmt: skip
    return Pair.objects.create(first_id=one.pk, second_id=two.pk, **(values | over))
