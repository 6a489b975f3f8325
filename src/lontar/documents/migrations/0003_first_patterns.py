"""The number patterns that the programme starts with: proposals, to be set anew after the office's own numbering."""

from datetime import date

from django.db import migrations

LAUNCH = date(2025, 5, 27)
SOURCE = "Usulan program, bukan peraturan: kode klasifikasi arsip dan singkatan dinas perlu konfirmasi"
ROWS = [
    ("sk-produk-unggulan", "500.3.2/{urut}/DPMD/{tahun}"),
    ("sk-lokus", "500.3.2/{urut}/DPMD-LOKUS/{tahun}"),
    ("sk-bintang", "500.3.2/{urut}/DPMD-BINTANG/{tahun}"),
    ("sertifikat-bintang", "OVOP-BINTANG/{urut:5}/{tahun}"),
    ("peta-prioritas", "500.3.2/{urut}/DPMD-P90/{tahun}"),
]


def seed(apps, schema_editor):
    pattern = apps.get_model("documents", "NumberPattern")
    pattern.objects.using(schema_editor.connection.alias).bulk_create(
        pattern(kind=kind, pattern=text, valid_from=LAUNCH, source=SOURCE) for kind, text in ROWS
    )


def unseed(apps, schema_editor):
    """Takes back the rows as they were seeded; a pattern that somebody set since stays."""
    patterns = apps.get_model("documents", "NumberPattern").objects.using(schema_editor.connection.alias)
    for kind, text in ROWS:
        patterns.filter(kind=kind, pattern=text, valid_from=LAUNCH, source=SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_wall")]

    operations = [migrations.RunPython(seed, unseed)]
