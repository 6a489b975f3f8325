"""Value kept of a quarter as shown: figures, the chart by kabupaten, the table, the flow of the money, the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.engines.economy import Part, Place
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Flow, FlowPicture, Frame, Node, Sheet
from lontar.ui.presenters import Column, EmptyState, Export, Figure, Pager, Query, Row, Table
from lontar.value.models import KeptLine, Reckoning
from lontar.value.presenters import part_words, quarter_words, short_words
from lontar.value.queries import Chain, Flows
from lontar.value.queries.flows import flows_of, provisional
from lontar.value.states import Level, Status, Step

SOURCE = "Lontar"
_SUMS = ("turnover", "counted", "material", "material_outside", "others", "labour", "margin", "village", "regency", "ntt",
         "outside", "sold_known", "sold_outside")  # fmt: skip
HEADS = ("quarter", "level", "region", "region_name", "commodity", "status", "n", "returns", *_SUMS, "provisional")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Everything that a page says of a quarter."""

    title: str
    is_provisional: bool
    figures: tuple[Figure, ...]
    chart: SafeString | str
    flow: SafeString | str
    table: Table
    notes: tuple[str, ...]


def hidden_words() -> str:
    """What stands instead of a hidden number."""
    return _("disembunyikan")


def kept_page(  # one page, its parts
    lines: Sequence[KeptLine], made: Reckoning, *, names: Mapping[str, str], query: Query, exports: Sequence[Export]
) -> KeptPage:
    """Lines of one commodity (or of all together) of a quarter: the province's and every kabupaten's."""
    whole = next(
        (flows_of([one], (made.quarter,)) for one in lines if one.level == Level.PROVINCE and _is_shown(one)), None
    )
    is_provisional = made.quarter in provisional([made.quarter])
    of_regencies = [one for one in lines if one.level == Level.REGENCY]
    is_any_shown = any(_is_shown(one) for one in of_regencies)
    source = _source(made, is_provisional=is_provisional)
    return KeptPage(
        title=made.quarter,
        is_provisional=is_provisional,
        figures=figures(whole),
        chart=_chart(of_regencies, made.quarter, names, source=source).render() if is_any_shown else "",
        flow=flow_picture(whole, level=2) if whole else "",
        table=kept_table(of_regencies, names=names, query=query, exports=exports),
        notes=notes(made),
    )


def _is_shown(line: KeptLine) -> bool:
    return line.status == Status.SHOWN


def figures(whole: Flows | None) -> tuple[Figure, ...]:
    """The four figures of a place; none where nothing was counted or it is hidden."""
    if whole is None:
        return ()
    missing = _("%(share)s omzet belum dapat diurai: bahan bakunya tidak dilaporkan") % {
        "share": formats.percent(whole.missing, 1)
    }
    return (
        Figure(_("Omzet program"), formats.rupiah_short(whole.turnover), note=_said_by(whole.n)),
        Figure(_("Nilai tambah"), formats.rupiah_short(whole.added), note=missing),
        Figure(
            _("Tinggal di NTT"), formats.percent(whole.share(Place.NTT), 1), note=_("dari omzet yang dapat diurai"), key=True
        ),
        Figure(_("Bahan mentah dari NTT"), formats.percent(whole.local_material, 1), note=_("dari seluruh bahan mentah")),
    )  # fmt: skip


def _said_by(n: int) -> str:
    return _("%(n)s pelaku usaha") % {"n": formats.number(n)}


def _chart(lines: Sequence[KeptLine], quarter: str, names: Mapping[str, str], *, source: str) -> Bars:
    bars = []
    for line in lines:
        share = flows_of([line], (quarter,)).share(Place.NTT) if _is_shown(line) else None
        value = None if share is None or share < 0 else share * 100
        bars.append(Bar(names.get(line.region_code, line.region_code), value))
    return Bars(
        Frame(
            _("Berapa persen omzet yang tinggal di NTT?"), source, n=sum(line.n or 0 for line in lines),
            noun=_("pelaku usaha"), note=_("Kabupaten tanpa batang: disembunyikan atau belum dapat diurai."), level=2,
        ),
        bars, head=_("Kabupaten/kota"), unit="%", decimals=1,
    )  # fmt: skip


def _source(made: Reckoning, *, is_provisional: bool) -> str:
    return _("Lontar, laporan diterima %(quarter)s, dihitung %(day)s") % {
        "quarter": quarter_words(made.quarter, is_provisional=is_provisional), "day": formats.long_date(made.counted_at),
    }  # fmt: skip


def notes(made: Reckoning) -> tuple[str, ...]:
    """How it was counted, and every number that was assumed, with its source."""
    from lontar.audit.states import KnownParameter

    labels = dict(KnownParameter.choices)
    counted = _(
        "Dari %(returns)s laporan diterima, %(producers)s pelaku usaha termasuk kelompok pembanding; dihitung %(at)s."
    ) % {
        "returns": formats.number(made.returns), "producers": formats.number(made.producers),
        "at": formats.moment(made.counted_at),
    }  # fmt: skip
    assumed = [
        f"{labels.get(one.key, one.key)}: {formats.number(one.number.normalize())} {one.unit}. {one.source}."
        for one in made.assumed.order_by("key")
    ]
    return (counted, *assumed)


def kept_table(
    lines: Sequence[KeptLine], *, names: Mapping[str, str], query: Query, exports: Sequence[Export]
) -> Table:
    """Each kabupaten with its turnover and where it stays; hidden lines say so."""

    def money(line: KeptLine, name: str) -> str:
        return formats.rupiah_short(getattr(line, name)) if _is_shown(line) else hidden_words()

    rows = []
    for line in lines:
        share = flows_of([line], ("",)).share(Place.NTT) if _is_shown(line) else None
        rows.append(
            Row(
                [
                    names.get(line.region_code, line.region_code),
                    formats.number(line.n) if _is_shown(line) else hidden_words(),
                    money(line, "turnover"), money(line, "village"), money(line, "regency"), money(line, "ntt"),
                    money(line, "outside"), formats.percent(share, 1) if _is_shown(line) else hidden_words(),
                ]
            )
        )  # fmt: skip
    words = short_words()
    return Table(
        caption=_("Nilai yang tinggal, per kabupaten/kota"),
        columns=[
            Column("kab", _("Kabupaten/kota")),
            Column("n", _("Pelaku usaha"), numeric=True),
            Column("omzet", _("Omzet"), numeric=True),
            *(Column(place.value, words[place], numeric=True) for place in Place),
            Column("bagian", _("Tinggal di NTT (%)"), numeric=True),
        ],
        rows=rows,
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("kabupaten/kota"),
        exports=exports,
        empty=EmptyState(_("Belum ada angka untuk pilihan ini."), _("Pilih triwulan atau komoditas lain.")),
        sizes=(),
    )


def flow_picture(whole: Flows, *, level: int = 3) -> SafeString | str:
    """From where it is sold to where it stays; "" where a loss makes a band thinner than nothing."""
    if (
        any(amount < 0 for amount in whole.places.values())
        or whole.sold_outside > whole.sold_known
        or not whole.turnover
    ):
        return ""
    words = short_words()
    unknown = whole.turnover - whole.sold_known
    untold = whole.turnover - whole.counted
    nodes = [
        Node("inside", _("Pembeli di NTT"), 0, "f3"), Node("outside_sold", _("Pembeli luar NTT"), 0, "f1"),
        Node("unknown", _("Tidak disebut"), 0, "f4"), Node("sum", _("Omzet program"), 1, "f0"),
        *(Node(place.value, words[place], 2, "f4" if place == Place.OUTSIDE else "f3") for place in Place),
        Node("untold", _("Belum terurai"), 2, "f4"),
    ]  # fmt: skip
    flows = [
        Flow("inside", "sum", whole.sold_inside), Flow("outside_sold", "sum", whole.sold_outside, key=True),
        Flow("unknown", "sum", unknown), *(Flow("sum", place.value, whole.places[place]) for place in Place),
        Flow("sum", "untold", untold),
    ]  # fmt: skip
    frame = Frame(
        _("Dari mana omzet datang, dan di mana ia tinggal?"), SOURCE, n=whole.n, noun=_("pelaku usaha"),
        note=_("Pita setebal nilainya. Upah dan sisa pemilik dihitung tinggal menurut anggapan di bawah."), level=level,
    )  # fmt: skip
    used = {flow.source for flow in flows if flow.value} | {flow.target for flow in flows if flow.value}
    return FlowPicture(
        frame, [node for node in nodes if node.key in used], [flow for flow in flows if flow.value], head=_("Dari")
    ).render()


def sheet(lines: Sequence[KeptLine], quarter: str, *, names: Mapping[str, str], goods: Mapping[str, str]) -> Sheet:
    """Every line of a quarter for machines; a hidden line has a status and no number, `provisional` is 1 or 0."""
    is_provisional = int(quarter in provisional([quarter])) if lines else 0
    return Sheet(
        list(HEADS),
        [
            [
                quarter, one.level, one.region_code, names.get(one.region_code, ""), goods.get(one.commodity, one.commodity),
                one.status, one.n, one.returns, *(getattr(one, name) for name in _SUMS), is_provisional,
            ]
            for one in lines
        ],
    )  # fmt: skip


def chain_table(found: Sequence[Chain], *, query: Query, exports: Sequence[Export] = ()) -> Table:
    """Prices raw, processed, packed of every commodity at a place."""

    def cell(one: Chain, step: Step) -> str:
        told = one.of(step)
        if told is None:
            return formats.NONE
        if told.is_hidden or told.price is None:
            return hidden_words()
        return _("%(price)s (%(low)s – %(high)s; n = %(n)s)") % {
            "price": formats.rupiah(told.price.quantize(Decimal(1))), "n": formats.number(told.n),
            "low": formats.number(told.low, 0), "high": formats.number(told.high, 0),
        }  # fmt: skip

    def times(one: Chain) -> str:
        found = one.times(Step.PACKED)
        return formats.NONE if found is None else f"{formats.number(found, 1)} ×"

    rows = [Row([one.name, one.unit, *(cell(one, step) for step in Step), times(one)]) for one in found]
    return Table(
        caption=_("Harga sepanjang rantai: nilai tengah (kuartil bawah – kuartil atas)"),
        columns=[
            Column("komoditas", _("Komoditas")), Column("satuan", _("Satuan")),
            *(Column(step.value, str(step.label), numeric=True) for step in Step),
            Column("kali", _("Kemasan dari mentah"), numeric=True),
        ],
        rows=rows,
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("rantai"),
        key="rantai",
        exports=exports,
        empty=EmptyState(_("Belum ada harga dari laporan triwulan ini.")),
        sizes=(),
    )  # fmt: skip


def part_rows(whole: Flows) -> list[tuple[str, str]]:
    """What the turnover paid."""
    words = part_words()
    return [(words[part], formats.rupiah_short(whole.parts[part])) for part in Part]
