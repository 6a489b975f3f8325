"""Taking returns in, one or many by the same way: checked as columns, written by one statement, never twice.

A return that was changed meanwhile is not overwritten: who sends names the version that was seen, and gets the conflict with
both values. The same sending (`client_key`) or the same answers once more change nothing. When a month's figures arrive after
a later month's, the flags of the later one are found anew, so that the order of arrival does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.statements import kept_statements
from lontar.access.trail import recorded
from lontar.returns import policies
from lontar.returns.actions.guarding import open_months_only
from lontar.returns.actions.known import HELD, MANY, ONE, known, known_of_one
from lontar.returns.queries.frames import RETURN_COLUMNS
from lontar.returns.rules.checks import Finding, check, check_one, normalised, normalised_one
from lontar.returns.rules.limits import limits_for
from lontar.returns.rules.schema import VALUES, VERSION
from lontar.returns.states import ASKED_AT_ONCE, TAKING, WRITABLE, Act, Channel, ReturnState

MOST_AT_ONCE = 20_000
ARRIVING: dict[str, Any] = {
    **RETURN_COLUMNS, "client_key": pl.String, "base_version": pl.Int32, "justifications": pl.String,
}  # fmt: skip
"""What arrives: the return, the sending's UUID, the version that was seen, and justifications as a JSON object."""


class Kind(StrEnum):
    """What became of a return that arrived."""

    STORED = "stored"  # written in the state that was asked for
    SAME = "same"  # it was there already
    DRAFT = "draft"  # kept as a draft: a flagged value wants its justification
    REFUSED = "refused"  # not written: see the findings
    CONFLICT = "conflict"  # somebody else changed it meanwhile: see `differing`


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the row `index` (from 0). `differing` gives, by field, what was sent and what stands."""

    index: int
    producer_id: int
    month: date
    kind: Kind
    return_id: int | None = None
    version: int = 0
    findings: tuple[Finding, ...] = ()
    differing: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def arriving(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows of plain values under the names of `ARRIVING`, missing ones null; what is no number where one is due raises."""
    data = {name: [row.get(name) for row in rows] for name in ARRIVING}
    return pl.DataFrame(data, schema=ARRIVING, strict=True)


def receive_returns(
    rows: pl.DataFrame,
    *,
    channel: Channel,
    to: ReturnState = ReturnState.SUBMITTED,
    by: User | None,
    post: Post,
    at: datetime,
    within: str = "",
) -> list[Outcome]:
    """Take returns in (`ARRIVING`; at most 20,000) as submitted, or as drafts; one outcome for each, in their order.

    `within` narrows the post's region, as a personal link does to one village. Whoever sends sees no producer outside.
    """
    if rows.height > MOST_AT_ONCE:
        raise TooMany(rows.height)
    return _received(rows.rows(named=True), channel=channel, to=to, by=by, post=post, at=at, within=within)


def receive_return(
    row: Mapping[str, Any],
    *,
    channel: Channel,
    to: ReturnState = ReturnState.SUBMITTED,
    by: User | None,
    post: Post,
    at: datetime,
    within: str = "",
) -> Outcome:
    """As `receive_returns`, of one return: plain values of the right kind under the names of `ARRIVING`, every one of them."""
    return _received([row], channel=channel, to=to, by=by, post=post, at=at, within=within)[0]


def _received(
    rows: Sequence[Mapping[str, Any]],
    *,
    channel: Channel,
    to: ReturnState,
    by: User | None,
    post: Post,
    at: datetime,
    within: str,
) -> list[Outcome]:
    policies.check_report(post)
    if within:
        policies.check_report_village(post, within)
    region = within or post.region_code
    with open_months_only(), recorded(Act.RECEIVED, by=by, at=at, post=post, number=len(rows), channel=channel.value):
        looked = _looked_at_one(rows[0], region) if len(rows) == 1 else None
        joined, found = looked or _looked_at(arriving(rows), region)
        sorting = _Sorting(joined, found, channel=channel, to=to)
        written = _write(sorting, by=by, post=post, at=at)
        outcomes = sorting.outcomes(written)
        _recheck([(one.producer_id, one.month) for one in outcomes if one.kind == Kind.STORED], within=post.region_code)
    return outcomes


class TooMany(ValueError):
    """More returns at once than are taken."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("%(number)s laporan sekaligus; kirim paling banyak %(most)s, sisanya dalam kiriman berikutnya.")
            % {"number": number, "most": MOST_AT_ONCE}
        )


def _looked_at(rows: pl.DataFrame, within: str) -> tuple[list[dict[str, Any]], dict[int, list[Finding]]]:
    """The rows beside what is known of them, and the remarks on them by row."""
    frame = _joined(rows, within)
    return frame.rows(named=True), _findings(frame)


def _looked_at_one(row: Mapping[str, Any], within: str) -> tuple[list[dict[str, Any]], dict[int, list[Finding]]] | None:
    """The same of one row, without a frame; None where only a frame will do (a unit that has to be reckoned into another)."""
    month = row["month"]
    if month is None or row["producer_id"] is None:
        return None
    joined = normalised_one(
        {"index": 0, **row, **known_of_one(row["producer_id"], month, within=within), "twin": False}
    )
    return None if joined is None else ([joined], {0: check_one(joined, limits_for(month))})


def _joined(rows: pl.DataFrame, within: str) -> pl.DataFrame:
    """What arrives beside what is known, units made one; `twin`: an earlier row is of the same producer and month."""
    about = known(rows["producer_id"].to_list(), rows["month"].to_list(), within=within)
    frame = pl.concat([rows, about], how="horizontal").with_row_index("index")
    twin = pl.struct("producer_id", "month").is_first_distinct().not_() if rows.height > 1 else pl.lit(value=False)
    return normalised(frame.with_columns(twin=twin))


def _findings(frame: pl.DataFrame) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for month in frame["month"].unique().to_list():
        if month is None:
            continue
        part = frame if frame["month"].n_unique() == 1 else frame.filter(pl.col("month") == month)
        at = part["index"].to_list()
        for one in check(part, limits_for(month)):
            index = at[one.index]
            found.setdefault(index, []).append(
                Finding(index, one.field, one.rule, one.is_error, one.value, one.message)
            )
    return found


@dataclass
class _Sorting:
    """Which rows are written, and what becomes of the others."""

    arrived: list[dict[str, Any]]
    found: dict[int, list[Finding]]
    channel: Channel
    to: ReturnState
    settled: dict[int, Outcome] = field(init=False)
    rows: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.settled, self.rows = {}, []
        for row in self.arrived:
            outcome = self._sort(row)
            if outcome is not None:
                self.settled[row["index"]] = outcome

    def _sort(self, row: dict[str, Any]) -> Outcome | None:
        """The outcome of a row that is not written; None for one that is, which joins `rows`."""
        stop = _stopped(row)
        if stop is not None:
            return self._outcome(row, Kind.REFUSED, (stop,))
        words = _words(row["justifications"])
        if row["return_id"] is not None:
            there = self._there(row, words)
            if there is not None:
                return there
        found = self.found.get(row["index"], [])
        stopping = [one for one in found if one.is_error and (self.to != ReturnState.DRAFT or _is_unfit(one))]
        if stopping:
            return self._outcome(row, Kind.REFUSED, tuple(found))
        flags = [one for one in found if not one.is_error]
        state = self.to
        if self.channel in ASKED_AT_ONCE and any(one.field not in words for one in flags):
            if row["state"] == ReturnState.SUBMITTED:  # what was sent stays until its change is justified
                return self._outcome(row, Kind.DRAFT, tuple(found))
            state = ReturnState.DRAFT
        base = row["base_version"] if row["base_version"] is not None else (row["version"] or 0)
        self.rows.append(
            {
                **{name: row[name] for name in ("index", "producer_id", "village_id", "client_key", *VALUES)},
                "month": row["month"].isoformat(), "state": state.value, "base": base,
                "flags": [one.rule for one in flags], "words": words, "problems": row["problems"] or "",
            }
        )  # fmt: skip
        return None

    def _there(self, row: dict[str, Any], words: dict[str, str]) -> Outcome | None:
        """The outcome where the return that stands decides: the same again, verified already, or changed by another."""
        is_begun = row["state"] == ReturnState.DRAFT and self.to != ReturnState.DRAFT
        if row["client_key"] and row["client_key"] == row["held_key"] and not is_begun:
            return self._outcome(row, Kind.SAME)
        differing = _differing(row)
        is_further = row["state"] not in WRITABLE or row["state"] == self.to
        if not differing and is_further and words == _words(row["held_words"]):
            return self._outcome(row, Kind.SAME)
        if row["state"] not in WRITABLE:
            return self._outcome(row, Kind.REFUSED, (_about(row, "state.verified", _verified_words()),))
        if self.to == ReturnState.DRAFT and row["state"] != ReturnState.DRAFT:
            return self._outcome(row, Kind.SAME)
        if row["base_version"] is not None and row["base_version"] != row["version"] and differing:
            return self._outcome(row, Kind.CONFLICT, differing=differing)
        if row["base_version"] is not None and row["base_version"] != row["version"]:
            row["base_version"] = row["version"]
        return None

    def outcomes(self, written: Mapping[tuple[int, str], tuple[int, int]]) -> list[Outcome]:
        """Everything in the order of arrival; rows that lost a race against another sending are conflicts, or the same."""
        lost = [row for row in self.rows if (row["producer_id"], row["month"]) not in written]
        again = self._lost(lost) if lost else {}
        for sent in self.rows:
            index, key = sent["index"], (sent["producer_id"], sent["month"])
            if key in written:
                kind = Kind.STORED if sent["state"] == self.to else Kind.DRAFT
                number, version = written[key]
                self.settled[index] = Outcome(
                    index, sent["producer_id"], date.fromisoformat(sent["month"]), kind, number, version,
                    tuple(self.found.get(index, [])),
                )  # fmt: skip
            else:
                self.settled[index] = again[index]
        return [self.settled[index] for index in range(len(self.arrived))]

    def _lost(self, lost: list[dict[str, Any]]) -> dict[int, Outcome]:
        about = known(
            [row["producer_id"] for row in lost], [date.fromisoformat(row["month"]) for row in lost],
            within=lost[0]["village_id"] if len(lost) == 1 else lost[0]["village_id"][:2],
        )  # fmt: skip
        found = {}
        for sent, held in zip(lost, about.iter_rows(named=True), strict=True):
            row = {**sent, **held, "month": date.fromisoformat(sent["month"])}
            is_same = bool(sent["client_key"]) and sent["client_key"] == held["held_key"]
            differing = _differing(row)
            kind = Kind.SAME if is_same or not differing else Kind.CONFLICT
            found[sent["index"]] = self._outcome(row, kind, differing={} if is_same else differing)
        return found

    @staticmethod
    def _outcome(
        row: Mapping[str, Any], kind: Kind, findings: tuple[Finding, ...] = (),
        *, differing: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> Outcome:  # fmt: skip
        return Outcome(
            row["index"], row["producer_id"], row["month"], kind, row["return_id"], row["version"] or 0, findings,
            differing or {},
        )  # fmt: skip


def _stopped(row: Mapping[str, Any]) -> Finding | None:
    """Why the row cannot be a return at all."""
    name, month = row["producer_name"], row["month"]
    if month is None or month.day != 1:
        return _about(
            row, "month.unknown", _("Bulan tidak terbaca. Tulis hari pertamanya, misalnya 2026-07-01."), "month"
        )
    if row["found_id"] is None:
        words = _("Produsen %(number)s tidak terdaftar di wilayah Anda. Periksa nomornya pada lembar unduhan.")
        return _about(row, "producer.unknown", words % {"number": row["producer_id"]}, "producer_id")
    if row["twin"]:
        words = _("%(name)s tertulis dua kali untuk bulan ini. Sisakan satu baris.") % {"name": name}
        return _about(row, "producer.twice", words, "producer_id")
    if not row["is_asked"]:
        words = _("%(name)s tidak diminta melapor untuk bulan %(month)s.") % {"name": name, "month": f"{month:%m-%Y}"}
        return _about(row, "producer.not_asked", words, "producer_id")
    if row["period_state"] not in TAKING:
        words = _("Bulan %(month)s tidak menerima laporan lagi. Sampaikan perbaikan kepada petugas provinsi.")
        if row["period_state"] is None:
            words = _("Bulan %(month)s belum dibuka untuk laporan.")
        return _about(row, "month.closed", words % {"month": f"{month:%m-%Y}"}, "month")
    return None


def _about(row: Mapping[str, Any], rule: str, message: str, name: str = "") -> Finding:
    value = row[name] if name else ""
    return Finding(
        row["index"], name, rule, is_error=True, value=str(value if value is not None else ""), message=message
    )


def _verified_words() -> str:
    return _("Laporan ini sudah diverifikasi. Hanya nilai yang dikembalikan dapat diperbaiki.")


def _is_unfit(one: Finding) -> bool:
    """Whether even a draft cannot hold the value."""
    return one.rule.endswith((".bounds", ".length", ".person")) or one.rule == "unit.other"


def _words(text: str | None) -> dict[str, str]:
    """Justifications by field; empty ones and those of no field are none."""
    given = json.loads(text) if text else {}
    return {
        name: str(said).strip()[:300] for name, said in given.items() if name in VALUES and len(str(said).strip()) >= 3
    }


def _differing(row: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (row[name], row[held]) for name, held in zip(VALUES, HELD, strict=True)}
    return {name: pair for name, pair in pairs.items() if (pair[0] or None) != (pair[1] or None) or _is_nil(pair)}


def _is_nil(pair: tuple[Any, Any]) -> bool:
    """Unknown is not nothing: null beside 0."""
    return (pair[0] is None) != (pair[1] is None) and 0 in pair and "" not in pair


_TYPES = {
    "producer_id": "bigint", "month": "date", "village_id": "text", "state": "text", "client_key": "uuid", "base": "int",
    "flags": "text[]", "words": "jsonb", "unit": "text", "problems": "text",
}  # fmt: skip
_RECORD = ", ".join(
    f"{name} {_TYPES.get(name, 'numeric')}"
    for name in ("producer_id", "month", "village_id", "state", "client_key", "base", "flags", "words", *VALUES)
)
_SETTING = ", ".join(f"{name} = excluded.{name}" for name in VALUES)
_INSERT = f"""
INSERT INTO returns_return AS r (producer_id, month, village_id, state, schema_version, channel, client_key, version,
    flags, justifications, changed_at, submitted_at, submitted_by_id, submitted_post_id, restated_words, {", ".join(VALUES)})
SELECT x.producer_id, x.month, x.village_id, x.state, %(schema)s, %(channel)s, x.client_key, x.base + 1,
    coalesce(x.flags, '{{}}'), coalesce(x.words, '{{}}'), %(at)s, CASE x.state WHEN 'submitted' THEN %(at)s END,
    CASE x.state WHEN 'submitted' THEN %(by)s::int END, CASE x.state WHEN 'submitted' THEN %(post)s::bigint END, '',
    {", ".join(f"x.{name}" for name in VALUES)}
FROM jsonb_to_recordset(%(rows)s::jsonb) AS x ({_RECORD})
ORDER BY x.producer_id, x.month
ON CONFLICT (producer_id, month) DO """  # noqa: S608 - our own names
_WRITTEN = "RETURNING r.producer_id, r.month, r.id, r.version"
_FIRST = f"{_INSERT} NOTHING {_WRITTEN}"
"""Where no return is known yet: whoever comes second writes nothing, and no trigger for updates runs for nothing."""
_UPSERT = f"""{_INSERT} UPDATE SET {_SETTING}, state = excluded.state, channel = excluded.channel,
    schema_version = excluded.schema_version, client_key = excluded.client_key, version = excluded.version,
    flags = excluded.flags, justifications = excluded.justifications, changed_at = excluded.changed_at,
    submitted_at = coalesce(excluded.submitted_at, r.submitted_at),
    submitted_by_id = coalesce(excluded.submitted_by_id, r.submitted_by_id),
    submitted_post_id = coalesce(excluded.submitted_post_id, r.submitted_post_id)
WHERE r.version = excluded.version - 1 AND (r.state = 'draft' OR (r.state = 'submitted' AND excluded.state = 'submitted'))
{_WRITTEN}
"""


def _write(sorting: _Sorting, *, by: User | None, post: Post, at: datetime) -> dict[tuple[int, str], tuple[int, int]]:
    """Write the rows that may be; by producer and month what was written: number and version."""
    if not sorting.rows:
        return {}
    values: dict[str, Any] = {
        "schema": VERSION, "channel": sorting.channel.value, "at": at, "by": by.pk if by else None, "post": post.pk,
        "rows": json.dumps(sorting.rows),
    }  # fmt: skip
    with kept_statements() if len(sorting.rows) == 1 else connection.cursor() as cursor:
        cursor.execute(_UPSERT if any(row["base"] for row in sorting.rows) else _FIRST, values)
        return {(row[0], row[1].isoformat()): (row[2], row[3]) for row in cursor.fetchall()}


_LATER = """
SELECT s.producer_id, s.month FROM unnest(%s::bigint[], %s::date[]) WITH ORDINALITY x (producer_id, month, i)
JOIN returns_return s ON s.producer_id = x.producer_id
     AND s.month IN ((x.month + interval '1 month')::date, (x.month + interval '1 year')::date)
     AND s.state IN ('draft', 'submitted')
JOIN returns_period t ON t.kind = 'month' AND t.start = s.month AND t.state IN ('open', 'grace')
ORDER BY 1, 2
"""
_LATER_THAN_ONE = _LATER.replace(MANY, ONE)
_REFLAG = """
UPDATE returns_return r SET flags = coalesce(x.flags, '{}')
FROM jsonb_to_recordset(%s::jsonb) AS x (id bigint, flags text[])
WHERE r.id = x.id AND r.flags::text[] <> coalesce(x.flags, '{}') AND r.state IN ('draft', 'submitted')
"""


def _recheck(keys: list[tuple[int, date]], *, within: str) -> None:
    """Find the flags of later months anew that were compared with what has just arrived."""
    if not keys:
        return
    is_one = len(keys) == 1
    with kept_statements() if is_one else connection.cursor() as cursor:
        asked = keys[0] if is_one else ([key[0] for key in keys], [key[1] for key in keys])
        cursor.execute(_LATER_THAN_ONE if is_one else _LATER, asked)
        later = cursor.fetchall()
    if not later:
        return
    with connection.cursor() as cursor:
        about = known([row[0] for row in later], [row[1] for row in later], within=within)
        months = pl.Series("month", [row[1] for row in later], dtype=pl.Date)
        frame = about.select(
            months, *(pl.col(held).alias(name) for name, held in zip(VALUES, HELD, strict=True)),
            pl.exclude(HELD),
        ).with_row_index("index")  # fmt: skip
        found = _findings(frame)
        rows = [
            {"id": number, "flags": [one.rule for one in found.get(index, []) if not one.is_error]}
            for index, number in enumerate(frame["return_id"].to_list())
        ]
        cursor.execute(_REFLAG, [json.dumps(rows)])
