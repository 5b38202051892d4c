"""What /openapi.json says of operations beyond what their functions do."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

EXAMPLES = Path(__file__).with_name("examples.json")  # by tools/make_api_examples.py
TOKEN = {
    "type": "http", "scheme": "bearer", "description": "A token of an account, made at /account.",
}  # fmt: skip
UNCHANGED = {"description": "What the asker holds (`If-None-Match`) still holds."}


def operation_id(route: APIRoute) -> str:
    """`get_incidents_by_incident_id`: of the method and the path, whatever a function is called."""
    path = re.sub(r"\{(\w+?)_?(?::\w+)?\}", r"by_\1", route.path_format.removeprefix("/api/v1"))
    words = re.sub(r"\W+", "_", path).strip("_")
    return "_".join((*sorted(m.lower() for m in route.methods or ()), words))


def describe(app: FastAPI) -> None:
    """Add to a description what is answered, for example, and that it may be unchanged."""
    made = app.openapi

    def described() -> dict[str, Any]:
        schema = made()
        schema["components"]["securitySchemes"] = {"token": TOKEN}
        schema["security"] = [{}, {"token": []}]  # none is needed where there are no accounts
        for path, methods in schema["paths"].items():
            if "get" in methods:
                methods["get"]["responses"].setdefault("304", UNCHANGED)
            for method, operation in methods.items():
                _exemplify(operation, f"{method.upper()} {path}")
        return schema

    app.openapi = described  # type: ignore[method-assign]


@functools.cache
def examples() -> dict[str, Any]:
    """What each route answers, for example: by its method and path."""
    held: dict[str, Any] = json.loads(EXAMPLES.read_text("utf-8"))
    return held


def _exemplify(operation: dict[str, Any], name: str) -> None:
    """Add its example to what an operation answers when all is well."""
    for status, answer in operation["responses"].items():
        form = answer.get("content", {}).get("application/json")
        if form is not None and status.startswith("2") and name in examples():
            form.setdefault("example", examples()[name])
