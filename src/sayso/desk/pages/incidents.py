"""GET /incidents: what is new and what changed, with filters that live in the address."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Response

from sayso.desk.answers.incidents import changed_since, list_incidents
from sayso.desk.answers.views import ASKS, views
from sayso.desk.asking import Asked, Cursor, Filtered, Flag
from sayso.desk.pages import visits
from sayso.desk.pages.choices import certainties, event_types, measures
from sayso.desk.pages.page import go_to, page
from sayso.incidents.glance import FLAGS

router = APIRouter()
NAMES = {  # of a filter in the address: its label
    "q": "words", "place": "where", "actor": "who takes part", "type": "what", "measure": "counts",
    "speaker": "who says it", "certainty": "how sure", "from": "from", "to": "to", "flag": "flag",
}  # fmt: skip


@router.get("/incidents")
def get_incidents(asked: Asked, filters: Filtered, flag: Flag, cursor: Cursor = None) -> Response:
    """The list; what changed since the last visit is marked, unless one looks at the past."""
    limit = asked.desk.settings.pages
    found = list_incidents(asked.ledger, filters, flag=flag, limit=limit, cursor=cursor)
    said = {k: v for k in ASKS if (v := asked.request.query_params.get(k, "").strip())}
    visit = visits.read(asked.request.cookies)
    since = None if asked.at else visit.since
    saved = views(asked.ledger)
    answer = page(
        asked, "incidents.html", found=found, said=said, names=NAMES, cursor=cursor, since=since,
        changed=changed_since(asked.ledger, found.incidents, since) if since else {},
        question=urlencode(said), views=saved,
        view=next((v for v in saved if v.asks == said), None),
        types=event_types(), measures=measures(), certainties=certainties(), flags=FLAGS,
    )  # fmt: skip
    # search as you type: the address follows, so that it can be handed on
    answer.headers["hx-replace-url"] = asked.link("/incidents", **said)
    if not asked.at:
        visits.note(answer, visit)
    return answer


@router.post("/incidents/seen")
def post_seen(asked: Asked) -> Response:
    """All that is there now was seen: nothing is marked until more comes."""
    answer = go_to("/incidents")
    visits.begin(answer, asked.ledger.head().at)
    return answer
