"""Merges of records that tell of one thing, and the rows that each has moved or set aside."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from lontar.access.scope import protect_writes_sql, unprotect_sql


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_leaner_indexes'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0010_count_by_lookup'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('enterprise', 'usaha'), ('person', 'pemilik'), ('organization', 'organisasi')], max_length=12, verbose_name='jenis catatan')),
                ('kept_id', models.BigIntegerField(verbose_name='catatan yang dipertahankan')),
                ('absorbed_id', models.BigIntegerField(verbose_name='catatan yang digabungkan')),
                ('absorbed_name', models.CharField(max_length=200, verbose_name='nama catatan yang digabungkan')),
                ('kept_before', models.BigIntegerField()),
                ('kept_after', models.BigIntegerField()),
                ('absorbed_event', models.BigIntegerField()),
                ('merged_at', models.DateTimeField(verbose_name='digabungkan')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan')),
                ('undone_beyond', models.BigIntegerField(blank=True, null=True)),
                ('merged_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='registry.merge', verbose_name='bagian dari')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.post')),
                ('undone_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.region')),
            ],
            options={
                'verbose_name': 'penggabungan',
                'verbose_name_plural': 'penggabungan',
            },
        ),
        migrations.CreateModel(
            name='MergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('enterprise', 'usaha'), ('person', 'pemilik'), ('organization', 'organisasi')], max_length=12, verbose_name='jenis catatan')),
                ('kept_id', models.BigIntegerField(verbose_name='catatan yang dipertahankan')),
                ('absorbed_id', models.BigIntegerField(verbose_name='catatan yang digabungkan')),
                ('absorbed_name', models.CharField(max_length=200, verbose_name='nama catatan yang digabungkan')),
                ('kept_before', models.BigIntegerField()),
                ('kept_after', models.BigIntegerField()),
                ('absorbed_event', models.BigIntegerField()),
                ('merged_at', models.DateTimeField(verbose_name='digabungkan')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan')),
                ('undone_beyond', models.BigIntegerField(blank=True, null=True)),
                ('merged_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('part_of', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.merge', verbose_name='bagian dari')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.merge')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.post')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MergeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
                ('event', models.BigIntegerField(blank=True, null=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='registry.merge')),
            ],
            options={
                'verbose_name': 'langkah penggabungan',
                'verbose_name_plural': 'langkah penggabungan',
            },
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['kind', 'kept_id'], name='merge_by_kept'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('kind', 'absorbed_id'), name='merge_absorbed_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept_id', models.F('absorbed_id')), _negated=True), name='merge_not_itself'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['enterprise', 'person', 'organization'])), name='merge_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_beyond__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_beyond__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='merge_undone_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registry_mergeevent" ("absorbed_event", "absorbed_id", "absorbed_name", "id", "kept_after", "kept_before", "kept_id", "kind", "merged_at", "merged_by_id", "part_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "undone_at", "undone_beyond", "undone_by_id", "village_id") SELECT new_values."absorbed_event", new_values."absorbed_id", new_values."absorbed_name", new_values."id", new_values."kept_after", new_values."kept_before", new_values."kept_id", new_values."kind", new_values."merged_at", new_values."merged_by_id", new_values."part_of_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."undone_at", new_values."undone_beyond", new_values."undone_by_id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='21f5d5195ffa3c73c7e6b3c5bcc0eadcb4c7e72d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1d5a', referencing='REFERENCING NEW TABLE AS new_values ', table='registry_merge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registry_mergeevent" ("absorbed_event", "absorbed_id", "absorbed_name", "id", "kept_after", "kept_before", "kept_id", "kind", "merged_at", "merged_by_id", "part_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "undone_at", "undone_beyond", "undone_by_id", "village_id") SELECT new_values."absorbed_event", new_values."absorbed_id", new_values."absorbed_name", new_values."id", new_values."kept_after", new_values."kept_before", new_values."kept_id", new_values."kind", new_values."merged_at", new_values."merged_by_id", new_values."part_of_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."undone_at", new_values."undone_beyond", new_values."undone_by_id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c6b24dc2ebdad2086e5dcf6c3ea0b96327c385f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_07cfa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='registry_merge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registry_mergeevent" ("absorbed_event", "absorbed_id", "absorbed_name", "id", "kept_after", "kept_before", "kept_id", "kind", "merged_at", "merged_by_id", "part_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "undone_at", "undone_beyond", "undone_by_id", "village_id") SELECT old_values."absorbed_event", old_values."absorbed_id", old_values."absorbed_name", old_values."id", old_values."kept_after", old_values."kept_before", old_values."kept_id", old_values."kind", old_values."merged_at", old_values."merged_by_id", old_values."part_of_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."undone_at", old_values."undone_beyond", old_values."undone_by_id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b98b6e43490d80d431fba28fa2deea2d7cff246f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4c821', referencing='REFERENCING OLD TABLE AS old_values ', table='registry_merge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='11bb54d5b429af0ad57457c9dcef5841394233f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3d94', table='registry_mergeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mergestep',
            constraint=models.UniqueConstraint(fields=('merge', 'relation', 'row_id'), name='merge_step_once'),
        ),
        # Which number became which is no secret; merging and undoing happen within the scope.
        migrations.RunSQL(protect_writes_sql("registry_merge", "village_id"), unprotect_sql("registry_merge")),
    ]
