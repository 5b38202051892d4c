"""GET /incidents/{id}: one incident, compared; POST: what people decide about it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Response

from sayso.desk.answers.incident import (
    grade_source,
    incident,
    is_moved,
    undo_join,
)
from sayso.desk.answers.judgements import take_back
from sayso.desk.api.incident import IncidentId
from sayso.desk.asking import Asked, Asking, no_past
from sayso.desk.pages.incident_parts import (
    POLICY_WORDS,
    days_of,
    left_out,
    policies_of,
    precision_words,
    said_in,
    speakers_of,
    spots_of,
)
from sayso.desk.pages.page import go_to, page
from sayso.errors import UsageError
from sayso.exchange.coded.standing import Coded
from sayso.incidents.chains import chains_of
from sayso.incidents.measures import measures_of
from sayso.incidents.words import flags_of
from sayso.ledger import Ledger
from sayso.record.incident import IncidentView
from sayso.record.links import LIST_POLICY, POLICY_NAMES

router = APIRouter()
PARTS = frozenset(
    "figures timeline claims chains map raise policies reports decided".split()
)  # fmt: skip
_ADDRESS = re.compile(r"incidents/([\w-]+)")
Field = Annotated[str, Form(max_length=2_000)]


@router.get("/incidents/{incident_id}")
def get_incident(
    asked: Asked, incident_id: IncidentId, policy: str = LIST_POLICY, joined: str | None = None
) -> Response:
    """The page; an incident that was joined to another leads there, with a word about it."""
    view = incident(asked.ledger, incident_id, asked.at)
    if incident_id != view.id:
        moved = view.asked if is_moved(view) else None
        return go_to(asked.link(f"/incidents/{view.id}", joined=moved))
    if policy not in POLICY_NAMES:
        raise UsageError(f"no policy is called {policy!r:.40}; there are {', '.join(POLICY_NAMES)}")
    return _page(asked, view, policy, joined)


def _page(asked: Asking, view: IncidentView, policy: str, joined: str | None) -> Response:
    said = said_in(view)
    measures = measures_of(view.figures, view.comparisons)
    spots = spots_of(view)
    drawn = [m.data() for m in measures if not m.alike and len(m.rows) > 1]
    return page(
        asked, "incident.html", view=view, flags=list(flags_of(view)), joined=joined,
        measures=measures, drawn=drawn, days=days_of(view, said), speakers=speakers_of(said),
        colours={r.speaker: r.colour for m in measures for r in m.rows if not m.alike},
        beside=left_out(view, said), chains=chains_of(view), spots=spots,
        precise=[precision_words(s) for s in spots],
        policies=policies_of(view), policy=policy, present=LIST_POLICY, policy_words=POLICY_WORDS,
        claims={c.claim: c for c in view.claims}, may_decide=asked.may_decide,
        coded=[s.words for s in Coded(asked.ledger).of_view(view)],
    )  # fmt: skip


@router.post("/incidents/{incident_id}/decide")
def post_decision(  # noqa: PLR0913, PLR0917 - one argument a field of the forms
    asked: Asked,
    incident_id: IncidentId,
    action: Field,
    reason: Field = "",
    target: Annotated[list[str] | None, Form(max_length=500)] = None,
    other: Field = "",
    into: Field = "",
    grade: Field = "",
    part: Field = "",
) -> Response:
    """Decide, and go back to the part of the page where that was done."""
    no_past(asked)
    view = incident(asked.ledger, incident_id, None)
    said = {"other": _incident_id(other), "into": _incident_id(into), "grade": grade}
    _decide(asked.ledger, view, action, target or [], said, by=asked.by, reason=reason)
    return go_to(f"/incidents/{view.id}{f'#{part}' if part in PARTS else ''}")


def _decide(  # noqa: PLR0913 - what is decided, by whom and why
    ledger: Ledger, view: IncidentView, action: str, targets: list[str], said: dict[str, str],
    *, by: str, reason: str,
) -> None:  # fmt: skip
    why = {"by": by, "reason": reason.strip()}
    if not targets and action != "join":
        raise UsageError("choose what is to be decided about")
    match action:
        case "accept" | "reject":
            for target in targets:
                ledger.judge(action, target, **why)
        case "undo":
            undo_join(ledger, view, targets[0], **why)
        case "grade":
            grade_source(ledger, targets[0], said["grade"], **why)
        case "join":
            ledger.judge("join", view.id, other=said["other"], **why)
        case "split":
            into = {"into": said["into"]} if said["into"] else {}
            ledger.judge("split", view.id, apart=targets, **into, **why)
        case "withdraw":
            take_back(ledger, targets[0], **why)
        case _:
            raise UsageError(f"{action!r:.40} cannot be decided here")


def _incident_id(typed: str) -> str:
    """The incident that is meant: an id, or the address of its page."""
    found = _ADDRESS.search(typed)
    return found[1] if found else typed.strip()
