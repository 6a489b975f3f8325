"""How a report describes itself: a page for people, DCAT 3 as JSON-LD for catalogues, SDMX-CSV 2.0 for statistical offices.

DCAT after W3C (dcat:Dataset, dcat:Distribution, spdx:checksum); SDMX-CSV after the SDMX technical working group, version 2.0:
one row per observation, dimensions FREQ, REF_AREA, INDICATOR, BREAKDOWN, PART, TIME_PERIOD.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from lontar.engines.periods import parse_quarter
from lontar.engines.reporting.recomputing import FORMULAS
from lontar.engines.reporting.tables import DIGITS, Column, Filled, texts

if TYPE_CHECKING:
    from lontar.engines.reporting.package import Contents

LICENCE = "https://opendatacommons.org/licenses/odbl/1-0/"
STRUCTURE = "LONTAR:OVOP_FIGURES(1.0)"
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "md": "text/markdown",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json",
          "jsonld": "application/ld+json", "txt": "text/plain"}  # fmt: skip


def media_type(name: str) -> str:
    """The media type of a file of a package by its ending."""
    return _MEDIA.get(name.rpartition(".")[2], "application/octet-stream")


def sdmx_csv(figures: pl.DataFrame) -> str:
    """The figures as SDMX-CSV 2.0; hidden cells bear OBS_STATUS M and CONF_STATUS C, missing ones M and F."""
    status = pl.col("status")
    total = pl.when(pl.col("by") == "")
    made = figures.select(
        STRUCTURE=pl.lit("dataflow"),
        STRUCTURE_ID=pl.lit(STRUCTURE),
        ACTION=pl.lit("I"),
        FREQ=pl.lit("Q"),
        REF_AREA="region",
        INDICATOR="indicator",
        BREAKDOWN=total.then(pl.lit("_T")).otherwise(pl.col("by")),
        PART=total.then(pl.lit("_T")).otherwise(pl.col("part")),
        TIME_PERIOD=pl.col("quarter").str.replace("-T", "-Q", literal=True),
        OBS_VALUE="value",
        UNIT_MEASURE="unit",
        OBS_STATUS=pl.when(status == "A").then(pl.lit("A")).otherwise(pl.lit("M")),
        CONF_STATUS=pl.when(status == "S").then(pl.lit("C")).otherwise(pl.lit("F")),
        LOWER_BOUND="low",
        UPPER_BOUND="high",
        N="n",
        MISSING="missing",
    )
    kinds = {
        "OBS_VALUE": "number",
        "LOWER_BOUND": "number",
        "UPPER_BOUND": "number",
        "N": "integer",
        "MISSING": "number",
    }
    columns = [Column(name, kinds.get(name, "text")) for name in made.columns]  # type: ignore[arg-type]  # the kinds above
    return texts(made, columns).write_csv(line_terminator="\n")


def dcat(contents: Contents, filled: Sequence[Filled], files: Mapping[str, Any]) -> dict[str, Any]:
    """The report as a DCAT dataset, each file a distribution with its checksum."""
    period = parse_quarter(contents.quarter)
    home = contents.address
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": home,
        "dct:identifier": f"laporan-{contents.quarter}",
        "dct:title": {"@language": "id", "@value": f"Laporan terbuka {period}"},
        "dct:description": {
            "@language": "id",
            "@value": "Omzet, tenaga kerja, kelas usaha, dan cakupan program Satu Desa Satu Produk, dengan selang kepercayaan"
            " dan mutu datanya.",
        },
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": contents.publisher},
        "dct:license": {"@id": LICENCE},
        "dct:issued": {"@type": "xsd:dateTime", "@value": contents.made_at},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": period.start.isoformat()},
            "dcat:endDate": {"@type": "xsd:date", "@value": period.last_day.isoformat()},
        },
        "dct:spatial": {"@type": "dct:Location", "dct:identifier": "53", "dct:title": "Nusa Tenggara Timur"},
        "dcat:version": str(contents.number),
        "dcat:keyword": [one.table.title for one in filled],
        "dcat:distribution": [_distribution(home, name, held) for name, held in sorted(files.items())],
    }


def _distribution(home: str, name: str, held: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:downloadURL": {"@id": f"{home}/berkas/{name}"},
        "dcat:mediaType": media_type(name),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(held["bytes"])},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": held["sha256"],
        },
    }


def readme(contents: Contents, filled: Sequence[Filled]) -> str:
    """What lies here, how each table reads, and how anybody checks it."""
    before = contents.previous
    lines = [
        f"# Laporan terbuka {parse_quarter(contents.quarter)}",
        "",
        *([f"**{contents.notice}**", ""] if contents.notice else []),
        f"Laporan nomor {contents.number}, diterbitkan {contents.publisher}. Halaman: {contents.address}",
        f"Kode program: {contents.code_version}. Lisensi: ODbL 1.0 ({LICENCE}).",
        f"Laporan sebelumnya: {before[0]}, SHA-256 manifes `{before[1]}`." if before else "Ini laporan pertama.",
        "",
        "## Memeriksa sendiri",
        "",
        "    lontar report verify FOLDER",
        "",
        "Perintah itu tidak memerlukan server atau basis data: setiap berkas dicocokkan dengan `manifest.json`, setiap angka",
        "dihitung ulang dari tabel `cells`, dan rantai ke laporan sebelumnya diperiksa. SHA-256 `manifest.json` sendiri harus",
        "sama dengan yang tercetak pada surat bertanda tangan elektronik dan pada halaman laporan (`sha256sum manifest.json`).",
        "",
        "## Tabel",
        "",
        "Setiap tabel ada sebagai `data/<nama>.csv`, `data/<nama>.parquet`, dan lembar dalam `laporan.xlsx`; ketiganya sama.",
        "Kolom angka memakai titik sebagai tanda desimal; kode selalu teks; angka terbit memuat paling banyak"
        f" {DIGITS} angka penting.",
        "",
    ]
    for one in filled:
        lines += [f"### {one.table.name}: {one.table.title}", "", f"{one.table.note} Baris: {one.frame.height}.", ""]
        lines += [f"- `{c.name}` – {c.meaning}{f' ({c.unit})' if c.unit else ''}" for c in one.table.columns]
        lines.append("")
    return "\n".join([*lines, *_formulas(), ""])


def _formulas() -> list[str]:
    said = ", ".join(f"`{name}`" for name in FORMULAS if name != "given")
    return [
        "## Cara menghitung ulang",
        "",
        f"Nilai mengikuti `formula` dari pembilang a dan penyebut b: {said}; `given` berarti statistiknya nilai itu sendiri",
        "(misalnya median). Batas bawah = nilai − `below`, batas atas = nilai + `above`.",
        "",
        "## Sidik",
        "",
        "`fingerprints/<nama>.txt` memuat 16 angka heksadesimal pertama SHA-256 setiap baris (nilai digabung dengan U+001F);",
        "SHA-256 setiap kolom (nilai digabung dengan U+001E) ada dalam manifes. Dari keduanya sel yang berubah ditemukan.",
    ]
