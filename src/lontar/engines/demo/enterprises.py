"""The first agency's list: every micro and small industry of Table 1, in the twenty columns of its workbook.

The list is clean: one row per enterprise, official place names and codes, numbers as numbers and codes as text. What it
lacks is what such lists lack: most have no NIB, some no NIK, telephone, turnover or capital. No NIK and no NIB stands twice;
one owner in eighty has a second business in the same village, on a row without NIK.
"""

from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.drafts import Order, draft, regency_totals
from lontar.engines.demo.draws import Ints, rank_within, words
from lontar.engines.demo.land import Land, survey
from lontar.engines.demo.mix import industry_mix
from lontar.engines.demo.official import REGENCIES
from lontar.engines.demo.sectors import SECTORS

#: Text columns are polars String, the others Int64.
ENTERPRISE_HEADERS: Final = (
    "ID Sumber",
    "NIB",
    "NIK Pemilik",
    "Nama Pemilik",
    "Jenis Kelamin",
    "Tahun Lahir",
    "No. HP",
    "Nama Usaha",
    "Alamat",
    "Kode Desa",
    "Desa/Kelurahan",
    "Kecamatan",
    "Kabupaten/Kota",
    "KBLI",
    "Produk Utama",
    "Tahun Mulai",
    "Tenaga Kerja Dibayar",
    "Tenaga Kerja Tidak Dibayar",
    "Omzet Setahun (Rp)",
    "Modal Usaha (Rp)",
)
SEXES: Final = ("Laki-laki", "Perempuan")


def enterprises_primary(villages: pl.DataFrame, seed: int, *, scale: int = 1) -> pl.DataFrame:
    """The enterprises of Table 1, `scale` times over: 168,002 rows for the whole province.

    `villages` as in `land.VILLAGE_SCHEMA`; a list of some regencies gives the enterprises of those alone. Columns are
    `ENTERPRISE_HEADERS`, rows stand in the order of village codes. The same seed gives the same bytes.
    Raises `land.UnknownRegency` for a regency outside Table 1.
    """
    return primary(survey(villages), seed=seed, scale=scale)


def primary(land: Land, *, seed: int, scale: int = 1) -> pl.DataFrame:
    """The same for villages surveyed before."""
    order = Order(totals=regency_totals(land, scale=scale), mix=industry_mix(), block="first")
    drawn = draft(land, order=order, seed=seed, name="enterprises")
    at = drawn["village"].to_numpy()
    place = land.place(at)
    columns = {
        "ID Sumber": source_ids("CTH", land.regency[at]),
        "NIB": drawn["nib"],
        "NIK Pemilik": drawn["nik"],
        "Nama Pemilik": drawn["name"],
        "Jenis Kelamin": words(SEXES, drawn["woman"].to_numpy().astype(np.int64)),
        "Tahun Lahir": drawn["born"],
        "No. HP": drawn["phone"],
        "Nama Usaha": drawn["business"],
        "Alamat": drawn["address"],
        **place,
        "KBLI": words([entry.kbli for entry in SECTORS], drawn["sector"].to_numpy()),
        "Produk Utama": drawn["product"],
        "Tahun Mulai": drawn["since"],
        "Tenaga Kerja Dibayar": drawn["paid"],
        "Tenaga Kerja Tidak Dibayar": drawn["unpaid"],
        "Omzet Setahun (Rp)": drawn["turnover"],
        "Modal Usaha (Rp)": drawn["capital"],
    }
    return pl.DataFrame({header: columns[header] for header in ENTERPRISE_HEADERS})


def source_ids(mark: str, regency: Ints) -> pl.Series:
    """`CTH-5309-0000123`: a mark, the regency, a number that runs within it. `regency` holds positions in Table 1."""
    codes = [regency.code.replace(".", "") for regency in REGENCIES]
    running = pl.Series(rank_within(regency) + 1).cast(pl.String).str.zfill(7)
    return pl.select(pl.concat_str(pl.lit(mark), words(codes, regency), running, separator="-")).to_series()
