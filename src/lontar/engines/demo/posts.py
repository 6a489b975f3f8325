"""Who works in the demo province: the agencies of the programme, their posts, and invented people who hold them.

The agencies are those that the seed documents name; the lender and the university are invented, the outlets stand for NTT
Mart in each kabupaten/kota. Passwords, accounts and what a role may do are left to the application.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lontar.engines.demo.draws import stream
from lontar.engines.demo.names import CLANS, MEN, WOMEN
from lontar.engines.demo.official import REGENCIES, Regency

PROVINCE: Final = "53"
ROLES: Final = (
    "province_admin",
    "province_officer",
    "agency_officer",
    "regency_officer",
    "village_officer",
    "mentor",
    "lender",
    "cashier",
    "viewer",
)
#: Villages whose officers are in the cast, by code: a desa each in Kabupaten Kupang and Ngada, a kelurahan in Kota Kupang.
CAST_VILLAGES: Final = {
    "53.01.04.2003": "Desa Bokonusan",
    "53.09.02.2010": "Desa Ratogesa",
    "53.71.01.1001": "Kelurahan Namosain",
}


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency or partner; `scope` is the region code it works in; `kind` is a word of the access app's agency kinds."""

    code: str
    name: str
    short: str
    kind: str
    scope: str


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post: a title at an agency, with one of `ROLES` and a region code as its scope."""

    code: str
    agency: str
    title: str
    role: str
    scope: str


@dataclass(frozen=True, slots=True)
class DemoHolder:
    """An invented person who holds a post; the address lies in a domain that can receive no mail (RFC 2606)."""

    post: str
    username: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """The whole cast; posts refer to agencies and holders to posts by code."""

    agencies: tuple[DemoAgency, ...]
    posts: tuple[DemoPost, ...]
    holders: tuple[DemoHolder, ...]


_PROVINCE_AGENCIES: Final = (
    ("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa Provinsi NTT", "DPMD NTT", "dpmd"),
    ("BPS", "Badan Pusat Statistik Provinsi NTT", "BPS NTT", "bps"),
    ("KOPUKM", "Dinas Koperasi, Usaha Kecil dan Menengah Provinsi NTT", "Dinas Koperasi UKM NTT", "cooperatives"),
    ("PERINDAG", "Dinas Perindustrian dan Perdagangan Provinsi NTT", "Disperindag NTT", "industry"),
    ("DKP", "Dinas Kelautan dan Perikanan Provinsi NTT", "DKP NTT", "fisheries"),
    ("PERTANIAN", "Dinas Pertanian dan Ketahanan Pangan Provinsi NTT", "Dinas Pertanian NTT", "agriculture"),
    ("DLHK", "Dinas Lingkungan Hidup dan Kehutanan Provinsi NTT", "DLHK NTT", "forestry"),
    ("PBJ", "Biro Pengadaan Barang dan Jasa Setda Provinsi NTT", "Biro PBJ NTT", "procurement"),
    ("PAREKRAF", "Dinas Pariwisata dan Ekonomi Kreatif Provinsi NTT", "Dinas Parekraf NTT", "tourism"),
    ("PK", "Dinas Pendidikan dan Kebudayaan Provinsi NTT", "Dinas P dan K NTT", "education"),
    ("BP3MI", "Balai Pelayanan Pelindungan Pekerja Migran Indonesia NTT", "BP3MI NTT", "labour"),
    ("BANK", "Bank Contoh Flobamorata", "Bank Contoh", "lender"),
    ("UNIV", "Universitas Peraga Flobamorata", "Universitas Peraga", "university"),
)


def demo_people(villages: Mapping[str, str] = CAST_VILLAGES) -> DemoPeople:
    """Agencies, posts and holders; a village office with one officer for each of `villages` (code to name with its kind).

    The same arguments give the same people.
    """
    agencies = [DemoAgency(code, name, short, kind, PROVINCE) for code, name, short, kind in _PROVINCE_AGENCIES]
    posts = _province_posts()
    for regency in REGENCIES:
        agencies += _regency_agencies(regency)
        posts += _regency_posts(regency)
    for code, name in villages.items():
        agency = f"DESA-{_short(code)}"
        agencies.append(DemoAgency(agency, f"Pemerintah {name}", name, "village", code))
        posts.append(DemoPost(f"{agency}-SEKRETARIS", agency, "Sekretaris Desa/Kelurahan", "village_officer", code))
    return DemoPeople(agencies=tuple(agencies), posts=tuple(posts), holders=_holders(posts))


def _short(code: str) -> str:
    return code.replace(".", "")


def _full_name(regency: Regency) -> str:
    return f"{regency.kind.capitalize()} {regency.name}"


def _province_posts() -> list[DemoPost]:
    posts = [
        DemoPost("DPMD-ADMIN", "DPMD", "Administrator Sistem", "province_admin", PROVINCE),
        DemoPost("DPMD-BIDANG", "DPMD", "Kepala Bidang Pemberdayaan Usaha Ekonomi", "province_officer", PROVINCE),
        DemoPost("DPMD-PANTAU", "DPMD", "Pemantau Program", "viewer", PROVINCE),
        DemoPost("BANK-KREDIT", "BANK", "Analis Kredit Mikro", "lender", PROVINCE),
        DemoPost("UNIV-DAMPING", "UNIV", "Koordinator Pendampingan", "mentor", PROVINCE),
    ]
    for code, _, _, kind in _PROVINCE_AGENCIES:
        if kind not in ("dpmd", "lender", "university"):
            posts.append(DemoPost(f"{code}-DATA", code, "Pengelola Data", "agency_officer", PROVINCE))
    return posts


def _regency_agencies(regency: Regency) -> list[DemoAgency]:
    name, number, code = _full_name(regency), _short(regency.code), regency.code
    office = "Dinas Pemberdayaan Masyarakat dan Desa"
    place = name.removeprefix("Kabupaten ")
    return [
        DemoAgency(f"PMD-{number}", f"{office} {name}", f"Dinas PMD {place}", "dpmd", code),
        DemoAgency(f"KOP-{number}", f"Dinas Koperasi dan UKM {name}", f"Dinas Koperasi {place}", "cooperatives", code),
        DemoAgency(f"MART-{number}", f"NTT Mart {name}", f"NTT Mart {place}", "shop", code),
    ]


def _regency_posts(regency: Regency) -> list[DemoPost]:
    short, scope = _short(regency.code), regency.code
    return [
        DemoPost(f"PMD-{short}-BIDANG", f"PMD-{short}", "Kepala Bidang Usaha Ekonomi Desa", "regency_officer", scope),
        DemoPost(f"PMD-{short}-DAMPING", f"PMD-{short}", "Tenaga Pendamping Profesional", "mentor", scope),
        DemoPost(f"KOP-{short}-DATA", f"KOP-{short}", "Pengelola Data", "agency_officer", scope),
        DemoPost(f"MART-{short}-KASIR", f"MART-{short}", "Kasir", "cashier", scope),
    ]


def _holders(posts: Sequence[DemoPost]) -> tuple[DemoHolder, ...]:
    """One person per post, no name twice."""
    rng = stream(0, name="posts")
    taken: set[str] = set()
    holders = []
    for post in posts:
        name = ""
        while not name or name in taken:
            given = (MEN, WOMEN)[int(rng.integers(0, 2))]
            clans = CLANS[list(CLANS)[int(rng.integers(0, len(CLANS)))]]
            name = f"{given[int(rng.integers(0, len(given)))].name} {clans[int(rng.integers(0, len(clans)))]}"
        taken.add(name)
        username = post.code.lower().replace("-", ".")
        holders.append(DemoHolder(post.code, username, name, f"{username}@contoh.example"))
    return tuple(holders)
