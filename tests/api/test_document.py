"""The API against its own OpenAPI document (schemathesis, in process), and what the document must say."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from lontar.api.api import api
from lontar.wsgi import application

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_the_document(province: Any, case: Any) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})


def test_every_operation_declares_its_faults_and_its_key() -> None:
    document = api.get_openapi_schema()

    assert document["components"]["securitySchemes"]["kunci"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        for told in methods.values():
            assert "application/problem+json" in told["responses"]["422"]["content"], path
            assert told["security"], path
            assert told["summary"], path
