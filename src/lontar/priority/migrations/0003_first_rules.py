"""The rules to begin with: a proposal, until the OVOP team decides; and on which island each kabupaten/kota lies."""

from datetime import date

from django.db import migrations

START = date(2025, 5, 27)
PROPOSED = "Usulan awal Lontar, bukan peraturan; menunggu penetapan tim OVOP"
SEED = "Policy brief Setda Provinsi NTT: sepuluh desa atau produk yang paling siap, masing-masing dengan sasaran omzet"
HALAL = "UU 33/2014 pasal 26: produk dari bahan haram dikecualikan dari sertifikasi dan wajib berketerangan tidak halal"
GEOGRAPHY = "Letak ibu kota kabupaten/kota"

# part, weight, full, none at, levels, unit, cost of the whole gap, agency, advice, due day
PARTS = (
    ("legality", "0.20", None, None, [], "", 15_000_000, "industry",
     "Urus izin yang belum ada (NIB, SPP-IRT atau MD, halal, merek)", 45),
    ("capacity", "0.20", 10_000_000, None, [], "Rp/bulan", 40_000_000, "cooperatives",
     "Tambah alat dan tenaga kerja agar kapasitas cukup", 30),
    ("material", "0.20", None, None, [], "", 10_000_000, "agriculture",
     "Amankan bahan baku di luar musim: simpan, keringkan, atau beli dari desa lain", 14),
    ("mentor", "0.10", None, None, ["0.3", "0.6", "0.9", "1"], "", 9_000_000, "dpmd",
     "Tunjuk pendamping untuk desa ini", 7),
    ("buyer", "0.15", None, None, ["0.4"], "", 5_000_000, "tourism",
     "Pertemukan dengan pembeli dan buat pesanan tertulis", 21),
    ("finance", "0.05", None, None, [], "", 2_000_000, "lender", "Jajaki pembiayaan mikro", 30),
    ("access", "0.10", 5, 60, [], "km", 10_000_000, "industry", "Atur pengangkutan bersama ke pasar", 30),
)  # fmt: skip
FOODS = ["nib", "pirt", "halal"]
NEEDS = {
    "food": FOODS, "drink": FOODS, "herbal": ["nib", "tr", "halal"], "cosmetic": ["nib", "halal"], "weaving": ["nib", "merek"],
    "batik": ["nib", "merek"], "wicker": ["nib", "merek"], "pottery": ["nib", "merek"], "craft": ["nib", "merek"],
    "fresh": ["nib"], "other": ["nib"],
}  # fmt: skip
ISLANDS = {
    ("timor", "Timor"): ("53.01", "53.02", "53.03", "53.04", "53.21", "53.71"),
    ("flores", "Flores"): ("53.06", "53.07", "53.08", "53.09", "53.10", "53.15", "53.16", "53.19"),
    ("sumba", "Sumba"): ("53.11", "53.12", "53.17", "53.18"),
    ("alor", "Alor"): ("53.05",),
    ("lembata", "Lembata"): ("53.13",),
    ("rote", "Rote"): ("53.14",),
    ("sabu", "Sabu"): ("53.20",),
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]  # historical models have no types
    """One open rule set with its parts and licences, and the islands."""
    alias = schema_editor.connection.alias
    rows = {
        name: apps.get_model("priority", name).objects.using(alias)
        for name in ("RuleSet", "PartRule", "LicenceNeed", "Island")
    }
    first = rows["RuleSet"].create(
        number=1, valid_from=START, days=90, target_days=14, reached_share="1", partly_share="0.5", least_weeks=7,
        source=f"{SEED}; batas dan bobot: {PROPOSED}", is_proposal=True,
    )  # fmt: skip
    for part, weight, full, reach, levels, unit, cost, agency, advice, due in PARTS:
        rows["PartRule"].create(
            rule_set=first, part=part, weight=weight, full=full, reach=reach, levels=levels, unit=unit, gap_cost=cost,
            agency_kind=agency, advice=advice, due_day=due, source=PROPOSED,
        )  # fmt: skip
    for category, kinds in NEEDS.items():
        rows["LicenceNeed"].create(
            rule_set=first, category=category, kinds=kinds, without_halal=["babi", "moke"] if "halal" in kinds else [],
            source=f"{PROPOSED}; {HALAL}",
        )  # fmt: skip
    for (key, name), codes in ISLANDS.items():
        for code in codes:
            rows["Island"].create(regency_code=code, key=key, name=name, valid_from=START, source=GEOGRAPHY)


class Migration(migrations.Migration):
    dependencies = [("priority", "0002_wall")]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, "TRUNCATE priority_ruleset, priority_island CASCADE"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
