"""The region tree: taken whole or not at all, history kept, successions, and the commands that do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.registry.provinces import AT, bps_code, whole_province, write_csv

from lontar.cli import cli
from lontar.engines.regions import RegionRow, make_region
from lontar.registry.actions import (
    RegionsRefused,
    import_regions,
    load_official_totals,
    load_regions,
    succeed_region,
)
from lontar.registry.models import OfficialTotal, Region, RegionSuccession
from lontar.registry.queries import coverage, gazetteer, region_card, region_totals
from lontar.registry.states import Level, SuccessionKind

pytestmark = pytest.mark.django_db(databases=("default", "owner"))
PACKAGES = Path(__file__).parents[2] / "frontend" / "node_modules"


def load(rows: list[RegionRow] | None = None) -> None:
    load_regions(rows or list(whole_province()), province="53", source="idn-area-data 0", by=None, at=AT)


def lontar(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def events(code: str) -> list[str]:
    event = Region.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory
    return list(event.objects.filter(pgh_obj_id=code).order_by("pgh_id").values_list("pgh_label", flat=True))


def test_a_whole_list_is_loaded_in_the_exact_counts() -> None:
    load()

    totals = {row.level: row.number for row in region_totals("53")}
    assert totals == {"province": 1, "regency": 22, "district": 315, "village": 3442}
    assert events("53.09.01.2001") == ["insert"]


def test_loading_again_changes_nothing_and_writes_no_history() -> None:
    load()

    again = load_regions(list(whole_province()), province="53", source="idn-area-data 0", by=None, at=AT)

    assert again.is_nothing
    assert events("53.09.01.2001") == ["insert"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: rows[:-1], "Jumlah desa/kelurahan 3441, seharusnya 3442"),
        (lambda rows: [row for row in rows if row.code != "53.71"], "Jumlah kabupaten/kota 21, seharusnya 22"),
        (lambda rows: [*rows, make_region("53.01.01.2999", "Contoh Lebih")], "Jumlah desa/kelurahan 3443"),
        (
            lambda rows: [
                make_region("53.02.01.2999", row.name) if row.code == "53.01.01.2001" else row for row in rows
            ],
            "memuat 176 desa/kelurahan, seharusnya 177",
        ),
        (lambda rows: [*rows[:-1], rows[-2]], "muncul 2 kali"),
        (lambda rows: [replace(rows[0], lat=120.0, lon=-9.0, point_quality="given"), *rows[1:]], "tertukar"),
    ],
)
def test_a_list_that_is_not_whole_is_refused_and_nothing_is_stored(spoil: object, words: str) -> None:
    with pytest.raises(RegionsRefused, match=words):
        load(spoil(list(whole_province())))  # type: ignore[operator]  # a function of the table above

    assert Region.objects.count() == 0


def test_another_province_is_refused() -> None:
    with pytest.raises(RegionsRefused, match="provinsi 52"):
        load_regions([make_region("52", "Contoh")], province="52", source="contoh", by=None, at=AT)


def test_a_village_that_leaves_the_list_ends_and_is_not_deleted() -> None:
    load()
    rows = [row for row in whole_province() if row.code != "53.09.01.2001"]

    changed = load_regions(
        [*rows, make_region("53.09.01.2901", "Contoh Pengganti")],
        province="53", source="idn-area-data 1", by=None, at=AT,
    )  # fmt: skip

    assert (changed.added, changed.ended, changed.renamed) == (["53.09.01.2901"], ["53.09.01.2001"], [])
    assert Region.objects.get(code="53.09.01.2001").valid_until == date(2026, 1, 15)
    assert {row.level: row.number for row in region_totals("53")}["village"] == 3442


def test_a_village_that_comes_back_is_in_force_again() -> None:
    load()
    Region.objects.filter(code="53.09.01.2001").update(valid_until=date(2026, 1, 1))

    changed = load_regions(list(whole_province()), province="53", source="idn-area-data 0", by=None, at=AT)

    assert changed.reinstated == ["53.09.01.2001"]
    assert Region.objects.get(code="53.09.01.2001").valid_until is None


def test_an_import_adds_bps_codes_and_points_and_tells_what_it_changed() -> None:
    load()
    rows = [replace(row, bps_code=bps_code(row)) for row in whole_province()]
    at = next(index for index, row in enumerate(rows) if row.code == "53.09.01.2001")
    rows[at] = replace(rows[at], name="Contoh Baru", lat=-8.75, lon=121.0)

    changed = import_regions(rows, province="53", source="daftar.csv", by=None, at=AT)

    assert len(changed.bps_coded) == 3780
    assert changed.renamed == [("53.09.01.2001", "Contoh 1", "Contoh Baru")]
    assert changed.moved == ["53.09.01.2001"]
    found = Region.objects.get(code="53.09.01.2001")
    assert (found.bps_code, found.lat, found.lon, found.source) == ("5309001001", -8.75, 121.0, "daftar.csv")
    assert events("53.09.01.2001") == ["insert", "update"]


def test_what_an_operator_imported_outlives_the_next_load() -> None:
    load()
    rows = [
        replace(row, bps_code=bps_code(row), name="Contoh Baru" if row.code == "53.09.01.2001" else row.name)
        for row in whole_province()
    ]
    import_regions(rows, province="53", source="daftar.csv", by=None, at=AT)

    again = load_regions(list(whole_province()), province="53", source="idn-area-data 2", by=None, at=AT)

    assert again.is_nothing
    assert Region.objects.get(code="53.09.01.2001").name == "Contoh Baru"


def test_two_regions_may_exchange_their_bps_codes() -> None:
    load()
    rows = [replace(row, bps_code=bps_code(row)) for row in whole_province()]
    import_regions(rows, province="53", source="a.csv", by=None, at=AT)
    swapped = {"53.09.01.2001": "5309002001", "53.09.02.2001": "5309001001"}

    changed = import_regions(
        [replace(row, bps_code=swapped.get(row.code, row.bps_code)) for row in rows],
        province="53", source="b.csv", by=None, at=AT,
    )  # fmt: skip

    assert [code for code, _old, _new in changed.bps_coded] == ["53.09.01.2001", "53.09.02.2001"]
    assert Region.objects.get(code="53.09.01.2001").bps_code == "5309002001"


def test_table_1_is_loaded_once_and_adds_up() -> None:
    load()

    assert load_official_totals(by=None, at=AT) == 44
    assert load_official_totals(by=None, at=AT) == 0
    official = coverage("53")
    assert [row.code for row in official][:2] == ["53.01", "53.02"]
    assert sum(row.enterprises_official or 0 for row in official) == 168_002
    assert sum(row.villages for row in official) == 3_442
    assert all(row.enterprises_registered == row.enterprises_verified == 0 for row in official)


def test_table_1_equals_what_the_demo_province_is_made_from() -> None:
    from lontar.engines.demo.official import REGENCIES
    from lontar.registry.actions.regions import published_totals

    totals = {(row.region_id, row.key): row.number for row in published_totals()}

    assert totals == {(row.code, "imk_enterprises"): row.enterprises for row in REGENCIES} | {
        (row.code, "villages"): row.villages for row in REGENCIES
    }


def test_a_published_total_is_never_overwritten() -> None:
    load()
    load_official_totals(by=None, at=AT)
    OfficialTotal.objects.filter(region_id="53.09", key="villages").update(number=1)

    with pytest.raises(RegionsRefused, match="Angka resmi"):
        load_official_totals(by=None, at=AT)


def test_coverage_below_the_kabupaten_has_no_published_total() -> None:
    load()
    load_official_totals(by=None, at=AT)

    districts = coverage("53.09", Level.DISTRICT)

    assert len(districts) == 15
    assert sum(row.villages for row in districts) == 206
    assert {row.enterprises_official for row in districts} == {None}
    assert coverage("99") == []


@pytest.mark.parametrize(("kind", "ends"), [("split", False), ("merge", True), ("rename", True)])
def test_a_succession_ends_the_old_region_unless_it_was_split(kind: str, ends: bool) -> None:
    load()

    succeed_region(
        "53.09.01.2001", "53.09.02.2001",
        kind=SuccessionKind(kind), on_date=date(2025, 7, 1), decree="Perda Contoh 1/2025", by=None, at=AT,
    )  # fmt: skip

    assert Region.objects.get(code="53.09.01.2001").valid_until == (date(2025, 7, 1) if ends else None)
    card = region_card("53.09.01.2001")
    assert card is not None
    assert card.successors == (("53.09.02.2001", kind, date(2025, 7, 1), "Perda Contoh 1/2025"),)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("53.09.01.2001", "53.09.01.2001", "dirinya sendiri"),
        ("53.09.01.2001", "53.09.01", "berbeda tingkat"),
        ("53.09.01.2999", "53.09.01.2001", "tidak ada dalam daftar"),
        ("53.09.03.2001", "53.09.02.2001", "sudah tercatat sebagai penerus"),
        ("53.09.02.2001", "53.09.03.2001", "sudah tercatat sebagai penerus"),
    ],
)
def test_a_succession_that_cannot_be_is_refused(old: str, new: str, words: str) -> None:
    load()
    RegionSuccession.objects.create(
        old_id="53.09.02.2001", new_id="53.09.03.2001", kind="split", on_date=date(2025, 1, 1)
    )

    with pytest.raises(RegionsRefused, match=words):
        succeed_region(old, new, kind=SuccessionKind.MERGE, on_date=date(2025, 7, 1), decree="", by=None, at=AT)

    assert RegionSuccession.objects.count() == 1


def test_the_gazetteer_follows_the_table() -> None:
    load()
    assert "53.09.01.2001" in gazetteer().by_code
    assert gazetteer() is gazetteer()

    Region.objects.filter(code="53.09.01.2001").update(valid_until=date(2026, 1, 1))

    assert "53.09.01.2001" not in gazetteer().by_code


# --- commands ---------------------------------------------------------------------------------------------------------


def test_the_import_command_reports_and_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    load()
    file = write_csv(tmp_path / "daftar.csv", whole_province(), with_bps=True)

    tried = lontar("regions", "import", str(file), "--dry-run")
    assert tried.exit_code == 0
    assert "Kode BPS (3.780)" in tried.output
    assert Region.objects.exclude(bps_code=None).count() == 0

    done = lontar("regions", "import", str(file))
    assert done.exit_code == 0
    assert Region.objects.exclude(bps_code=None).count() == 3780


def test_the_import_command_names_row_column_value_and_cure(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "daftar.csv", whole_province())
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4].replace(lines[4].split(",")[0], "53.1")
    file.write_text("\n".join(lines), encoding="utf-8")

    result = lontar("regions", "import", str(file))

    assert result.exit_code == 1
    assert "Baris 5: kolom kode: “53.1” bukan kode wilayah Kemendagri" in result.output
    assert Region.objects.count() == 0


def test_the_import_command_refuses_a_short_list(tmp_path: Path) -> None:
    load()
    file = write_csv(tmp_path / "daftar.csv", whole_province()[:-1])

    result = lontar("regions", "import", str(file))

    assert result.exit_code == 1
    assert "Jumlah desa/kelurahan 3441, seharusnya 3442" in result.output
    assert Region.objects.filter(valid_until__isnull=True).count() == 3780


def test_show_and_find_answer_and_say_when_they_cannot() -> None:
    load()

    assert "Kabupaten Contoh 9 › Kecamatan Contoh 1 › Contoh 1" in lontar("regions", "show", "5309012001").output
    assert lontar("regions", "show", "53.09.01.2999").exit_code == 1
    assert lontar("regions", "show", "apa").exit_code == 1
    found = lontar("regions", "find", "desa", "contoh", "3,", "kecamatan", "contoh", "3,", "kabupaten", "contoh", "9")
    assert found.exit_code == 0
    assert "53.09.03.2001" in found.output
    assert lontar("regions", "find", "tempat", "entah").exit_code == 1


@pytest.mark.skipif(not PACKAGES.exists(), reason="NOT CHECKED: frontend/node_modules is absent")
def test_the_load_command_builds_the_real_province_once() -> None:
    first = lontar("regions", "load", "--rebuild")
    again = lontar("regions", "load")

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert Region.objects.filter(level=Level.VILLAGE).count() == 3442
    assert "Tidak ada perubahan: 3.780 wilayah sudah sama." in again.output
    assert Region.objects.get(code="53.12.04.2003").name == "Malata"


def test_the_load_command_says_what_to_do_without_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONTAR_NODE_MODULES", str(tmp_path))

    result = lontar("regions", "load", "--rebuild")

    assert result.exit_code == 1
    assert "npm ci" in result.output
