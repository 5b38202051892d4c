"""What may be sent to the API: what it does not know is refused, so that no wish is passed over.

A marking that is misspelt, or stands at the wrong place, would else be kept as none.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from sayso.desk.problems import Problem
from sayso.errors import nearest


class Sent(BaseModel):
    """The body of a request: its keys and no others."""

    model_config = ConfigDict(extra="forbid")


Word = Annotated[str | None, Field(max_length=400)]


class ViewAsks(Sent):
    """What a list of incidents may be asked, by the names of its address's parameters."""

    q: Word = None
    place: Word = None
    actor: Word = None
    type: Word = None
    measure: Word = None
    speaker: Word = None
    certainty: Word = None
    from_: Word = Field(None, alias="from")
    to: Word = None
    flag: Word = None


def said_of(asks: ViewAsks | None) -> dict[str, str]:
    """What is asked, by those names; nothing where nothing is."""
    return {} if asks is None else asks.model_dump(exclude_none=True, by_alias=True)


async def only_known(request: Request) -> None:
    """Refuse parameters of an address that its operation does not have; say which it has."""
    asked = request.query_params
    if not asked:
        return
    operation = _operations(request).get((request.method, _path(request.state.rule.path)))
    if operation is None:  # what partners ask is described elsewhere
        return
    unknown = sorted(name for name in asked if name not in operation)
    if unknown:
        names = ", ".join(sorted(operation))
        near = nearest(unknown[0], operation, 1)
        meant = f"; {near[0]} is meant?" if near else ""
        told = ", ".join(f"{name:.60}" for name in unknown[:10])
        raise Problem(422, f"{told}: no parameter of this address{meant}", f"it takes {names}")


def _path(path: str) -> str:
    return re.sub(r":\w+\}", "}", path)


def _operations(request: Request) -> dict[tuple[str, str], frozenset[str]]:
    """By method and path the parameters of the address, as the description has them."""
    state = request.app.state
    if not hasattr(state, "parameters"):
        paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
        state.parameters = {
            (method.upper(), path): frozenset(
                each["name"] for each in said.get("parameters", ()) if each["in"] == "query"
            )
            for path, methods in paths.items()
            for method, said in methods.items()
        }
    held: dict[tuple[str, str], frozenset[str]] = state.parameters
    return held
