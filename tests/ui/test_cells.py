"""Cells and rows of tables: every value has one way to be written, and nothing enters unescaped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.ui.test_presenters import table

from lontar.ui import cells
from lontar.ui.icons import UnknownIconError, icon
from lontar.ui.presenters import BulkAction, Figure, Link, Masked, Row, Status, Tone


def test_each_kind_of_value_is_written_its_own_way() -> None:
    with translation.override("id"):
        assert cells.cell(None) == "–"
        assert cells.cell("") == "–"
        assert cells.cell(168_002) == "168.002"
        assert cells.cell(Decimal("12.5")) == "12,5"
        assert cells.cell(date(2025, 11, 27)) == "27 Nov 2025"
        assert cells.cell(datetime(2025, 11, 27, 6, 5, tzinfo=UTC)) == "27 Nov 2025 14.05\u00a0WITA"
        assert cells.cell(["Kopi", 2]) == "Kopi, 2"
        assert cells.cell(Figure("Kopi", "12", "ton")) == "12\u00a0ton"
        assert cells.cell(Link("Berkas", "/b?a=1&b=2")) == '<a href="/b?a=1&amp;b=2">Berkas</a>'


def test_a_state_is_never_colour_alone() -> None:
    html = cells.badge(Status("Menunggu", Tone.WARN))
    assert "Menunggu" in html
    assert "<svg" in html
    assert "l-tone-warn" in html


def test_a_masked_value_has_a_reveal_link_only_with_an_address() -> None:
    closed = cells.masked(Masked("NIK", "5303********0001"))
    assert "<a" not in closed
    open_to_some = cells.masked(Masked("NIK", "5303********0001", "/buka"))
    assert 'href="/buka"' in open_to_some
    assert "Tampilkan" in open_to_some


@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    html = cells.row_html(table(), Row([text, 1, text], url=text, key=text))
    assert html.count("<") == html.count("</") + html.count("<t") + html.count("<a")


def test_a_row_that_can_be_picked_names_itself_to_screen_readers() -> None:
    html = cells.row_html(replace(table(), bulk=[BulkAction("Sahkan", "/s")]), Row(["Contoh Uji", 2, None], key="7"))
    assert 'name="pilih" value="7"' in html
    assert '<span class="visually-hidden">Contoh Uji</span>' in html
    assert 'class="l-empty-cell" data-label="Jenis">–</td>' in html


def test_an_unknown_drawing_is_refused() -> None:
    with pytest.raises(UnknownIconError, match="No icon 'sparkles'"):
        icon("sparkles")
