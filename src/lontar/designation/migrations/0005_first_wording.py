"""The place and the legal basis that decrees start with, in force since the launch of the programme."""

from datetime import date

from django.db import migrations

LAUNCH = date(2025, 5, 27)
ROW = {
    "place": "Kupang",
    "recalling": "Peraturan Menteri Perindustrian Nomor 14 Tahun 2021 tentang Pengembangan Industri Kecil dan Menengah di"
    " Sentra Industri Kecil dan Menengah melalui One Village One Product;",
    "source": "Permenperin 14/2021; dasar hukum daerah belum diketahui, lengkapi pada formulir keputusan",
}


def add(apps, schema_editor):
    """The first row, unless somebody set one already."""
    rows = apps.get_model("designation", "DecreeWording").objects.using(schema_editor.connection.alias)
    if not rows.exists():
        rows.create(valid_from=LAUNCH, **ROW)


class Migration(migrations.Migration):
    dependencies = [("designation", "0004_wording")]

    # Deletion is forbidden by a trigger; going back drops the table with its row.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
