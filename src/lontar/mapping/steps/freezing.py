"""The figures of a document as bytes that are kept beside it, and what changed between two of them, in words.

Two documents say the same when their frozen figures are the same bytes: number, version, instant and address are no figures.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from lontar.engines.money.formats import format_number
from lontar.mapping.queries.figures import Figures

_NAMED = 8


def frozen(figures: Figures) -> bytes:
    """Canonical JSON of the figures; the map follows from them and is left out."""
    held = {
        "region": figures.region.code,
        "official_source": figures.official_source,
        "total": asdict(figures.total),
        "lines": [asdict(one) for one in figures.lines],
        "groups": [asdict(one) for one in figures.groups],
        "leading": [asdict(one) for one in figures.leading],
        "sources": [{**asdict(one), "latest": one.latest.isoformat()} for one in figures.sources],
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def changes(before: bytes, after: bytes) -> list[str]:
    """What the newer figures say differently, most important first; empty for equal ones."""
    old, new = json.loads(before), json.loads(after)
    told = [
        line
        for key, label in (
            ("villages", "Desa/kelurahan"),
            ("official", "Angka resmi"),
            ("registered", "Usaha terdaftar"),
            ("verified", "Usaha terverifikasi"),
            ("bare", "Desa/kelurahan tanpa potensi tercatat"),
            ("empty", "Desa/kelurahan tanpa usaha terdaftar"),
        )
        if (line := _moved(label, old["total"][key], new["total"][key]))
    ]
    was, now = _villages(old), _villages(new)
    told += _names("Desa/kelurahan baru dalam daftar", [now[code]["name"] for code in sorted(now.keys() - was.keys())])
    told += _names("Tidak lagi dalam daftar", [was[code]["name"] for code in sorted(was.keys() - now.keys())])
    both = sorted(now.keys() & was.keys())
    counted = [c for c in both if any(was[c][k] != now[c][k] for k in ("registered", "verified"))]
    if counted:
        told.append(f"Jumlah usaha berubah di {format_number(len(counted))} desa/kelurahan.")
    listed = [c for c in both if any(was[c][k] != now[c][k] for k in ("commodities", "products", "name"))]
    told += _names("Komoditas, produk, atau nama berubah", [now[code]["name"] for code in listed])
    if old["sources"] != new["sources"] and not told:
        told.append("Sumber data diperbarui; angkanya tetap.")
    return told


def _moved(label: str, old: int | None, new: int | None) -> str:
    if old == new:
        return ""
    if old is None or new is None:
        return f"{label}: {'belum terbit' if new is None else format_number(new)}."
    verb = "bertambah" if new > old else "berkurang"
    return f"{label} {verb} {format_number(abs(new - old))} menjadi {format_number(new)}."


def _villages(held: dict[str, Any]) -> dict[str, Any]:
    return {one["code"]: one for group in held["groups"] for one in group["villages"]}


def _names(label: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f", dan {format_number(len(names) - _NAMED)} lainnya" if len(names) > _NAMED else ""
    return [f"{label} ({format_number(len(names))}): {', '.join(names[:_NAMED])}{more}."]
