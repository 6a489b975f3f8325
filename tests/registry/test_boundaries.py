"""`lontar boundaries import`: either code system, kinds of file, what is reported, what villages without an outline show."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner, Result
from tests.registry.provinces import bps_code, whole_province

from lontar.cli import cli
from lontar.engines.regions import RegionRow
from lontar.registry.models import RegionBoundary

pytestmark = [pytest.mark.django_db(databases=("default", "owner")), pytest.mark.usefixtures("ngada")]


def villages(regency: str = "53.09", number: int = 12) -> list[RegionRow]:
    return [row for row in whole_province() if row.code.startswith(f"{regency}.") and row.level == "village"][:number]


def square(row: RegionRow) -> shapely.Polygon:
    """A square of about 100 m around the village's point."""
    assert row.lat is not None
    assert row.lon is not None
    return shapely.box(row.lon - 0.0005, row.lat - 0.0005, row.lon + 0.0005, row.lat + 0.0005)


def geojson(path: Path, rows: Iterable[RegionRow], *, code: Callable[[RegionRow], str], header: str) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {header: code(row), "NAMA": row.name},
            "geometry": json.loads(shapely.to_geojson(square(row))),
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def submit(path: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["boundaries", "import", str(path), *more])


def own() -> set[str]:
    return set(RegionBoundary.objects.filter(is_fallback=False).values_list("region_id", flat=True))


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("kemendagri_code", lambda row: row.code),
        ("KDEPUM", lambda row: row.code),
        ("kode_desa", lambda row: row.code.replace(".", "")),
        ("IDDESA", bps_code),
    ],
)
def test_either_code_system_gives_the_same_outlines(
    tmp_path: Path, header: str, code: Callable[[RegionRow], str]
) -> None:
    rows = villages()

    result = submit(geojson(tmp_path / "desa.geojson", rows, code=code, header=header), "--source", "Contoh Geo")

    assert result.exit_code == 0, result.output
    assert own() == {row.code for row in rows}
    kept = RegionBoundary.objects.get(region_id=rows[0].code)
    assert kept.source == "Contoh Geo"
    assert shapely.from_geojson(kept.geojson).equals(shapely.set_precision(square(rows[0]), 1e-5))


@pytest.mark.parametrize("kind", ["gpkg", "zip"])
def test_geopackage_and_zipped_shapefile_are_read(tmp_path: Path, kind: str) -> None:
    rows = villages()
    source = tmp_path / ("desa.gpkg" if kind == "gpkg" else "desa.shp")
    pyogrio.raw.write(
        source,
        geometry=np.array([shapely.to_wkb(square(row)) for row in rows], dtype=object),
        field_data=[np.array([row.code for row in rows], dtype=object)],
        fields=["KODE"],
        geometry_type="Polygon",
        crs="EPSG:4326",
        driver="GPKG" if kind == "gpkg" else "ESRI Shapefile",
    )
    if kind == "zip":
        packed = tmp_path / "desa.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for part in tmp_path.glob("desa.*"):
                if part.suffix != ".zip":
                    archive.write(part, part.name)
        source = packed

    result = submit(source)

    assert result.exit_code == 0, result.output
    assert own() == {row.code for row in rows}


def test_codes_that_are_no_region_are_reported_and_the_rest_is_taken(tmp_path: Path) -> None:
    rows = villages()
    wrong = {rows[0].code: "53.09.01.2999"}

    result = submit(
        geojson(tmp_path / "desa.geojson", rows, code=lambda row: wrong.get(row.code, row.code), header="kode")
    )

    assert result.exit_code == 0, result.output
    assert "Tidak cocok (1)" in result.output
    assert "53.09.01.2999" in result.output
    assert f"Wilayah tanpa poligon ({206 - 11})" in result.output
    assert own() == {row.code for row in rows[1:]}


def test_villages_without_an_outline_show_their_kecamatan_until_they_have_one(tmp_path: Path) -> None:
    rows = villages(number=40)
    districts = [row for row in whole_province() if row.level == "district" and row.code.startswith("53.09.")]
    shaped = {row.code: square(villages()[index]) for index, row in enumerate(districts[:2])}
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": json.loads(shapely.to_geojson(shape))}
        for code, shape in shaped.items()
    ]
    file = tmp_path / "kecamatan.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")

    submit(file, "--level", "district")
    lent = RegionBoundary.objects.get(region_id=rows[0].code)
    assert lent.is_fallback
    assert lent.geojson == RegionBoundary.objects.get(region_id=rows[0].code[:8]).geojson

    submit(geojson(tmp_path / "desa.geojson", rows[:1], code=lambda row: row.code, header="kode"))
    assert not RegionBoundary.objects.get(region_id=rows[0].code).is_fallback
    others = RegionBoundary.objects.filter(region__parent_id=rows[0].code[:8], is_fallback=True)
    assert others.count() == sum(row.code.startswith(rows[0].code[:8]) for row in villages(number=999)) - 1


def test_a_dry_run_and_a_refused_file_change_nothing(tmp_path: Path) -> None:
    good = geojson(tmp_path / "desa.geojson", villages(), code=lambda row: row.code, header="kode")
    pdf = tmp_path / "batas.geojson"
    pdf.write_bytes(b"%PDF-1.7 contoh")

    tried, refused = submit(good, "--dry-run"), submit(pdf)

    assert tried.exit_code == 0
    assert "Uji coba" in tried.output
    assert refused.exit_code == 1
    assert "PDF" in refused.output
    assert RegionBoundary.objects.count() == 0


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    file = geojson(tmp_path / "desa.geojson", villages(), code=lambda row: row.code, header="kode")
    submit(file)
    event = RegionBoundary.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory
    before = event.objects.count()

    result = submit(file)

    assert result.exit_code == 0
    assert event.objects.count() == before
