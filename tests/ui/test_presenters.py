"""Links of lists, pages, columns, and how far a job is."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lontar.ui.presenters import Column, Pager, Progress, ProgressState, Query, Row, Table

LIST = Query.from_dict("/usaha", QueryDict("jenis=kopi&jenis=tenun&urut=-omzet&hal=7&buka=12&kosong="))


def test_changing_a_filter_keeps_the_rest_and_leaves_page_and_panel() -> None:
    assert LIST.but({"urut": "nama"}) == "/usaha?jenis=kopi&jenis=tenun&urut=nama"
    assert LIST.but({"buka": "3"}, keep=["hal"]) == "/usaha?jenis=kopi&jenis=tenun&urut=-omzet&hal=7&buka=3"
    assert LIST.but({"urut": ""}) == "/usaha?jenis=kopi&jenis=tenun"


def test_one_of_several_values_can_be_taken_out() -> None:
    assert LIST.without("jenis", "kopi") == "/usaha?jenis=tenun&urut=-omzet"
    assert LIST.without("jenis") == "/usaha?urut=-omzet"
    assert LIST.all("jenis") == ("kopi", "tenun")
    assert LIST.get("jenis") == "tenun"
    assert LIST.hidden(leave_out=["jenis"]) == (("urut", "-omzet"),)


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=5))
def test_any_text_survives_the_way_through_the_address(pairs: list[tuple[str, str]]) -> None:
    pairs = [pair for pair in pairs if pair[0] not in ("hal", "buka")]
    url = Query("/x", tuple(pairs)).but({"tambah": "ya"})
    back = QueryDict(url.partition("?")[2])
    expected = [pair for pair in pairs if pair[0] != "tambah"] + [("tambah", "ya")]
    assert sorted(Query.from_dict("/x", back).pairs) == sorted(expected)


def test_the_pager_counts_and_shows_the_pages_about_the_current_one() -> None:
    with translation.override("id"):
        pager = Pager(LIST, 168_002, 7, 50)
        assert (pager.pages, pager.first, pager.last) == (3361, 301, 350)
        assert [link.label for link in pager.links] == ["1", "…", "6", "7", "8", "…", "3.361"]
        assert pager.previous_url.endswith("hal=6")
        assert Pager(LIST, 0).first == 0
        assert Pager(LIST, 50, 1, 50).next_url == ""


@given(st.integers(0, 10**6), st.integers(1, 200))
def test_every_row_is_on_exactly_one_page(count: int, size: int) -> None:
    pages = Pager(LIST, count, 1, size).pages
    edges = [(Pager(LIST, count, page, size).first, Pager(LIST, count, page, size).last) for page in (1, pages)]
    assert edges[0][0] == min(1, count)
    assert edges[1][1] == count


def table() -> Table:
    """A list of three columns, the last optional."""
    columns = [
        Column("nama", "Nama", sortable=True),
        Column("omzet", "Omzet", numeric=True, sortable=True),
        Column("jenis", "Jenis", optional=True),
    ]
    return Table("Usaha", columns, [Row(["A", 1, "Kopi"])], Pager(LIST, 1), "usaha", sort="-omzet")


def test_headings_turn_the_order_and_numbers_begin_with_the_largest() -> None:
    name, turnover, kind = table().heads
    assert (name.direction, name.url) == ("", "/usaha?jenis=kopi&jenis=tenun&urut=nama")
    assert (turnover.direction, turnover.url) == ("descending", "/usaha?jenis=kopi&jenis=tenun&urut=omzet")
    assert kind.url == ""
    assert replace(table(), sort="nama").heads[0].url.endswith("urut=-nama")
    assert replace(table(), sort="nama").heads[1].url.endswith("urut=-omzet")


def test_only_optional_columns_can_be_hidden() -> None:
    assert table().places == (0, 1, 2)
    assert replace(table(), shown=["omzet"]).places == (0, 1)
    assert [shown for _column, shown in replace(table(), shown=["omzet"]).choosable] == [False]


def test_clearing_filters_keeps_the_order() -> None:
    assert table().clear_url == "/usaha?urut=-omzet"


def test_a_job_says_how_far_it_is() -> None:
    job = Progress("1", "Memeriksa", ProgressState.RUNNING, "Berjalan", 84_001, 168_002)
    with translation.override("id"):
        assert job.counted == "84.001 dari 168.002 (50\u00a0%) baris"
    assert job.ratio == "0.5000"
    assert job.is_open
    assert replace(job, total=None).ratio == ""
    assert not replace(job, state=ProgressState.DONE).is_open
