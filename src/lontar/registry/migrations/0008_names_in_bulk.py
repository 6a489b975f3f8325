"""A bulk load renames owners and their enterprises itself, once; the trigger then stays out of it.

Without this, a changed owner name rewrote the enterprise in the trigger and again in the load: 168,002 rows twice.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION registry_owner_renamed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {guard}
    UPDATE registry_enterprise e SET owner_name = n.name
    FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE e.owner_id = n.id AND n.name <> o.name;
    RETURN NULL;
END $$;
"""
GUARD = "IF current_setting('lontar.names_in_bulk', true) = 'on' THEN RETURN NULL; END IF;"


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_index_by_class_and_count_changes")]

    operations = [migrations.RunSQL(FUNCTION.replace("{guard}", GUARD), FUNCTION.replace("{guard}", ""))]
