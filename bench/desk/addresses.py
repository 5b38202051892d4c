"""What is asked of a desk: each page and route, with values that its ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    import httpx

LISTS = "/incidents", "/api/v1/incidents"
ALSO = {  # questions of one parameter more: flags and words that few fulfil are the slow ones
    "newest": {},
    "type": {"type": "attack"},
    "place": {"place": "korava"},
    "words": {"q": "troops killed"},
    "rare word": {"q": "1977"},
    "measure": {"measure": "killed"},
    "speaker": {"speaker": "dask"},
    "certainty": {"certainty": "denied"},
    "days": {"from": "2015-01-05", "to": "2015-01-16"},
    "words, place": {"q": "troops killed", "place": "korava"},
    "flag": {"flag": "denied"},
    "flag, none": {"flag": "withdrawn"},
}
PLAIN = (
    "/", "/add", "/views", "/watch", "/log", "/review", "/incidents.atom",
    "/sources", "/sources?name=comman", "/sources?name=zzz",
    "/api/v1/news", "/api/v1/claims", "/api/v1/reports", "/api/v1/sources", "/api/v1/log",
    "/api/v1/review", "/api/v1/views", "/api/v1/feeds", "/api/v1/webhooks",
    "/api/v1/verify", "/api/v1/figures", "/api/v1/figures/ucdp", "/openapi.json",
)  # fmt: skip
ONE = (
    ("/incidents/{incident}", "/api/v1/incidents/{incident}", "/review/rows/{incident}",
     "/api/v1/incidents/{incident}/chains", "/api/v1/review/rows/{incident}"),
    ("/reports/{report}", "/api/v1/reports/{report}"),
    ("/claims/{claim}", "/claims/{claim}/correct", "/api/v1/claims/{claim}"),
    ("/sources/{source}", "/api/v1/sources/{source}"),
)  # fmt: skip


def addresses(client: httpx.Client) -> Iterator[tuple[str, list[str]]]:
    """Each page and route that there is: what it is called, and addresses to ask in turn."""
    held = {name: list(_held(client, *where)) for name, where in WHERE.items()}
    for path in LISTS:
        for name, asked in ALSO.items():
            yield f"{path} ({name})", [_with(path, **asked)]
        yield f"{path} (further pages)", list(_further(client, path))
    yield "/log (by a person)", ["/log?by=bench"]
    yield "/log (a kind)", ["/log?act=judgement"]
    yield "/log (a report)", [f"/log?about={r}" for r in held["report"]]
    yield "/api/v1/judgements", [f"/api/v1/judgements?target={r}" for r in held["report"]]
    for path in PLAIN:
        yield path, [path]
    past = [answer["incidents"][0]["changed"] for answer in _walk(client, "/api/v1/incidents")]
    yield "/incidents (as known at)", [_with("/incidents", at=at) for at in past if at]
    for group in ONE:
        for path in group:
            name = path.partition("{")[2].partition("}")[0]
            yield path, [path.replace(f"{{{name}}}", quote(id_)) for id_ in held[name]]


WHERE = {  # where ids stand: a list, its rows' name, the way to the id
    "incident": ("/api/v1/incidents", "incidents", "incident"),
    "report": ("/api/v1/reports", "reports", "report"),
    "claim": ("/api/v1/claims", "claims", "claim"),
    "source": ("/api/v1/sources", "sources", "key"),
}
MANY, PAGES = 20, 8


def _held(client: httpx.Client, path: str, rows: str, key: str) -> Iterator[str]:
    """Ids from several pages of a list, the first few of each."""
    for answer in _walk(client, path):
        found: list[dict[str, Any]] = answer.get(rows, [])
        yield from (row[key] for row in found[: MANY // PAGES + 1])


def _walk(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    cursor = None
    for _ in range(PAGES):
        answer = client.get(_with(path, cursor=cursor))
        if answer.status_code != 200:
            return
        yield answer.json()
        cursor = answer.json().get("next")
        if cursor is None:
            return


def _further(client: httpx.Client, path: str) -> Iterator[str]:
    for answer in _walk(client, "/api/v1/incidents"):
        if cursor := answer.get("next"):
            yield _with(path, cursor=cursor)


def _with(path: str, **asked: str | None) -> str:
    left = {k: v for k, v in asked.items() if v is not None}
    return f"{path}?{urlencode(left)}" if left else path
