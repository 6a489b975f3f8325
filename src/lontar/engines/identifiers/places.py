"""Region codes of both systems, and postal codes.

Kemendagri codes are dotted (`53.12.04.2003`), are the key and the path of a region, and end in a village number that
tells its kind. BPS codes have other numbers for most of the same places (DOMAIN trap 2), so a code is never read
without saying which system it is meant to be. Which codes exist is data of the registry; callers pass it as `known`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import polars as pl

from lontar.engines.identifiers.checked import Checked, accepted, blank, flagged, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import COMPACT, TEXT, ColumnCheck, FastPath, check_column
from lontar.engines.identifiers.provinces import PROVINCES, REGENCY_PATTERN, is_regency_number
from lontar.engines.identifiers.reading import (
    AS_TEXT,
    Label,
    compact,
    is_digits,
    is_scientific,
    read_digits,
    scientific,
    without_tail,
    wrong_length,
)

REGION = Label(key="region", name="Kode wilayah")
VILLAGE = Label(key="village", name="Kode desa/kelurahan")
BPS = Label(key="bps", name="Kode BPS")
POSTAL = Label(key="postal", name="Kode pos")

NTT_PROVINCE = "53"

# First digit of a village number (Permendagri 58/2021).
VILLAGE_KINDS = MappingProxyType({"1": "kelurahan", "2": "desa", "3": "desa adat"})

_LEVELS = MappingProxyType({2: "province", 4: "regency", 6: "district", 10: "village"})
_BPS_LEVELS = MappingProxyType({2: "province", 4: "regency", 7: "district", 10: "village"})
_GROUPED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}(?:\.[0-9]{1,2}(?:\.[0-9]{4})?)?)?")
_BPS_GROUPED = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{3}(?:\.[0-9]{3})?")
_FRACTION = re.compile(r"[0-9]+[.,][0-9]+")


def check_region_code(raw: str, *, was_number: bool = False) -> Checked:
    """Check a Kemendagri code of any level; value is dotted (`53`, `53.12`, `53.12.04`, `53.12.04.2003`).

    Errors: region.scientific, .damaged (a number cell read the dot as a decimal point), .characters, .groups, .length,
    .province, .regency, .district, .kind, .bps (reads as a BPS code). Warning: region.zero_restored. Parts: level,
    province, regency, district, kind.
    """
    return _check_code(raw, label=REGION, was_number=was_number)


def check_village_code(
    raw: str,
    *,
    province: str | None = NTT_PROVINCE,
    known: Collection[str] | None = None,
    was_number: bool = False,
) -> Checked:
    """Check a Kemendagri village code; value is dotted.

    Errors as in `check_region_code` under `village.`, and village.level (the code of something larger),
    village.outside (another province than `province`), village.unknown (not among the dotted codes `known`).
    Ten digits without dots can be read in both systems; `known` then decides.
    """
    checked = _check_code(raw, label=VILLAGE, was_number=was_number)
    if checked.value is None:
        return checked
    code = checked.value
    if checked.parts["level"] != "village":
        return refused(
            raw,
            rule="village.level",
            message=f"Kode {code} bukan kode desa/kelurahan. Tulis lengkap 10 angka, misalnya 53.12.04.2003.",
        )
    if province is not None and checked.parts["province"] != province:
        return refused(
            raw, rule="village.outside", message=f"Kode {code} berada di luar provinsi {province}. Periksa kodenya."
        )
    if known is not None and code not in known:
        return refused(
            raw,
            rule="village.unknown",
            message=f"Kode desa/kelurahan {code} tidak ada dalam daftar wilayah. Pastikan bukan kode BPS atau kode lama.",
        )
    return checked


def _check_code(raw: str, *, label: Label, was_number: bool) -> Checked:
    text = plain(raw)
    if is_blank(text):
        return blank(raw)
    if is_scientific(text):
        return scientific(raw, label=label)
    text, tail = without_tail(text)
    if (was_number or tail) and _FRACTION.fullmatch(text):
        return refused(
            raw,
            rule=f"{label.key}.damaged",
            message=f"{label.name} {quoted(text)} terbaca sebagai bilangan, angka nolnya bisa hilang. {AS_TEXT}.",
        )
    text = text.replace(" ", "").strip(".")
    if not is_digits(compact(text)):
        return refused(
            raw,
            rule=f"{label.key}.characters",
            message=f"{label.name} {quoted(text)} memuat huruf atau tanda lain. Tulis seperti 53.12.04.2003.",
        )
    return _read_groups(raw, text, label=label)


def _read_groups(raw: str, text: str, *, label: Label) -> Checked:
    """Turn dotted or bare digits into a bare code and judge it."""
    if "." not in text:
        return _judge_region(raw, compact(text), label=label, restored=False)
    if _BPS_GROUPED.fullmatch(text):
        return _is_bps(raw, text, label=label)
    groups = text.split(".")
    if not _GROUPED.fullmatch(text) or (len(groups) in (2, 3) and len(groups[-1]) == 1):
        return refused(
            raw,
            rule=f"{label.key}.groups",
            message=f"{label.name} {quoted(text)} tidak lengkap. Tulis seperti 53.12.04.2003, dua angka tiap bagian.",
        )
    code = "".join(group.zfill(2) for group in groups)
    return _judge_region(raw, code, label=label, restored=any(len(group) == 1 for group in groups))


def _judge_region(raw: str, code: str, *, label: Label, restored: bool) -> Checked:
    if len(code) not in _LEVELS:
        return wrong_length(raw, code, label=label, wanted="2, 4, 6, atau 10")
    problem = _region_problem(raw, code, label=label)
    if problem is not None:
        return problem
    dotted = format_region_code(code)
    parts = {"level": _LEVELS[len(code)], "province": code[:2]}
    for key, length in (("regency", 4), ("district", 6)):
        if len(code) >= length:
            parts[key] = format_region_code(code[:length])
    if len(code) == 10:
        parts["kind"] = VILLAGE_KINDS[code[6]]
    if restored:
        return flagged(
            raw,
            dotted,
            rule=f"{label.key}.zero_restored",
            message=f"{label.name} {quoted(plain(raw))} dibaca sebagai {dotted}. Mohon diperiksa.",
            parts=parts,
        )
    return accepted(raw, dotted, parts)


def _region_problem(raw: str, code: str, *, label: Label) -> Checked | None:
    shown = format_region_code(code)
    if code[:2] not in PROVINCES:
        return refused(
            raw, rule=f"{label.key}.province", message=f"Kode provinsi {code[:2]} pada {shown} tidak dikenal."
        )
    if len(code) >= 4 and not is_regency_number(code[2:4]):
        return refused(
            raw,
            rule=f"{label.key}.regency",
            message=f"Kode kabupaten/kota pada {shown} tidak mungkin: kabupaten 01–69, kota 71–99.",
        )
    if len(code) >= 6 and code[4:6] == "00":
        return refused(raw, rule=f"{label.key}.district", message=f"Kode kecamatan pada {shown} tidak mungkin (00).")
    if len(code) == 10 and code[6] not in VILLAGE_KINDS:
        return _is_bps(raw, code, label=label)
    if len(code) == 10 and code[7:] == "000":
        return refused(raw, rule=f"{label.key}.kind", message=f"Nomor desa/kelurahan pada {shown} tidak mungkin (000).")
    return None


def _is_bps(raw: str, text: str, *, label: Label) -> Checked:
    return refused(
        raw,
        rule=f"{label.key}.bps",
        message=(
            f"{label.name} {quoted(text)} tampaknya kode BPS. Tulis kode Kemendagri seperti 53.12.04.2003 "
            "(angka ke-7: 1 kelurahan, 2 desa, 3 desa adat)."
        ),
    )


def format_region_code(code: str) -> str:
    """Return a bare Kemendagri code with its dots: `5312042003` → `53.12.04.2003`."""
    return ".".join(piece for piece in (code[:2], code[2:4], code[4:6], code[6:]) if piece)


def check_bps_code(raw: str, *, was_number: bool = False) -> Checked:
    """Check a BPS region code of 2, 4, 7 or 10 digits; value is the bare digits.

    Errors: bps.scientific, .rounded, .characters, .length, .province. Parts: level, province. Whether the code exists,
    and which Kemendagri code it matches, only a bridging table tells: the two cannot be derived from each other.
    """
    digits = read_digits(raw, label=BPS, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    code = digits.text
    if len(code) not in _BPS_LEVELS:
        return wrong_length(raw, code, label=BPS, wanted="2, 4, 7, atau 10")
    if code[:2] not in PROVINCES:
        return refused(raw, rule="bps.province", message=f"Kode provinsi {code[:2]} pada kode BPS tidak dikenal.")
    return accepted(raw, code, {"level": _BPS_LEVELS[len(code)], "province": code[:2]})


def village_column(
    series: pl.Series,
    *,
    province: str | None = NTT_PROVINCE,
    known: Collection[str] | None = None,
    was_number: pl.Series | None = None,
) -> ColumnCheck:
    """Check a column of village codes; see `check_village_code`."""
    provinces = province if province in PROVINCES else "(?:" + "|".join(sorted(PROVINCES)) + ")"
    tail = "(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})"
    district = "(?:0[1-9]|[1-9][0-9])"
    dotted = rf"^{provinces}\.{REGENCY_PATTERN}\.{district}\.[123]{tail}$"
    bare = f"^{provinces}{REGENCY_PATTERN}{district}[123]{tail}$"
    digits = COMPACT.str
    value = pl.concat_str(digits.head(2), digits.slice(2, 2), digits.slice(4, 2), digits.slice(6, 4), separator=".")
    shape = TEXT.str.contains(dotted) | TEXT.str.contains(bare)
    if province is not None and province not in PROVINCES:
        shape = pl.lit(value=False)
    accepts = shape if known is None else shape & value.is_in(list(known))
    scalar = partial(check_village_code, province=province, known=None if known is None else frozenset(known))
    return check_column(series, was_number=was_number, fast=FastPath(accepts=accepts, value=value), scalar=scalar)


@dataclass(frozen=True, slots=True)
class PostalRange:
    """The postal codes of a province, both ends included."""

    first: int
    last: int


# github.com/cahyadsn/wilayah_kodepos; a default for the parameter table.
NTT_POSTAL_RANGE = PostalRange(first=85111, last=87284)


def check_postal_code(raw: str, *, within: PostalRange | None = NTT_POSTAL_RANGE, was_number: bool = False) -> Checked:
    """Check a postal code; value is 5 digits.

    Errors: postal.scientific, .characters, .length, .zero. Warning: postal.outside, not in the range `within`.
    """
    digits = read_digits(raw, label=POSTAL, was_number=was_number)
    if isinstance(digits, Checked):
        return digits
    code = digits.text
    if len(code) != 5:
        return wrong_length(raw, code, label=POSTAL, wanted="5")
    if code.startswith("0"):
        return refused(raw, rule="postal.zero", message="Kode pos Indonesia tidak diawali angka 0. Periksa kodenya.")
    if within is not None and not within.first <= int(code) <= within.last:
        return flagged(
            raw,
            code,
            rule="postal.outside",
            message=f"Kode pos {code} di luar provinsi ({within.first}–{within.last}). Mohon diperiksa.",
        )
    return accepted(raw, code)
