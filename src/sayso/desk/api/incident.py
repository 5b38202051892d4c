"""GET /api/v1/incidents/{id}: one incident, its chains, and its tables as CSV."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Response

from sayso.desk.answers.incident import incident
from sayso.desk.answers.incident_tables import table_csv
from sayso.desk.asking import Asked, fresh
from sayso.exchange.coded.standing import Coded, incident_wire
from sayso.incidents.chains import Chains, chains_of

router = APIRouter(tags=["incidents"], dependencies=[Depends(fresh)])
IncidentId = Annotated[
    str,
    Path(
        max_length=200,
        description="An incident's id, its first signs, or a report that it is about (r12).",
        examples=["incident-4f0c9b1d22a7e860"],
    ),
]
TableName = Literal["figures", "claims", "states", "policies", "origins", "joins", "reports"]
CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The table."}
}


@router.get("/incidents/{incident_id}")
def get_incident(asked: Asked, incident_id: IncidentId) -> dict[str, Any]:
    """All that is told of an incident: `sayso.incident/1`, as `sayso incident` prints it.

    One that was joined to another answers as that one; `asked` is what was asked for.
    """
    view = incident(asked.ledger, incident_id, asked.at)
    return incident_wire(view, Coded(asked.ledger).of_view(view))


@router.get("/incidents/{incident_id}/chains")
def get_chains(asked: Asked, incident_id: IncidentId) -> Chains:
    """From reports through who carries and who speaks to origins: a graph to be drawn."""
    return chains_of(incident(asked.ledger, incident_id, asked.at))


@router.get("/incidents/{incident_id}/{table}.csv", response_class=Response, responses=CSV)
def get_table(asked: Asked, incident_id: IncidentId, table: TableName) -> Response:
    """A table of an incident as CSV, each row with what it stands on."""
    view = incident(asked.ledger, incident_id, asked.at)
    headers = {"content-disposition": f'attachment; filename="{view.id}-{table}.csv"'}
    return Response(
        table_csv(view, table), media_type="text/csv; charset=utf-8", headers=headers
    )  # fmt: skip
