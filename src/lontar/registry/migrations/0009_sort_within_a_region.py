"""The sorts of the lists end with the village, so that rows of other regions are passed over in the index, unread."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Coalesce

AFTER = {
    "enterprise_by_name": models.Index(fields=["name", "id", "village"], name="enterprise_by_name"),
    "enterprise_by_turnover": models.Index(
        Coalesce("annual_turnover", Value(-1)), "id", "village", name="enterprise_by_turnover"
    ),
    "enterprise_by_workers": models.Index(Coalesce("workers", Value(-1)), "id", "village", name="enterprise_by_workers"),
    "enterprise_by_recorded": models.Index(fields=["recorded_at", "id", "village"], name="enterprise_by_recorded"),
}


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_names_in_bulk")]

    operations = [
        *[migrations.RemoveIndex(model_name="enterprise", name=name) for name in AFTER],
        *[migrations.AddIndex(model_name="enterprise", index=index) for index in AFTER.values()],
    ]
