"""The parameter of distances between points of which one is known only roughly."""

from datetime import date
from decimal import Decimal

from django.db import migrations

LAUNCH = date(2025, 5, 27)
KEY, NUMBER, UNIT = "selection.market.rough", 6, "km"
SOURCE = "Usulan program: setengah lebar kecamatan rata-rata di NTT (46.378 km² dibagi 315 kecamatan); perlu konfirmasi"


def seed(apps, schema_editor):
    apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias).create(
        key=KEY, number=Decimal(NUMBER), unit=UNIT, valid_from=LAUNCH, source=SOURCE
    )


def unseed(apps, schema_editor):
    apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias).filter(
        key=KEY, number=Decimal(NUMBER), valid_from=LAUNCH, source=SOURCE
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("selection", "0005_first_traits_and_parameters"), ("audit", "0003_parameters")]

    operations = [migrations.RunPython(seed, unseed)]
