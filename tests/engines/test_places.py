"""Free-text places on a small province with the traps of the real one: twins, colliding codes, repeated names."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.places import (
    RESULT_SCHEMA,
    Gazetteer,
    PlaceQuery,
    Resolution,
    detect_system,
    read_code,
    resolve,
    resolve_frame,
    search,
)
from lontar.engines.places.free_text import Written, readings
from lontar.engines.places.spelling import spell
from lontar.engines.regions import RegionRow, make_region

REGIONS = [
    ("53", "53", "Nusa Tenggara Timur"),
    ("53.01", "5303", "Kabupaten Kupang"),
    ("53.01.04", "5303100", "Semau"),
    ("53.01.04.2003", "5303100005", "Bokonusan"),
    ("53.01.04.2004", "5303100006", "Otan"),
    ("53.01.06", "5303140", "Kupang Timur"),
    ("53.01.06.1004", "5303140004", "Oesao"),
    ("53.01.06.2015", "5303140015", "Oesao"),
    ("53.01.10", "5303130", "Fatuleu"),
    ("53.01.10.1001", "5303130001", "Camplong I"),
    ("53.01.10.2007", "5303130007", "Camplong II"),
    ("53.01.25", "5303142", "Amabi Oefeto"),
    ("53.01.25.2004", "5303142001", "Kuanheum"),
    ("53.02", "5304", "Kabupaten Timor Tengah Selatan"),
    ("53.02.08", "5304080", "Amanatun Selatan"),
    ("53.02.08.2002", "5304080002", "Nunle'u"),
    ("53.02.08.2001", "5304080001", "Oinlasi"),
    ("53.02.02", "5304020", "Mollo Selatan"),
    ("53.02.02.2008", "5304020008", "Oinlasi"),
    ("53.03", "5305", "Kabupaten Timor Tengah Utara"),
    ("53.03.14", "5305070", "Bikomi Selatan"),
    ("53.03.14.2001", "5305070001", "Oelami"),
    ("53.03.19", "5305090", "Insana Fafinesu"),
    ("53.03.19.2001", "5305090001", "Fafinesu A"),
    ("53.03.19.2002", "5305090002", "Fafinesu B"),
    ("53.03.19.2006", "5305090003", "Fafinesu"),
    ("53.08", "5311", "Kabupaten Ende"),
    ("53.08.03", "5311040", "Ende"),
    ("53.08.03.2001", "5311040001", "Ndetundora I"),
    ("53.09", "5312", "Kabupaten Ngada"),
    ("53.09.18", "5312041", "Golewa Selatan"),
    ("53.09.18.2004", "5312041004", "Boba"),
    ("53.09.18.2013", "5312041013", "Bobawa"),
    ("53.12", "5301", "Kabupaten Sumba Barat"),
    ("53.12.04", "5301021", "Tana Righu"),
    ("53.12.04.2003", "5301021003", "Malata"),
    ("53.12.04.2009", "5301021009", "Zala Kadu"),
    ("53.14", "5314", "Kabupaten Rote Ndao"),
    ("53.15", "5315", "Kabupaten Manggarai Barat"),
    ("53.15.05", "5315010", "Komodo"),
    ("53.15.05.2001", "5315010001", "Komodo"),
    ("53.71", "5371", "Kota Kupang"),
    ("53.71.04", "5371030", "Kota Raja"),
    ("53.71.04.1003", "5371030003", "Nunleu"),
]
ROWS = [make_region(code, name, bps_code=bps) for code, bps, name in REGIONS]
GAZETTEER = Gazetteer(
    ROWS,
    successors={"53.01.04.2001": ["53.01.04.2003"], "53.01.04.2002": ["53.01.04.2003", "53.01.04.2004"]},
    aliases={"53.12.04.2003": ["Malata Lama"]},
)


def ask(**parts: str) -> Resolution:
    return resolve(GAZETTEER, PlaceQuery(**parts))


def codes(answer: Resolution) -> list[str]:
    return [item.code for item in answer.candidates]


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["53.01.04.2003", "5301042003", "53 01 04 2003", "5301042003.0", "5.301042003E+09"])
def test_a_kemendagri_code_in_any_form_is_exact(code: str) -> None:
    answer = ask(code=code)
    assert (answer.status, answer.code, answer.rule) == ("exact", "53.01.04.2003", "code")
    assert answer.message == "Desa Bokonusan, Kecamatan Semau, Kabupaten Kupang (53.01.04.2003)."


@pytest.mark.parametrize("code", ["5303100005", "53.03.100.005", "5303100005.0"])
def test_a_bps_code_is_recognised_and_its_colliding_prefix_is_told(code: str) -> None:
    answer = ask(code=code)
    assert (answer.status, answer.code, answer.rule) == ("exact", "53.01.04.2003", "code-bps")
    assert answer.message == (
        "Kode BPS 5303100005 adalah Desa Bokonusan, Kecamatan Semau, Kabupaten Kupang (53.01.04.2003). Perhatikan: "
        "5303 berarti Kabupaten Kupang menurut BPS, tetapi Kabupaten Timor Tengah Utara menurut Kemendagri."
    )


def test_a_code_of_the_same_place_in_both_systems_is_no_collision() -> None:
    answer = ask(code="5314")
    assert (answer.status, answer.code) == ("exact", "53.14")


@pytest.mark.parametrize(
    ("code", "meant"), [("5301", ["53.01", "53.12"]), ("5303142001", ["53.03.14.2001", "53.01.25.2004"])]
)
def test_a_code_valid_in_both_systems_is_ambiguous_until_something_settles_it(code: str, meant: list[str]) -> None:
    answer = ask(code=code)
    assert (answer.status, answer.code, answer.rule, codes(answer)) == ("ambiguous", None, "code-two-systems", meant)
    assert "sah dalam dua sistem" in answer.message
    assert resolve(GAZETTEER, PlaceQuery(code=code), system="bps").code == meant[1]
    assert resolve(GAZETTEER, PlaceQuery(code=code), system="kemendagri").code == meant[0]


@pytest.mark.parametrize(("village", "code"), [("Oelami", "53.03.14.2001"), ("Kuanheum", "53.01.25.2004")])
def test_a_name_settles_a_code_valid_in_both_systems(village: str, code: str) -> None:
    answer = ask(code="5303142001", village=village)
    assert (answer.status, answer.code) == ("exact", code)


def test_a_missing_village_code_names_its_kecamatan_and_the_likest_code() -> None:
    answer = ask(code="53.12.04.2099")
    assert (answer.status, answer.code) == ("unknown", None)
    assert answer.message == (
        "Kode desa 53.12.04.2099 tidak ada di Kecamatan Tana Righu. "
        "Maksud Anda Desa Zala Kadu, Kecamatan Tana Righu, Kabupaten Sumba Barat (53.12.04.2009)?"
    )


def test_a_missing_code_beside_a_true_name_is_a_conflict_that_offers_the_name() -> None:
    answer = ask(code="53.12.04.2099", village="Malata")
    assert (answer.status, answer.code, codes(answer)) == ("conflict", None, ["53.12.04.2003"])


def test_a_code_and_a_name_of_two_places_are_a_conflict_with_both_offered() -> None:
    answer = ask(code="53.01.04.2003", village="Otan")
    assert (answer.status, answer.code) == ("conflict", None)
    assert codes(answer) == ["53.01.04.2004", "53.01.04.2003"]
    assert answer.message.startswith(
        "Kode 53.01.04.2003 adalah Desa Bokonusan, Kecamatan Semau, Kabupaten Kupang, seda"
    )


def test_a_misspelt_name_beside_a_code_confirms_it_and_is_reported() -> None:
    answer = ask(code="53.01.04.2003", village="Bokonusn")
    assert (answer.status, answer.code, answer.rule) == ("exact", "53.01.04.2003", "code-spelling")


@pytest.mark.parametrize("village", ["Camplong II", "Camplong 2", "Camplong III"])
def test_a_twin_differing_in_its_number_does_not_confirm_a_code(village: str) -> None:
    assert ask(code="53.01.10.1001", village=village).status == "conflict"


def test_a_code_in_the_wrong_kecamatan_is_a_conflict() -> None:
    assert ask(code="53.01.04.2003", village="Bokonusan", district="Fatuleu").status == "conflict"


def test_a_district_code_narrows_a_village_name() -> None:
    answer = ask(code="53.02.08", village="Oinlasi")
    assert (answer.status, answer.code) == ("exact", "53.02.08.2001")


def test_a_retired_code_gives_its_only_successor_or_a_choice() -> None:
    one, two = ask(code="53.01.04.2001"), ask(code="53.01.04.2002")
    assert (one.status, one.code, one.rule) == ("unique", "53.01.04.2003", "code-retired")
    assert (two.status, two.code, codes(two)) == ("ambiguous", None, ["53.01.04.2003", "53.01.04.2004"])


@pytest.mark.parametrize(("code", "rule"), [("5.3E+09", "code-damaged"), ("abc", "code-unreadable")])
def test_a_spoilt_code_is_told_apart_from_a_missing_one_and_names_stay_candidates(code: str, rule: str) -> None:
    alone, named = ask(code=code), ask(code=code, village="Bokonusan")
    assert (alone.status, alone.rule) == ("unknown", rule)
    assert (named.status, named.code, named.rule, codes(named)) == ("conflict", None, rule, ["53.01.04.2003"])


def test_the_system_of_a_column_is_told_by_codes_that_exist_in_one_system_only() -> None:
    rows = [make_region("53", "Contoh"), make_region("53.01", "Kabupaten Contoh"), make_region("53.01.01", "Contoh")]
    rows += [make_region(f"53.01.01.2{n:03d}", f"Uji {n}", bps_code=f"5303010{n:03d}") for n in range(1, 31)]
    gazetteer = Gazetteer(rows)
    bps = [f"5303010{n:03d}" for n in range(1, 31)]
    assert detect_system(gazetteer, bps) == "bps"
    assert detect_system(gazetteer, [row.code for row in rows]) == "kemendagri"
    assert detect_system(gazetteer, bps[:19]) is None
    assert detect_system(gazetteer, [*bps, "53.01.01.2001"]) is None


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("village", "district", "regency"),
    [
        ("Bokonusan", "Semau", "Kabupaten Kupang"),
        ("DS. BOKONUSAN", "Kec. Semau", "Kab. Kupang"),
        ("desa  bokonusan", "kecamatan semau", "kupang"),
        ("Boko Nusan", "Se-mau", "KAB KUPANG"),
    ],
)
def test_a_whole_path_of_names_is_exact_in_any_spelling(village: str, district: str, regency: str) -> None:
    answer = ask(village=village, district=district, regency=regency)
    assert (answer.status, answer.code) == ("exact", "53.01.04.2003")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"village": "Camplong 2"}, "53.01.10.2007"),
        ({"village": "CAMPLONG DUA"}, "53.01.10.2007"),
        ({"village": "CamplongII"}, "53.01.10.2007"),
        ({"village": "fafinesu-a"}, "53.03.19.2001"),
        ({"village": "FafinesuB"}, "53.03.19.2002"),
        ({"village": "Nunleu", "regency": "TTS"}, "53.02.08.2002"),
        ({"village": 'Nunle"u', "district": "Amanatun Sel."}, "53.02.08.2002"),
        ({"village": "Nunle’u", "district": "Amanatun Slt"}, "53.02.08.2002"),
        ({"village": "Malata Lama"}, "53.12.04.2003"),
        ({"district": "Kupang Tmr"}, "53.01.06"),
        ({"district": "Bikomi S."}, "53.03.14"),
        ({"district": "Kec. Ende"}, "53.08.03"),
        ({"village": "Komodo", "regency": "Mabar"}, "53.15.05.2001"),
    ],
)
def test_a_name_alone_or_with_some_parents_is_unique_when_one_place_bears_it(parts: dict[str, str], code: str) -> None:
    answer = ask(**parts)
    assert (answer.status, answer.code) == ("unique", code)


@pytest.mark.parametrize(
    ("regency", "code"),
    [("Kab. Kupang", "53.01"), ("Kabupaten Kupang", "53.01"), ("Kota Kupang", "53.71"), ("Kodya Kupang", "53.71")],
)
def test_the_regency_and_the_city_of_kupang_are_told_apart_by_their_title(regency: str, code: str) -> None:
    assert ask(regency=regency).code == code


def test_kupang_without_a_title_is_ambiguous_but_does_not_hide_a_village() -> None:
    assert ask(regency="Kupang").status == "ambiguous"
    assert "Tuliskan “Kabupaten” atau “Kota” di depannya" in ask(regency="Kupang").message
    assert ask(village="Bokonusan", regency="Kupang").code == "53.01.04.2003"


@pytest.mark.parametrize(
    ("parts", "candidates"),
    [
        ({"village": "Oinlasi", "regency": "TTS"}, ["53.02.02.2008", "53.02.08.2001"]),
        ({"village": "Oesao", "district": "Kupang Timur"}, ["53.01.06.1004", "53.01.06.2015"]),
        ({"village": "Nunleu"}, ["53.02.08.2002", "53.71.04.1003"]),
        ({"village": "Desa Nunleu"}, ["53.02.08.2002", "53.71.04.1003"]),
    ],
)
def test_a_shared_name_is_ambiguous_and_lists_all(parts: dict[str, str], candidates: list[str]) -> None:
    answer = ask(**parts)
    assert (answer.status, answer.code, codes(answer)) == ("ambiguous", None, candidates)


@pytest.mark.parametrize(("village", "code"), [("Kel. Oesao", "53.01.06.1004"), ("Desa Oesao", "53.01.06.2015")])
def test_a_title_tells_twins_of_one_kecamatan_apart(village: str, code: str) -> None:
    assert ask(village=village, district="Kupang Timur").code == code


def test_a_misspelt_name_is_only_ever_a_candidate() -> None:
    answer = ask(village="Bokonusn", district="Semau", regency="Kab. Kupang")
    assert (answer.status, answer.code, answer.rule) == ("unknown", None, "village-unknown")
    assert answer.candidates[0].code == "53.01.04.2003"
    assert 90 < answer.candidates[0].score < 100
    assert answer.message == (
        "Desa/kelurahan “Bokonusn” tidak ada di Kecamatan Semau. "
        "Maksud Anda Desa Bokonusan, Kecamatan Semau, Kabupaten Kupang (53.01.04.2003)?"
    )


def test_a_misspelt_parent_keeps_the_village_a_candidate() -> None:
    answer = ask(village="Bokonusan", district="Semao", regency="Kab. Kupang")
    assert (answer.status, answer.code, answer.rule) == ("unknown", None, "district-unknown")
    assert codes(answer)[0] == "53.01.04.2003"
    assert answer.candidates[0].reason == "nama sama, ejaan kecamatan atau kabupaten/kotanya mirip"


def test_true_names_that_exclude_each_other_are_a_conflict() -> None:
    answer = ask(village="Bokonusan", district="Kota Raja", regency="Kota Kupang")
    assert (answer.status, answer.code, codes(answer)) == ("conflict", None, ["53.01.04.2003"])
    assert answer.candidates[0].reason == "nama sama di kecamatan lain"


def test_swapped_columns_are_noticed() -> None:
    answer = ask(village="Semau", district="Bokonusan")
    assert (answer.code, codes(answer)[0]) == (None, "53.01.04.2003")
    assert answer.candidates[0].reason == "kolom desa dan kecamatan tampaknya tertukar"


def test_forgiven_doubled_letters_never_decide_between_near_names() -> None:
    assert ask(village="Bokkonusan", district="Semau").code == "53.01.04.2003"
    answer = ask(village="Bobaa", district="Golewa Selatan", regency="Ngada")
    assert (answer.status, answer.code, codes(answer)) == ("ambiguous", None, ["53.09.18.2004", "53.09.18.2013"])


def test_a_kecamatan_that_is_a_village_elsewhere_is_offered_with_the_reason() -> None:
    answer = ask(village="Obe", district="Fafinesu A")
    assert (answer.status, answer.code) == ("unknown", None)
    assert ("53.03.19.2001", "nama milik tingkat wilayah lain") in [(c.code, c.reason) for c in answer.candidates]


def test_nothing_written_is_unknown_and_says_what_to_write() -> None:
    assert ask().rule == ask(village="  ", code="").rule == ask(village="-").rule == "nothing-given"


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row.code)
def test_every_region_answers_to_its_own_path_or_lists_its_twin(row: RegionRow) -> None:
    code = row.code
    names = {region.code: region.name for region in ROWS}
    levels = [("regency", 5), ("district", 8), ("village", 13)]
    answer = ask(**{level: names[code[:size]] for level, size in levels if len(code) >= size})
    assert answer.code == code or code in codes(answer)
    assert answer.code == code or names[code] == "Oesao"


# --- one text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ds. Bokonusan Kec. Semau Kab. Kupang",
        "Bokonusan, Semau, Kupang",
        "Kupang, Semau, Bokonusan",
        "Bokonusan Semau Kupang",
        "Bokonusan / Semau / Kab. Kupang / NTT",
        "Bokonusan Semau Kab. Kupang",
        "Bokonusan, Kec. Semau, Kupang",
        "Jl. Contoh No. 5, Bokonusan, Kec. Semau, Kupang",
        "Ds. Bokonusan, Semau, Kupang",
        "Jl. Contoh No. 5, Ds. Bokonusan, Semau, Kab. Kupang",
        "RT 003/RW 002 Dusun II, Desa Bokonusan, Kec. Semau, Kab. Kupang, Nusa Tenggara Timur 85353",
        "Desa Bokonusan Kecamatan Semau Kabupaten Kupang Provinsi NTT",
        "bokonusan kec.semau kab.kupang",
        "53.01.04.2003 Bokonusan",
        "Desa Bokonusan (53.01.04.2003)",
    ],
)
def test_one_text_in_many_forms_is_the_same_village(text: str) -> None:
    answer = ask(text=text)
    assert (answer.status, answer.code) == ("exact", "53.01.04.2003")


def test_one_word_of_several_levels_is_ambiguous() -> None:
    answer = ask(text="Ende")
    assert (answer.status, codes(answer)) == ("ambiguous", ["53.08", "53.08.03"])
    assert ask(text="Kec. Ende").code == "53.08.03"
    assert ask(text="Kab. Ende").code == "53.08"


def test_a_text_fills_only_what_the_columns_leave_open() -> None:
    assert ask(village="Oinlasi", text="Kec. Mollo Selatan, Kab. TTS").code == "53.02.02.2008"
    assert ask(village="Otan", district="Semau", text="Desa Bokonusan Kec. Fatuleu").code == "53.01.04.2004"


def test_a_misspelt_text_gives_candidates() -> None:
    answer = ask(text="Desa Bokonusn Kec. Semau")
    assert (answer.status, answer.code, codes(answer)[0]) == ("unknown", None, "53.01.04.2003")


def test_titles_cut_a_text_and_a_title_at_the_end_belongs_to_the_name() -> None:
    assert readings("Desa Mara Desa Kec. Umbu") == [Written("", "Desa Mara Desa", "Umbu", "")]
    assert readings("Kec. Kota Raja, Kota Kupang") == [Written("", "", "Kota Raja", "Kota Kupang")]
    assert readings(" ,; ") == []


@given(st.text(max_size=60))
def test_no_text_breaks_the_resolver_or_the_search(text: str) -> None:
    answer = resolve(GAZETTEER, PlaceQuery(code=text, village=text, district=text, regency=text, text=text))
    assert answer.message
    assert (answer.code is None) == (answer.status not in ("exact", "unique"))
    assert resolve(GAZETTEER, PlaceQuery(text=text)).message
    assert len(search(GAZETTEER, text, limit=3)) <= 3
    read_code(text)


@given(st.sampled_from(ROWS), st.sampled_from([str.upper, str.lower, str.title, lambda text: f"  {text}. "]))
def test_capitals_blanks_and_stops_do_not_change_a_spelling(row: RegionRow, change: Callable[[str], str]) -> None:
    name = row.name
    assert spell(change(name), "village").joined == spell(name, "village").joined


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_is_resolved_row_by_row_in_its_order() -> None:
    frame = pl.DataFrame(
        {
            "code": [None, "5303100005", "53.12.04.2099", None, None, "53.01.04.2003"],
            "village": [" Bokonusan ", None, "Malata", "Bokonusn", None, "Otan"],
            "district": ["Semau", None, None, "Semau", None, None],
            "regency": ["Kab. Kupang", None, None, "Kab. Kupang", None, None],
            "text": [None, None, None, None, "Ds. Otan Kec. Semau", None],
        }
    )
    result = resolve_frame(GAZETTEER, pl.concat([frame, frame.reverse()]))
    assert result.schema == RESULT_SCHEMA
    assert result["status"].to_list()[:6] == ["exact", "exact", "conflict", "unknown", "unique", "conflict"]
    assert result["code"].to_list()[:6] == ["53.01.04.2003", "53.01.04.2003", None, None, "53.01.04.2004", None]
    assert result["suggestion_code"].to_list()[:6] == [
        None,
        None,
        "53.12.04.2003",
        "53.01.04.2003",
        None,
        "53.01.04.2004",
    ]
    assert result["message_rule"].to_list()[1:4] == ["code-bps", "code-missing", "village-unknown"]
    assert result.tail(6).equals(result.head(6).reverse())


def test_a_table_with_few_columns_or_no_rows_keeps_its_shape() -> None:
    assert resolve_frame(GAZETTEER, pl.DataFrame({"village": ["Otan"]}))["code"].to_list() == ["53.01.04.2004"]
    assert resolve_frame(GAZETTEER, pl.DataFrame({"village": []}, schema={"village": pl.String})).height == 0


def test_codes_valid_in_both_systems_follow_the_rest_of_their_column() -> None:
    rows = [*ROWS, *(make_region(f"53.71.04.1{n}", f"Uji {n}", bps_code=f"5371030{n}") for n in range(101, 131))]
    gazetteer = Gazetteer(rows)
    column = [f"5371030{n}" for n in range(101, 131)] + ["5303142001"]
    assert resolve_frame(gazetteer, pl.DataFrame({"code": column}))["code"].to_list()[-1] == "53.01.25.2004"
    assert resolve_frame(gazetteer, pl.DataFrame({"code": ["5303142001"]}))["status"].to_list() == ["ambiguous"]


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("boko", "53.01.04.2003"),
        ("bokonusan sem", "53.01.04.2003"),
        ("kab kup", "53.01"),
        ("camplong 2", "53.01.10.2007"),
        ("nunle", "53.02.08.2002"),
        ("ende", "53.08"),
        ("bokonsan", "53.01.04.2003"),
        ("53.12.04", "53.12.04"),
        ("5303100005", "53.01.04.2003"),
    ],
)
def test_searching_finds_the_place_while_it_is_typed(text: str, first: str) -> None:
    assert search(GAZETTEER, text)[0].code == first


def test_a_search_keeps_to_its_level_its_region_and_its_limit() -> None:
    assert {item.code for item in search(GAZETTEER, "ende", level="district")} == {"53.08.03"}
    assert [item.code for item in search(GAZETTEER, "oinlasi", within="53.02.02")] == ["53.02.02.2008"]
    assert len(search(GAZETTEER, "a", limit=2)) == 2
    assert search(GAZETTEER, "ende", within="99.99") == search(GAZETTEER, "  ") == []
