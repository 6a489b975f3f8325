"""The page of a verdict and of one unit: sentences, pictures with their tables, tests, classes, and how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.documents.queries.marks import has_demo_data
from lontar.engines.periods import parse_quarter
from lontar.registry.states import ProductCategory, RegionKind
from lontar.ui import formats
from lontar.ui.charts import Dot, DotPlot, Frame, Line, Lines, Sheet, StackedShare
from lontar.ui.presenters import Column, EmptyState, KeyValue, Pager, Row, Table
from lontar.verdicts.models import ClassMove, Finding, Verdict
from lontar.verdicts.presenters.words import Sentence, sentence_of, signed
from lontar.verdicts.queries import Told
from lontar.verdicts.states import Ladder, Outcome

COLUMNS = {
    "index": gettext_lazy("Indeks desa sebelum program (IDM)"),
    "services": gettext_lazy("Jenis sarana di desa"),
    "seat": gettext_lazy("Jarak ke titik kabupaten/kota (km, log)"),
    "level": gettext_lazy("Omzet sebelum program (log)"),
    "trend": gettext_lazy("Perubahan omzet per triwulan (log)"),
    "workers": gettext_lazy("Tenaga kerja sebelum program"),
    "firms": gettext_lazy("Usaha terdaftar di desa (log)"),
}
CLASSES = {
    "category": (gettext_lazy("Kelompok produk: %s"), dict(ProductCategory.choices)),
    "kind": (gettext_lazy("Jenis wilayah: %s"), dict(RegionKind.choices)),
    "status": (
        gettext_lazy("Status indeks desa: %s"),
        {
            "lagging": gettext_lazy("sangat tertinggal atau tertinggal"), "developing": gettext_lazy("berkembang"),
            "advanced": gettext_lazy("maju atau mandiri"),
        },
    ),
}  # fmt: skip
GROUPS = {"treated": gettext_lazy("Dalam program"), "never": gettext_lazy("Pembanding")}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """What stands behind one outcome: the curve with its table, the tests."""

    name: str
    curve: SafeString
    curve_table: Table
    tests: tuple[KeyValue, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Page:
    """A verdict for readers."""

    quarter: str
    lead: str
    sentences: tuple[Sentence, ...]
    parts: tuple[Part, ...]
    distribution: SafeString
    balance: Table | None
    unknown: str
    attrition: Table | None
    classes: Table
    units: Table
    unit_picture: SafeString
    seals: tuple[KeyValue, ...]
    others: tuple[tuple[str, str], ...]
    demo: str = ""


def page_of(told: Told, *, unit_url: str, others: Sequence[tuple[str, str]]) -> Page:
    """Everything that the page of a verdict says; `unit_url` is the address of a unit with `{key}` in it."""
    found = [told.programme[one] for one in Outcome.values if one in told.programme]
    sentences = tuple(sentence_of(one) for one in found)
    source = source_of(told.verdict)
    whole = told.evidence.get(Outcome.TURNOVER, {})
    return Page(
        quarter=str(parse_quarter(told.verdict.quarter)),
        lead=sentences[0].text if sentences else _("Belum ada putusan."),
        sentences=sentences,
        parts=tuple(_part(one, told.evidence.get(one.outcome, {}), source) for one in found),
        distribution=_distribution(told.evidence.get("distribution", {}), source),
        balance=_balance(whole),
        unknown=_unknown(whole),
        attrition=_attrition(whole),
        classes=_classes(told),
        units=_units(told, unit_url),
        unit_picture=_unit_picture(told, unit_url, source),
        seals=_seals(told.verdict),
        others=tuple(others),
        demo=demo_words(),
    )


def demo_words() -> str:
    """What readers of a demonstration must know; "" where nothing invented was taken in."""
    if not has_demo_data():
        return ""
    return _(
        "Data peragaan: laporan dan hari penetapan di halaman ini rekaan. Hari penetapan dimajukan agar ada keadaan sebelum "
        "dan sesudahnya; surat keputusannya sendiri bertanggal lain."
    )


def source_of(verdict: Verdict) -> str:
    """Where the figures of a verdict come from."""
    return _("Laporan bulanan produsen sampai %(quarter)s, putusan nomor %(number)s") % {
        "quarter": parse_quarter(verdict.quarter), "number": verdict.number,
    }  # fmt: skip


def _step(step: int) -> str:
    return _("mulai") if step == 0 else f"{'+' if step > 0 else '−'}{abs(step)}"


def _percent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)


def _part(finding: Finding, evidence: Mapping[str, Any], source: str) -> Part:
    outcome = Outcome(finding.outcome)
    curve = [*evidence.get("curve", []), {"step": -1, "value": 0.0, "low": 0.0, "high": 0.0, "producers": None}]
    curve.sort(key=lambda one: one["step"])
    name = str(outcome.label)
    question = {
        Outcome.TURNOVER: _("Seberapa jauh omzet dari produsen serupa, sebelum dan sesudah penetapan?"),
        Outcome.WORKERS: _("Seberapa jauh tenaga kerja dari produsen serupa, sebelum dan sesudah penetapan?"),
    }[outcome]
    note = _("Pita: selang keyakinan 95 %. Triwulan sebelum penetapan (−1) adalah nol menurut definisi.")
    lines = Lines(
        Frame(question, source, note=note), [_step(one["step"]) for one in curve],
        [Line(_("selisih"), [_percent(one["value"]) for one in curve], [_percent(one["low"]) for one in curve],
              [_percent(one["high"]) for one in curve], key=True)],
        head=_("Triwulan dari penetapan"), unit="%", decimals=1,
    )  # fmt: skip
    rows = [
        Row([_step(one["step"]), signed(one["value"]), signed(one["low"]), signed(one["high"]),
             formats.number(one["producers"]) if one["producers"] else formats.NONE])
        for one in curve
    ]  # fmt: skip
    heads = (
        ("triwulan", _("Triwulan dari penetapan")), ("selisih", _("Selisih")), ("rendah", _("Paling rendah")),
        ("tinggi", _("Paling tinggi")), ("produsen", _("Produsen")),
    )  # fmt: skip
    known = bool(evidence.get("curve"))
    return Part(
        name, lines.render() if known else SafeString(""), small_table(f"kurva-{outcome}", _("Angka gambar ini"), heads, rows),
        _tests(evidence, finding) if known else (), str(evidence.get("problem", "")),
    )  # fmt: skip


def _tests(evidence: Mapping[str, Any], finding: Finding) -> tuple[KeyValue, ...]:
    """The tests in words, each with what it means."""
    before, placebo = evidence["before"], evidence["placebo"]
    chance, matched = evidence["permutation"], evidence["matching"]
    apart = _("tidak dapat diuji") if before["p"] is None else f"p = {formats.number(before['p'], 3)}"
    found = [
        KeyValue(_("Bergerak bersama sebelum penetapan"), apart, _("p di bawah 0,05 berarti kelompok sudah berbeda arah.")),
        KeyValue(
            _("Kebetulan (permutasi antardesa)"), f"p = {formats.number(chance['p'], 4)}",
            _("%(draws)s undian ulang siapa yang masuk program.") % {"draws": formats.number(chance["draws"])},
        ),
        KeyValue(
            _("Pencocokan"),
            _("%(treated)s produsen dipasangkan dengan %(controls)s pembanding")
            % {"treated": formats.number(matched["treated"]), "controls": formats.number(matched["controls"])},
            _("%(number)s produsen tanpa pembanding yang cukup mirip tidak dihitung.")
            % {"number": formats.number(matched["unmatched"])},
        ),
    ]  # fmt: skip
    if evidence.get("wild"):
        found.insert(2, _wild(evidence["wild"]))
    if finding.detectable is not None:
        note = _("Perubahan yang lebih kecil dari ini mudah luput dari data sebanyak ini (daya 80 %).")
        found.append(KeyValue(_("Perubahan terkecil yang terdeteksi"), formats.percent(finding.detectable, 1), note))
    if placebo:
        words = f"{signed(placebo['value'])} ({signed(placebo['low'])} … {signed(placebo['high'])})"
        note = _("Seolah-olah penetapan terjadi dua triwulan lebih awal; seharusnya mendekati nol.")
        found.insert(1, KeyValue(_("Uji plasebo"), words, note))
    return tuple(found)


def _wild(found: Mapping[str, Any]) -> KeyValue:
    note = _(
        "Desa di salah satu sisi sedikit; kata naik hanya dipakai bila cara kedua ini juga menyatakan bukan kebetulan."
    )
    return KeyValue(
        _("Kebetulan (bootstrap per desa)"), f"p = {formats.number(found['p'], 4)}",
        _("%(draws)s undian sisa per desa.") % {"draws": formats.number(found["draws"])} + " " + note,
    )  # fmt: skip


class _Rises(StackedShare):
    """The table twin stands on its side: two groups fit the width of a phone, five rises do not."""

    __slots__ = ()

    @property
    def sheet(self) -> Sheet:
        """One row per rise, one column per group."""
        counts = zip(*(numbers for _label, numbers in self.rows), strict=True)
        rows = [[part, *numbers] for part, numbers in zip(self.parts, counts, strict=True)]
        return Sheet([self.head, *(label for label, _numbers in self.rows)], rows, 0)


def _distribution(found: Mapping[str, Any], source: str) -> SafeString:
    if not found:
        return SafeString("")
    parts = [
        _("turun > 10 %"), _("−10 … +10 %"), _("naik 10–25 %"), _("naik 25–50 %"),
        _("naik ≥ 50 %"),
    ]  # fmt: skip
    rows = [(_("Program"), found["programme"]), (_("Pembanding"), found["comparison"])]
    question = _("Berapa bagian produsen yang omzetnya naik dari triwulan yang sama tahun lalu?")
    n = sum(found["programme"]) + sum(found["comparison"])
    return _Rises(Frame(question, source, n=n, noun=_("produsen")), parts, rows, _("Omzet")).render()


def _balance(evidence: Mapping[str, Any]) -> Table | None:
    rows = [
        Row([_trait(one["column"]), formats.number(one["treated"], 2), formats.number(one["control"], 2),
             formats.number(one["matched"], 2), formats.number(one["before"], 2), formats.number(one["after"], 2),
             formats.number(one.get("unknown", 0))])
        for one in evidence.get("balance", [])
    ]  # fmt: skip
    heads = (
        ("ciri", _("Ciri")), ("program", _("Dalam program")), ("semua", _("Semua pembanding")),
        ("cocok", _("Pembanding yang dipasangkan")), ("sebelum", _("Selisih baku sebelum")),
        ("sesudah", _("Selisih baku sesudah")), ("takdiketahui", _("Tidak diketahui")),
    )  # fmt: skip
    return small_table("keseimbangan", _("Serupakah kedua kelompok?"), heads, rows) if rows else None


def _trait(column: str) -> str:
    """A column of the matching, or one class of it, in words."""
    name, is_class, value = column.partition("=")
    if not is_class:
        return str(COLUMNS.get(name, name))
    label, words = CLASSES.get(name, (f"{name}: %s", {}))
    return str(label) % (words.get(value, value) or _("tidak tercatat"))


def _unknown(evidence: Mapping[str, Any]) -> str:
    """What was recorded of nobody; "" where there is no such thing."""
    names = [_trait(one) for one in evidence.get("unknown", [])]
    if not names:
        return ""
    return _("Tidak tercatat untuk siapa pun dan karena itu tidak dicocokkan: %(names)s.") % {"names": "; ".join(names)}


def _attrition(evidence: Mapping[str, Any]) -> Table | None:
    rows = [
        Row([str(GROUPS[one["group"]]), formats.number(one["before"]), formats.number(one["after"]),
             formats.percent(one["lost"], 1)])
        for one in evidence.get("attrition", [])
    ]  # fmt: skip
    heads = (
        ("kelompok", _("Kelompok")), ("awal", _("Melapor di triwulan pertama")), ("akhir", _("Masih melapor di akhir")),
        ("hilang", _("Hilang")),
    )  # fmt: skip
    return small_table("hilang", _("Siapa yang berhenti melapor?"), heads, rows) if rows else None


def move_cells(move: ClassMove | None) -> list[str]:
    if move is None:
        return [formats.NONE] * 4
    net = f"{'+' if move.net > 0 else '−' if move.net < 0 else ''}{formats.number(abs(move.net))}"
    return [formats.number(move.up), formats.number(move.down), net, formats.number(move.seen)]


CLASS_HEADS = (
    ("naik", gettext_lazy("Naik kelas")), ("turun", gettext_lazy("Turun kelas")), ("bersih", gettext_lazy("Bersih")),
    ("terlihat", gettext_lazy("Terlihat dua tahun")),
)  # fmt: skip


def _classes(told: Told) -> Table:
    rows = []
    for ladder in Ladder:
        for name, move in zip((_("dalam program"), _("pembanding")), told.of_programme(ladder), strict=True):
            rows.append(Row([f"{ladder.label}: {name}", *move_cells(move)]))
    return small_table("kelas", _("Naik kelas dalam setahun"), (("menurut", _("Kelas menurut")), *CLASS_HEADS), rows)


def _unit_name(one: Finding) -> str:
    return f"{one.unit_name} ({one.village_id})" if one.unit_key.startswith("village:") else one.unit_name


def _latest(told: Told) -> list[Finding]:
    """Of each unit the finding on turnover over the longest span."""
    found: dict[str, Finding] = {}
    for one in told.units:
        if one.outcome == Outcome.TURNOVER:
            found[one.unit_key] = max((one, found.get(one.unit_key, one)), key=lambda each: each.months)
    return list(found.values())


def _units(told: Told, unit_url: str) -> Table:
    workers = {(one.unit_key, one.months): one for one in told.units if one.outcome == Outcome.WORKERS}
    rows = []
    for one in _latest(told):
        jobs = workers.get((one.unit_key, one.months))
        rows.append(
            Row(
                [_unit_name(one), formats.number(one.months), sentence_of(one).badge, signed(one.value),
                 f"{signed(one.low)} … {signed(one.high)}" if one.value is not None else formats.NONE,
                 sentence_of(jobs).badge if jobs else formats.NONE, formats.number(one.producers)],
                url=unit_url.replace("{key}", one.unit_key),
            )
        )  # fmt: skip
    columns = (
        Column("unit", _("Unit")), Column("bulan", _("Bulan sesudah"), numeric=True), Column("omzet", _("Omzet")),
        Column("selisih", _("Selisih"), numeric=True), Column("selang", _("Selang 95 %"), numeric=True),
        Column("kerja", _("Tenaga kerja")), Column("produsen", _("Produsen"), numeric=True),
    )  # fmt: skip
    empty = EmptyState(_("Belum ada unit yang enam bulan berjalan."))
    return Table(_("Putusan per unit"), columns, rows, _whole(rows), _("unit"), "unit", empty=empty, sizes=())


def _whole(rows: Sequence[Row]) -> Pager:
    """All rows on one page."""
    return Pager.whole(len(rows))


def _unit_picture(told: Told, unit_url: str, source: str) -> SafeString:
    known = [one for one in _latest(told) if one.value is not None]
    if not known:
        return SafeString("")
    known.sort(key=lambda one: -(one.value or 0))
    dots = [
        Dot(one.unit_name, [_percent(one.value)], _percent(one.low), _percent(one.high),
            unit_url.replace("{key}", one.unit_key))
        for one in known[:_SHOWN]
    ]  # fmt: skip
    frame = Frame(
        _("Di unit mana omzet naik lebih dari produsen serupa?"), source, n=len(known), noun=_("unit"),
        note=_("Garis: selang keyakinan 95 %."),
    )  # fmt: skip
    return DotPlot(frame, dots, (_("selisih omzet"),), _("Unit"), "%", decimals=1, zero=True).render()


def _grouped(sha256: str) -> str:
    """Sixteen by sixteen, so that a phone can break it."""
    return " ".join(sha256[start : start + 16] for start in range(0, len(sha256), 16))


def _seals(verdict: Verdict) -> tuple[KeyValue, ...]:
    return (
        KeyValue(_("Dibuat"), formats.moment(verdict.made_at)),
        KeyValue(_("Laporan yang dihitung"), formats.number(verdict.returns)),
        KeyValue(_("Sidik masukan (SHA-256)"), _grouped(verdict.inputs_sha256)),
        KeyValue(_("Sidik hasil (SHA-256)"), _grouped(verdict.result_sha256)),
        KeyValue(_("Versi program"), verdict.code_version),
        KeyValue(_("Kenaikan yang dianggap berarti"), formats.percent(verdict.matters, 0)),
    )


def small_table(key: str, caption: str, heads: Sequence[tuple[str, object]], rows: Sequence[Row]) -> Table:
    """A small table: the first column names the row, the others are numbers."""
    columns = tuple(Column(name, str(label), numeric=at > 0) for at, (name, label) in enumerate(heads))
    return Table(caption, columns, rows, _whole(rows), _("baris"), key, sizes=())
