"""Long lists at full speed behind the wall, owners' names in the office's search, exact counts.

Schema first, as `makemigrations` wrote it; then what Django cannot say: the view that holds the wall, the triggers that keep
names and cells.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models

OFFICE = """
CREATE VIEW registry_officeenterprise AS
    SELECT id, village_id, owner_id, owner_name, name, nib, kbli, kbli_version, main_product, commodity_id, start_year, workers,
           imk_class, annual_turnover, umkm_class, status, lat, lon, verified_at, recorded_at, source_agency_id, search
    FROM registry_enterprise
    WHERE village_id >= current_setting('lontar.scope_low', true)
      AND village_id < current_setting('lontar.scope_high', true);
"""

# A bulk load that knows the owners' names gives them and is spared the look-up. The owner may live in a village outside the writer's scope, therefore SECURITY DEFINER; only the name comes back.
NAMES = """
CREATE FUNCTION registry_owner_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.owner_name := coalesce((SELECT p.name FROM registry_person p WHERE p.id = NEW.owner_id), '');
    RETURN NEW;
END $$;
CREATE TRIGGER owner_name_insert BEFORE INSERT ON registry_enterprise
    FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL AND NEW.owner_name = '') EXECUTE FUNCTION registry_owner_name();
CREATE TRIGGER owner_name_update BEFORE UPDATE OF owner_id ON registry_enterprise
    FOR EACH ROW WHEN (NEW.owner_id IS DISTINCT FROM OLD.owner_id) EXECUTE FUNCTION registry_owner_name();

CREATE FUNCTION registry_owner_renamed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE registry_enterprise e SET owner_name = n.name
    FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE e.owner_id = n.id AND n.name <> o.name;
    RETURN NULL;
END $$;
CREATE TRIGGER owner_renamed AFTER UPDATE ON registry_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_owner_renamed();
UPDATE registry_enterprise e SET owner_name = p.name FROM registry_person p WHERE p.id = e.owner_id;
"""
UNNAMES = """
DROP TRIGGER owner_renamed ON registry_person;
DROP TRIGGER owner_name_update ON registry_enterprise;
DROP TRIGGER owner_name_insert ON registry_enterprise;
DROP FUNCTION registry_owner_renamed();
DROP FUNCTION registry_owner_name();
"""

GROUP = "village_id, left(kbli, 2), imk_class, umkm_class, status, verified_at IS NOT NULL, nib IS NOT NULL"
KEYS = "village_id, kbli_group, imk_class, umkm_class, status, is_verified, has_nib"


def cells_sql() -> str:
    """One statement-level trigger per operation; cells in the order of their key, so that two writers wait, not deadlock."""
    new, old = f"SELECT 1 AS s, {GROUP} FROM new_rows", f"SELECT -1 AS s, {GROUP} FROM old_rows"
    kinds = {
        "insert": ("REFERENCING NEW TABLE AS new_rows", new),
        "update": ("REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", f"{new} UNION ALL {old}"),
        "delete": ("REFERENCING OLD TABLE AS old_rows", old),
    }
    parts = [
        f"INSERT INTO registry_enterprisecell ({KEYS}, number) SELECT {GROUP}, count(*) FROM registry_enterprise"
        " GROUP BY 1, 2, 3, 4, 5, 6, 7;"
    ]
    for kind, (tables, rows) in kinds.items():
        parts.append(f"""
            CREATE FUNCTION registry_cells_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO registry_enterprisecell AS c ({KEYS}, number)
                SELECT {KEYS}, sum(s) FROM ({rows}) d (s, {KEYS})
                GROUP BY {KEYS} HAVING sum(s) <> 0 ORDER BY {KEYS}
                ON CONFLICT ({KEYS}) DO UPDATE SET number = c.number + excluded.number;
                RETURN NULL;
            END $$;
            CREATE TRIGGER cells_{kind} AFTER {kind.upper()} ON registry_enterprise {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION registry_cells_{kind}();
        """)
    return "".join(parts)


UNCELLS = "".join(
    f"DROP TRIGGER cells_{kind} ON registry_enterprise; DROP FUNCTION registry_cells_{kind}();"
    for kind in ("insert", "update", "delete")
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('registry', '0004_matching_across_the_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeEnterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField(null=True)),
                ('owner_name', models.CharField(max_length=160)),
                ('name', models.CharField(max_length=200)),
                ('nib', models.CharField(max_length=13, null=True)),
                ('kbli', models.CharField(max_length=5)),
                ('kbli_version', models.PositiveSmallIntegerField(null=True)),
                ('main_product', models.CharField(max_length=160)),
                ('start_year', models.PositiveSmallIntegerField(null=True)),
                ('workers', models.IntegerField(null=True)),
                ('imk_class', models.CharField(choices=[('mikro', 'Mikro (1–4 tenaga kerja)'), ('kecil', 'Kecil (5–19 tenaga kerja)'), ('sedang', 'Sedang (20–99 tenaga kerja)'), ('besar', 'Besar (100 tenaga kerja atau lebih)')], max_length=8)),
                ('annual_turnover', models.DecimalField(decimal_places=0, max_digits=18, null=True)),
                ('umkm_class', models.CharField(choices=[('mikro', 'Usaha mikro'), ('kecil', 'Usaha kecil'), ('menengah', 'Usaha menengah'), ('besar', 'Usaha besar')], max_length=8)),
                ('status', models.CharField(choices=[('active', 'Aktif'), ('dormant', 'Tidak aktif sementara'), ('closed', 'Tutup')], max_length=8)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('verified_at', models.DateTimeField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('source_agency_id', models.BigIntegerField(null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'db_table': 'registry_officeenterprise',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='EnterpriseCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kbli_group', models.CharField(max_length=2, verbose_name='golongan KBLI')),
                ('imk_class', models.CharField(max_length=8, verbose_name='kelas IMK')),
                ('umkm_class', models.CharField(max_length=8, verbose_name='kelas UMKM')),
                ('status', models.CharField(max_length=8, verbose_name='status')),
                ('is_verified', models.BooleanField(verbose_name='terverifikasi')),
                ('has_nib', models.BooleanField(verbose_name='memiliki NIB')),
                ('number', models.IntegerField(verbose_name='jumlah')),
            ],
            options={
                'verbose_name': 'sel hitungan usaha',
                'verbose_name_plural': 'sel hitungan usaha',
            },
        ),
        migrations.AddField(
            model_name='enterprise',
            name='owner_name',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=160, verbose_name='nama pemilik'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='workers',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(then=None, workers_paid__isnull=True, workers_unpaid__isnull=True), default=django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('workers_paid'), models.Value(0)), '+', django.db.models.functions.comparison.Coalesce(models.F('workers_unpaid'), models.Value(0)))), output_field=models.IntegerField()),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(django.db.models.functions.comparison.Coalesce('annual_turnover', models.Value(-1)), models.F('id'), name='enterprise_by_turnover'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(django.db.models.functions.comparison.Coalesce('workers', models.Value(-1)), models.F('id'), name='enterprise_by_workers'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['recorded_at', 'id'], name='enterprise_by_recorded'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('owner_name', config='simple'), name='enterprise_owner_search'),
        ),
        migrations.AddField(
            model_name='enterprisecell',
            name='village',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.region'),
        ),
        migrations.AddConstraint(
            model_name='enterprisecell',
            constraint=models.UniqueConstraint(fields=('village', 'kbli_group', 'imk_class', 'umkm_class', 'status', 'is_verified', 'has_nib'), name='enterprise_cell_once'),
        ),
        migrations.RunSQL(OFFICE, "DROP VIEW registry_officeenterprise"),
        migrations.RunSQL(NAMES, UNNAMES),
        migrations.RunSQL(cells_sql(), UNCELLS),
    ]
