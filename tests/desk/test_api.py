"""The API against its own description: whatever is asked, it answers as /openapi.json says."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

with warnings.catch_warnings():  # it is not ours to mend
    warnings.simplefilter("ignore")
    schemathesis = pytest.importorskip("schemathesis")

EXAMPLES = 15
STREAMS = "/api/v1/events"  # never end


def test_the_api_keeps_to_its_description(client: TestClient) -> None:
    """No 500, no status or shape that is not described, for any parameters and bodies."""
    described = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    for found in described.exclude(path=STREAMS).get_all_operations():
        _hold_to(found.ok())


def _hold_to(operation: Any) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def hold(case: Any) -> None:
        # "no type is called so" is a 400 that a description of strings cannot foresee
        case.call_and_validate(
            headers={"host": "testserver"},
            excluded_checks=[schemathesis.checks.positive_data_acceptance],
        )

    hold()
