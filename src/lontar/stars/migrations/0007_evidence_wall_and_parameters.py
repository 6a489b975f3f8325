"""Evidence lies behind the wall, its history too; how large a file and how many there may be are parameters."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql

CLOSED = ("stars_evidence", "stars_evidenceevent")
LAUNCH = date(2025, 5, 27)
CONFIRM = "perlu konfirmasi"
# key, number, unit, source
PARAMETERS = (
    ("star.evidence.largest", 10, "MB",
     f"Usulan program: foto satu halaman 2–5 MB; lebih dari 10 MB tidak lolos sinyal desa; {CONFIRM}"),
    ("star.evidence.files", 40, "berkas", f"Usulan program: paling banyak berkas bukti untuk satu penilaian; {CONFIRM}"),
)  # fmt: skip


def seed(apps, schema_editor):
    parameter = apps.get_model("audit", "Parameter")
    parameter.objects.using(schema_editor.connection.alias).bulk_create(
        parameter(key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source)
        for key, number, unit, source in PARAMETERS
    )


def unseed(apps, schema_editor):
    rows = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, source in PARAMETERS:
        rows.filter(key=key, number=Decimal(number), valid_from=LAUNCH, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("stars", "0006_evidence"), ("audit", "0003_parameters")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table)) for table in CLOSED],
        migrations.RunPython(seed, unseed),
    ]
