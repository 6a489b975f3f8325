"""English is a full second language: every sentence of the portal, and every label of the registry that it shows, has one."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import override
from django.utils.translation.template import templatize
from tests.portal.province import BENA, Seeded
from tests.portal.reading import Page

from lontar.intake.datasets import DATASETS
from lontar.registry import states

PORTAL = Path(__file__).resolve().parents[2] / "src" / "lontar" / "portal"
CATALOGUE = PORTAL / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALL = re.compile(r"""(?:ngettext|gettext|_)\(\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""")
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None, "ngettext": (1, 2)}
SHOWN = (
    states.Stage, states.ImkClass, states.ProductCategory, states.LicenceKind, states.OrganizationKind,
    states.CommunityKind, states.ResourceKind, states.FacilityKind,
)  # fmt: skip


def sentences() -> set[str]:
    """Every translatable text of the portal, from code and templates."""
    found: set[str] = set()
    for file in PORTAL.rglob("*.py"):
        found |= _texts(file.read_bytes())
    for file in (PORTAL / "templates").rglob("*.html"):
        prepared = templatize(file.read_text("utf-8"), origin=str(file))
        found |= {str(ast.literal_eval(text)) for text in CALL.findall(prepared)}
    return found


def _texts(source: bytes) -> set[str]:
    found = extract("python", io.BytesIO(source), keywords=KEYWORDS)
    return {text if isinstance(text, str) else str(text[0]) for _line, text, _comments, _context in found if text}


def borrowed() -> set[str]:
    """Labels of the registry and titles of the intake that public pages show."""
    with override("id"):
        labels = {str(label) for kind in SHOWN for label in kind.labels}
    return labels | {dataset.title for dataset in DATASETS.values()}


def written() -> dict[str, str]:
    """The catalogue; of a plural the singular."""
    with CATALOGUE.open("rb") as file:
        return {_first(m.id): _first(m.string) for m in read_po(file) if m.id}


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def test_every_sentence_has_an_english_one_and_none_is_left_over() -> None:
    known, wanted = written(), sentences() | borrowed()

    assert len(sentences()) > 250
    assert wanted - set(known) == set()
    assert set(known) - wanted == set()
    assert [key for key, text in known.items() if not text] == []


def test_places_for_values_are_the_same_in_both_languages() -> None:
    place = re.compile(r"%(?:\((\w+)\))?[sd]")

    for key, text in written().items():
        assert sorted(place.findall(key)) == sorted(place.findall(text)), key


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    with CATALOGUE.open("rb") as file:
        plural = {_first(m.id) for m in read_po(file) if m.id and m.pluralizable}
    read = {key: compiled.ngettext(key, key, 1) if key in plural else compiled.gettext(key) for key in written()}
    assert read == written()


def test_no_sentence_hides_in_a_formatted_string() -> None:
    hidden = [
        file.name for file in PORTAL.rglob("*.py") if re.search(r"\{n?_?(?:gettext|_)\(", file.read_text("utf-8"))
    ]

    assert hidden == []


def test_a_village_reads_in_english(province: Seeded, english: Client) -> None:
    page = Page(english.get(f"/desa/{BENA}"))

    assert "District of Aimere, Kabupaten Ngada · 53.09.01.2001" in page.words
    assert "2 registered enterprises, 1 of them verified." in page.words
    assert "What is harvested when?" in page.words
    assert [
        "Arabica coffee",
        "12.5 ha",
        "8.25 ton",
        "May–September",
        "75%",
        "Dinas Pertanian Contoh, 30 June 2026",
    ] in page.rows
    assert ["Kopi Bubuk Contoh", "Packaged", "Kopi Contoh Bena", "2"] in page.rows
    assert "Data still missing" in page.words


def test_the_front_page_and_the_search_read_in_english(province: Seeded, english: Client) -> None:
    front = Page(english.get("/")).words
    found = Page(english.get("/cari?q=kopi+sumba+barat")).words

    assert "What every village of Nusa Tenggara Timur makes" in front
    assert (
        "Registered enterprises 4 enterprises 8.0% of the official total of 50 Lontar registry, 30 June 2026" in front
    )
    assert "Dinas Koperasi Contoh sent Enterprises (IKM/UMK): 5 new rows." in front
    assert "1 result for “kopi”. Searched in Kabupaten Sumba Barat." in found


def test_an_unknown_code_is_explained_in_english(province: Seeded, english: Client) -> None:
    assert "No region has the code 53.12.04.2099." in Page(english.get("/desa/53.12.04.2099")).words
