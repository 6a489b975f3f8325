"""What concentration is and how many loci a kabupaten/kota has: figures of the programme, marked as what they are."""

from datetime import date
from decimal import Decimal

from django.db import migrations

LAUNCH = date(2025, 5, 27)
# key, number, unit, source
ROWS = [
    (
        "designation.cluster.units", 3, "unit",
        "Usulan program, bukan peraturan: bersama unit sekitarnya sebanyak ini, tawarkan sentra; perlu konfirmasi",
    ),
    (
        "designation.cluster.distance", 10, "km",
        "Usulan program, bukan peraturan: desa dalam jarak lurus ini, atau sekecamatan, adalah sekitar; perlu konfirmasi",
    ),
    (
        "designation.locus.quota", 2, "desa/kelurahan",
        "44 desa/kelurahan tahap pertama = 2 × 22 kabupaten/kota (disimpulkan dari pemberitaan, Mei 2025); perlu konfirmasi",
    ),
]  # fmt: skip


def add(apps, schema_editor):
    """Each value in force since the launch, unless somebody set one already."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, unit, source in ROWS:
        if not parameters.filter(key=key).exists():
            parameters.create(key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source)


def remove(apps, schema_editor):
    """Takes back the rows as they were added; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, source in ROWS:
        parameters.filter(key=key, number=Decimal(number), valid_from=LAUNCH, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("designation", "0002_wall_and_exclusion"), ("audit", "0004_trail_only_grows")]

    operations = [migrations.RunPython(add, remove)]
