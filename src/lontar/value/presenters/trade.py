"""The trade balance as shown: its figures with source, the flow picture in true proportion, the table, history and faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.ui import formats
from lontar.ui.charts import Flow, FlowPicture, Frame, Node, Sheet
from lontar.ui.presenters import Column, EmptyState, Export, Figure, Pager, Query, Row, Status, Table, Tone
from lontar.value.models import KeptLine, TradeFigure
from lontar.value.queries import Balance, provisional
from lontar.value.queries.flows import flows_of
from lontar.value.rules.trade import Fault
from lontar.value.states import Direction
from lontar.value.states import Status as Shown

HEADS = ("direction", "period", "from", "until", "commodity", "stated", "unit", "rupiah", "source", "source_date", "quoted",
         "note", "loaded_at", "file")  # fmt: skip


def stated(figure: TradeFigure) -> str:
    """The figure as its source writes it."""
    return (
        f"Rp{formats.number(figure.stated.normalize())} {figure.unit}"
        if figure.unit != "Rp"
        else formats.rupiah(figure.stated)
    )


def figures(found: Balance | None) -> tuple[Figure, ...]:
    """Out, in, and the difference, each with its source."""
    if found is None:
        return ()
    told = [
        Figure(label, formats.rupiah_short(one.amount), source=one.source, as_of=one.source_date, note=_kind(one))
        for label, one in ((_("Barang keluar NTT"), found.outward), (_("Barang masuk NTT"), found.inward))
        if one is not None
    ]
    if found.net is not None:
        told.append(Figure(_("Selisih keluar − masuk"), formats.rupiah_short(found.net), note=found.period, key=True))
    return tuple(told)


def _kind(one: TradeFigure) -> str:
    return (
        _("kutipan, bukan dari sumbernya langsung")
        if one.is_quoted
        else _("periode %(period)s") % {"period": one.period}
    )


def beside_words(found: Balance) -> list[str]:
    """What the programme's sales mean beside the balance, in proportion."""
    beside = found.beside
    if beside is None:
        return [_("Penjualan program belum dapat ditampilkan di sampingnya: belum ada triwulan yang dihitung.")]
    span = f"{beside.quarters[-1]} – {beside.quarters[0]}" if len(beside.quarters) > 1 else beside.quarters[0]
    lines = [
        _("Penjualan program %(span)s: %(outside)s ke luar NTT dan %(inside)s di dalam NTT.")
        % {
            "span": span,
            "outside": formats.rupiah_short(beside.sold_outside),
            "inside": formats.rupiah_short(beside.sold_inside),
        }
    ]  # fmt: skip
    if found.sales_of_outward is not None:
        lines.append(
            _("Penjualan ke luar NTT setara %(share)s dari seluruh barang keluar.")
            % {"share": formats.percent(found.sales_of_outward, 3)}
        )
    if found.sales_of_inward is not None:
        lines.append(
            _(
                "Penjualan di dalam NTT setara paling banyak %(share)s dari barang masuk, dan hanya bila setiap penjualan "
                "menggantikan barang dari luar; itu tidak dapat dibuktikan dari laporan."
            )
            % {"share": formats.percent(found.sales_of_inward, 3)}
        )  # fmt: skip
    open_ones = sorted(provisional(beside.quarters))
    if open_ones:
        lines.append(
            _("Angka program %(quarters)s sementara: belum diterbitkan dan masih dapat berubah.")
            % {"quarters": ", ".join(open_ones)}
        )
    if len(beside.quarters) < 4:
        lines.append(
            _("Baru %(number)s triwulan yang dihitung, sedangkan neraca menyangkut setahun.")
            % {"number": len(beside.quarters)}
        )
    lines.append(_("Periode keduanya tidak sama persis; bandingkan besarnya, bukan rupiahnya."))
    return lines


def picture(found: Balance | None, *, level: int = 2) -> SafeString | str:
    """The goods of a period and the programme's part, all on one scale; "" unless goods in and out are told."""
    if found is None or found.inward is None or found.outward is None:
        return ""
    beside = found.beside
    outside = min(beside.sold_outside, found.outward.amount) if beside else Decimal(0)
    inside = beside.sold_inside if beside else Decimal(0)
    nodes = [
        Node("far", _("Luar NTT"), 0, "f4"), Node("near", _("Usaha NTT lain"), 0, "f0"),
        Node("ours", _("Program OVOP"), 0, "f1"),
        Node("home", _("Pembeli di NTT"), 1, "f3"), Node("away", _("Pembeli luar NTT"), 1, "f0"),
    ]  # fmt: skip
    flows = [
        Flow("far", "home", found.inward.amount), Flow("near", "away", found.outward.amount - outside),
        Flow("ours", "home", inside, key=True), Flow("ours", "away", outside, key=True),
    ]  # fmt: skip
    kept = [flow for flow in flows if flow.value > 0]
    used = {end for flow in kept for end in (flow.source, flow.target)}
    frame = Frame(
        _("Berapa barang masuk, berapa keluar, dan seberapa besar program di sampingnya?"),
        f"{found.inward.source}; {found.outward.source}",
        note=_(
            "Semua pita pada skala yang sama; garis tipis berarti memang sekecil itu. "
            "Penjualan usaha lain di dalam NTT tidak tercatat."
        ),
        level=level,
    )  # fmt: skip
    return FlowPicture(frame, [node for node in nodes if node.key in used], kept, head=_("Dari")).render()


def badge(one: TradeFigure) -> Status:
    """Whether a figure is quoted or read at its source."""
    return Status(_("Kutipan"), Tone.WARN) if one.is_quoted else Status(_("Dari sumbernya"), Tone.GOOD)


def table(
    rows: Sequence[TradeFigure],
    *,
    goods: Mapping[str, str],
    query: Query,
    exports: Sequence[Export] = (),
    key: str = "daftar",
) -> Table:
    """Figures with their source."""
    return Table(
        caption=_("Angka barang masuk dan keluar"),
        columns=[
            Column("periode", _("Periode")), Column("arah", _("Arah")), Column("komoditas", _("Komoditas")),
            Column("nilai", _("Nilai"), numeric=True), Column("sumber", _("Sumber")), Column("tanggal", _("Tanggal sumber")),
            Column("sifat", pgettext("angka", "Sifat")), Column("catatan", _("Catatan")), Column("dimuat", _("Dimuat")),
        ],
        rows=[
            Row([
                one.period, one.get_direction_display(), goods.get(one.commodity_key, one.commodity_key) or _("Semua barang"),
                stated(one), one.source, one.source_date, badge(one), one.note or None, one.load.at,
            ])
            for one in rows
        ],
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("angka"),
        key=key,
        exports=exports,
        empty=EmptyState(_("Belum ada angka perdagangan."), _("Muat daftar dari Bank Indonesia atau BPS.")),
        sizes=(),
    )  # fmt: skip


def faults_table(faults: Sequence[Fault], query: Query) -> Table:
    """Every fault with row, column, value and cure."""
    return Table(
        caption=_("Yang perlu diperbaiki"),
        columns=[
            Column("baris", _("Baris"), numeric=True), Column("kolom", _("Kolom")), Column("isi", _("Isi")),
            Column("cara", _("Cara memperbaiki")),
        ],
        rows=[Row([one.row or _("judul"), one.column, one.value or _("(kosong)"), one.cure]) for one in faults],
        pager=Pager(query, len(faults), 1, max(len(faults), 1)),
        noun=_("kesalahan"),
        key="kesalahan",
        sizes=(),
    )  # fmt: skip


def faults_sheet(faults: Sequence[Sequence[str | int]]) -> Sheet:
    """The same as a list to be corrected from: row (0 is the file itself), column, what is written, what to do."""
    return Sheet([_("Baris"), _("Kolom"), _("Isi"), _("Cara memperbaiki")], [list(one) for one in faults])


def local_table(
    lines: Sequence[KeptLine], *, goods: Mapping[str, str], figures: Sequence[TradeFigure], query: Query
) -> Table:
    """The local share of each commodity: of its raw material, and of what NTT buys where goods in are told by commodity."""
    inward: dict[str, TradeFigure] = {}
    for one in figures:
        if one.direction == Direction.INWARD and one.commodity_key:
            inward.setdefault(one.commodity_key, one)
    rows = []
    for line in lines:
        if not line.commodity:
            continue
        told = flows_of([line], ("",)) if line.status == Shown.SHOWN else None
        bought = inward.get(line.commodity)
        share = (
            told.sold_inside / (told.sold_inside + bought.amount)
            if told and bought and told.sold_inside + bought.amount
            else None
        )
        rows.append(
            Row([
                goods.get(line.commodity, _("Tanpa komoditas")),
                formats.rupiah_short(told.turnover) if told else _("disembunyikan"),
                formats.percent(told.local_material, 1) if told else _("disembunyikan"),
                formats.rupiah_short(bought.amount) if bought else None,
                formats.percent(share, 1) if share is not None else None,
            ])
        )  # fmt: skip
    return Table(
        caption=_("Bagian lokal per komoditas"),
        columns=[
            Column("komoditas", _("Komoditas")), Column("omzet", _("Omzet program"), numeric=True),
            Column("bahan", _("Bahan mentah dari NTT"), numeric=True), Column("masuk", _("Barang masuk"), numeric=True),
            Column("bagian", _("Bagian penjualan program"), numeric=True),
        ],
        rows=rows,
        pager=Pager(query, len(rows), 1, max(len(rows), 1)),
        noun=_("komoditas"),
        key="lokal",
        empty=EmptyState(_("Belum ada triwulan yang dihitung.")),
        sizes=(),
    )  # fmt: skip


def sheet(rows: Sequence[TradeFigure]) -> Sheet:
    """The figures for machines."""
    return Sheet(
        list(HEADS),
        [
            [
                one.direction, one.period, one.from_date.isoformat(), one.until_date.isoformat(), one.commodity_key, one.stated,
                one.unit, one.amount, one.source, one.source_date.isoformat(), int(one.is_quoted), one.note,
                one.load.at.isoformat(), one.load.file_name,
            ]
            for one in rows
        ],
    )  # fmt: skip
