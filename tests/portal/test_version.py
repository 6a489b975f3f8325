"""The number of the data's state: it grows with every committed change of public data and with nothing else."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from pghistory.models import Event
from tests.factories import make_agency, make_post, make_region, make_user
from tests.portal.province import Seeded, next_transaction

from lontar.intake.models import Batch
from lontar.portal.queries import version
from lontar.registry.models import Enterprise, Region

# Personal data is not on any public page, so that a change of it alone makes no new page.
NOT_PUBLIC = {
    "registry_person", "registry_enterprisecell", "registry_merge", "registry_mergestep", "registry_personclaim",
    "registry_enterpriseclaim", "registry_acceptance", "registry_authority", "registry_disagreement",
}  # fmt: skip


def test_a_transaction_counts_once_however_much_it_changes(db: None) -> None:
    before = version.current().number

    make_region("53.09.01.2001")
    Region.objects.update(source="lain")

    assert version.current().number == before + 1


def test_what_is_taken_back_is_not_counted(db: None) -> None:
    make_region("53")
    before = version.current().number
    next_transaction()

    with pytest.raises(RuntimeError):
        _changed_and_taken_back()

    assert version.current().number == before


@transaction.atomic
def _changed_and_taken_back() -> None:
    Region.objects.update(source="lain")
    raise RuntimeError


def test_reading_and_sign_in_data_count_nothing(province: Seeded) -> None:
    next_transaction()
    before = version.current().number

    make_user("orang.lain")
    list(Region.objects.all())

    assert version.current().number == before


def test_a_batch_counts_when_its_state_changes_and_not_while_it_runs(province: Seeded) -> None:
    batch = Batch.objects.filter(state="running")
    next_transaction()
    before = version.current().number

    from lontar.access import scope

    with scope.acting_in("53"):
        batch.update(rows_done=2)
        assert version.current().number == before
        assert batch.update(state="done") == 1

    assert version.current().number == before + 1


def test_two_writers_at_once_do_not_wait_for_each_other_and_both_count(committed_db: None) -> None:
    make_region("53")
    before = version.current().number
    other = connections.create_connection("default")
    other.settings_dict["NAME"] = connection.settings_dict["NAME"]

    with transaction.atomic():
        Region.objects.filter(code="53").update(source="satu")
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            cursor.execute("INSERT INTO access_agency (code, name, short_name, kind, region_code, is_active)"
                           " VALUES ('lain-contoh', 'Lain', 'Lain', 'other', '53', true)")  # fmt: skip
        assert version.current().number >= before + 1
    other.close()

    assert version.current().number == before + 2


CHOSEN = {
    "designation_flagship", "designation_locus", "designation_cluster", "designation_clustermember", "stars_star",
    "selection_candidaterun", "reports_report", "value_reckoning", "value_tradeload", "audit_parameter",
}  # fmt: skip


def test_every_public_table_of_the_registry_is_counted(db: None) -> None:
    managed = {
        model._meta.db_table
        for model in apps.get_app_config("registry").get_models()
        if model._meta.managed and not issubclass(model, Event)
    }

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE tgname = 'portal_counts'"
        )
        counted = {row[0] for row in cursor.fetchall()}

    assert managed - counted - NOT_PUBLIC == set()
    assert counted - managed == {"access_agency", "intake_batch", *CHOSEN}


def test_the_public_sees_finished_batches_as_sums_only(province: Seeded) -> None:
    from lontar.portal.models import AcceptedBatch

    assert Batch.objects.count() == 0  # behind the wall
    found = list(AcceptedBatch.objects.values_list("dataset", "agency_name", "rows_new"))

    assert found == [("enterprises", "Dinas Koperasi Contoh", 5)]
    assert {field.column for field in AcceptedBatch._meta.fields} == {
        "id", "dataset", "agency_name", "region_code", "rows_new", "rows_updated", "finished_at", "is_demo",
    }  # fmt: skip


def test_the_first_change_of_all_has_a_time(db: None) -> None:
    assert version.DataVersion(0, None).at is None
    make_post("petugas-lain", agency=make_agency("lain"))

    assert version.current().at is not None
    assert Enterprise.objects.count() == 0
