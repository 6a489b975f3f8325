"""The history of a record as a person understands it, from the rows that database triggers wrote.

Generic over tracked models: labels are the fields' own, values are written by kind, personal values never. The names of the
files that rows came from are known to a higher app, which registers a resolver; so are the words for its audit events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from pghistory.models import Context

from lontar.access import states as access_states
from lontar.access.models import Agency, Post, User
from lontar.access.policies import covers, require_post
from lontar.audit import states as audit_states
from lontar.audit.queries.values import Writer, is_secret, label_of
from lontar.engines.regions import level_of

UNTOLD = {"id", "recorded_at", "source_agency", "source_batch", "source_row"}


@dataclass(frozen=True)
class BatchFile:
    """A file that rows came from, and the page about it (or "")."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One field: its label and its values in words; "" means empty. `is_secret`: changed, and both values stay hidden."""

    label: str
    before: str
    after: str
    is_secret: bool = False


@dataclass(frozen=True)
class Change:
    """One change of a record: when (UTC instant), who, which act, what became different, and from which file and row."""

    at: datetime
    kind: str  # insert, update or delete
    agency: str
    person: str
    post_title: str
    act: str
    fields: tuple[FieldChange, ...]
    file: BatchFile | None = None
    row: int | None = None

    @property
    def who(self) -> str:
        """The agency, with the person and the post where the reader may know them."""
        inner = ", ".join(part for part in (self.person, self.post_title) if part)
        if self.agency and inner:
            return f"{self.agency} ({inner})"
        return self.agency or inner or str(_("Sistem"))

    @property
    def source(self) -> str:
        """`usaha.xlsx, baris 214`, or ""."""
        if self.file is None:
            return ""
        return (
            self.file.name
            if self.row is None
            else _("%(file)s, baris %(row)s") % {"file": self.file.name, "row": self.row}
        )

    @property
    def sentence(self) -> str:
        """The whole change in one sentence."""
        who = self.agency or self.person or _("Sistem")
        text = f"{who} {self.what}"
        return (
            _("%(change)s, dari berkas %(source)s") % {"change": text, "source": self.source} if self.source else text
        )

    @property
    def what(self) -> str:
        """The predicate of the sentence: what was done to what."""
        if self.kind == "insert":
            return _("menambahkan catatan ini")
        if self.kind == "delete":
            return _("menghapus catatan ini")
        if not self.fields:
            return _("mengirim data yang sama")
        return _("mengubah %(fields)s") % {"fields": "; ".join(_told(one) for one in self.fields)}


BatchFiles = Callable[[Iterable[int]], Mapping[int, BatchFile]]
_batch_files: dict[str, BatchFiles] = {}
_acts: dict[str, Any] = {}  # the labels stay lazy, so that each reader gets them in the language of the page


def register_batch_files(resolver: BatchFiles) -> None:
    """Have `resolver` name the files of batches by their numbers; numbers that it does not know are left out."""
    _batch_files["files"] = resolver


def register_acts(*acts: type[models.TextChoices]) -> None:
    """Make the words for an app's audit events known to every history."""
    for one in acts:
        _acts.update(dict(one.choices))


def act_words(name: str) -> str:
    """An audit event in words; "" for one that no app has made known."""
    return str(_acts.get(name, ""))


register_acts(access_states.Act, audit_states.Act)


def history_of(record: models.Model, post: Post | None, *, limit: int = 200) -> list[Change]:
    """The newest `limit` changes of a tracked record, newest first, in words for the reader `post`.

    Raises `Refused` for somebody without a post; which records a reader sees at all is row-level security's. A person's name
    is told to readers of the same agency and to those whose region covers that person's post; others read the agency.
    """
    reader = require_post(post)
    events = _events(record, limit + 1)
    if not events:
        return []
    tale = _Tale(type(record), events, reader)
    older: list[models.Model | None] = [*events[1:], None]
    pairs = zip(events, older, strict=True)
    told = [tale.change(event, before) for event, before in pairs if before is not None or len(events) <= limit]
    return [change for change in told if change is not None]


def _events(record: models.Model, count: int) -> list[Any]:
    event_model: Any = type(record)._meta.get_field("events").related_model
    rows = event_model._default_manager.filter(pgh_obj_id=record.pk).order_by("-pgh_id")[:count]
    return list(rows)


class _Tale:
    """Everything that the events of one record refer to, read in a handful of queries."""

    def __init__(self, model: type[models.Model], events: Sequence[Any], reader: Post) -> None:
        self.reader = reader
        told = {field.name for field in events[0]._meta.concrete_fields}
        self.fields = [field for field in model._meta.concrete_fields if field.name in told - UNTOLD]
        self.writer = Writer(self.fields, events)
        contexts = Context.objects.in_bulk({event.pgh_context_id for event in events if event.pgh_context_id})
        self.metadata = {key: dict(context.metadata) for key, context in contexts.items()}
        self.users = User.objects.in_bulk(self._named("user"))
        self.posts = Post.objects.select_related("agency").in_bulk(self._named("post"))
        self.agencies = Agency.objects.in_bulk(_given(events, "source_agency_id"))
        self.files = _files(_given(events, "source_batch"))

    def _named(self, key: str) -> set[int]:
        return {data[key] for data in self.metadata.values() if isinstance(data.get(key), int)}

    def change(self, event: Any, before: Any | None) -> Change | None:
        """One event in words; None when nothing of it is for people to read."""
        kind = event.pgh_label
        fields = self._differences(event, before) if kind == "update" and before is not None else ()
        sent = _is_sent(event, before)
        if kind == "update" and not fields and not sent:
            return None
        data = self.metadata.get(event.pgh_context_id, {})
        post, user = self.posts.get(data.get("post", 0)), self.users.get(data.get("user") or 0)
        agency = post.agency if post else self.agencies.get(getattr(event, "source_agency_id", None) or 0)
        open_name = self._may_know(post)
        return Change(
            at=event.pgh_created_at,
            kind=kind,
            agency=agency.name if agency else "",
            person=str(user) if user and open_name else "",
            post_title=post.title if post and open_name else "",
            act=act_words(str(data.get("action", ""))),
            fields=fields,
            file=self.files.get(event.source_batch) if sent else None,
            row=event.source_row if sent else None,
        )

    def _may_know(self, post: Post | None) -> bool:
        if post is None:  # an account without a post, or an operator: the province's business
            return level_of(self.reader.region_code) == "province"
        return post.agency_id == self.reader.agency_id or covers(self.reader, post.region_code)

    def _differences(self, event: Any, before: Any) -> tuple[FieldChange, ...]:
        found = []
        for field in self.fields:
            old, new = getattr(before, field.attname), getattr(event, field.attname)
            if field.name.endswith("_index") or _same(field, event, before):
                continue
            if is_secret(field):
                found.append(FieldChange(label_of(field), "", "", is_secret=True))
                continue
            found.append(FieldChange(label_of(field), self.writer.words(field, old), self.writer.words(field, new)))
        return tuple(found)


def _same(field: models.Field[Any, Any], event: Any, before: Any) -> bool:
    """Whether the value stayed. Sealing a value again gives other bytes; then its index, where it has one, tells."""
    if _plain(getattr(before, field.attname)) == _plain(getattr(event, field.attname)):
        return True
    index = field.name.removesuffix("_sealed") + "_index"
    old, new = _plain(getattr(before, index, None)), _plain(getattr(event, index, None))
    return is_secret(field) and old is not None and old == new


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _given(events: Sequence[Any], name: str) -> set[int]:
    return {value for value in (getattr(event, name, None) for event in events) if value is not None}


def _files(numbers: set[int]) -> dict[int, BatchFile]:
    found: dict[int, BatchFile] = {}
    for resolver in _batch_files.values():
        found.update(resolver(numbers))
    return {number: found.get(number, BatchFile(_("kiriman %(number)s") % {"number": number})) for number in numbers}


def _is_sent(event: Any, before: Any | None) -> bool:
    """Whether this very change came from a file, and not a later hand on a row that once did."""
    if getattr(event, "source_batch", None) is None:
        return False
    if before is None:
        return True
    return (event.source_batch, event.source_row) != (before.source_batch, before.source_row)


def _told(change: FieldChange) -> str:
    if change.is_secret:
        return _("%(field)s: diubah (disembunyikan)") % {"field": change.label}
    if not change.before:
        return _("%(field)s menjadi %(after)s") % {"field": change.label, "after": change.after}
    if not change.after:
        return _("%(field)s dari %(before)s menjadi kosong") % {"field": change.label, "before": change.before}
    words = {"field": change.label, "before": change.before, "after": change.after}
    return _("%(field)s dari %(before)s menjadi %(after)s") % words
