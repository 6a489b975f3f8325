"""Claims stand behind the wall of their record's village, are never deleted, and change only in what they are about."""

from django.db import migrations

from lontar.access.scope import protect_sql, unprotect_sql

MAY_CHANGE = {
    "registry_enterpriseclaim": ("enterprise_id", "owner_id", "home_id"),
    "registry_personclaim": ("person_id", "home_id"),
}


def only_grows(table: str) -> str:
    """A merge moves a claim to another record and a record moves to another village; nothing else in a claim changes."""
    same = "".join(f"NEW.{column} := OLD.{column};" for column in MAY_CHANGE[table])
    return f"""
        CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                {same}
                IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
            END IF;
            RAISE EXCEPTION 'claims are only ever added (%)', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER only_grows AFTER UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_only_grows();
    """


def ungrow(table: str) -> str:
    """Undoes `only_grows`."""
    return f"DROP TRIGGER only_grows ON {table}; DROP FUNCTION {table}_only_grows();"


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_claims")]

    operations = [
        *[migrations.RunSQL(protect_sql(table, "home_id"), unprotect_sql(table)) for table in MAY_CHANGE],
        *[
            migrations.RunSQL(protect_sql(table, "village_id"), unprotect_sql(table))
            for table in ("registry_acceptance", "registry_acceptanceevent", "registry_disagreement")
        ],
        *[migrations.RunSQL(only_grows(table), ungrow(table)) for table in MAY_CHANGE],
    ]
