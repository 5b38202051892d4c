"""What /openapi.json says of operations beyond what their functions do."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

UNCHANGED = {"description": "What the asker holds (`If-None-Match`) still holds."}


def operation_id(route: APIRoute) -> str:
    """`get_incidents_by_incident_id`: of the method and the path, whatever a function is called."""
    path = re.sub(r"\{(\w+?)_?(?::\w+)?\}", r"by_\1", route.path_format.removeprefix("/api/v1"))
    words = re.sub(r"\W+", "_", path).strip("_")
    return "_".join((*sorted(m.lower() for m in route.methods or ()), words))


def describe(app: FastAPI) -> None:
    """Add to an application's description that what is asked for again may be unchanged."""
    made = app.openapi

    def described() -> dict[str, Any]:
        schema = made()
        for path in schema["paths"].values():
            if "get" in path:
                path["get"]["responses"].setdefault("304", UNCHANGED)
        return schema

    app.openapi = described  # type: ignore[method-assign]
