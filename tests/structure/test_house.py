"""The house walks itself: layers, guards of addresses, the wall on every table with people or a region, the audit trail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

ROOT = Path(__file__).parents[2]
OURS = (
    "access",
    "audit",
    "registry",
    "intake",
    "mapping",
    "verification",
    "office",
    "documents",
    "selection",
    "designation",
    "stars",
    "priority",
    "returns",
    "monitoring",
    "verdicts",
    "value",
    "reports",
)
FLOORS = {
    "access": 0, "audit": 1, "documents": 2, "registry": 3, "intake": 4, "mapping": 4, "verification": 4, "selection": 5,
    "designation": 6, "stars": 6, "priority": 7, "returns": 8,
    "monitoring": 9, "verdicts": 10, "value": 10, "reports": 11, "office": 12,
}  # fmt: skip
# Tables that hold no decision of a person: kept by triggers or views, append-only logs, rows of a batch, sessions.
UNTRACKED = {
    "registry.VillageTally", "registry.EnterpriseCell", "registry.PublicEnterprise", "registry.OfficeEnterprise",
    "registry.MergeStep", "registry.EnterpriseClaim", "registry.PersonClaim", "registry.Disagreement",
    "audit.Reveal", "intake.BatchRow", "intake.BatchIssue", "intake.Matching", "intake.RowMatch",
    "verification.SignAct", "verification.SignOff", "verification.SectionTally",
    "designation.ProposalAdvice", "designation.ProposalStep", "designation.DecreeLine", "designation.LocusMove",
    "monitoring.Figure", "monitoring.RestatedFigure",
    "selection.Ranking", "selection.Candidate", "selection.PublicStanding",
    "value.ChainPrice", "value.KeptLine",
    "returns.ReturnTally",
    "verdicts.Verdict", "verdicts.Finding", "verdicts.ClassMove",
}  # fmt: skip
BEHIND_THE_WALL = {
    "registry_person", "registry_personevent", "registry_enterprise", "registry_enterpriseevent", "registry_organization",
    "registry_school", "registry_product", "registry_licence", "registry_villagepotential", "registry_villageresource",
    "registry_enterpriseclaim", "registry_personclaim", "registry_acceptance", "registry_acceptanceevent",
    "registry_disagreement", "registry_villagefacility", "intake_batch", "intake_batchevent", "audit_reveal",
    "intake_pair", "intake_pairevent", "intake_bulk", "intake_bulkevent",
    "mapping_mappingrun", "mapping_mappingrunevent", "mapping_mappingdocument", "mapping_mappingdocumentevent",
    "verification_signact", "verification_signoff", "verification_fieldreturn", "verification_fieldreturnevent",
    "designation_proposal", "designation_proposalevent", "designation_proposaladvice", "designation_proposalstep",
    "designation_flagship", "designation_decree", "designation_locus", "designation_locusentry", "designation_locusround",
    "designation_cluster", "designation_clustermember",
    "verification_sectiontally", "selection_ranking", "selection_candidate",
    "documents_paper", "documents_paperevent", "documents_paperfate", "documents_paperfateevent",
    "priority_plan", "priority_pick", "priority_baseline", "priority_target", "priority_step", "priority_checkin",
    "priority_blocker", "priority_verdict", "priority_latenote", "priority_statement",
    "priority_planevent", "priority_baselineevent", "priority_targetevent", "priority_stepevent", "priority_checkinevent",
    "priority_blockerevent", "priority_verdictevent", "priority_latenoteevent", "priority_statementevent",
    "reports_draft", "reports_draftevent", "reports_report", "reports_reportevent",
    "stars_assessment", "stars_assessmentevent", "stars_assessor", "stars_assessorevent", "stars_score", "stars_scoreevent",
    "stars_evidence", "stars_evidenceevent", "stars_star", "stars_starevent", "stars_round", "stars_roundevent",
    "value_reckoning", "value_assumed", "value_chainprice", "value_keptline", "value_tradeload", "value_tradefigure",
    "returns_producer", "returns_producerevent", "returns_return", "returns_returnevent", "returns_returnedvalue",
    "returns_returnedvalueevent", "returns_reportlink", "returns_reportlinkevent", "returns_returntally",
    "verdicts_verdict", "verdicts_finding", "verdicts_classmove",
}  # fmt: skip


def our_models() -> list[type[models.Model]]:
    """Models of the house, without the event models of the trail."""
    from pghistory.models import Event

    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not issubclass(model, Event)]


def test_imports_go_down_the_house_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_address_says_who_may_enter() -> None:
    from lontar.access.doors import doors

    unguarded = [door.route for door in doors() if door.guard is None]

    assert unguarded == []


def test_every_model_leaves_a_trail() -> None:
    from pghistory.models import Event

    tracked = {
        model.pgh_tracked_model
        for model in apps.get_models()
        if issubclass(model, Event) and hasattr(model, "pgh_tracked_model")
    }

    silent = {model._meta.label for model in our_models() if model not in tracked}

    assert silent == UNTRACKED & {model._meta.label for model in our_models()}


def test_foreign_keys_go_down_the_house() -> None:
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
        and field.related_model is not None
        and FLOORS.get(field.related_model._meta.app_label, -1) > FLOORS[model._meta.app_label]
    ]

    assert upward == []


@pytest.mark.django_db
def test_the_wall_stands_before_every_table_with_people_or_a_region() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {row[0] for row in cursor.fetchall()}

    assert BEHIND_THE_WALL <= walled


@pytest.mark.django_db
def test_the_application_is_a_plain_role_that_cannot_pass_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()

    assert row == (False, False, "lontar_app")


@pytest.mark.django_db
def test_history_cannot_be_rewritten_by_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'lontar_app'"
            " AND (table_name LIKE '%event' OR table_name = 'audit_reveal') AND privilege_type IN ('UPDATE', 'DELETE')"
        )

        assert cursor.fetchall() == []


def test_every_transition_leads_somewhere_known_and_final_states_are_final() -> None:
    from lontar.intake.states import TRANSITIONS, BatchState

    assert set(TRANSITIONS) == set(BatchState)
    assert {state for state, ends in TRANSITIONS.items() if not ends} == {BatchState.REFUSED}
