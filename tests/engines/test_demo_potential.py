"""Potential of the villages: signature products, seasons, zeros and gaps."""

import polars as pl
import pytest
from tests.engines.test_demo_stand_in import stand_in, whole

from lontar.engines.demo import HEADERS, commodities, potential
from lontar.engines.demo.catalogue import MONTHS


def _share(commodity: str, regency: str) -> float:
    frame = whole().potential.filter((pl.col("Komoditas") == commodity) & (pl.col("Tahun") == 2025))
    villages = stand_in().filter(pl.col("regency_code") == regency).height
    return frame.filter(pl.col("Kode Desa").str.starts_with(regency)).height / villages


def test_rows_are_one_per_village_commodity_and_year_under_the_twelve_headers() -> None:
    frame = whole().potential

    assert tuple(frame.columns) == HEADERS["potential"]
    assert not frame.select("Kode Desa", "Komoditas", "Tahun").is_duplicated().any()
    assert set(frame["Tahun"].unique()) == {2024, 2025}
    assert set(frame["Komoditas"].unique()) <= {entry.name for entry in commodities()}
    assert set(frame["Kode Desa"]) <= set(stand_in()["code"])
    assert 20_000 < frame.height < 40_000


@pytest.mark.parametrize(
    ("commodity", "home", "elsewhere"),
    [
        ("Kopi arabika", "53.09", "53.14"),
        ("Nira lontar", "53.20", "53.10"),
        ("Jambu mete", "53.06", "53.10"),
        ("Jeruk keprok SoE", "53.02", "53.05"),
        ("Vanili", "53.05", "53.20"),
        ("Kelor", "53.21", "53.10"),
    ],
)
def test_signature_products_are_frequent_at_home_and_rare_elsewhere(commodity: str, home: str, elsewhere: str) -> None:
    assert _share(commodity, home) > 0.1
    assert _share(commodity, home) > 3 * _share(commodity, elsewhere)


def test_some_villages_are_silent_and_some_harvests_failed() -> None:
    frame = whole().potential

    silent = 3_442 - frame["Kode Desa"].n_unique()

    assert 0.03 < silent / 3_442 < 0.10
    assert 0.01 < (frame["Produksi"] == 0).mean() < 0.03
    assert 0.02 < frame["Produksi"].null_count() / frame.height < 0.06
    assert frame["Produksi"].min() == 0.0
    assert frame["Luas (ha)"].min() > 0.0


def test_seasons_are_names_of_months_and_shifted_only_in_some_villages() -> None:
    coffee = whole().potential.filter(pl.col("Komoditas") == "Kopi arabika")["Bulan Panen"]

    usual = (coffee == "Mei, Juni, Juli, Agustus, September").mean()

    assert 0.75 < usual < 0.92
    texts = whole().potential["Bulan Panen"].unique().to_list()
    names = {name for text in texts if text != "Sepanjang tahun" for name in text.split(", ")}
    assert names <= set(MONTHS)


def test_cashew_of_timor_is_later_than_cashew_of_flores() -> None:
    mete = whole().potential.filter(pl.col("Komoditas") == "Jambu mete")
    timor = mete.filter(pl.col("Kode Desa").str.starts_with("53.03"))["Bulan Panen"]
    flores = mete.filter(pl.col("Kode Desa").str.starts_with("53.06"))["Bulan Panen"]

    assert timor.mode()[0] == "Juni, Juli, Agustus, September, Oktober, November, Desember"
    assert flores.mode()[0] == "Juli, Agustus, September, Oktober, November"


def test_crafts_are_never_sold_raw_and_shares_are_percent() -> None:
    frame = whole().potential
    sold = frame["Dijual Mentah (%)"].drop_nulls()

    assert sold.min() == 0
    assert sold.max() == 100
    assert frame.filter(pl.col("Komoditas") == "Tenun ikat")["Dijual Mentah (%)"].max() == 0


def test_the_same_seed_gives_the_same_potential() -> None:
    assert potential(stand_in(), 1).equals(whole().potential)
    assert not potential(stand_in(), 2).equals(whole().potential)
