"""Fills Word templates that offices edit themselves: docxtpl, and a language that can only place words and repeat parts.

A template may name places, loop over what a place holds, and ask whether one is empty. Everything else is refused before
anything runs: calls, attributes that are not places, arithmetic, macros, files. A loop inside a loop may only go through parts
of the outer one, so that the work is bounded by what is to be written. Which places there are is the caller's (`Shape`).
"""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

#: A place: text (None), a group of places, or a list of one shape (a list with one element).
Shape: TypeAlias = "Mapping[str, Shape] | list[Shape] | None"

LARGEST = 5 * 1024 * 1024
_UNPACKED, _MEMBERS = 40 * 1024 * 1024, 500
_FILTERS = frozenset({"upper", "lower", "title", "capitalize", "trim", "length", "join", "default", "e", "escape"})
_LOOP: Shape = {"index": None, "first": None, "last": None, "length": None}
_ALLOWED = frozenset(
    "Template Output TemplateData Name Getattr Getitem Const For If CondExpr Filter Test Compare Operand And Or Not".split()
)


class TemplateProblem(Exception):
    """A template cannot be used. The message is Indonesian: what, where, and the cure."""


def check_file(content: bytes) -> None:
    """Raise `TemplateProblem` unless the bytes are a plain Word document: no macros, nothing from elsewhere, not huge."""
    if len(content) > LARGEST:
        raise TemplateProblem("Templat lebih dari 5 MB. Kecilkan gambar di dalamnya.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > _MEMBERS or sum(one.file_size for one in members) > _UNPACKED:
                raise TemplateProblem("Isi templat terlalu besar setelah dibuka. Simpan ulang dari Word.")
            names = {one.filename for one in members}
            if "word/document.xml" not in names:
                raise TemplateProblem("Ini bukan dokumen Word (.docx). Pilih Simpan sebagai, Dokumen Word.")
            if any(name.endswith(("vbaProject.bin", ".bin")) or "/embeddings/" in name for name in names):
                raise TemplateProblem(
                    "Templat memuat makro atau objek tersemat. Hapus, lalu simpan sebagai .docx biasa."
                )
            for name in names:
                if name.endswith(".rels"):
                    _check_relations(package.read(name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as problem:
        raise TemplateProblem("Ini bukan dokumen Word (.docx). Pilih Simpan sebagai, Dokumen Word.") from problem


def _check_relations(content: bytes) -> None:
    from lxml import etree

    try:
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as problem:
        raise TemplateProblem("Berkas Word ini rusak. Buka dan simpan ulang di Word.") from problem
    for one in tree:
        kind = str(one.get("Type", ""))
        if one.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
            raise TemplateProblem(
                f"Templat mengambil sesuatu dari luar berkas ({kind.rpartition('/')[2]}). Sisipkan gambar ke dalam berkas."
            )


def fill(
    template: bytes, words: Mapping[str, Any], *, shape: Mapping[str, Shape], pictures: Mapping[str, bytes]
) -> bytes:
    """The template with its places filled. `pictures` are places too (PNG, 26 mm wide). Raises `TemplateProblem`."""
    check_file(template)
    from docx.opc.exceptions import OpcError
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError

    places = {**shape, **dict.fromkeys(pictures)}
    book = DocxTemplate(io.BytesIO(template))
    try:
        shown = {name: InlineImage(book, io.BytesIO(png), width=Mm(26)) for name, png in pictures.items()}
        book.render({**words, **shown}, environment(places), autoescape=True)
        target = io.BytesIO()
        book.save(target)
    except TemplateError as problem:
        raise TemplateProblem(
            f"Isian tidak terbaca: {problem.message or problem}. Setiap isian ditulis {{{{ nama }}}} dan setiap perulangan "
            "ditutup dengan endfor."
        ) from problem
    except (OpcError, XMLSyntaxError, KeyError, ValueError) as problem:
        raise TemplateProblem(
            "Templat menjadi dokumen yang rusak. Pastikan perulangan membungkus paragraf ({%p … %}) atau baris tabel "
            "({%tr … %})."
        ) from problem
    from lontar.engines.papers.word import repacked

    return repacked(target.getvalue())


def environment(places: Mapping[str, Shape]) -> Environment:
    """A Jinja environment in which only `places` exist and nothing can be called; each source is checked before it runs."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Checked(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = super()._parse(source, name, filename)
            _Checker(places).visit(tree, dict(places), depth=0)
            return tree

    made = Checked(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    for name in set(made.filters) - _FILTERS:
        del made.filters[name]
    return made


class _Checker:
    """Walks a template; knows at each point which names exist and what they hold."""

    def __init__(self, places: Mapping[str, Shape]) -> None:
        self._places = places

    def visit(self, node: nodes.Node, known: Mapping[str, Shape], *, depth: int) -> None:
        from jinja2 import nodes

        kind = type(node).__name__
        if kind not in _ALLOWED:
            raise TemplateProblem(
                f"Perintah “{kind}” tidak boleh dipakai dalam templat. Yang boleh: isian, perulangan (for), dan syarat (if)."
            )
        if isinstance(node, nodes.For):
            self._loop(node, known, depth=depth)
            return
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._shape(node, known)
            return
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise TemplateProblem(
                f"Saringan “{node.name}” tidak boleh dipakai. Yang boleh: {', '.join(sorted(_FILTERS))}."
            )
        for child in node.iter_child_nodes():
            self.visit(child, known, depth=depth)

    def _loop(self, node: nodes.For, known: Mapping[str, Shape], *, depth: int) -> None:
        from jinja2 import nodes

        if not isinstance(node.target, nodes.Name) or node.recursive:
            raise TemplateProblem("Perulangan ditulis: for baris in lampiran.")
        root = node.iter
        while isinstance(root, nodes.Getattr | nodes.Getitem):
            root = root.node
        if not isinstance(root, nodes.Name):
            raise TemplateProblem("Perulangan hanya berjalan atas isian yang berupa daftar.")
        if depth and root.name in self._places:
            raise TemplateProblem(
                f"Perulangan atas “{root.name}” tidak boleh berada di dalam perulangan lain, kecuali atas bagian dari "
                "perulangan itu."
            )
        held = self._shape(node.iter, known)
        if not isinstance(held, list):
            raise TemplateProblem(f"“{root.name}” bukan daftar, sehingga tidak dapat diulang.")
        if node.target.name in self._places or node.target.name == "loop":
            raise TemplateProblem(
                f"Nama “{node.target.name}” sudah dipakai sebuah isian; pilih nama lain untuk perulangan."
            )
        inner = {**known, node.target.name: held[0], "loop": _LOOP}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.visit(child, inner, depth=depth + 1)

    def _shape(self, node: nodes.Node, known: Mapping[str, Shape]) -> Shape:
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return _found(node.name, known, where="")
        if isinstance(node, nodes.Getattr):
            held = self._shape(node.node, known)
            if not isinstance(held, Mapping):
                raise _unknown(node.attr, (), where="")
            return _found(node.attr, held, where=_written(node.node))
        if isinstance(node, nodes.Getitem):
            held = self._shape(node.node, known)
            if isinstance(held, list) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
                return held[0]
        raise TemplateProblem("Isian ditulis dengan nama saja, misalnya nomor atau penanda_tangan.nama.")


def _written(node: nodes.Node) -> str:
    parts = []
    while hasattr(node, "attr"):
        parts.append(str(node.attr))
        node = node.node  # type: ignore[attr-defined]  # what has an attribute has a node
    return ".".join([getattr(node, "name", ""), *reversed(parts)])


def _found(name: str, known: Mapping[str, Shape], *, where: str) -> Shape:
    if name not in known:
        raise _unknown(name, known, where=where)
    return known[name]


def _unknown(name: str, known: Any, *, where: str) -> TemplateProblem:
    whole = f"{where}.{name}" if where else name
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    hint = f" Maksud Anda “{where + '.' if where else ''}{near[0]}”?" if near else " Lihat daftar isian di samping."
    return TemplateProblem(f"Isian “{whole}” tidak dikenal.{hint}")
