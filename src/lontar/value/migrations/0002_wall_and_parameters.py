"""Anyone reads what was counted and loaded; only a scope that holds the whole programme writes it. And what is assumed, as
parameters in force for a time: proposals, each with its source, until the OVOP team decides."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import migrations

from lontar.access.scope import protect_writes_sql, unprotect_sql

START = date(2024, 1, 1)  # quarters before the launch are counted too, to compare with
PROPOSED = "Usulan awal Lontar, bukan peraturan; menunggu penetapan tim OVOP"
COFFEE = "Faktor konversi Organisasi Kopi Internasional (ICO): 1 kg kopi sangrai = 1,19 kg biji hijau; perlu konfirmasi"
COCOA = "Faktor konversi Organisasi Kakao Internasional (ICCO): 1 kg pasta atau nib = 1,25 kg biji; perlu konfirmasi"
# key, number, unit, source
ROWS = [
    ("value.others", "0.10", "bagian omzet", f"{PROPOSED}: bahan bakar, kemasan, angkutan"),
    ("value.others.processing", "0.05", "bagian harga", f"{PROPOSED}: bahan bakar, air, listrik"),
    ("value.others.packing", "0.05", "bagian harga", f"{PROPOSED}: kemasan dan label"),
    ("value.others.regency", "0.50", "bagian", PROPOSED),
    ("value.others.ntt", "0.60", "bagian", PROPOSED),
    ("value.material.village", "0.70", "bagian", f"{PROPOSED}: dari bahan baku asal NTT"),
    ("value.material.regency", "0.90", "bagian", f"{PROPOSED}: dari bahan baku asal NTT"),
    ("value.labour.village", "0.90", "bagian", PROPOSED),
    ("value.labour.regency", "1", "bagian", PROPOSED),
    ("value.margin.village", "1", "bagian", f"{PROPOSED}: pemilik tinggal di desanya"),
    ("value.wage", "75000", "Rp/hari", f"{PROPOSED}: upah harian, juga untuk keluarga yang tidak dibayar"),
    ("value.days", "5", "hari/100 kg", f"{PROPOSED}: hari kerja mengolah 100 kg bahan mentah"),
    ("value.conversion", "1", "kg/kg", "Tanpa susut, bila faktor konversi komoditas belum ditetapkan"),
    ("value.conversion.kopi_arabika", "0.84", "kg/kg", COFFEE),
    ("value.conversion.kopi_robusta", "0.84", "kg/kg", COFFEE),
    ("value.conversion.kakao", "0.80", "kg/kg", COCOA),
]  # fmt: skip
WHOLE = ("reckoning", "assumed", "tradeload", "tradefigure")
LINES = ("chainprice", "keptline")


def add(apps, schema_editor):
    """Each value in force since the start, unless somebody set one already."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, unit, source in ROWS:
        if not parameters.filter(key=key).exists():
            parameters.create(key=key, number=Decimal(number), unit=unit, valid_from=START, source=source)


def remove(apps, schema_editor):
    """Takes back the rows as they were added; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, source in ROWS:
        parameters.filter(key=key, number=Decimal(number), valid_from=START, source=source).delete()


def wall(name: str, column: str) -> migrations.RunSQL:
    """Writing within the scope alone."""
    return migrations.RunSQL(protect_writes_sql(f"value_{name}", column), unprotect_sql(f"value_{name}"))


class Migration(migrations.Migration):
    dependencies = [("value", "0001_reckonings_and_trade"), ("audit", "0004_trail_only_grows")]

    operations = [
        *[wall(name, f"'{settings.PROGRAMME_ROOT}'") for name in WHOLE],
        *[wall(name, "region_code") for name in LINES],
        migrations.RunPython(add, remove),
    ]
