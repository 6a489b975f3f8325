"""Rules that look at a whole row or at rows beside each other, per dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
from rapidfuzz import process

from lontar.engines import identifiers
from lontar.intake.datasets import Dataset
from lontar.intake.rules.findings import Findings
from lontar.intake.states import Severity

if TYPE_CHECKING:
    from lontar.intake.rules.check import Context

Raw = pl.DataFrame
Values = pl.DataFrame
_BARE = r"[^\p{L}\p{N}]+"


def check(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> Values:
    """Required fields, then the dataset's own rules; returns the values with what the rules derived."""
    _required(dataset, raw, values, findings)
    rule = _RULES.get(dataset.key)
    return rule(dataset, raw, values, context, findings) if rule else values


def column(frame: pl.DataFrame, key: str) -> pl.Series:
    """The column `key`, or a column of nulls when the file has none."""
    if key in frame.columns:
        return frame[key]
    return pl.Series(key, [None], dtype=pl.String).new_from_index(0, frame.height)


def _required(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> None:
    for declared in dataset.columns:
        if declared.required:
            written = column(raw, declared.key)
            missing = written.is_null() | (written.str.strip_chars() == "")
            if declared.key in values.columns:
                refused = findings_of(findings, declared.key)
                missing = values[declared.key].is_null() & ~refused.scatter_to(values.height)
            findings.add(
                declared,
                written,
                missing,
                rule="required",
                severity=Severity.ERROR,
                message=f"{declared.label} wajib diisi. {declared.explanation}",
            )
    for group in dataset.one_of:
        empty = pl.Series([True]).new_from_index(0, raw.height)
        for key in group:
            written = column(raw, key)
            empty &= written.is_null() | (written.str.strip_chars() == "")
        labels = [dataset.column(key).label for key in group]
        findings.add(
            dataset.column(group[0]),
            column(raw, group[0]),
            empty,
            rule="required.one_of",
            severity=Severity.ERROR,
            message=f"Isi paling sedikit salah satu: {', '.join(labels)}.",
        )


class Refused:
    """Rows in which one field was refused already, so that the same cell is not reported twice."""

    def __init__(self, indexes: pl.Series) -> None:
        self.indexes = indexes

    def scatter_to(self, height: int) -> pl.Series:
        """A boolean column of `height` rows."""
        marks = pl.Series([False]).new_from_index(0, height) if height else pl.Series([], dtype=pl.Boolean)
        return marks.scatter(self.indexes, True) if self.indexes.len() else marks


def findings_of(findings: Findings, key: str) -> Refused:
    """The rows with an error in field `key` so far."""
    frame = findings.frame().filter((pl.col("field") == key) & (pl.col("severity") == Severity.ERROR.value))
    return Refused(frame["index"].unique())


def bare(expression: pl.Expr) -> pl.Expr:
    """A name for comparing: lower case, letters and digits only."""
    return expression.str.to_lowercase().str.replace_all(_BARE, "")


def _enterprises(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> Values:
    values = _with_nulls(values, dataset.keys)
    values = _names(dataset, raw, values, findings)
    values = _workers_and_money(dataset, raw, values, findings)
    _duplicates(dataset, raw, values, findings)
    _nik_agrees(dataset, raw, values, findings)
    _years(dataset, raw, values, context, findings)
    return _points(dataset, raw, values, findings)


def _with_nulls(values: Values, keys: tuple[str, ...]) -> Values:
    missing = [pl.lit(None, dtype=pl.String).alias(key) for key in keys if key not in values.columns]
    return values.with_columns(missing)


def _names(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> Values:
    """A missing business name becomes “Usaha <owner>”, flagged; both missing was reported by `_required`."""
    blank = values["name"].is_null() & values["owner_name"].is_not_null()
    findings.add(
        dataset.column("name"),
        column(raw, "name"),
        blank,
        rule="name.from_owner",
        severity=Severity.WARNING,
        message="Nama usaha kosong; dipakai “Usaha” dan nama pemilik. Lengkapi bila usaha punya nama.",
    )
    both = values["name"].is_null() & values["owner_name"].is_null()
    written = ~(column(raw, "name").is_null() & column(raw, "owner_name").is_null())
    findings.add(
        dataset.column("name"),
        column(raw, "name"),
        both & written,
        rule="name.missing",
        severity=Severity.ERROR,
        message="Nama usaha dan nama pemilik tidak ada. Isi paling sedikit salah satu.",
    )
    derived = "Usaha " + pl.col("owner_name").str.head(190)
    return values.with_columns(name=pl.coalesce("name", derived))


def _workers_and_money(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> Values:
    """Workers and turnover brought to one form: paid and unpaid, rupiah a year."""
    number = {key: pl.col(key).cast(pl.Int64, strict=False) for key in (
        "workers_paid", "workers_unpaid", "workers_male", "workers_female", "workers",
    )}  # fmt: skip
    detailed = pl.col("workers_paid").is_not_null() | pl.col("workers_unpaid").is_not_null()
    by_sex = number["workers_male"].is_not_null() | number["workers_female"].is_not_null()
    total = (
        pl.when(by_sex)
        .then(number["workers_male"].fill_null(0) + number["workers_female"].fill_null(0))
        .otherwise(number["workers"])
    )
    sums = values.select(
        parts=number["workers_paid"].fill_null(0) + number["workers_unpaid"].fill_null(0),
        total=total,
        detailed=detailed,
    )
    clash = (sums["detailed"] & sums["total"].is_not_null() & (sums["parts"] != sums["total"])).fill_null(value=False)
    findings.add(
        dataset.column("workers_paid"),
        column(raw, "workers_paid"),
        clash,
        rule="workers.sum",
        severity=Severity.WARNING,
        message="Tenaga kerja dibayar dan tidak dibayar tidak sama dengan jumlahnya; dipakai rinciannya. Mohon diperiksa.",
    )
    monthly = pl.col("monthly_turnover").cast(pl.Decimal(24, 2), strict=False) * 12
    yearly = pl.col("annual_turnover").cast(pl.Decimal(24, 2), strict=False)
    values = values.with_columns(
        workers_paid=pl.when(~detailed & total.is_not_null()).then(total - 1).otherwise(number["workers_paid"]).clip(0),
        workers_unpaid=pl.when(~detailed & (total > 0)).then(1).otherwise(number["workers_unpaid"]),
        annual_turnover=pl.coalesce(yearly, monthly).round(0),
        capital=pl.col("capital").cast(pl.Decimal(24, 2), strict=False).round(0),
    )
    many = (values["workers_paid"].fill_null(0) + values["workers_unpaid"].fill_null(0)) > 99
    findings.add(
        dataset.column("workers_paid"),
        column(raw, "workers_paid"),
        many,
        rule="workers.large",
        severity=Severity.WARNING,
        message="Tenaga kerja 100 atau lebih: menurut BPS ini bukan usaha mikro atau kecil. Mohon diperiksa.",
    )
    return values


def _duplicates(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> None:
    """The same NIB twice, or the same owner's same business twice, within one file."""
    _repeated(dataset, "nib", raw, values.select(key=pl.col("nib")), findings, "duplicate.nib", "NIB ini")
    same = values.select(
        key=pl.when(pl.col("nik").is_not_null() & pl.col("village_id").is_not_null()).then(
            pl.concat_str(
                [pl.col("nik"), pl.col("village_id"), bare(pl.col("name")), pl.col("nib").fill_null("")], separator="|"
            )
        )
    )
    _repeated(dataset, "nik", raw, same, findings, "duplicate.owner_business", "Usaha dan pemilik yang sama")


def _repeated(
    dataset: Dataset, key: str, raw: Raw, keyed: pl.DataFrame, findings: Findings, rule: str, what: str
) -> None:
    frame = keyed.with_row_index("index").filter(pl.col("key").is_not_null())
    frame = frame.with_columns(first=pl.col("index").min().over("key")).filter(pl.col("index") != pl.col("first"))
    if not frame.height:
        return
    numbers = _row_words(raw).gather(frame["first"])
    shown = column(raw, key).gather(frame["index"])
    findings.add_frame(
        frame.select("index", value=shown).with_columns(
            severity=pl.lit(Severity.ERROR.value),
            rule=pl.lit(rule),
            message=pl.format(
                "{} sudah ada pada baris {} berkas ini. Hapus salah satunya atau perbaiki nomornya.",
                pl.lit(what),
                numbers,
            ),
        ),
        dataset.column(key),
    )


def _row_words(raw: Raw) -> pl.Series:
    """How each row is called in a message: its number, with the sheet where the file has several."""
    if "sheet_no" not in raw.columns or raw["sheet_no"].n_unique() < 2:
        return raw["row_no"].cast(pl.String)
    return raw.select(pl.format("{} lembar ke-{}", "row_no", "sheet_no")).to_series()


def _nik_agrees(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> None:
    """Sex and birth year inside the NIK against those written beside it."""
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.Int32, strict=False)
    two = nik.str.slice(10, 2)
    seen = values.select(
        sex=(
            pl.col("sex").is_not_null() & (pl.col("sex") != pl.when(day > 40).then(pl.lit("P")).otherwise(pl.lit("L")))
        ),
        year=(pl.col("birth_year").is_not_null() & (pl.col("birth_year").str.slice(2, 2) != two)),
    )
    findings.add(
        dataset.column("sex"),
        column(raw, "sex"),
        seen["sex"].fill_null(value=False),
        rule="nik.sex",
        severity=Severity.WARNING,
        message="Jenis kelamin tidak sesuai dengan NIK. Periksa keduanya pada KTP.",
    )
    findings.add(
        dataset.column("birth_year"),
        column(raw, "birth_year"),
        seen["year"].fill_null(value=False),
        rule="nik.birth_year",
        severity=Severity.WARNING,
        message="Tahun lahir tidak sesuai dengan NIK. Periksa keduanya pada KTP.",
    )


def _years(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> None:
    year = values["start_year"].cast(pl.Int32, strict=False)
    findings.add(
        dataset.column("start_year"),
        column(raw, "start_year"),
        (year > context.settings.today.year).fill_null(value=False),
        rule="start_year.future",
        severity=Severity.ERROR,
        message=f"Tahun mulai berada di masa depan (sekarang {context.settings.today.year}). Perbaiki tahunnya.",
    )


def _points(dataset: Dataset, raw: Raw, values: Values, findings: Findings) -> Values:
    """Coordinates together: inside the province, not swapped; otherwise left out and flagged."""
    if "lat" not in raw.columns or "lon" not in raw.columns:
        return values.with_columns(lat=pl.lit(None, dtype=pl.Float64), lon=pl.lit(None, dtype=pl.Float64))
    points = identifiers.point_columns(raw["lat"], raw["lon"])
    findings.add_frame(
        pl.DataFrame(
            {
                "value": raw["lat"],
                "severity": points.severity.cast(pl.String),
                "rule": points.rule,
                "message": points.message,
            }
        )
        .with_row_index("index")
        .filter((pl.col("severity") != "ok") & pl.col("rule").is_not_null()),
        dataset.column("lat"),
    )
    return values.with_columns(lat=points.latitude.cast(pl.Float64), lon=points.longitude.cast(pl.Float64))


def _licences(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> Values:
    """A number is judged with its kind; a wrong shape is kept and flagged, because the paper may still be real."""
    values = _with_nulls(values, dataset.keys)
    kinds = values["kind"].replace({"other": None})
    check = identifiers.licence_columns(column(raw, "number"), kinds, today=context.settings.today)
    known = values["kind"].is_not_null() & (values["kind"] != "other")
    shape = (check.severity.cast(pl.String) != "ok") & known & column(raw, "number").is_not_null()
    findings.add_frame(
        pl.DataFrame({"value": column(raw, "number"), "rule": check.rule, "message": check.message})
        .with_row_index("index")
        .filter(shape.fill_null(value=False))
        .with_columns(
            severity=pl.lit(Severity.WARNING.value),
            message=pl.col("message") + pl.lit(" Nomor dicatat sebagaimana ditulis."),
        ),
        dataset.column("number"),
    )
    written = column(raw, "number").str.strip_chars()
    order = (values["expires_date"] < values["issued_date"]).fill_null(value=False)
    findings.add(
        dataset.column("expires_date"),
        column(raw, "expires_date"),
        order,
        rule="licence.dates",
        severity=Severity.ERROR,
        message="Berlaku sampai lebih awal daripada tanggal terbit. Periksa kedua tanggal.",
    )
    return values.with_columns(
        number=pl.coalesce(check.value, written.str.to_uppercase().str.head(60)),
        number_raw=written.str.head(120),
        is_format_ok=(check.value.is_not_null() & known).fill_null(value=False),
    )


def _communities(dataset: Dataset, raw: Raw, values: Values, _context: Context, findings: Findings) -> Values:
    values = _with_nulls(values, dataset.keys)
    missing = ((values["kind"] == "community") & values["community_kind"].is_null()).fill_null(value=False)
    missing &= ~findings_of(findings, "community_kind").scatter_to(values.height)
    findings.add(
        dataset.column("community_kind"),
        column(raw, "community_kind"),
        missing,
        rule="community_kind.missing",
        severity=Severity.ERROR,
        message="Jenis komunitas wajib diisi: gereja, pemuda, perempuan, nelayan, petani, mahasiswa atau lainnya.",
    )
    return values.with_columns(
        community_kind=pl.when(pl.col("kind") == "community")
        .then("community_kind")
        .otherwise(pl.lit(None, dtype=pl.String))
    )


def _commodity(
    dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings, severity: Severity
) -> Values:
    """`commodity_id` of the catalogue; an unknown name is reported with the likeliest one of the catalogue."""
    values = _with_nulls(values, dataset.keys)
    names = {name: _bare_text(name) for name in values["commodity"].drop_nulls().unique().to_list()}
    known = {_bare_text(name): number for name, number in context.commodities.items()}
    ids = {name: known.get(word) for name, word in names.items()}
    found = values["commodity"].replace_strict(ids, default=None, return_dtype=pl.Int64)
    unknown = values["commodity"].is_not_null() & found.is_null()
    likely = {
        name: (process.extractOne(name, list(context.commodities)) or ("",))[0]
        for name, number in ids.items()
        if number is None
    }
    findings.add(
        dataset.column("commodity"),
        column(raw, "commodity"),
        unknown,
        rule="commodity.unknown",
        severity=severity,
        message=pl.format(
            "Komoditas “{}” tidak ada dalam daftar komoditas. Maksud Anda “{}”? Pakai nama pada lembar Petunjuk.",
            pl.col("value"),
            pl.col("value").str.strip_chars().replace_strict(likely, default="–", return_dtype=pl.String),
        ),
        suggestion=pl.col("value").str.strip_chars().replace_strict(likely, default=None, return_dtype=pl.String),
    )
    return values.with_columns(commodity_id=found)


def _bare_text(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _potential(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> Values:
    values = _commodity(dataset, raw, values, context, findings, Severity.ERROR)
    keyed = values.select(
        key=pl.concat_str([pl.col("village_id"), pl.col("commodity_id").cast(pl.String), pl.col("year")], separator="|")
    )
    _repeated(
        dataset,
        "commodity",
        raw,
        keyed,
        findings,
        "duplicate.potential",
        "Komoditas yang sama untuk desa dan tahun yang sama",
    )
    return values


def _products(dataset: Dataset, raw: Raw, values: Values, context: Context, findings: Findings) -> Values:
    values = _commodity(dataset, raw, values, context, findings, Severity.WARNING)
    _repeated(dataset, "gtin", raw, values.select(key=pl.col("gtin")), findings, "duplicate.gtin", "Barcode ini")
    return values


def _schools(dataset: Dataset, raw: Raw, values: Values, _context: Context, findings: Findings) -> Values:
    values = _with_nulls(values, dataset.keys)
    _repeated(dataset, "npsn", raw, values.select(key=pl.col("npsn")), findings, "duplicate.npsn", "NPSN ini")
    return values


_RULES: dict[str, Callable[[Dataset, Raw, Values, Context, Findings], Values]] = {
    "enterprises": _enterprises,
    "licences": _licences,
    "communities": _communities,
    "potential": _potential,
    "products": _products,
    "schools": _schools,
}
