"""Units and multipliers in cells and headers: one spelling each, and headers that announce none stay silent."""

from __future__ import annotations

import pytest

from lontar.engines.measures import HeaderMeasure, header_measure, unit_of
from lontar.engines.tabular import normalise_header


@pytest.mark.parametrize(
    ("header", "units", "scale"),
    [
        ("Produksi (Kg)", ("kg",), 1),
        ("Produksi dalam Ton", ("ton",), 1),
        ("Produksi / Kw", ("kuintal",), 1),
        ("Luas (m²)", ("m2",), 1),
        ("Produksi (kg/ton)", ("kg", "ton"), 1),
        ("Omzet (juta Rp)", (), 1_000_000),
        ("Omzet per Tahun (Jutaan Rupiah)", (), 1_000_000),
        ("Omzet (Rp 000)", (), 1_000),
        ("Omzet (Rp. 1.000,-)", (), 1_000),
        ("Omzet (x1000)", (), 1_000),
        ("Omzet (Rp 000.000)", (), 1_000_000),
        ("Nilai dalam ribuan", (), 1_000),
        ("Aset (miliar)", (), 1_000_000_000),
        ("Omzet di bawah 300 juta", (), 1),
        ("Omzet (Rp)", (), 1),
        ("KBLI 2020", (), 1),
        ("Jumlah Buah", (), 1),
    ],
)
def test_a_header_tells_its_unit_and_multiplier(header: str, units: tuple[str, ...], scale: int) -> None:
    assert header_measure(header) == HeaderMeasure(units, scale)


@pytest.mark.parametrize(
    ("written", "unit"),
    [("Kwintal", "kuintal"), ("kw.", "kuintal"), ("TON", "ton"), ("m²", "m2"), ("Hektar", "ha"), ("entah", None)],
)
def test_a_unit_has_one_spelling(written: str, unit: str | None) -> None:
    assert unit_of(written) == unit


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Produksi (Kg)", "produksi"),
        ("Luas Lahan (Ha)", "luas lahan"),
        ("Omzet per Tahun (Rp 000)", "omzet per tahun"),
        ("Omzet/Tahun (dalam jutaan Rp)", "omzet tahun"),
        ("Ton", "ton"),
    ],
)
def test_headers_are_compared_without_units_and_multipliers(header: str, form: str) -> None:
    assert normalise_header(header) == form
