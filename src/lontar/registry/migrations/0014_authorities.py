"""The authority table that the programme starts with. Every row is a proposal until the province decrees it, and says so."""

from datetime import UTC, date, datetime

from django.db import migrations

START = date(2025, 5, 27)
SETTLED = datetime(2025, 5, 27, tzinfo=UTC)  # no claim is older
_DATA = "Perpres 39/2019 (Satu Data Indonesia): produsen data menurut tugasnya"
_PROPOSED = "usulan program, perlu ditetapkan gubernur"
REASONS = {
    "identity": f"{_DATA}; Dinas Koperasi UKM mendata pelaku usaha (UU 20/2008) – {_PROPOSED}",
    "place": f"{_DATA}; Dinas PMD dan pemerintah desa mengenal desanya (UU 6/2014) – {_PROPOSED}",
    "licensing": f"Perizinan berusaha (PP 5/2021) dibawa daftar Dinas Koperasi UKM – {_PROPOSED}",
    "product": f"{_DATA}; pembinaan industri pada dinas perindustrian (Permenperin 14/2021) – {_PROPOSED}",
    "workers": f"{_DATA}; Dinas Koperasi UKM, sesudahnya sensus dan survei BPS – {_PROPOSED}",
    "money": f"Kriteria usaha menurut penjualan dan modal (PP 7/2021 Pasal 35): Dinas Koperasi UKM – {_PROPOSED}",
    "owner": f"Data penduduk dikenal pemerintah desa/kelurahan (UU 24/2013), sesudahnya Dinas Koperasi UKM – {_PROPOSED}",
}
# topic → kinds of agency, heard in this order; kinds that are not named come last. For the status the newest word counts.
ORDER = {
    "identity": ("cooperatives", "industry", "bps", "dpmd"),
    "place": ("dpmd", "village", "bps", "cooperatives"),
    "licensing": ("cooperatives", "industry", "bps"),
    "product": ("industry", "cooperatives", "agriculture", "fisheries", "forestry", "dpmd"),
    "workers": ("cooperatives", "bps", "labour", "industry", "dpmd"),
    "money": ("cooperatives", "bps", "industry", "dpmd"),
    "owner": ("village", "cooperatives", "dpmd", "industry", "bps"),
}


def seed(apps, schema_editor):
    """Insert the starting ranks."""
    authority = apps.get_model("registry", "Authority")
    authority.objects.using(schema_editor.connection.alias).bulk_create(
        authority(topic=topic, agency_kind=kind, rank=place, valid_from=START, source=REASONS[topic], settled_at=SETTLED)
        for topic, kinds in ORDER.items()
        for place, kind in enumerate(kinds, start=1)
    )


def unseed(apps, schema_editor):
    """Remove what `seed` inserted."""
    authority = apps.get_model("registry", "Authority")
    authority.objects.using(schema_editor.connection.alias).filter(
        valid_from=START, source__in=list(REASONS.values())
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0013_claims_wall")]

    operations = [migrations.RunPython(seed, unseed)]
