"""`lontar demo …`: the invented people and lists of the demo province, through the same intake as any agency's."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lontar.cli import database
from lontar.cli.demo_designation import decree_some
from lontar.cli.demo_goods import stock_some
from lontar.cli.demo_priority import follow_some
from lontar.cli.demo_quarters import close_some
from lontar.cli.demo_reports import publish_some
from lontar.cli.demo_returns import return_some
from lontar.cli.demo_selection import rank_all
from lontar.cli.demo_signing import sign_some
from lontar.cli.demo_stars import assess_some
from lontar.cli.demo_value import value_some
from lontar.cli.demo_verdicts import judge_some

if TYPE_CHECKING:
    import polars as pl

    from lontar.engines.demo import DemoPeople, Frames

SEED = 2026
SIGN_INS = (
    "DPMD-ADMIN",
    "DPMD-BIDANG",
    "KOPUKM-DATA",
    "PMD-5309-BIDANG",
    "DESA-5309022010-SEKRETARIS",
    "MART-5309-KASIR",
)
# file → dataset, the agency that sends it
LISTS = (
    ("usaha-dpmd", "enterprises", "enterprises", "DPMD"),
    ("potensi-desa", "potential", "potential", "DPMD"),
    ("sekolah", "schools", "schools", "PK"),
    ("komunitas", "communities", "communities", "DPMD"),
    ("kelompok", "groups", "communities", "DPMD"),
    ("produk", "products", "products", "DPMD"),
    ("izin", "licences", "licences", "DPMD"),
)
# Last of all, what another agency holds of one kabupaten: there is something to match, to review and to disagree about.
SECOND = ("usaha-dinas-koperasi-ngada", "second", "enterprises", "KOPUKM")
SECOND_OF = "Ngada"


@click.group()
def demo() -> None:
    """The demo province: real villages, everything else invented."""


@demo.command()
def load() -> None:
    """Load the demo province quickly: lists as CSV through the intake. Does nothing when it is there already."""
    database.ready()
    load_prepared(click.echo)


@demo.command()
@click.option("--second", is_flag=True, help="Also send the second agency's 120,000 rows.")
def rebuild(*, second: bool) -> None:
    """Go the whole way: write the workbooks, then send each of them through the intake."""
    database.ready()
    from lontar.engines.demo import write_workbooks
    from lontar.host import places

    ensure_people(click.echo)
    folder = places.inside("demo", "buku-kerja")
    started = time.monotonic()
    for written in write_workbooks(folder, frames()):
        click.echo(f"  {written.path.name}: {written.rows} baris, {written.seconds:.1f} s")
    click.echo(f"Buku kerja ditulis ke {folder} dalam {time.monotonic() - started:.1f} s")
    lists = [*LISTS, ("usaha-dinas-koperasi", "second", "enterprises", "KOPUKM")] if second else LISTS
    for name, _frame, dataset, agency in lists:
        _send(folder / f"{name}.xlsx", dataset=dataset, agency=agency, say=click.echo)


def load_prepared(say: Callable[[str], None]) -> None:
    """People, commodities and lists of the demo, unless they are there. The lists go through the intake as CSV."""
    from lontar.host import places

    ensure_people(say)
    pending = [entry for entry in (*LISTS, SECOND) if not _has_batch(entry[2], entry[3], f"{entry[0]}.csv")]
    if not pending:
        _act(say)
        return
    say("membuat daftar provinsi contoh …")
    folder = places.inside("demo", "daftar")
    drawn = frames()
    for name, frame, dataset, agency in pending:
        path = folder / f"{name}.csv"
        rows: pl.DataFrame = getattr(drawn, frame)
        if name == SECOND[0]:
            rows = _of_one_regency(rows, drawn.truth)
        rows.write_csv(path)
        _send(path, dataset=dataset, agency=agency, say=say)
    shutil.rmtree(folder)
    _look_around()
    _act(say)


def _of_one_regency(listed: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The second agency's rows of one kabupaten, of enterprises that the first list has too: their number stays Table 1's."""
    known = truth.filter(truth["relation"] == "same")["row"].implode()
    return listed.filter(listed["Kab/Kota"].str.contains(f"(?i){SECOND_OF}") & listed["No"].is_in(known))


def _look_around() -> None:
    """Tell the planner what was just loaded, long before it would look by itself."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()


def _act(say: Callable[[str], None]) -> None:
    """What the demo's people have done so far, link by link of the chain; each does nothing once it was done."""
    mapped_and_chosen = (sign_some, stock_some, rank_all, decree_some, assess_some, follow_some)
    measured = (return_some, close_some, value_some, publish_some, judge_some)
    for done in (*mapped_and_chosen, *measured):
        done(say)


def _has_batch(dataset: str, agency: str, name: str) -> bool:
    from lontar.intake.models import Batch

    with _whole_programme():
        return Batch.objects.filter(dataset=dataset, agency__code=agency, file_name=name, state="done").exists()


def frames() -> Frames:
    """The frames of the demo province over the regions of the registry."""
    import polars as pl

    from lontar.engines.demo import VILLAGE_SCHEMA, province
    from lontar.registry.models import Region

    names = dict(Region.objects.values_list("code", "name"))
    found = Region.objects.villages().order_by("code").values_list("code", "name", "kind", "lat", "lon")
    rows = [
        (code, name, kind, names[code[:8]], code[:5], names[code[:5]], lat, lon) for code, name, kind, lat, lon in found
    ]
    return province(pl.DataFrame(rows, schema=VILLAGE_SCHEMA, orient="row"), SEED)


def _send(path: Path, *, dataset: str, agency: str, say: Callable[[str], None]) -> None:
    from django.utils import timezone

    from lontar.access.models import Agency
    from lontar.intake import actions
    from lontar.intake.models import Batch
    from lontar.intake.states import Channel
    from lontar.intake.steps.run import run

    sender = Agency.objects.get(code=agency)
    post = actions.sending_post(sender)
    if post is None:
        raise click.ClickException(f"{agency}: no post that may send")
    started = time.monotonic()
    with _whole_programme(), path.open("rb") as source:
        try:
            batch: Batch = actions.submit_file(
                dataset=dataset, agency=sender, post=post, by=actions.operator(), source=source, file_name=path.name,
                channel=Channel.DEMO, at=timezone.now(),
            )  # fmt: skip
        except actions.SameFile as same:
            batch = same.batch

        def tell(done: int, total: int | None) -> None:
            if sys.stdout.isatty():
                click.echo(f"\r  {path.name}: {done:,} dari {total:,} baris   ".replace(",", "."), nl=False)

        run(batch.pk, clock=timezone.now, tell=tell)
        batch.refresh_from_db()
    end = "\r" if sys.stdout.isatty() else ""
    say(
        f"{end}  {path.name}: {batch.rows_done} baris, {batch.rows_new} baru, {batch.rows_waiting} menunggu, "
        f"{batch.get_state_display()} ({time.monotonic() - started:.1f} s)"
    )


def _whole_programme() -> AbstractContextManager[None]:
    from django.conf import settings

    from lontar.access.scope import acting_in

    return acting_in(settings.PROGRAMME_ROOT)


def ensure_people(say: Callable[[str], None]) -> None:
    """Agencies, posts, holders and commodities of the demo; their password is generated once per installation."""
    from lontar.access.models import Agency
    from lontar.engines.demo import demo_people

    cast = demo_people()
    if Agency.objects.filter(code=cast.agencies[-1].code).exists():
        return
    say("membuat instansi, jabatan dan akun contoh …")
    with _whole_programme():
        _make_people(cast)
        _make_commodities()


def _make_people(cast: DemoPeople) -> None:
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from lontar.access.models import Agency, Holding, Post, User
    from lontar.access.trail import recorded

    now = timezone.now()
    word = make_password(password())
    with recorded("access.demo.loaded", by=None, at=now):
        agencies = {
            agency.code: agency
            for agency in Agency.objects.bulk_create(
                Agency(code=a.code, name=a.name, short_name=a.short, kind=a.kind, region_code=a.scope)
                for a in cast.agencies
            )
        }
        posts = {
            post.code: post
            for post in Post.objects.bulk_create(
                Post(code=p.code, title=p.title, agency=agencies[p.agency], role=p.role, region_code=p.scope)
                for p in cast.posts
            )
        }
        users = User.objects.bulk_create(
            User(username=h.username, full_name=h.name, email=h.email, password=word, date_joined=now)
            for h in cast.holders
        )
        Holding.objects.bulk_create(
            Holding(post=posts[h.post], user=user, valid_from=timezone.localdate(now))
            for h, user in zip(cast.holders, users, strict=True)
        )


def _make_commodities() -> None:
    from lontar.engines.demo import commodities
    from lontar.registry.models import Commodity

    Commodity.objects.bulk_create(
        [
            Commodity(
                code=c.code,
                name=c.name,
                name_en=c.english,
                sector=c.category,
                unit=c.unit,
                harvest_months=list(c.months),
                kbli=c.kbli,
                hs=c.hs6,
                nice_class=",".join(map(str, c.nice)),
                source=c.notice,
            )
            for c in commodities()
        ],
        ignore_conflicts=True,
    )


def password() -> str:
    """The password of every demo account, generated once per installation and readable by its operator only."""
    from lontar.host.secrets import secret

    return "contoh-" + secret("LONTAR_DEMO_PASSWORD", generate=True)[:10]


def sign_ins() -> list[tuple[str, str, str]]:
    """Username, name and title of the accounts that are worth trying."""
    from lontar.engines.demo import demo_people

    cast = demo_people()
    titles = {post.code: post.title for post in cast.posts}
    return [(h.username, h.name, titles[h.post]) for h in cast.holders if h.post in SIGN_INS]
