"""What a check calls remarkable, and how long links and months last: figures of the programme, marked as what they are."""

from datetime import date
from decimal import Decimal

from django.db import migrations

LAUNCH = date(2021, 2, 2)
ASK = "Usulan program, bukan peraturan: penanda untuk dijelaskan, bukan larangan; perlu konfirmasi"
PRICES = {
    "food": (500, 2_000_000), "drink": (500, 1_000_000), "weaving": (20_000, 25_000_000), "batik": (20_000, 10_000_000),
    "wicker": (1_000, 5_000_000), "pottery": (1_000, 5_000_000), "herbal": (500, 2_000_000), "cosmetic": (500, 2_000_000),
    "craft": (500, 20_000_000), "fresh": (200, 1_000_000), "other": (100, 50_000_000),
}  # fmt: skip
# key, number, unit, source
ROWS = [
    ("returns.jump.month", 3, "kali", ASK),
    ("returns.jump.year", 4, "kali", ASK),
    ("returns.jump.from", 1_000_000, "Rp", ASK),
    (
        "returns.turnover.most", 1_250_000_000, "Rp",
        "PP 7/2021: usaha kecil paling banyak Rp15 miliar setahun, dibagi 12 bulan; penanda, bukan larangan",
    ),
    ("returns.channels.share", "0.02", "bagian", ASK),
    ("returns.match.factor", 5, "kali", ASK),
    ("returns.due.days", 10, "hari", "Usulan program: laporan bulan lalu paling lambat tanggal 10; perlu konfirmasi"),
    ("returns.link.days", 45, "hari", "Usulan program: tautan lapor pribadi berlaku satu masa lapor; perlu konfirmasi"),
    *(
        (f"returns.price.{category}.{end}", number, "Rp", ASK)
        for category, numbers in PRICES.items()
        for end, number in zip(("least", "most"), numbers, strict=True)
    ),
]  # fmt: skip


def add(apps, schema_editor):
    """Each value in force, unless somebody set one already."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    held = set(parameters.filter(key__startswith="returns.").values_list("key", flat=True))
    for key, number, unit, source in ROWS:
        if key not in held:
            parameters.create(key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source)


def remove(apps, schema_editor):
    """Takes back the rows as they were added; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, source in ROWS:
        parameters.filter(key=key, number=Decimal(number), valid_from=LAUNCH, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("returns", "0002_wall_guard_and_tally"), ("audit", "0004_trail_only_grows")]

    operations = [migrations.RunPython(add, remove)]
