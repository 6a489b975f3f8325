"""An invented document at the size of the largest kabupaten, for the tests of papers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lontar.engines.papers import (
    ClassLine,
    Counted,
    Dot,
    Group,
    Leading,
    MappingPaper,
    Name,
    Picture,
    SourceLine,
    VillageLine,
)

ADDRESS = "https://contoh.example/periksa/K7QF-2M9A-X3TB"


def counted(number: int, *, villages: int = 12, official: int | None = None) -> Counted:
    """A kecamatan with figures that follow from its number."""
    return Counted(
        f"53.08.{number:02d}",
        f"Contoh {number}",
        villages,
        official,
        40 * number,
        31 * number,
        number % 3,
        number % 2,
        1,
    )


def group(number: int, *, villages: int = 12) -> Group:
    """A kecamatan of villages."""
    return Group(
        f"53.08.{number:02d}", f"Contoh {number}", "Kabupaten Contoh",
        tuple(
            VillageLine(
                f"53.08.{number:02d}.{2000 + at}", f"Desa Uji {at}", "Kelurahan" if at == 0 else "Desa", 3 * at, 2 * at,
                ("Kopi", "Jambu mete") if at % 4 else (), ("Kopi bubuk", "Tenun ikat") if at % 3 else (),
            )
            for at in range(villages)
        ),
    )  # fmt: skip


def picture() -> Picture:
    """A square island with twelve villages."""
    island = [[[[121.0, -8.9], [121.8, -8.9], [121.8, -8.3], [121.0, -8.3], [121.0, -8.9]]]]
    dots = tuple(Dot(121.05 + at * 0.06, -8.85 + (at % 5) * 0.1, at % 3) for at in range(12))
    classes = (
        ClassLine(1, "#8fb7b2", "1 – 20", 4),
        ClassLine(2, "#1f2f54", "21 – 90", 4),
        ClassLine(0, "#d8d0bf", "tidak ada data", 4),
    )
    return Picture(
        "Berapa usaha terdaftar di setiap desa?", (120.9, -9.0, 121.9, -8.2), island, [], [], dots, classes,
        (Name("Contoh 1", 121.4, -8.6), Name("Contoh 2", 121.41, -8.6)), "geografis (MIT)",
    )  # fmt: skip


def sample(*, districts: int = 21, version: int = 1, with_map: bool = True) -> MappingPaper:
    """The document; `districts` kecamatan of twelve villages each."""
    return MappingPaper(
        region_code="53.08", region_name="Kabupaten Contoh", beneath="kecamatan", number="PEMETAAN/53.08/1",
        version=version, issued_at=datetime(2026, 11, 22, 1, 5, tzinfo=UTC), data_as_of=date(2026, 11, 20),
        post="Petugas Contoh", agency="Dinas Contoh", code="K7QF-2M9A-X3TB", address=ADDRESS,
        total=Counted("53.08", "Kabupaten Contoh", districts * 12, 8839, 9240, 7161, 21, 10, 21),
        lines=tuple(counted(at) for at in range(1, districts + 1)),
        groups=tuple(group(at) for at in range(1, districts + 1)),
        leading=(Leading("Kopi", 102), Leading("Jambu mete", 77)), picture=picture() if with_map else None,
        sources=(SourceLine("Dinas Koperasi Contoh", "Usaha", 9240, date(2026, 11, 20)),),
        official_source="Badan Pusat Statistik, Tabel 1", changes=("Usaha terdaftar bertambah 12 menjadi 9.240.",),
        is_demo=False,
    )  # fmt: skip
