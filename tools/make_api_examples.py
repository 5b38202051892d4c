"""What the API answers, an example a route, into src/sayso/desk/api/examples.json.

usage: tools/make_api_examples.py (it reads one of our stories into a ledger of its own, asks each
route of tests/desk/operations.txt, and shortens what it answers)
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]
OPERATIONS = ROOT / "tests/desk/operations.txt"
OUT = ROOT / "src/sayso/desk/api/examples.json"
STORY = ROOT / "examples/stories/prisoner"
LONG, FEW, WORDS = 1, 3, 240  # rows of a list, plain values of one, signs of a text
FEED = "https://paper.example/feed.xml"


def main() -> None:
    """Write the examples."""
    files = sorted(str(p) for p in STORY.rglob("*") if p.suffix in {".txt", ".html"})
    readings = [o for o in read_all(files, Ask()) if isinstance(o, Reading)]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/examples.db"
        with Ledger.open(url, maker="sayso", linking=Linking()) as ledger:
            ledger.add(readings)
            app = create_app(ledger, Settings(by="Ada", hosts=("testserver",)))
            with TestClient(app) as client:
                found = dict(sorted(Asker(client).examples().items()))
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(found)} examples, {OUT.stat().st_size / 1000:.0f} kB")


class Asker:
    """Asks each route for what the ledger holds."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        get = self.json
        reports = get("reports?limit=2")["reports"]
        claim = get("claims?measure=captured&limit=1")["claims"][0]["claim"]
        row = get("review?limit=1")["rows"][0]["incident"]
        self.ids = {
            "incident_id": row, "incident": row, "report": reports[0]["report"],
            "old": reports[1]["report"], "claim": claim,
            "key": get("sources?limit=1")["sources"][0]["key"], "policy": "ucdp",
            "table": "sources",
        }  # fmt: skip
        words = next(c["content"] for c in get("claims?limit=1")["claims"])
        self.bodies: dict[str, Any] = {
            "POST feeds": {"url": FEED}, "PATCH feeds/{feed}": {"paused": True},
            "POST judgements": {"action": "accept", "target": claim, "reason": "read with it"},
            "POST reports": {"reports": [{
                "text": "Nine people drowned when a ferry sank off Seaport, the coast guard said.",
                "publisher": "Harbour Gazette", "published": "2031-05-06"}]},
            "POST reports/{report}/claims": {
                "claim": {"words": words}, "reason": "the reader passed over it"},
            "POST review/decisions": {"action": "accept", "incidents": [row]},
            "POST review/presence": {"tab": "3f0c", "row": row},
            "POST views": {"name": "captures", "asks": {"type": "capture"}},
            "POST webhooks": {"url": "https://desk.example/hook", "asks": {"type": "strike"}},
        }  # fmt: skip

    def json(self, path: str) -> Any:
        """What a list answers."""
        return self.client.get(f"/api/v1/{path}").json()

    def examples(self) -> dict[str, Any]:
        """By method and path what is answered, where it is JSON."""
        lines = [line.split()[:2] for line in OPERATIONS.read_text("utf-8").splitlines()]
        order = {"POST": 0, "PATCH": 1, "GET": 2, "DELETE": 3}
        found: dict[str, Any] = {}
        for method, path in sorted(lines, key=lambda line: (order[line[0]], line[1])):
            if path.endswith((".csv", ".opml", "/events")):
                continue
            answer = self.ask(method, path.removeprefix("/api/v1/"))
            if answer.is_error:
                raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
            if answer.content and answer.headers["content-type"].startswith("application/json"):
                said = answer.json()
                if method == "POST":
                    self.note(path, said)
                found[f"{method} {path}"] = shorten(said)
        found["POST /api/v1/feeds.opml"] = found["GET /api/v1/feeds"]  # the list that it made
        return found

    def ask(self, method: str, path: str) -> Any:
        """The answer to one route, with what was made before in its place."""
        to = re.sub(r"\{(\w+)\}", lambda m: self.ids[m[1]], path)
        body = self.bodies.get(f"{method} {path}")
        asked = {"judgements": "?target=" + self.ids["claim"]}.get(path if method == "GET" else "")
        if method == "DELETE" and path.startswith("judgements"):
            asked = "?reason=a+slip"
        return self.client.request(method, f"/api/v1/{to}{asked or ''}", json=body)

    def note(self, path: str, said: Any) -> None:
        """Ids of what was made."""
        made = {"feeds": ("feed", "feed"), "views": ("id", "id_"), "webhooks": ("id", "webhook"),
                "judgements": ("entry", "entry")}.get(path.removeprefix("/api/v1/"))  # fmt: skip
        if made:
            self.ids[made[1]] = said[made[0]]
        if "secret" in said:
            said["secret"] = "shown this once"  # noqa: S105 - none


def shorten(said: Any) -> Any:
    """The same shape with a row of each list and texts cut short."""
    if isinstance(said, dict):
        return {k: shorten(v) for k, v in said.items()}
    if isinstance(said, list):
        alike = len({type(each) for each in said}) == 1 and isinstance(said[0], (dict, list))
        return [shorten(each) for each in (said[:LONG] if alike else said[:FEW])]
    if isinstance(said, str) and len(said) > WORDS:
        return said[: WORDS - 1] + "…"
    return said


if __name__ == "__main__":
    main()
