"""The limits and thresholds that the programme starts with, each with its source; those not yet confirmed say so."""

from datetime import date
from decimal import Decimal

from django.db import migrations

CONFIRM = "perlu konfirmasi"
LAUNCH = date(2025, 5, 27)
UMKM = "PP 7/2021 Pasal 35"
IMK = "BPS, klasifikasi industri menurut tenaga kerja (VIMK 2013); tanggal mulai " + CONFIRM
HALAL_OLD = "Keputusan Kepala BPJPH 33/2022, diteruskan 150/2022 dan 22/2023; tanggal mulai dalam tahun 2022 " + CONFIRM
HALAL_NEW = "Keputusan Kepala BPJPH 146/2025, disampaikan 28–29 Juli 2025; tanggal penetapan " + CONFIRM
PERPRES = "Perpres 12/2021, diteruskan Perpres 46/2025"

# key, number, unit, valid from, valid until, source
ROWS = [
    ("umkm.sales.micro", 2_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: hasil penjualan tahunan"),
    ("umkm.sales.small", 15_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: hasil penjualan tahunan"),
    ("umkm.sales.medium", 50_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: hasil penjualan tahunan"),
    ("umkm.capital.micro", 1_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: modal usaha tanpa tanah dan bangunan"),
    ("umkm.capital.small", 5_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: modal usaha tanpa tanah dan bangunan"),
    ("umkm.capital.medium", 10_000_000_000, "Rp", date(2021, 2, 2), None, f"{UMKM}: modal usaha tanpa tanah dan bangunan"),
    ("micro.rung.seed", 50_000_000, "Rp", LAUNCH, None, f"Usulan program, bukan peraturan; {CONFIRM}"),
    (
        "micro.rung.growing", 300_000_000, "Rp", LAUNCH, None,
        f"Usulan program, bukan peraturan (batas usaha mikro menurut UU 20/2008); {CONFIRM}",
    ),
    ("imk.workers.micro", 4, "orang", date(2013, 1, 1), None, IMK),
    ("imk.workers.small", 19, "orang", date(2013, 1, 1), None, IMK),
    ("imk.workers.medium", 99, "orang", date(2013, 1, 1), None, IMK),
    ("halal.self_declare.sales", 500_000_000, "Rp", date(2022, 1, 1), date(2025, 7, 29), HALAL_OLD),
    ("halal.self_declare.sales", 15_000_000_000, "Rp", date(2025, 7, 29), None, HALAL_NEW),
    ("halal.self_declare.factories", 1, "pabrik", date(2025, 7, 29), None, HALAL_NEW),
    ("halal.self_declare.outlets", 1, "gerai", date(2025, 7, 29), None, HALAL_NEW),
    ("procurement.umk_share", 40, "%", date(2021, 2, 2), None, f"{PERPRES}: paling sedikit dari anggaran barang/jasa"),
    (
        "procurement.reserved_package", 15_000_000_000, "Rp", date(2021, 2, 2), None,
        f"{PERPRES}: paket untuk usaha kecil dan koperasi; {CONFIRM}",
    ),
    (
        "star.validity", 36, "bulan", LAUNCH, None,
        f"Usulan program, meniru OCOP Viet Nam (Keputusan 148/QĐ-TTg 2023); {CONFIRM}",
    ),
    ("licence.pirt.validity", 60, "bulan", date(2018, 1, 1), None, f"PerBPOM 22/2018; tanggal mulai {CONFIRM}"),
    (
        "licence.merek.validity", 120, "bulan", date(2016, 11, 25), None,
        f"UU 20/2016: sepuluh tahun, dapat diperpanjang; {CONFIRM}",
    ),
    (
        "disclosure.min_producers", 3, "pelaku usaha", LAUNCH, None,
        f"Usulan program: sel dengan pelaku usaha lebih sedikit tidak ditampilkan; {CONFIRM}",
    ),
    (
        "disclosure.max_share", 85, "%", LAUNCH, None,
        f"Usulan program: sel yang dikuasai satu pelaku usaha melebihi bagian ini tidak ditampilkan; {CONFIRM}",
    ),
]  # fmt: skip


def seed(apps, schema_editor):
    parameter = apps.get_model("audit", "Parameter")
    parameter.objects.using(schema_editor.connection.alias).bulk_create(
        parameter(
            key=key, number=Decimal(number), unit=unit, valid_from=start, valid_until=end, source=source
        )
        for key, number, unit, start, end, source in ROWS
    )


def unseed(apps, schema_editor):
    """Takes back the rows as they were seeded; a value that somebody set since stays."""
    parameters = apps.get_model("audit", "Parameter").objects.using(schema_editor.connection.alias)
    for key, number, _unit, start, _end, source in ROWS:
        parameters.filter(key=key, number=Decimal(number), valid_from=start, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_wall")]

    operations = [migrations.RunPython(seed, unseed)]
