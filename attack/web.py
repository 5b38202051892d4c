"""What a report or a feed says is words on a page, whatever it says; what is sent comes from us."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from lxml import html
from starlette.testclient import TestClient

from attack import browser
from attack.desk import asked, client_of, values
from attack.tally import Size, Tally
from sayso.desk.rights import rules
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.record import Reading
from tests.ledger.conftest import said_by

PAYLOADS = (
    "<script>window.__pwned=1</script>", '"><img src=x onerror=window.__pwned=1>',
    "'><svg/onload=window.__pwned=1>", "javascript:window.__pwned=1//", "</title><script>window.__pwned=1</script>",
    "{{7*191}}${7*191}<%=7*191%>", '" onmouseover="window.__pwned=1" autofocus onfocus="window.__pwned=1',
    "</script><script>window.__pwned=1</script>", "<iframe srcdoc='<script>parent.__pwned=1</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__pwned=1>",
    "data:text/html,<script>window.__pwned=1</script>", "<base href=http://evil.invalid/>",
    "<form action=http://evil.invalid/><input type=submit>", "<meta http-equiv=refresh content=0;url=x>",
    "<link rel=stylesheet href=//evil.invalid/>", "x\r\nX-Pwned: 1\r\n\r\n<script>", "&lt;script&gt;window.__pwned=1",
    "<a hx-get=/account hx-trigger=load>", "<div hx-on:load='window.__pwned=1'>", "--><script>window.__pwned=1</script>",
    "]]><script>window.__pwned=1</script>", "\u2028<script>window.__pwned=1</script>", "<x-pwned>", "＜script＞",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=window.__pwned=1 )//</stYle/</titLe/--!>\\x3csVg/<sVg/oNloAd=1//>",
)  # fmt: skip
FIELDS = ("title", "publisher", "byline", "credit", "url", "name", "text", "speaker")
SCHEMES = re.compile(r"\s*(?:javascript|vbscript|data:text)", re.IGNORECASE)
LINKS = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "poster", "srcset"}
# what a page of ours never holds, so that it can only have come in from outside
FOREIGN = {"iframe", "object", "embed", "base", "x-pwned", "mglyph", "marquee", "applet", "frame"}


def put_in(field: str, payload: str, n: int) -> Reading:
    """A reading with a payload in a field of its report, or as who says it."""
    words = f"{n + 3} soldiers were killed in Sudzha {payload if field == 'text' else ''}"
    person = f"Ann {payload}" if field == "speaker" else "Ann Roe"
    url = f"https://paper.example/{n}"
    made = said_by(person, words, url=url, more=payload if field == "text" else "")
    if field in ("text", "speaker"):
        return made
    said = {field: payload if field != "url" else f"javascript:window.__pwned=1//{n}{payload}"}
    return dataclasses.replace(made, report=dataclasses.replace(made.report, **said))


def foreign(text: str) -> list[str]:
    """What a page holds that only a payload can have put there."""
    if not text.strip():
        return []
    found = []
    for element in html.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            continue
        tag, held = element.tag.lower(), dict(element.attrib)
        if tag in FOREIGN:
            found.append(f"<{tag}>")
        if tag == "script" and not str(held.get("src", "")).startswith("/static/") and (
            "json" not in held.get("type", "")
        ):  # fmt: skip
            found.append(f"a script: {(element.text or '')[:60]}")
        for name, value in held.items():
            low = name.lower()
            if low.startswith(("on", "hx-on")) or (low in LINKS and SCHEMES.match(value)):
                found.append(f"{tag} {name}={value[:60]}")
            if low in LINKS and value.startswith(("http", "//")) and tag not in ("a", "link"):
                found.append(f"{tag} {name}={value[:60]}")
            if low == "style":
                found.append(f"a style on {tag}")
    return found


def fill(ledger: Ledger, payloads: tuple[str, ...]) -> None:
    """Each payload in each field."""
    ledger.add([
        put_in(field, payload, n * len(FIELDS) + at)
        for n, payload in enumerate(payloads) for at, field in enumerate(FIELDS)
    ])  # fmt: skip
    claim = ledger.claims(limit=1).rows[0].claim
    for payload in payloads:
        ledger.judge("note", claim, by=payload.replace("\r\n", " ")[:60], reason=payload)


def look(tally: Tally, client: TestClient, method: str, path: str) -> None:
    """One answer: nothing foreign in a page, all headers there and ours."""
    answer = client.request(method, path, follow_redirects=False)
    where, kind = f"{method} {path[:120]}", answer.headers.get("content-type", "")
    tally.expect(answer.status_code < 500, f"{where}: {answer.status_code}")
    if kind.startswith("text/html"):
        found = foreign(answer.text)
        tally.expect(not found, f"{where}: {found[:3]}")
        tally.expect("1337" not in answer.text, f"{where}: a template was worked out")
    held = answer.headers
    policy = held.get("content-security-policy", "")
    bad = "unsafe-inline" in policy or "'unsafe-eval'" in policy or "*" in policy
    fine = "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and not bad
    tally.expect(fine, f"{where}: policy {policy!r}")
    tally.expect(held.get("x-content-type-options") == "nosniff", f"{where}: sniffed")
    tally.expect("x-pwned" not in held, f"{where}: a header was put in")
    to = held.get("location", "/")
    tally.expect(to.startswith("/") and not to.startswith(("//", "/\\")), f"{where}: leads to {to}")


def requests(tally: Tally, client: TestClient) -> None:
    """What is sent by another site's page, for each route that changes something; ways back."""
    other = ({"origin": "https://evil.example"}, {"origin": "null"},
             {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"})  # fmt: skip
    plain = TestClient(client.app, raise_server_exceptions=False)
    for rule in rules():
        if rule.method == "GET" or "/partners/" in rule.path:
            continue
        path = re.sub(r"\{(\w+)(?::path)?\}", "x", rule.path)
        for headers in other:
            status = plain.request(rule.method, path, headers=headers).status_code
            tally.expect(status in (401, 403), f"{rule.method} {path} from elsewhere: {status}")
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
                 "/%09/evil.example", "/\t/evil.example", "https:evil.example", "javascript:1",
                 "/\r\nX-Pwned: 1", "/..//evil.example", "///evil.example"):  # fmt: skip
        answer = plain.get("/sign-in", params={"back": back}, follow_redirects=False)
        tally.expect('evil.example"' not in answer.text or f'action="{back}' not in answer.text,
                     f"back={back!r} is followed")  # fmt: skip
        answer = client.post("/me", data={"by": "Bo", "back": back}, follow_redirects=False)
        to = answer.headers.get("location", "/")
        fine = (
            to.startswith("/") and not re.match(r"/[\\/\t]", to) and "x-pwned" not in answer.headers
        )
        tally.expect(fine, f"back={back!r} leads to {to!r}")
    for host in (
        "evil.example",
        "testserver.evil.example",
        "testserver@evil.example",
        "",
        "127.0.0.1.x",
    ):
        status = client.get("/incidents", headers={"host": host}).status_code
        tally.expect(status == 400, f"Host: {host!r} was answered {status}")
    for payload in PAYLOADS:
        for path in ("/incidents", "/claims", "/sources", "/log", "/reports", "/no"):
            for name in ("q", "type", "place", "at", "cursor", "speaker", "back"):
                answer = plain.get(path, params={name: payload}, headers=dict(client.headers))
                found = (
                    foreign(answer.text) if "html" in answer.headers.get("content-type", "") else []
                )
                fine = not found and answer.status_code < 500 and "x-pwned" not in answer.headers
                tally.expect(fine, f"{path}?{name}={payload!r}: {answer.status_code} {found[:2]}")


def attack(size: Size, folder: Path) -> Tally:
    """All pages of a ledger whose every field is a payload."""
    tally = Tally("web")
    url, payloads = f"sqlite:///{folder / 'web.db'}", PAYLOADS[: size.payloads]
    with Ledger.open(url, linking=Linking()) as ledger:
        fill(ledger, payloads)
        client = client_of(ledger)
        for method, path in asked(values(ledger)):
            look(tally, client, method, path)
        requests(tally, client)
        browser.attack(tally, size, folder, ledger, url, payloads)
    return tally
