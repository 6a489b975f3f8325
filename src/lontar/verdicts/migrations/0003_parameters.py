"""The numbers by which words are given: a proposal, until the OVOP team decides."""

from datetime import date

from django.db import migrations

START = date(2025, 5, 27)
PROPOSED = "Usulan awal Lontar, bukan peraturan; menunggu penetapan tim OVOP"
NUMBERS = (
    ("verdict.matters", "0.05", "bagian"),
    ("verdict.producers", "5", "produsen"),
    ("verdict.villages", "5", "desa"),
    ("verdict.ring", "0", "km"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]  # historical models have no types
    """Each value in force since the launch, unless somebody set one already."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, unit in NUMBERS:
        if parameters.filter(key=key).exists():
            continue
        parameters.create(key=key, number=number, unit=unit, valid_from=START, source=PROPOSED)


def empty(apps, schema_editor):  # type: ignore[no-untyped-def]  # historical models have no types
    """Takes back the rows as they were added; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit in NUMBERS:
        parameters.filter(key=key, number=number, valid_from=START, source=PROPOSED).delete()


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0002_wall"), ("audit", "0004_trail_only_grows")]

    operations = [migrations.RunPython(fill, empty)]
