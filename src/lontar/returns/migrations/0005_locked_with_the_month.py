"""Locked is no longer written into returns: what was accepted is locked while its month takes no returns.

Rows of closed months are changed here, past the guard; their history keeps what was written then.
"""

from django.db import migrations, models

UNLOCK = """
ALTER TABLE returns_return DISABLE TRIGGER USER;
UPDATE returns_return SET state = 'accepted' WHERE state = 'locked';
ALTER TABLE returns_return ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0004_designated_before_this_system")]

    operations = [
        migrations.RunSQL(UNLOCK, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="return", name="returns_state_known"),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "verified", "accepted"]), name="returns_state_known"
            ),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                fields=["month"], condition=models.Q(restated_at__isnull=False), name="returns_restated"
            ),
        ),
    ]
