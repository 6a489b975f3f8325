"""How reports are numbered, and how much of the records behind them may be shown; proposals, each with its source."""

from datetime import date
from decimal import Decimal

from django.db import migrations

LAUNCH = date(2025, 5, 27)
CONFIRM = "perlu konfirmasi"
KIND, PATTERN = "laporan-triwulan", "500.3.2/{urut}/DPMD-LAPORAN/{tahun}"
NUMBERING = f"Usulan program, bukan peraturan: kode klasifikasi arsip dan singkatan dinas {CONFIRM}"
# key, number, unit, source
PARAMETERS = (
    ("report.records.group", 5, "produsen",
     f"Usulan program: paling sedikit produsen yang tidak ditampilkan dalam satu kelompok catatan; {CONFIRM}"),
    ("report.records.share", 50, "persen", f"Usulan program: paling banyak bagian catatan yang ditampilkan; {CONFIRM}"),
    ("report.records.dominance", 85, "persen",
     f"Usulan program: bagian terbesar satu produsen dari sisa yang tidak ditampilkan; {CONFIRM}"),
)  # fmt: skip


def seed(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("documents", "NumberPattern").objects.using(alias).create(
        kind=KIND, pattern=PATTERN, valid_from=LAUNCH, source=NUMBERING
    )
    parameter = apps.get_model("audit", "Parameter")
    parameter.objects.using(alias).bulk_create(
        parameter(key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source)
        for key, number, unit, source in PARAMETERS
    )


def unseed(apps, schema_editor):
    """Takes back the rows as they were seeded; what somebody set since stays."""
    alias = schema_editor.connection.alias
    apps.get_model("documents", "NumberPattern").objects.using(alias).filter(
        kind=KIND, pattern=PATTERN, valid_from=LAUNCH, source=NUMBERING
    ).delete()
    parameters = apps.get_model("audit", "Parameter").objects.using(alias)
    for key, number, _unit, source in PARAMETERS:
        parameters.filter(key=key, number=Decimal(number), valid_from=LAUNCH, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_wall"),
        ("documents", "0004_templates_of_decrees"),
        ("audit", "0001_initial"),
    ]

    operations = [migrations.RunPython(seed, unseed)]
