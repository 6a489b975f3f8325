"""Why somebody is in the comparison group, and no more."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('returns', '0005_locked_with_the_month'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='producer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='producer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='producer',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='producer',
            name='end_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='alasan tidak diminta lagi'),
        ),
        migrations.AddField(
            model_name='producer',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='alasan dipilih'),
        ),
        migrations.AddField(
            model_name='producerevent',
            name='end_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='alasan tidak diminta lagi'),
        ),
        migrations.AddField(
            model_name='producerevent',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='alasan dipilih'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='producer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "returns_producerevent" ("category", "commodity_id", "designated_from", "end_reason", "enrolled_at", "enterprise_id", "from_month", "id", "maker", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "unit", "unit_key", "until_month", "village_id") SELECT new_values."category", new_values."commodity_id", new_values."designated_from", new_values."end_reason", new_values."enrolled_at", new_values."enterprise_id", new_values."from_month", new_values."id", new_values."maker", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."school_id", new_values."unit", new_values."unit_key", new_values."until_month", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f1fca86a3d1e12eb916ba9e9ce63caf26d3099e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4f7c1', referencing='REFERENCING NEW TABLE AS new_values ', table='returns_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='producer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "returns_producerevent" ("category", "commodity_id", "designated_from", "end_reason", "enrolled_at", "enterprise_id", "from_month", "id", "maker", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "unit", "unit_key", "until_month", "village_id") SELECT new_values."category", new_values."commodity_id", new_values."designated_from", new_values."end_reason", new_values."enrolled_at", new_values."enterprise_id", new_values."from_month", new_values."id", new_values."maker", new_values."name", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."school_id", new_values."unit", new_values."unit_key", new_values."until_month", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aabd37b1b75c1f8e6d5e526aa8b28e532ac4c9ae', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cf930', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='returns_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='producer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "returns_producerevent" ("category", "commodity_id", "designated_from", "end_reason", "enrolled_at", "enterprise_id", "from_month", "id", "maker", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "unit", "unit_key", "until_month", "village_id") SELECT old_values."category", old_values."commodity_id", old_values."designated_from", old_values."end_reason", old_values."enrolled_at", old_values."enterprise_id", old_values."from_month", old_values."id", old_values."maker", old_values."name", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."school_id", old_values."unit", old_values."unit_key", old_values."until_month", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e28edcea3ce268c4f51f7269f5af5a384ad0bb54', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_49c2d', referencing='REFERENCING OLD TABLE AS old_values ', table='returns_producer', when='AFTER')),
        ),
    ]
