"""Brings the English catalogues up to the code: a new sentence comes in without an English one, one that is gone goes.

Part of `make fix`; compiles what it wrote and names what still wants its English sentence. The keys are Indonesian, as in
the code. `tests/structure/test_translations.py` reads the sentences from here and asks whether each has its English one.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import escape, read_po
from django.conf import settings

SOURCE = Path(__file__).resolve().parents[1] / "src" / "lontar"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # compiled catalogues carry a day; the same texts give the same file
PLACE = re.compile(r"%(?:\((\w+)\))?[sd]")
_TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"(ngettext|pgettext|gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?")
_HEAD = """# English texts of {app}. The keys are Indonesian, as in the code.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


class Sentence(NamedTuple):
    """A text as the code gives it: a context where one word means two things, a second form where it counts."""

    text: str
    context: str = ""
    plural: str = ""


def apps() -> list[str]:
    """The apps that say anything."""
    return [folder.parent.name for folder in sorted(SOURCE.glob("*/apps.py")) if sentences(folder.parent.name)]


@cache
def sentences(app: str) -> frozenset[Sentence]:
    """Every translatable text of an app, from code and templates, and those that its screens translate although declared."""
    found = set(_declared(app))
    for file in (SOURCE / app).rglob("*.py"):
        found |= set(_in_code(file.read_bytes()))
    for file in (SOURCE / app).rglob("templates/**/*.html"):
        found |= set(_in_template(file))
    return frozenset(found)


def _in_code(source: bytes) -> Iterator[Sentence]:
    for _line, text, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        if isinstance(text, str):
            yield Sentence(text, context or "")
        elif text:
            yield Sentence(text[0], context or "", text[1])


def _in_template(file: Path) -> Iterator[Sentence]:
    from django.utils.translation.template import templatize

    for call, *given in _CALL.findall(templatize(file.read_text("utf-8"), origin=str(file))):
        first, second = (str(ast.literal_eval(text)) if text else "" for text in given)
        yield {"pgettext": Sentence(second, first), "ngettext": Sentence(first, "", second)}.get(call, Sentence(first))


def _declared(app: str) -> Iterator[Sentence]:
    if app == "intake":
        from lontar.intake.datasets import DATASETS

        for dataset in DATASETS.values():
            yield from (Sentence(dataset.title), Sentence(dataset.description))
            yield from (Sentence(text) for one in dataset.columns for text in (one.label, one.explanation))
    if app == "office":
        from lontar.engines.sizes import UmkmClass, WorkerClass

        yield from (Sentence(one.value) for sizes in (WorkerClass, UmkmClass) for one in sizes)


def catalogue(app: str) -> Path:
    """The written English of an app."""
    return SOURCE / app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def messages(app: str) -> list[Message]:
    """The entries of a catalogue; none where an app has no catalogue yet."""
    if not catalogue(app).exists():
        return []
    with catalogue(app).open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """One form, or both of a plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def key(message: Message) -> Sentence:
    """What the code says to find an entry."""
    one, *more = forms(message.id)
    return Sentence(one, message.context or "", "".join(more))


def written(app: str, english: dict[Sentence, tuple[str, ...]]) -> str:
    """The catalogue of an app, in the order of its sentences."""
    head = _HEAD.format(app=app)
    if catalogue(app).exists():  # its first line says in words whose texts these are
        head = catalogue(app).read_text("utf-8").split("\n", 1)[0] + "\n" + head.split("\n", 1)[1]
    return "\n".join([head, *(_entry(one, english.get(one, ("", ""))) for one in sorted(sentences(app)))])


def _entry(one: Sentence, english: tuple[str, ...]) -> str:
    lines = ["#, python-format"] if PLACE.search(one.text) else []
    lines += [f"msgctxt {escape(one.context)}"] if one.context else []
    lines.append(f"msgid {escape(one.text)}")
    if one.plural:
        lines.append(f"msgid_plural {escape(one.plural)}")
        lines += [f"msgstr[{number}] {escape(text)}" for number, text in enumerate(english)]
    else:
        lines.append(f"msgstr {escape(english[0])}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write and compile every catalogue; status 1 while a sentence wants its English one."""
    said = {app: {key(one): forms(one.string) for one in messages(app)} for app in apps()}
    anywhere = {one: english for known in said.values() for one, english in known.items() if all(english)}
    wanting = 0
    for app, known in said.items():
        english = anywhere | {one: texts for one, texts in known.items() if all(texts)}
        text = written(app, english)
        catalogue(app).parent.mkdir(parents=True, exist_ok=True)
        catalogue(app).write_text(text, "utf-8")
        with catalogue(app).open("rb") as source, catalogue(app).with_suffix(".mo").open("wb") as target:
            compiled = read_po(source)
            compiled.creation_date = _ALWAYS
            write_mo(target, compiled)
        for one in sorted(sentences(app) - english.keys()):
            wanting += 1
            print(f"{catalogue(app).relative_to(SOURCE.parents[1])}: {one.text}")  # noqa: T201 - a tool speaks to the terminal
    return 1 if wanting else 0


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    sys.exit(main())
