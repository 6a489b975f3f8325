"""English is a full second language: every sentence of every app has one, the same in every app that says it.

Whether a page reads well in English is tested beside the page; here the catalogues are held against the code and templates.
"""

from __future__ import annotations

import ast
import gettext
from functools import cache

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import override, pgettext
from tools import words
from tools.words import KEYWORDS, PLACE, SOURCE, Sentence, catalogue, forms, key, sentences

INSTALLED = [name.removeprefix("lontar.") for name in settings.INSTALLED_APPS if name.startswith("lontar.")]
SPEAKING = [app for app in INSTALLED if sentences(app)]


@cache
def messages(app: str) -> tuple[Message, ...]:
    """The entries of a catalogue."""
    return tuple(words.messages(app))


def pairs(message: Message) -> list[tuple[str, str]]:
    """(Indonesian, English) of an entry, both forms of a plural."""
    return list(zip(forms(message.id), forms(message.string), strict=True))


def test_the_apps_that_speak_are_found() -> None:
    assert set(SPEAKING) >= {"access", "audit", "ui", "registry", "intake", "api", "portal", "office"}
    assert sum(len(sentences(app)) for app in SPEAKING) > 1500


@pytest.mark.parametrize("app", SPEAKING)
def test_every_sentence_has_an_english_one_and_none_is_left_over(app: str) -> None:
    known, wanted = {key(message) for message in messages(app)}, sentences(app)

    assert wanted - known == set()
    assert known - wanted == set()
    assert [key(one) for one in messages(app) if not all(english for _indonesian, english in pairs(one))] == []


@pytest.mark.parametrize("app", SPEAKING)
def test_places_for_values_are_the_same_in_both_languages(app: str) -> None:
    for message in messages(app):
        for indonesian, english in pairs(message):
            assert sorted(PLACE.findall(indonesian)) == sorted(PLACE.findall(english)), indonesian


@pytest.mark.parametrize("app", SPEAKING)
def test_the_compiled_catalogue_is_the_written_one(app: str) -> None:
    known = messages(app)
    compiled = gettext.NullTranslations()
    if known:
        with catalogue(app).with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)

    for message in known:
        found = [_compiled(compiled, message, number) for number, _form in enumerate(pairs(message), start=1)]
        assert found == [english for _indonesian, english in pairs(message)]


def _compiled(compiled: gettext.NullTranslations, message: Message, number: int) -> str:
    texts = forms(message.id)
    if len(texts) > 1:
        return compiled.ngettext(*texts, number)
    return compiled.pgettext(message.context, texts[0]) if message.context else compiled.gettext(texts[0])


def test_a_sentence_reads_the_same_in_every_app() -> None:
    said: dict[Sentence, set[tuple[str, ...]]] = {}
    for app in SPEAKING:
        for message in messages(app):
            said.setdefault(key(message), set()).add(forms(message.string))

    assert {one: english for one, english in said.items() if len(english) > 1} == {}


@pytest.mark.parametrize("app", SPEAKING)
def test_the_site_finds_every_english_sentence(app: str) -> None:
    single = [message for message in messages(app) if not message.pluralizable]

    with override("en"):
        found = {
            key(one): pgettext(one.context, str(one.id)) if one.context else translated(str(one.id)) for one in single
        }
    assert found == {key(one): str(one.string) for one in single}


@pytest.mark.parametrize("app", INSTALLED)
def test_no_sentence_hides_in_a_formatted_string(app: str) -> None:
    hidden = [
        f"{file.relative_to(SOURCE)}: {node.lineno}"
        for file in (SOURCE / app).rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
    ]

    assert hidden == []
