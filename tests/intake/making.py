"""What the tests of intake share: a small part of Ngada, invented lists as files, sending and carrying them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import xlsxwriter
from tests.factories import Member, make_region

from lontar.access.scope import acting_in
from lontar.engines import linkage
from lontar.intake import actions
from lontar.intake.datasets import DATASETS
from lontar.intake.models import Batch, BatchRow
from lontar.intake.states import BatchState, Channel, Outcome
from lontar.intake.steps import apart
from lontar.intake.steps.run import run
from lontar.registry.models import Commodity

NOW = datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
NIK = "5309014101909001"  # a woman born on 1 January 1990
NIB = "9120000000017"
VILLAGE, NEIGHBOUR, ELSEWHERE = "53.09.01.2001", "53.09.01.2002", "53.10.01.2001"
_PLACES = (
    ("53.09", "Ngada"),
    ("53.09.01", "Aimere"),
    (VILLAGE, "Waesae Uji"),
    (NEIGHBOUR, "Keligejo Uji"),
    ("53.09.02", "Golewa"),
    ("53.09.02.2001", "Mataloko Uji"),
    ("53.10", "Manggarai"),
    ("53.10.01", "Cibal"),
    (ELSEWHERE, "Pagal Uji"),
)
LABELS = {key: {column.key: column.label for column in one.columns} for key, one in DATASETS.items()}

Row = Mapping[str, object]


class LinkerHere:
    """What stands in for the bounded process: the same linkage, in this one."""

    def __init__(self, least: float) -> None:
        self.least = least

    def pairs(self, left: pl.DataFrame, right: pl.DataFrame | None, *, tick: Callable[[], None]) -> pl.DataFrame:
        """As `apart.Linker.pairs`."""
        tick()
        if left.height < (1 if right is not None else 2) or (right is not None and not right.height):
            return pl.DataFrame(schema=apart.SCHEMA)
        given = {"threshold": self.least}
        found = linkage.link(left, right, **given) if right is not None else linkage.dedupe(left, **given)
        return found.with_columns(pl.col("left_id", "right_id").cast(pl.Int64))


@contextmanager
def linked_here(*, least: float, quietly: bool = False) -> Iterator[LinkerHere]:
    """As `apart.linker`."""
    del quietly
    yield LinkerHere(least)


def make_places() -> None:
    """Two kabupaten with four villages whose names the resolver can tell apart, and two commodities."""
    make_region("53", name="Nusa Tenggara Timur")
    for code, name in _PLACES:
        make_region(code, name=name)
    for code, name in (("kopi", "Kopi arabika"), ("jambu", "Jambu mete")):
        Commodity.objects.create(
            code=code, name=name, name_en=name, sector="plantation", unit="ton", harvest_months=[5, 6], source="contoh"
        )


def enterprise(**over: object) -> dict[str, object]:
    """A row of enterprises that passes every check; None leaves a cell empty."""
    row: dict[str, object] = {
        "nik": NIK,
        "owner_name": "Contoh Uji Pemilik",
        "name": "Kopi Contoh Uji",
        "village_code": VILLAGE,
        "annual_turnover": "12000000",
    }
    return row | over


def csv_file(rows: Sequence[Row], *, dataset: str = "enterprises", header: Mapping[str, str] | None = None) -> bytes:
    """A CSV with the dataset's own headers (or those of `header`, key → header), one column for each key in use."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    labels = header or LABELS[dataset]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([labels.get(key, key) for key in keys])
    writer.writerows([["" if row.get(key) is None else row[key] for key in keys] for row in rows])
    return text.getvalue().encode()


def xlsx_file(rows: Sequence[Sequence[object]], *, name: str = "Data") -> bytes:
    """A workbook of one sheet; texts stay texts."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for at, line in enumerate(rows):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    return target.getvalue()


def send(
    member: Member,
    content: bytes,
    *,
    dataset: str = "enterprises",
    name: str = "daftar.csv",
    mapping: Mapping[str, str] | None = None,
    corrects: Batch | None = None,
) -> Batch:
    """Send a file as the member; nothing is worked on yet."""
    with acting_in(member.held.region_code):
        return actions.submit_file(
            dataset=dataset,
            agency=member.held.agency,
            post=member.held,
            by=member.user,
            source=io.BytesIO(content),
            file_name=name,
            channel=Channel.WEB,
            at=NOW,
            mapping=mapping,
            corrects=corrects,
        )


def carry(batch: Batch, *, at: datetime = NOW) -> Batch:
    """Work on a batch until it rests; gives it as it is then."""
    run(batch.pk, clock=lambda: at)
    return again(batch)


def again(batch: Batch) -> Batch:
    """The batch as it is now."""
    with acting_in("53"):
        return Batch.objects.select_related("agency", "post", "submitted_by").get(pk=batch.pk)


def done(member: Member, content: bytes, **given: object) -> Batch:
    """Send a file and carry it to its end, which must be the state `done`."""
    batch = carry(send(member, content, **given))  # type: ignore[arg-type]  # passed on
    assert batch.state == BatchState.DONE, (batch.state, batch.problem)
    return batch


def outcomes(batch: Batch) -> list[str]:
    """What became of each row, in order."""
    rows = BatchRow.objects.filter(batch=batch).order_by("sheet_no", "row_no")
    return [Outcome(outcome).name for outcome in rows.values_list("outcome", flat=True)]


def messages(batch: Batch) -> list[tuple[int, str, str]]:
    """(row, field, message) of every finding, in order."""
    return list(batch.issues.order_by("row_no", "pk").values_list("row_no", "field", "message"))


def left_behind(folder: Path) -> list[str]:
    """Names of the files that lie in a folder, the unfinished ones among them."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())
