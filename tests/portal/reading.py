"""Reads a page as a person does: its words in order without markup, its links, its tables."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse

_SILENT = {"script", "style", "title", "option"}
_BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "tr", "div", "section", "a", "td", "th", "text"}


class Page(HTMLParser):
    """`words` is the text of the page, `links` its addresses, `rows` the cells of every table row."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._silent = 0
        self._cell: list[str] | None = None
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.ids: list[str] = []
        self.feed(response.content.decode())

    @property
    def words(self) -> str:
        """All text, blanks gathered."""
        return " ".join(" ".join(self._parts).replace("\u00a0", " ").split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects links, ids and cells."""
        values = dict(attrs)
        self._silent += tag in _SILENT
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = []
        if tag in _BLOCKS:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Closes cells."""
        self._silent -= tag in _SILENT
        if tag in ("td", "th") and self._cell is not None and self.rows:
            self.rows[-1].append(" ".join("".join(self._cell).replace("\u00a0", " ").split()))
            self._cell = None
        if tag in _BLOCKS:
            self._parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Collects text."""
        if self._silent <= 0:
            self._parts.append(data)
            if self._cell is not None:
                self._cell.append(data)
