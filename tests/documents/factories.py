"""One factory per model of this app, and a plain paper to publish."""

from __future__ import annotations

from datetime import date

from tests.factories import MORNING, Member

from lontar.documents.actions import Draft, Drawn, Marks
from lontar.documents.models import NumberPattern, NumberSeries, Paper, PaperFate
from lontar.documents.states import FateKind, Signature
from lontar.engines.papers.pdf import compile_pdf

KIND = "sk-produk-unggulan"
_PAGE = b'#set page(width: 120mm, height: 60mm)\n#set text(font: "Source Sans 3")\nSurat contoh #sys.inputs.number'


def draw(marks: Marks) -> Drawn:
    """One small page that bears the number, and bytes that stand for a Word file."""
    return Drawn(compile_pdf(_PAGE, {"number": marks.number}, at=MORNING), b"PK contoh " + marks.code.encode())


def make_draft(**over: object) -> Draft:
    """A draft of a decree about a village of Ngada."""
    values: dict[str, object] = {
        "kind": KIND,
        "title": "Penetapan Kopi Contoh sebagai produk unggulan Desa Contoh",
        "region_code": "53.09.01.2001",
        "facts": (("Produk", "Kopi Contoh"), ("Desa", "Desa Contoh")),
        "draw": draw,
    }
    return Draft(**(values | over))  # type: ignore[arg-type]  # values by name


def make_paper(member: Member, **over: object) -> Paper:
    """A paper without signature whose files do not exist; `sequence` names it."""
    sequence = over.get("sequence", 1)
    values: dict[str, object] = {
        "kind": KIND,
        "year": 2026,
        "sequence": sequence,
        "number": f"500.3.2/{sequence}/DPMD/2026",
        "code": f"K7QF-2M9A-{sequence:0>4}",
        "address": "http://localhost:8000/periksa/contoh",
        "title": "Penetapan Kopi Contoh sebagai produk unggulan Desa Contoh",
        "region_code": "53.09.01.2001",
        "facts": [["Produk", "Kopi Contoh"]],
        "issued_at": MORNING,
        "pdf_sha256": "0" * 64,
        "pdf_size": 1,
        "signature": Signature.NONE,
    }
    return Paper.objects.create(post=member.held, issued_by=member.user, **(values | over))


def make_fate(paper: Paper, member: Member, **over: object) -> PaperFate:
    """The paper, revoked."""
    values: dict[str, object] = {"kind": FateKind.REVOKED, "reason": "Nama produk keliru.", "at": MORNING}
    return PaperFate.objects.create(
        paper=paper, region_code=paper.region_code, post=member.held, by=member.user, **(values | over)
    )


def make_series(kind: str = "contoh", **over: object) -> NumberSeries:
    """A sequence of 2026 at its beginning."""
    return NumberSeries.objects.create(kind=kind, **({"year": 2026} | over))


def make_pattern(kind: str = "contoh", **over: object) -> NumberPattern:
    """A pattern in force since the programme began."""
    values: dict[str, object] = {
        "pattern": "CONTOH/{urut}/{tahun}",
        "valid_from": date(2025, 5, 27),
        "source": "Surat Contoh 1/2025",
    }
    return NumberPattern.objects.create(kind=kind, **(values | over))
