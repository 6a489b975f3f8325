"""Matching of batches, and pairs of records to decide on; a pair is seen by whose scope holds both villages."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from lontar.access.scope import protect_sql, unprotect_sql


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_leaner_indexes'),
        ('intake', '0005_retry_waiting_rows'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0011_merging'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='batch',
            name='stage',
            field=models.CharField(choices=[('reading', 'Membaca berkas'), ('checking', 'Memeriksa baris'), ('matching', 'Mencocokkan dengan registri'), ('applying', 'Memasukkan ke registri'), ('finished', 'Selesai')], default='reading', max_length=10, verbose_name='tahap'),
        ),
        migrations.AlterField(
            model_name='batchevent',
            name='stage',
            field=models.CharField(choices=[('reading', 'Membaca berkas'), ('checking', 'Memeriksa baris'), ('matching', 'Mencocokkan dengan registri'), ('applying', 'Memasukkan ke registri'), ('finished', 'Selesai')], default='reading', max_length=10, verbose_name='tahap'),
        ),
        migrations.CreateModel(
            name='Bulk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('same', 'Gabungkan'), ('undo', 'Urungkan')], max_length=10, verbose_name='keputusan')),
                ('region_code', models.CharField(db_collation='C', max_length=13, verbose_name='kode wilayah')),
                ('asked_at', models.DateTimeField(verbose_name='diminta')),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='pasangan')),
                ('state', models.CharField(choices=[('waiting', 'Dalam antrean'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('cancelled', 'Dihentikan')], default='waiting', max_length=10, verbose_name='keadaan')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='tidak dapat')),
                ('notes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='sebab')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.post')),
            ],
            options={
                'verbose_name': 'keputusan sekaligus',
                'verbose_name_plural': 'keputusan sekaligus',
            },
        ),
        migrations.CreateModel(
            name='BulkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('verdict', models.CharField(choices=[('same', 'Gabungkan'), ('undo', 'Urungkan')], max_length=10, verbose_name='keputusan')),
                ('region_code', models.CharField(db_collation='C', max_length=13, verbose_name='kode wilayah')),
                ('asked_at', models.DateTimeField(verbose_name='diminta')),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='pasangan')),
                ('state', models.CharField(choices=[('waiting', 'Dalam antrean'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('cancelled', 'Dihentikan')], default='waiting', max_length=10, verbose_name='keadaan')),
                ('notes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='sebab')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir')),
                ('asked_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='intake.bulk')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Matching',
            fields=[
                ('batch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='matching', serialize=False, to='intake.batch')),
                ('run_at', models.DateTimeField(verbose_name='mulai')),
                ('matched_at', models.DateTimeField(verbose_name='dicocokkan')),
                ('newest', models.BigIntegerField(default=0)),
                ('rows_settled', models.PositiveIntegerField(default=0, verbose_name='dikenali dari nomor')),
                ('rows_compared', models.PositiveIntegerField(default=0, verbose_name='dibandingkan')),
                ('known', models.PositiveIntegerField(default=0, verbose_name='usaha di registri yang dibandingkan')),
                ('seconds', models.FloatField(default=0, verbose_name='lama (detik)')),
                ('searched_at', models.DateTimeField(blank=True, null=True, verbose_name='kembaran dicari')),
            ],
            options={
                'verbose_name': 'pencocokan',
                'verbose_name_plural': 'pencocokan',
                'indexes': [models.Index(condition=models.Q(('searched_at', None)), fields=['batch'], name='matching_unsearched')],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_id', models.BigIntegerField(verbose_name='catatan pertama')),
                ('second_id', models.BigIntegerField(verbose_name='catatan kedua')),
                ('village_low', models.CharField(db_collation='C', max_length=13)),
                ('village_high', models.CharField(db_collation='C', max_length=13)),
                ('probability', models.FloatField(verbose_name='kemungkinan')),
                ('reasons', models.CharField(max_length=12, verbose_name='alasan')),
                ('source', models.CharField(choices=[('list', 'Baris kiriman dengan registri'), ('search', 'Pencarian kembaran')], max_length=8, verbose_name='asal')),
                ('state', models.CharField(choices=[('open', 'Menunggu'), ('same', 'Sama'), ('different', 'Berbeda'), ('moot', 'Tidak perlu lagi')], default='open', max_length=10, verbose_name='keadaan')),
                ('note', models.CharField(blank=True, db_default='', max_length=300, verbose_name='catatan')),
                ('passed_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), db_default=[], default=list, size=None, verbose_name='diragukan oleh')),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('created_at', models.DateTimeField(verbose_name='ditemukan')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='intake.batch', verbose_name='kiriman')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leased_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.merge')),
            ],
            options={
                'verbose_name': 'pasangan',
                'verbose_name_plural': 'pasangan',
            },
        ),
        migrations.CreateModel(
            name='PairEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_id', models.BigIntegerField(verbose_name='catatan pertama')),
                ('second_id', models.BigIntegerField(verbose_name='catatan kedua')),
                ('village_low', models.CharField(db_collation='C', max_length=13)),
                ('village_high', models.CharField(db_collation='C', max_length=13)),
                ('probability', models.FloatField(verbose_name='kemungkinan')),
                ('reasons', models.CharField(max_length=12, verbose_name='alasan')),
                ('source', models.CharField(choices=[('list', 'Baris kiriman dengan registri'), ('search', 'Pencarian kembaran')], max_length=8, verbose_name='asal')),
                ('state', models.CharField(choices=[('open', 'Menunggu'), ('same', 'Sama'), ('different', 'Berbeda'), ('moot', 'Tidak perlu lagi')], default='open', max_length=10, verbose_name='keadaan')),
                ('note', models.CharField(blank=True, db_default='', max_length=300, verbose_name='catatan')),
                ('passed_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), db_default=[], default=list, size=None, verbose_name='diragukan oleh')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('created_at', models.DateTimeField(verbose_name='ditemukan')),
                ('batch', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='intake.batch', verbose_name='kiriman')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('merge', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.merge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='intake.pair')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RowMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet_no', models.PositiveSmallIntegerField(default=1, verbose_name='lembar')),
                ('row_no', models.PositiveIntegerField(verbose_name='baris')),
                ('enterprise_id', models.BigIntegerField()),
                ('probability', models.FloatField(verbose_name='kemungkinan')),
                ('is_linked', models.BooleanField(verbose_name='dihubungkan otomatis')),
                ('reasons', models.CharField(max_length=12, verbose_name='alasan')),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='intake.batch')),
            ],
            options={
                'verbose_name': 'hasil pencocokan baris',
                'verbose_name_plural': 'hasil pencocokan baris',
            },
        ),
        migrations.AddConstraint(
            model_name='bulk',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'cancelled'])), name='bulk_state_known'),
        ),
        migrations.AddConstraint(
            model_name='bulk',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'undo'])), name='bulk_verdict_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulk',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_bulkevent" ("asked_at", "asked_by_id", "finished_at", "id", "notes", "pairs", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "region_code", "state", "verdict") SELECT new_values."asked_at", new_values."asked_by_id", new_values."finished_at", new_values."id", new_values."notes", new_values."pairs", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."region_code", new_values."state", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d10c6ea2f9c6c2a0aca8cffd26eb6ba060123078', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e9cfa', referencing='REFERENCING NEW TABLE AS new_values ', table='intake_bulk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulk',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_bulkevent" ("asked_at", "asked_by_id", "finished_at", "id", "notes", "pairs", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "region_code", "state", "verdict") SELECT new_values."asked_at", new_values."asked_by_id", new_values."finished_at", new_values."id", new_values."notes", new_values."pairs", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."region_code", new_values."state", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_id" IS DISTINCT FROM (new_values."asked_by_id") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."notes" IS DISTINCT FROM (new_values."notes") OR old_values."pairs" IS DISTINCT FROM (new_values."pairs") OR old_values."post_id" IS DISTINCT FROM (new_values."post_id") OR old_values."region_code" IS DISTINCT FROM (new_values."region_code") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."verdict" IS DISTINCT FROM (new_values."verdict")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ca4f15b6a1e7d9ca3eef8ca3cd7b2cff143ef74a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b3dcd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='intake_bulk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulk',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_bulkevent" ("asked_at", "asked_by_id", "finished_at", "id", "notes", "pairs", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "region_code", "state", "verdict") SELECT old_values."asked_at", old_values."asked_by_id", old_values."finished_at", old_values."id", old_values."notes", old_values."pairs", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."region_code", old_values."state", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='89f0b763dd1cd98d4724c296f39104d19320efd3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a6d40', referencing='REFERENCING OLD TABLE AS old_values ', table='intake_bulk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9d7d05f7757c57f346b24ddfed69fefe4e2a6b0e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d130', table='intake_bulkevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(models.OrderBy(models.F('probability'), descending=True), models.F('id'), models.F('village_low'), condition=models.Q(('state', 'open')), name='pair_open_by_probability'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['first_id'], name='pair_by_first'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['second_id'], name='pair_by_second'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['decided_by', '-decided_at'], name='pair_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('first_id', 'second_id'), django.db.models.functions.comparison.Greatest('first_id', 'second_id'), name='pair_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('first_id', models.F('second_id')), _negated=True), name='pair_of_two'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'same', 'different', 'moot'])), name='pair_state_known'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['list', 'search'])), name='pair_source_known'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('probability__range', (0, 1))), name='pair_probability'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('village_low__lte', models.F('village_high'))), name='pair_villages_ordered'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['same', 'different'])), ('state__in', ['open', 'moot']), _connector='OR'), name='pair_decision_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pair',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_pairevent" ("batch_id", "created_at", "decided_at", "decided_by_id", "first_id", "id", "merge_id", "note", "passed_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "reasons", "second_id", "source", "state", "village_high", "village_low") SELECT new_values."batch_id", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."first_id", new_values."id", new_values."merge_id", new_values."note", new_values."passed_by", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."probability", new_values."reasons", new_values."second_id", new_values."source", new_values."state", new_values."village_high", new_values."village_low" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb25e738429d38c9f055234f9d02f54134a7f081', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c26a3', referencing='REFERENCING NEW TABLE AS new_values ', table='intake_pair', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pair',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_pairevent" ("batch_id", "created_at", "decided_at", "decided_by_id", "first_id", "id", "merge_id", "note", "passed_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "reasons", "second_id", "source", "state", "village_high", "village_low") SELECT new_values."batch_id", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."first_id", new_values."id", new_values."merge_id", new_values."note", new_values."passed_by", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."probability", new_values."reasons", new_values."second_id", new_values."source", new_values."state", new_values."village_high", new_values."village_low" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."batch_id" IS DISTINCT FROM (new_values."batch_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."first_id" IS DISTINCT FROM (new_values."first_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merge_id" IS DISTINCT FROM (new_values."merge_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."passed_by" IS DISTINCT FROM (new_values."passed_by") OR old_values."probability" IS DISTINCT FROM (new_values."probability") OR old_values."reasons" IS DISTINCT FROM (new_values."reasons") OR old_values."second_id" IS DISTINCT FROM (new_values."second_id") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."village_high" IS DISTINCT FROM (new_values."village_high") OR old_values."village_low" IS DISTINCT FROM (new_values."village_low")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f226cb8286cae2c3e44b4fa1c652412a398fb2ad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c4996', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='intake_pair', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pair',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "intake_pairevent" ("batch_id", "created_at", "decided_at", "decided_by_id", "first_id", "id", "merge_id", "note", "passed_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "reasons", "second_id", "source", "state", "village_high", "village_low") SELECT old_values."batch_id", old_values."created_at", old_values."decided_at", old_values."decided_by_id", old_values."first_id", old_values."id", old_values."merge_id", old_values."note", old_values."passed_by", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."probability", old_values."reasons", old_values."second_id", old_values."source", old_values."state", old_values."village_high", old_values."village_low" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bc961cc23de5e683c30e85c670983debf64a0978', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_55be1', referencing='REFERENCING OLD TABLE AS old_values ', table='intake_pair', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='569a91d2eddf1253585e7d524157748584b0a276', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e4c6', table='intake_pairevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='rowmatch',
            constraint=models.UniqueConstraint(fields=('batch', 'sheet_no', 'row_no'), name='row_match_once'),
        ),
        migrations.AddConstraint(
            model_name='rowmatch',
            constraint=models.CheckConstraint(condition=models.Q(('probability__range', (0, 1))), name='row_match_probability'),
        ),
        *(
            migrations.RunSQL(protect_sql(table, "village_low", last="village_high"), unprotect_sql(table))
            for table in ("intake_pair", "intake_pairevent")
        ),
        *(
            migrations.RunSQL(protect_sql(table, "region_code"), unprotect_sql(table))
            for table in ("intake_bulk", "intake_bulkevent")
        ),
    ]
