"""The workbook of 168,002 enterprises from file to registry, beside django-import-export on the same rows."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path

import psutil

from bench import installation
from bench.measuring import Figure, PeakMemory, tree


def measure(*, quick: bool) -> list[Figure]:
    """Write the workbook, send it by the command an operator uses, count it in the API."""
    book = _workbook()
    figures = [_submitted(book)]
    figures += [] if quick else [_reference()]
    return figures


def _workbook() -> Path:
    from lontar.cli.demo import frames
    from lontar.engines.demo.workbooks import write_clean

    path = installation.DATA / "usaha.xlsx"
    if not path.exists():
        write_clean(path, frames().enterprises)
    return path


def _postgres() -> list[psutil.Process]:
    from lontar.host import embedded

    pid = int((embedded.cluster() / "postmaster.pid").read_text().splitlines()[0])
    return tree(pid)


def _submitted(book: Path) -> Figure:
    me = psutil.Process()

    def everything() -> list[psutil.Process]:
        return [*_postgres(), *[child for child in me.children(recursive=True)]]

    memory = PeakMemory(everything)
    memory.start()
    begun = time.perf_counter()
    installation.lontar("intake", "submit", str(book), "--dataset", "enterprises", "--agency", "DPMD", "--wait")
    seconds = time.perf_counter() - begun
    peak = memory.stop()
    with installation.served(1) as address, urllib.request.urlopen(f"{address}/api/v1/coverage") as answer:
        registered = sum(item["enterprises_registered"] for item in json.load(answer)["items"])
    if registered != 168_002:
        raise SystemExit(f"coverage counts {registered}, not 168,002")
    print(f"intake: {seconds:.1f} s, {peak:.0f} MiB, counted {registered}")
    return Figure(
        "workbook 168.002 × 20 into the registry", seconds, "s", "≤ 45 s", met=seconds <= 45 and peak <= 1536,
        reference=f"peak {peak:.0f} MiB of command, reader and PostgreSQL (≤ 1.5 GB)",
    )  # fmt: skip


def _reference() -> Figure:
    """django-import-export at its fastest (bulk, no look-up, no differences) on the same rows, into a table without our checks."""
    import tablib
    from django.conf import settings
    from django.db import connections, models
    from import_export import resources

    from lontar.cli.demo import frames

    rows = frames().enterprises
    columns = [f"c{number}" for number in range(rows.width)]
    fields: dict[str, object] = {name: models.TextField(null=True) for name in columns}
    meta = type("Meta", (), {"app_label": "intake", "db_table": "bench_reference"})
    model = type("BenchReference", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    with connections["owner"].schema_editor() as editor:
        editor.create_model(model)
    chosen = {
        "model": model, "use_bulk": True, "batch_size": 1000, "import_id_fields": ["c0"], "fields": columns,
        "force_init_instance": True, "skip_diff": True, "skip_html_diff": True, "use_transactions": False,
    }  # fmt: skip
    options = type("Meta", (), chosen)
    resource = type("Reference", (resources.ModelResource,), {"Meta": options})()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT ALL ON bench_reference TO {settings.APP_ROLE}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {settings.APP_ROLE}")
    data = tablib.Dataset(*[tuple(map(str, row)) for row in rows.iter_rows()], headers=columns)
    begun = time.perf_counter()
    resource.import_data(data, raise_errors=True)
    seconds = time.perf_counter() - begun
    with connections["owner"].schema_editor() as editor:
        editor.delete_model(model)
    return Figure(
        "django-import-export, same rows, no checks", seconds, "s", reference=f"{rows.height} rows, bulk mode"
    )


def grow_tenfold() -> None:
    """1.68 million enterprises: nine copies of each row, without number and owner, made by the database."""
    from django.db import connection

    from lontar.access.scope import acting_in

    with acting_in("53"), connection.cursor() as cursor:
        for copy in range(9):
            cursor.execute(
                "INSERT INTO registry_enterprise (village_id, owner_name, name, npwp, kbli, kbli_version, main_product, start_year,"
                " workers_paid, workers_unpaid, imk_class, annual_turnover, capital, umkm_class, status, source_key,"
                " source_agency_id, source_batch, source_row, recorded_at)"
                " SELECT village_id, owner_name, name || ' ' || %s, npwp, kbli, kbli_version, main_product, start_year,"
                " workers_paid, workers_unpaid, imk_class, annual_turnover, capital, umkm_class, status, '', source_agency_id,"
                " source_batch, source_row, recorded_at FROM registry_enterprise WHERE nib IS NOT NULL OR source_key <> ''",
                [copy],
            )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_enterprise")
    with installation_owner() as cursor:
        cursor.execute("VACUUM (ANALYZE) registry_enterprise")


def installation_owner():  # type: ignore[no-untyped-def]  # a Django cursor
    """A cursor of the owner, outside any transaction."""
    from django.db import connections

    return connections["owner"].cursor()
