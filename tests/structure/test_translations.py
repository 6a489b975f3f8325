"""English is a full second language: every sentence of every app has one, the same in every app that says it.

Whether a page reads well in English is tested beside the page; here the catalogues are held against the code and templates.
"""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import override, pgettext
from django.utils.translation.template import templatize

from lontar.engines.sizes import UmkmClass, WorkerClass
from lontar.intake.datasets import DATASETS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lontar"
INSTALLED = [name.removeprefix("lontar.") for name in settings.INSTALLED_APPS if name.startswith("lontar.")]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(ngettext|pgettext|gettext|_)\(\s*{TEXT}(?:\s*,\s*{TEXT})?")
PLACE = re.compile(r"%(?:\((\w+)\))?[sd]")


class Sentence(NamedTuple):
    """A text as the code gives it; a context where one word means two things."""

    text: str
    context: str = ""


@cache
def sentences(app: str) -> frozenset[Sentence]:
    """Every translatable text of an app, from code and templates; of a plural the singular."""
    found: set[Sentence] = set()
    for file in (SOURCE / app).rglob("*.py"):
        found |= _in_code(file.read_bytes())
    for file in (SOURCE / app).rglob("templates/**/*.html"):
        found |= _in_template(templatize(file.read_text("utf-8"), origin=str(file)))
    return frozenset(found)


def _in_code(source: bytes) -> set[Sentence]:
    found = extract("python", io.BytesIO(source), keywords=KEYWORDS)
    return {
        Sentence(text if isinstance(text, str) else text[0], context or "")
        for _line, text, _comments, context in found
        if text
    }


def _in_template(prepared: str) -> set[Sentence]:
    found = set()
    for call, first, second in CALL.findall(prepared):
        text = str(ast.literal_eval(first))
        found.add(Sentence(str(ast.literal_eval(second)), text) if call == "pgettext" else Sentence(text))
    return found


def declared(app: str) -> set[Sentence]:
    """Texts that the screens of an app translate although they are declared as plain data."""
    if app == "intake":
        columns = [column for dataset in DATASETS.values() for column in dataset.columns]
        texts = [text for dataset in DATASETS.values() for text in (dataset.title, dataset.description)]
        return {
            Sentence(text) for text in (*texts, *(text for one in columns for text in (one.label, one.explanation)))
        }
    if app == "office":
        return {Sentence(one.value) for sizes in (WorkerClass, UmkmClass) for one in sizes}
    return set()


def catalogue(app: str) -> Path:
    """The written English of an app."""
    return SOURCE / app / "locale" / "en" / "LC_MESSAGES" / "django.po"


@cache
def messages(app: str) -> tuple[Message, ...]:
    """The entries of a catalogue; none where an app has no catalogue yet."""
    if not catalogue(app).exists():
        return ()
    with catalogue(app).open("rb") as file:
        return tuple(message for message in read_po(file) if message.id)


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """(Indonesian, English) of an entry, both forms of a plural."""
    yield from zip(_all(message.id), _all(message.string), strict=True)


def _all(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def key(message: Message) -> Sentence:
    """What the code would say to find an entry."""
    return Sentence(_all(message.id)[0], message.context or "")


SPEAKING = [app for app in INSTALLED if sentences(app)]


def test_the_apps_that_speak_are_found() -> None:
    assert set(SPEAKING) >= {"access", "audit", "ui", "registry", "intake", "api", "portal", "office"}
    assert sum(len(sentences(app)) for app in SPEAKING) > 1500


@pytest.mark.parametrize("app", SPEAKING)
def test_every_sentence_has_an_english_one_and_none_is_left_over(app: str) -> None:
    known, wanted = {key(message) for message in messages(app)}, sentences(app) | declared(app)

    assert wanted - known == set()
    assert known - wanted == set()
    assert [key(one) for one in messages(app) if not all(english for _indonesian, english in forms(one))] == []


@pytest.mark.parametrize("app", SPEAKING)
def test_places_for_values_are_the_same_in_both_languages(app: str) -> None:
    for message in messages(app):
        for indonesian, english in forms(message):
            assert sorted(PLACE.findall(indonesian)) == sorted(PLACE.findall(english)), indonesian


@pytest.mark.parametrize("app", SPEAKING)
def test_the_compiled_catalogue_is_the_written_one(app: str) -> None:
    known = messages(app)
    compiled = gettext.NullTranslations()
    if known:
        with catalogue(app).with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)

    for message in known:
        found = [_compiled(compiled, message, number) for number, _form in enumerate(forms(message), start=1)]
        assert found == [english for _indonesian, english in forms(message)]


def _compiled(compiled: gettext.NullTranslations, message: Message, number: int) -> str:
    texts = _all(message.id)
    if len(texts) > 1:
        return compiled.ngettext(*texts, number)
    return compiled.pgettext(message.context, texts[0]) if message.context else compiled.gettext(texts[0])


def test_a_sentence_reads_the_same_in_every_app() -> None:
    said: dict[Sentence, set[tuple[str, ...]]] = {}
    for app in SPEAKING:
        for message in messages(app):
            said.setdefault(key(message), set()).add(_all(message.string))

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
