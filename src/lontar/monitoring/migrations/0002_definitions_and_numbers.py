"""The definitions that the project ships, in force from the start of the series; thresholds of closing and of what is hidden."""

from datetime import date
from decimal import Decimal

from django.db import migrations

START = date(2024, 1, 1)
OWN = "Usulan program, bukan peraturan; perlu ditetapkan tim OVOP"
# key, number, unit, source
ROWS = [
    ("monitoring.least_producers", 3, "produsen", f"{OWN}. Angka dari produsen yang lebih sedikit dirahasiakan"),
    ("monitoring.dominance", 85, "%", f"{OWN}. Angka yang sebesar ini dari satu produsen dirahasiakan"),
    ("monitoring.full_days", 25, "hari/bulan", f"{OWN}. Hari kerja penuh sebulan untuk tenaga kerja setara penuh waktu"),
    ("monitoring.close.coverage", 80, "%", f"{OWN}. Cakupan laporan terendah untuk menutup triwulan"),
    ("monitoring.close.waiting", 5, "%", f"{OWN}. Laporan yang masih menunggu, terbanyak untuk menutup triwulan"),
    ("monitoring.close.outliers", 2, "%", f"{OWN}. Nilai mencolok tanpa penjelasan, terbanyak untuk menutup triwulan"),
    ("monitoring.close.jump", 10, "kali", f"{OWN}. Omzet sebanyak ini dari tahun lalu, atau sepersekian, mencolok"),
]


def add(apps, schema_editor):
    """Definitions as version 1, and each number unless somebody set one already."""
    from lontar.engines.indicators.definitions import shipped

    alias = schema_editor.connection.alias
    definitions = apps.get_model("monitoring", "IndicatorDefinition").objects.using(alias)
    for position, one in enumerate(shipped()):
        fields = {name: getattr(one, name) for name in one.__slots__}
        definitions.create(**fields, position=position, valid_from=START, words="Definisi awal")
    parameters = apps.get_model("audit", "Parameter").objects.using(alias)
    for key, number, unit, source in ROWS:
        if not parameters.filter(key=key).exists():
            parameters.create(key=key, number=Decimal(number), unit=unit, valid_from=START, source=source)


def remove(apps, schema_editor):
    """Takes back the numbers as they were added; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, source in ROWS:
        parameters.filter(key=key, number=Decimal(number), valid_from=START, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_quarters_prices_definitions_figures"),
        ("audit", "0004_trail_only_grows"),
        ("returns", "0002_wall_guard_and_tally"),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, "TRUNCATE monitoring_indicatordefinition CASCADE"),
        migrations.RunPython(add, remove),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
