"""The sentences and tables of the mapping document in Indonesian, said once for the PDF and for Word.

Every figure is written here; the templates only lay out. Layout is left to `pdf` and `word`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date

from lontar.engines.money.formats import format_number
from lontar.engines.papers.model import Counted, Group, MappingPaper, Texts, VillageLine

WITA = ZoneInfo("Asia/Makassar")
NONE = "–"
_LISTED = 400
_FINE = frozenset("–—‘’“”…•−  ")

METHOD = (
    "Terdaftar: usaha yang ada di registri dan belum tutup pada saat dokumen diterbitkan, dihitung sekali walaupun "
    "dikirim oleh lebih dari satu instansi.",
    "Terverifikasi: usaha terdaftar yang telah diperiksa dan disahkan petugas. Bagian terverifikasi dihitung dari "
    "jumlah terdaftar.",
    "Angka resmi: jumlah perusahaan industri mikro dan kecil yang diterbitkan Badan Pusat Statistik (BPS). Angka itu "
    "hanya terbit untuk kabupaten/kota dan tidak pernah diganti dengan hitungan registri. Cakupannya industri "
    "pengolahan, sedangkan registri memuat juga usaha lain; bagian di atas 100 persen karena itu mungkin.",
    "Komoditas utama: paling banyak tiga dari tahun terbaru yang tercatat di desa/kelurahan itu, menurut luas lahan lalu "
    "produksi. Produk utama: paling banyak tiga, mulai dari produk yang tercatat, lalu yang paling sering dibuat usaha.",
    "Dokumen ini tidak memuat data pribadi, sesuai Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi.",
    "Wilayah dan kodenya mengikuti daftar Kementerian Dalam Negeri. Peta disederhanakan untuk tampilan, bukan untuk "
    "pengukuran batas.",
)


def plain(text: str) -> str:
    """The text in letters that the shipped fonts have: others lose their marks, and what is then left over is a `?`."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in _FINE or ("\u0020" <= letter <= "\u007e") or ("\u00a0" <= letter <= "\u017f"):
            out.append(letter)
            continue
        simple = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        out.append(simple or ("" if unicodedata.category(letter) in {"Cc", "Cf", "Mn"} else "?"))
    return " ".join("".join(out).split())


def long_date(value: date | datetime | None) -> str:
    """`22 November 2026`, on the calendar of WITA."""
    if value is None:
        return NONE
    day = value.astimezone(WITA) if isinstance(value, datetime) else value
    return format_date(day, format="d MMMM y", locale="id_ID")


def moment(value: datetime) -> str:
    """`22 November 2026 pukul 14.05 WITA`."""
    local = value.astimezone(WITA)
    return f"{long_date(value)} pukul {local.hour:02d}.{local.minute:02d} WITA"


def count(value: int | None) -> str:
    """`3.442`; a dash for what is not published."""
    return NONE if value is None else format_number(value)


def share(part: int, whole: int | None) -> str:
    """`82,4 %`; a dash of nothing."""
    return f"{format_number(Decimal(100 * part) / whole, places=1)} %" if whole else NONE


def _coverage(one: Counted) -> list[str]:
    return [
        one.code,
        plain(one.name),
        count(one.villages),
        count(one.official),
        count(one.registered),
        share(one.registered, one.official),
        count(one.verified),
        share(one.verified, one.registered),
    ]


def _lacking(one: Counted) -> list[str]:
    numbers = (one.bare, one.empty, one.registered - one.verified, one.unplaced)
    return [plain(one.name), *(count(number) for number in numbers)]


def _village(one: VillageLine) -> list[str]:
    name = plain(one.name if one.kind == "Desa" else f"{one.name} ({one.kind.lower()})")
    things = (", ".join(plain(word) for word in words) or NONE for words in (one.commodities, one.products))
    return [one.code, name, count(one.registered), count(one.verified), *things]


def _sections(groups: Sequence[Group], *, is_wide: bool) -> list[dict[str, object]]:
    """Kecamatan gathered under their kabupaten where there is more than one of these."""
    sections: list[dict[str, object]] = []
    for group in groups:
        title = plain(group.regency) if is_wide else ""
        if not sections or sections[-1]["title"] != title:
            sections.append({"title": title, "groups": []})
        inner = sections[-1]["groups"]
        assert isinstance(inner, list)  # noqa: S101 - made two lines above
        inner.append(
            {"title": f"Kecamatan {plain(group.name)} ({group.code})", "rows": [_village(v) for v in group.villages]}
        )
    return sections


def _named(groups: Sequence[Group], *, wanted: str) -> list[dict[str, str]]:
    """Names of villages that lack something, kecamatan by kecamatan."""
    found = []
    for group in groups:
        lacks = [v.name for v in group.villages if (not v.commodities if wanted == "bare" else not v.registered)]
        if lacks:
            found.append({"title": plain(group.name), "names": ", ".join(plain(name) for name in lacks)})
    return found


def summary(paper: MappingPaper) -> list[str]:
    """What the reader should know after one paragraph."""
    total = paper.total
    lines = [
        f"{count(total.registered)} usaha terdaftar di {count(total.villages)} desa/kelurahan; "
        f"{count(total.verified)} di antaranya ({share(total.verified, total.registered)}) terverifikasi."
        if total.registered
        else f"Belum ada usaha terdaftar di {count(total.villages)} desa/kelurahan wilayah ini."
    ]
    if total.official:
        lines.append(
            f"Angka resmi industri mikro dan kecil {count(total.official)}; yang terdaftar setara "
            f"{share(total.registered, total.official)} dari angka itu."
        )
    lines.append(
        f"Potensi tercatat di {count(total.villages - total.bare)} desa/kelurahan; {count(total.bare)} belum memilikinya."
        if total.bare
        else "Potensi tercatat di semua desa/kelurahan."
    )
    return lines


def texts(paper: MappingPaper) -> Texts:
    """Every sentence and cell of the document, ready to be laid out."""
    is_wide = len(paper.region_code) == 2
    names = not is_wide and paper.total.villages <= _LISTED
    return {
        "title": "Dokumen Pemetaan Potensi Produk Unggulan Desa dan Usaha Mikro dan Kecil",
        "region": plain(paper.region_name),
        "region_code": paper.region_code,
        "beneath": paper.beneath,
        "number": paper.number,
        "version": str(paper.version),
        "issued": moment(paper.issued_at),
        "day": long_date(paper.issued_at),
        "as_of": long_date(paper.data_as_of),
        "issuer": plain(f"{paper.post}, {paper.agency}" if paper.agency else paper.post),
        "code": paper.code,
        "address": paper.address,
        "demo": "Data contoh: wilayahnya nyata; usaha, potensi, produk, dan orangnya rekaan." if paper.is_demo else "",
        "summary": summary(paper),
        "coverage": [_coverage(one) for one in paper.lines],
        "coverage_total": ["", "Jumlah", *_coverage(paper.total)[2:]],
        "official_source": plain(paper.official_source),
        "leading": [[plain(one.name), count(one.villages)] for one in paper.leading],
        "question": plain(paper.picture.question) if paper.picture else "",
        "map_source": plain(paper.picture.source) if paper.picture else "",
        "legend": [[c.colour, c.label, count(c.count)] for c in paper.picture.classes] if paper.picture else [],
        "sections": _sections(paper.groups, is_wide=is_wide),
        "lacking": [_lacking(one) for one in paper.lines],
        "lacking_total": ["Jumlah", *_lacking(paper.total)[1:]],
        "bare": _named(paper.groups, wanted="bare") if names else [],
        "empty": _named(paper.groups, wanted="empty") if names else [],
        "sources": [[plain(s.agency), s.subject, count(s.rows), long_date(s.latest)] for s in paper.sources],
        "changes": [plain(one) for one in paper.changes],
        "method": list(METHOD),
    }
