"""The report on paper, and the page of one kabupaten or village: words gathered from the package before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lontar.access.models import Post
from lontar.documents.actions import Draft as PaperDraft
from lontar.documents.queries.marks import has_demo_data
from lontar.engines.papers.report import Grid, Headline, ReportPaper, draw_report, draw_sheet
from lontar.engines.periods import parse_quarter
from lontar.reports.models import Draft, Report
from lontar.reports.presenters import telling
from lontar.reports.presenters.words import category, part_label
from lontar.reports.queries.reading import LENGTHS, Figure, Package
from lontar.reports.rules import answer_of, reach, shown, signed
from lontar.reports.states import PAPER_KIND
from lontar.reports.steps import folders
from lontar.ui import formats

DEMO = "Data contoh: wilayahnya nyata; usaha, orang, dan angkanya rekaan."
SOURCE = "Lontar, laporan bulanan produsen yang diterima"
ROOT = "53"


def chain_to(quarter: str, held: Package) -> list[tuple[str, Package]]:
    """Packages of published reports before a quarter, at most seven, oldest first, and then its own."""
    rows = Report.objects.filter(quarter__lt=quarter).order_by("-quarter").values_list("quarter", "manifest_sha256")[:7]
    found = []
    for label, sha256 in reversed(rows):
        try:
            found.append((label, Package(folders.place(label, sha256), sha256)))
        except folders.FolderLost:
            continue
    return [*found, (quarter, held)]


def report_draft(folder: Path, draft: Draft, *, post: Post, at: datetime) -> PaperDraft:
    """The paper of a report, ready to be numbered and signed; everything is read here, nothing while it is drawn."""
    held = Package(folder, draft.manifest_sha256)
    with override("id"):
        content = report_paper(draft, held, post=post, at=at)
        answers = [(one.question.asked, one.answer.label) for one in telling.headlines(((draft.quarter, held),), ROOT)]
    facts = [
        ("Triwulan", draft.quarter),
        ("Nomor laporan", str(draft.number)),
        *((str(asked), str(word)) for asked, word in answers),
        ("SHA-256 manifes", draft.manifest_sha256),
    ]
    title = f"Laporan terbuka {parse_quarter(draft.quarter)}"
    return PaperDraft(PAPER_KIND, title, post.region_code, facts, lambda marks: draw_report(content, marks))


def report_paper(draft: Draft, held: Package, *, post: Post, at: datetime) -> ReportPaper:
    """What the printed report says of the province."""
    chain = chain_to(draft.quarter, held)
    period = parse_quarter(draft.quarter)
    return ReportPaper(
        title=_("Laporan terbuka"),
        place=_place_name(held, ROOT),
        period=str(period),
        lead=_(
            "Ditetapkan %(post)s, %(agency)s, sebagai laporan nomor %(number)s. Angkanya beku: yang datang kemudian menjadi"
            " pembaruan yang didaftar, tidak pernah perubahan diam-diam."
        )
        % {"post": post.title, "agency": post.agency.name, "number": draft.number},
        headlines=[_headline(one) for one in telling.headlines(chain, ROOT)],
        grids=[_ranking(chain), _categories(held, ROOT), _main(held, ROOT), _quality(held, ROOT), *_restated(held)],
        facts=[("SHA-256 manifes", draft.manifest_sha256), ("Kode wilayah", ROOT)],
        source=SOURCE,
        issued=formats.long_date(timezone.localtime(at)),
        issued_at=timezone.localtime(at),
        notice=DEMO if has_demo_data() else "",
    )


def package_of(report: Report) -> Package:
    """The package of a published report. Raises `folders.FolderLost`."""
    return Package(folders.place(report.quarter, report.manifest_sha256), report.manifest_sha256)


def place_sheet(report: Report, code: str) -> bytes:
    """The page of a kabupaten or village of a published report as PDF.

    The same report and place give the same bytes. Raises `folders.FolderLost`, KeyError for a place that it has not.
    """
    return place_paper(report, code)()


def place_paper(report: Report, code: str) -> Callable[[], bytes]:
    """The same, with everything read and only the drawing left, which needs no database and may run in another thread."""
    held = package_of(report)
    chain = chain_to(report.quarter, held)
    place = held.places()[code]
    with override("id"):
        content = ReportPaper(
            title=_("Laporan satu halaman"),
            place=place.name,
            period=str(parse_quarter(report.quarter)),
            lead=_("Bagian dari laporan terbuka nomor %(number)s.") % {"number": report.number},
            headlines=[_headline(one) for one in telling.headlines(chain, code)],
            grids=[_main(held, code), *_beneath(held, code), _quality(held, code)],
            facts=[("Kode wilayah", code), ("SHA-256 manifes", report.manifest_sha256)],
            source=SOURCE,
            issued=formats.long_date(timezone.localtime(report.published_at)),
            issued_at=timezone.localtime(report.published_at),
            notice=DEMO if report.is_demo else "",
        )
    address = report.paper.address
    return lambda: draw_sheet(content, address=address)


def _place_name(held: Package, code: str) -> str:
    found = held.places().get(code)
    return found.name if found else code


def _headline(one: telling.Told) -> Headline:
    trend = [
        (telling.short_quarter(quarter), *((f.value, f.low, f.high) if f else (None, None, None)))
        for quarter, f in one.trend
    ]
    return Headline(str(one.question.asked), one.answer.value, str(one.answer.label), one.sentence, trend)


def _ranking(chain: telling.Chain) -> Grid:
    rows = [
        [f"{one.rank or '–'}. {one.place.name}", signed(one.figure), reach(one.figure) or "–", _n(one.figure),
         telling.moved_words(one)]
        for one in telling.ranking(chain)
    ]  # fmt: skip
    head = [_("Kabupaten/kota"), _("Pertumbuhan omzet"), _("Kepastian"), "n", _("Peringkat")]
    return Grid(_("Peringkat kabupaten/kota"), head, rows, _("Urutan saja belum berarti beda: lihat selangnya."))


def _n(figure: Figure | None) -> str:
    return formats.number(figure.n) if figure is not None and figure.n is not None else "–"


def _categories(held: Package, code: str) -> Grid:
    rows = [[category(one.part), signed(one), reach(one) or "–", _n(one)] for one in telling.rose_and_fell(held, code)]
    head = [_("Kelompok produk"), _("Pertumbuhan omzet"), _("Kepastian"), "n"]
    return Grid(
        _("Apa yang naik dan apa yang turun"), head, rows or [[_("Belum ada yang dapat ditampilkan"), "", "", ""]]
    )


_MAIN = (
    "O1T",
    "O1",
    "O1R",
    "O2",
    "O2G",
    "O2.womenshare",
    "O2.youth",
    "O3.pp",
    "O3.bps",
    "O3.rung",
    "O4",
    "O4.hayami",
    "P1",
)
_QUALITY = ("R1", "R2", "C1")


def _main(held: Package, code: str) -> Grid:
    return _indicators(held, code, _MAIN, _("Angka utama"))


def _quality(held: Package, code: str) -> Grid:
    return _indicators(held, code, _QUALITY, _("Mutu data"))


def _indicators(held: Package, code: str, indicators: Sequence[str], title: str) -> Grid:
    names = held.definitions()
    found = telling.by_code(held.figures(region=code, indicators=indicators))
    rows = [
        [str(names.get(one, {}).get("name", one)), shown(found[one]), reach(found[one]) or "–", _n(found[one])]
        for one in indicators
        if one in found
    ]
    return Grid(title, [_("Indikator"), _("Nilai"), _("Kepastian"), "n"], rows or [[_("Belum ada angka"), "", "", ""]])


def _beneath(held: Package, code: str) -> list[Grid]:
    """The regions beneath a kabupaten with their three answers; villages have none."""
    beneath = {"regency": "district"}.get(LENGTHS.get(len(code), ""), "")
    if not beneath:
        return []
    places = held.places()
    codes = ["O1", "O1T", "O2"]
    found: dict[str, dict[str, Figure]] = {}
    for one in held.figures(region=code, level=beneath, indicators=codes):
        found.setdefault(one.region, {})[one.indicator] = one
    rows = [
        [places[region].name if region in places else region, *(shown(held_.get(one)) for one in codes),
         str(answer_of(held_.get("O1")).label)]
        for region, held_ in sorted(found.items())
    ]  # fmt: skip
    if not rows:
        return []
    head = [_("Kecamatan"), _("Pertumbuhan omzet"), _("Omzet"), _("Tenaga kerja"), _("Omzet naik?")]
    return [Grid(_("Kecamatan"), head, rows[:24])]


def _restated(held: Package) -> list[Grid]:
    frame = held.table("restatements")
    if frame.is_empty():
        return []
    rows = [
        [f"{one['quarter']} · {one['region']} · {one['indicator']} {part_label(one['by'], one['part'])}".strip(),
         formats.number(one["old"]), formats.number(one["new"]), one["reason"]]
        for one in frame.head(12).iter_rows(named=True)
    ]  # fmt: skip
    return [Grid(_("Angka yang diperbarui"), [_("Angka"), _("Semula"), _("Menjadi"), _("Sebab")], rows)]
