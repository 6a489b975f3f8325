"""The sections to begin with, who signs them, and sign-offs for what was verified before sections existed."""

from datetime import date

from django.db import migrations

START = date(2025, 5, 27)
BRIEF = (
    'Policy brief "Strategi Pemberdayaan Masyarakat Melalui One Product One Village", Biro Pengadaan Barang dan Jasa Setda '
    "Provinsi NTT: BPS menyiapkan data, DPMD memverifikasi dan memvalidasi, Dinas Koperasi menyumbang data usaha"
)
PROPOSED = "Usulan awal pembagian bagian, menunggu penetapan tim OVOP; tugas instansi menurut policy brief Setda Provinsi NTT"

# key, subject, name, English name, fields, decides verification
SECTIONS = (
    ("identitas", "enterprise", "Pemilik dan identitas", "Owner and identity",
     ["name", "owner_id", "owner_name", "nib", "npwp", "village_id"], True),
    ("usaha", "enterprise", "Usaha dan klasifikasi", "Business and classification",
     ["kbli", "kbli_version", "start_year", "status", "lat", "lon"], True),
    ("ukuran", "enterprise", "Tenaga kerja dan omzet", "Workers and turnover",
     ["workers_paid", "workers_unpaid", "annual_turnover", "capital"], True),
    ("produk", "enterprise", "Produk dan komoditas", "Product and commodity", ["main_product", "commodity_id"], False),
    ("potensi", "village", "Potensi desa", "Village potential", ["potential"], False),
    ("sarana", "village", "Sumber daya dan sarana", "Resources and facilities", ["resource", "facility"], False),
)  # fmt: skip
# section, step, kind of agency, sector, source
DUTIES = (
    ("identitas", 1, "cooperatives", "", BRIEF),
    ("usaha", 1, "cooperatives", "", BRIEF),
    ("ukuran", 1, "cooperatives", "", BRIEF),
    ("produk", 1, "industry", "", PROPOSED),
    ("produk", 1, "agriculture", "perkebunan", PROPOSED),
    ("produk", 1, "agriculture", "pangan", PROPOSED),
    ("produk", 1, "agriculture", "hortikultura", PROPOSED),
    ("produk", 1, "agriculture", "peternakan", PROPOSED),
    ("produk", 1, "forestry", "kehutanan", PROPOSED),
    ("produk", 1, "fisheries", "kelautan", PROPOSED),
    ("potensi", 1, "bps", "", BRIEF),
    ("potensi", 2, "dpmd", "", BRIEF),
    ("sarana", 1, "bps", "", BRIEF),
    ("sarana", 2, "dpmd", "", BRIEF),
)
CARRIED = """
WITH act AS (
    INSERT INTO verification_signact (id, kind, at, stamped_at, region_code)
    SELECT gen_random_uuid(), 'carried', now(), now(), x.code
    FROM (SELECT DISTINCT left(village_id, 2) AS code FROM registry_enterprise WHERE verified_at IS NOT NULL) x
    RETURNING id, region_code
)
INSERT INTO verification_signoff (section_id, step, enterprise_id, village_id, signed_at, act_id, event, changed_fields,
                                  returns, is_live)
SELECT t.section_id, 1, e.id, e.village_id, e.verified_at, a.id,
       (SELECT max(v.pgh_id) FROM registry_enterpriseevent v WHERE v.pgh_obj_id = e.id), '{}', 0, e.status <> 'closed'
FROM registry_enterprise e JOIN act a ON a.region_code = left(e.village_id, 2)
CROSS JOIN verification_sectionterm t WHERE e.verified_at IS NOT NULL AND t.is_required ORDER BY e.id;
"""


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]  # historical models have no types
    """Sections with what they hold and who signs."""
    alias = schema_editor.connection.alias
    section, term, duty = (
        apps.get_model("verification", name).objects.using(alias) for name in ("Section", "SectionTerm", "SectionDuty")
    )
    made = {}
    for position, (key, subject, name, name_en, fields, is_required) in enumerate(SECTIONS, start=1):
        made[key] = section.create(key=key, subject=subject, name=name, name_en=name_en, position=position)
        term.create(section=made[key], fields=fields, is_required=is_required, valid_from=START, source=PROPOSED)
    for key, step, agency_kind, sector, source in DUTIES:
        duty.create(
            section=made[key], step=step, agency_kind=agency_kind, sector=sector, valid_from=START, source=source
        )


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_wall_and_triggers")]

    operations = [
        # Backwards: sections go, and whatever was signed by them goes too.
        migrations.RunSQL(migrations.RunSQL.noop, "TRUNCATE verification_section CASCADE"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; " + CARRIED, migrations.RunSQL.noop),
    ]
