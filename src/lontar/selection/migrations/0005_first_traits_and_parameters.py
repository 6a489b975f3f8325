"""What is laid down about commodities at the start, and the parameters of measures; each with its source.

No commodity is recorded as forbidden: no text that names one was at hand. What came from the code before stands as proposals.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import migrations

LAUNCH = date(2025, 5, 27)
MADE = datetime(2025, 5, 27, tzinfo=UTC)
CONFIRM = "perlu konfirmasi"
PROPOSAL = f"Usulan program, bukan peraturan; {CONFIRM}"
NEWS = "Daftar indikasi geografis NTT menurut pemberitaan 2019–2024; nomor pendaftaran perlu konfirmasi"
# key, number, unit, source
PARAMETERS = (
    ("selection.growth.years", 5, "tahun", PROPOSAL),
    ("selection.products.thin", 3, "produk", PROPOSAL),
    ("selection.permit_days.nib", 1, "hari", f"OSS: NIB risiko rendah terbit seketika (PP 28/2025); {CONFIRM}"),
    ("selection.permit_days.market", 90, "hari", f"SPP-IRT: komitmen dipenuhi paling lama tiga bulan; {CONFIRM}"),
    ("selection.permit_days.halal", 30, "hari", f"Usulan program untuk pernyataan mandiri; {CONFIRM}"),
    ("selection.permit_days.mark", 180, "hari", f"Usulan program: pengumuman dan pemeriksaan merek; {CONFIRM}"),
    ("selection.hayami.yield_low", "0.2", "kg per kg", PROPOSAL),
    ("selection.hayami.yield_high", 1, "kg per kg", PROPOSAL),
    ("selection.hayami.others_low", 0, "bagian", PROPOSAL),
    ("selection.hayami.others_high", "0.25", "bagian", PROPOSAL),
)  # fmt: skip
_KEEPS = "Barang jadi atau bahan kering dapat disimpan, jadi musim pendek tidak menutup syarat bahan baku."
_CULTURE = "Kerajinan yang hidup dalam adat setempat."
# kind, code, sector, region, reason, source
TRAITS = (
    *(("storable", "", one, "", _KEEPS, PROPOSAL)
      for one in ("perkebunan", "kehutanan", "kerajinan", "industri lain", "minuman", "pangan", "pangan olahan")),
    *(("storable", one, "", "", _KEEPS, PROPOSAL) for one in ("garam", "rumput-laut", "teri")),
    ("culture", "", "kerajinan", "", _CULTURE, PROPOSAL),
    ("ig", "kopi-arabika", "", "53.09", "Kopi Arabika Flores Bajawa.", "DJKI: ID G 000000014"),
    *(("ig", "kopi-robusta", "", one, "Kopi Robusta Flores Manggarai.", "DJKI: ID G 000000097")
      for one in ("53.10", "53.15", "53.19")),
    *(("ig", "kopi-arabika", "", one, "Kopi Arabika Flores Manggarai.", NEWS) for one in ("53.10", "53.15", "53.19")),
    ("ig", "vanili", "", "53.05", "Vanili Kepulauan Alor.", NEWS),
    ("ig", "tenun-ikat", "", "53.05", "Tenun Ikat Alor.", NEWS),
    ("ig", "tenun-songket", "", "53.05", "Tenun Songket Alor.", NEWS),
    ("ig", "tenun-ikat", "", "53.07", "Tenun Ikat Sikka.", NEWS),
    ("ig", "jeruk-soe", "", "53.02", "Jeruk Soe Mollo.", NEWS),
)  # fmt: skip


def seed(apps, schema_editor):
    alias = schema_editor.connection.alias
    parameter, trait = apps.get_model("audit", "Parameter"), apps.get_model("selection", "CommodityTrait")
    parameter.objects.using(alias).bulk_create(
        parameter(key=key, number=Decimal(number), unit=unit, valid_from=LAUNCH, source=source)
        for key, number, unit, source in PARAMETERS
    )
    trait.objects.using(alias).bulk_create(
        trait(kind=kind, code=code, sector=sector, region_code=region, reason=reason, source=source, valid_from=LAUNCH,
              made_at=MADE)
        for kind, code, sector, region, reason, source in TRAITS
    )  # fmt: skip


def unseed(apps, schema_editor):
    """Takes back what was seeded and nobody changed."""
    alias = schema_editor.connection.alias
    for key, number, _unit, source in PARAMETERS:
        apps.get_model("audit", "Parameter").objects.using(alias).filter(
            key=key, number=Decimal(number), valid_from=LAUNCH, source=source
        ).delete()
    apps.get_model("selection", "CommodityTrait").objects.using(alias).filter(made_at=MADE, made_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("selection", "0004_traits_and_counts"), ("audit", "0003_parameters")]

    operations = [migrations.RunPython(seed, unseed)]
