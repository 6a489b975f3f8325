"""Who acted, as which post, in which act and when can be added to an audit event and never changed or taken away.

The rows of the trail point at these events, and the application must be able to add to the one of its own request; the trigger
therefore lets new words in and keeps the old ones.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE word text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'audit: an event of the trail cannot be deleted';
    END IF;
    FOREACH word IN ARRAY ARRAY['user', 'post', 'action', 'at'] LOOP
        IF OLD.metadata ? word AND (NEW.metadata -> word) IS DISTINCT FROM (OLD.metadata -> word) THEN
            RAISE EXCEPTION 'audit: % of an event of the trail cannot be changed', word;
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER trail_only_grows BEFORE UPDATE OR DELETE ON pghistory_context
FOR EACH ROW EXECUTE FUNCTION audit_trail_only_grows();
"""

UNGUARD = """
DROP TRIGGER trail_only_grows ON pghistory_context;
DROP FUNCTION audit_trail_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_parameters"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
