"""English is a full second language: every sentence of the look has one, with the same places for values."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

UI = Path(__file__).resolve().parents[2] / "src" / "lontar" / "ui"
CATALOGUE = UI / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALL = re.compile(r"""(?:gettext|_)\(\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""")
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None}


def sentences() -> set[str]:
    """Every translatable text of the look, from code and templates."""
    found: set[str] = set()
    for file in UI.rglob("*.py"):
        found |= _texts(file.read_bytes())
    for file in (UI / "templates").rglob("*.html"):
        prepared = templatize(file.read_text("utf-8"), origin=str(file))
        found |= {str(ast.literal_eval(text)) for text in CALL.findall(prepared)}
    return found


def _texts(source: bytes) -> set[str]:
    return {
        str(text)
        for _line, text, _comments, _context in extract("python", io.BytesIO(source), keywords=KEYWORDS)
        if text
    }


def test_every_sentence_has_an_english_one_and_none_is_left_over() -> None:
    with CATALOGUE.open("rb") as file:
        known = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    assert len(sentences()) > 90
    assert sentences() - set(known) == set()
    assert set(known) - sentences() == set()
    assert [key for key, text in known.items() if not text] == []


def test_places_for_values_are_the_same_in_both_languages() -> None:
    place = re.compile(r"%\((\w+)\)[sd]")
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            assert sorted(place.findall(str(message.id))) == sorted(place.findall(str(message.string)))


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.open("rb") as file:
        written = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {key: compiled.gettext(key) for key in written} == written
