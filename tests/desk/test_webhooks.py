"""Webhooks are told of what is new, signed, in order, again until taken; never of a copy."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.accounts.account import add_account, change_account
from sayso.desk.answers.webhooks import add_webhook, webhooks
from sayso.desk.live.telling import Teller
from sayso.errors import UsageError
from sayso.intake import make_capture
from sayso.intake.fetch import Fetcher
from sayso.page import find_reports
from sayso.record import When

if TYPE_CHECKING:
    from sayso.ledger import Ledger

STORY = "A ferry sank off Seaport, Chile, on Monday and {} people drowned, {} said."


class Hook:
    """An address on this machine that takes what is sent, or does not."""

    def __init__(self, site: Any) -> None:
        self.url = site.url + "/hook"
        self.taken: list[tuple[dict[str, Any], bytes, str]] = []
        self.status = 204
        site.paths["/hook"] = self.take

    def take(self, request: Any) -> None:
        """Note what is sent."""
        body = request.rfile.read(int(request.headers["Content-Length"]))
        if self.status < 300:
            self.taken.append((json.loads(body), body, request.headers["X-Sayso-Signature"]))
        request.send_response(self.status)
        request.send_header("Content-Length", "0")
        request.end_headers()


@pytest.fixture
def hook(site: Any) -> Hook:
    """An address that takes all."""
    return Hook(site)


@pytest.fixture
def tell(empty_ledger: Ledger, site: Any) -> Any:
    """A function that tells all webhooks what is new, at a time."""

    def run(now: float = 0.0) -> None:
        with Fetcher(inner=[("127.0.0.1", site.port)]) as fetcher:
            teller = Teller(empty_ledger, fetcher, clock=lambda: now)
            for kept in empty_ledger.kept("webhook"):
                teller.tell(kept)

    return run


@pytest.fixture
def add(empty_ledger: Ledger, reader: Any) -> Any:
    """A function that adds a report of one publisher."""

    def run(publisher: str, text: str) -> None:
        (report,) = find_reports(make_capture(f"{publisher}.txt", text.encode()))
        day = When("2031-05-06T00:00", "2031-05-07T00:00", "day", "given")
        report = dataclasses.replace(report, published=day, publisher=publisher)
        empty_ledger.add([reader.read(report)])

    return run


def test_told_of_news_and_never_of_copies(
    empty_ledger: Ledger, hook: Hook, tell: Any, add: Any
) -> None:
    """What was there before is not told; an incident, then a second voice; a copy between not."""
    add("One", "Police arrested two men in Lima, Peru, on Sunday, a judge said.")
    made = add_webhook(empty_ledger, hook.url, {}, "Ada")
    tell()
    assert hook.taken == []
    add("One", STORY.format("nine", "police"))
    tell()
    add("Two", STORY.format("nine", "police") + " ")
    tell()
    assert [[c["kind"] for c in sent["changes"]] for sent, _, _ in hook.taken] == [["opened"]]
    add("Three", STORY.format("at least 12", "the mayor of Seaport"))
    tell()
    sent, body, signature = hook.taken[-1]
    assert {c["kind"] for c in sent["changes"]} >= {"figure", "origin"}
    assert sent["schema"] == "sayso.change/1"
    assert made.secret
    mark = hmac.new(made.secret.encode(), body, hashlib.sha256).hexdigest()
    assert signature == f"sha256={mark}"
    (state,) = webhooks(empty_ledger)
    assert (state.told, state.failures, state.secret) == (2, 0, None)


def test_told_of_what_it_asks_for(empty_ledger: Ledger, hook: Hook, tell: Any, add: Any) -> None:
    """A webhook with a question hears of no other incident."""
    add_webhook(empty_ledger, hook.url, {"place": "PER"}, "Ada")
    add("One", STORY.format("nine", "police"))
    tell()
    assert hook.taken == []
    add("Two", "Police arrested two men in Lima, Peru, on Monday, a judge said.")
    tell()
    assert len(hook.taken) == 1


def test_told_again_until_taken(empty_ledger: Ledger, hook: Hook, tell: Any, add: Any) -> None:
    """An address that fails is told later, each time later; then all, in order, once."""
    add_webhook(empty_ledger, hook.url, {}, "Ada")
    hook.status = 500
    add("One", STORY.format("nine", "police"))
    tell(now=0)
    add("Two", STORY.format("at least 12", "the mayor of Seaport"))
    tell(now=1)  # not due
    assert webhooks(empty_ledger)[0].failures == 1
    tell(now=6)
    state = webhooks(empty_ledger)[0]
    assert state.failures == 2
    assert "500" in (state.error or "")
    hook.status = 200
    tell(now=100)
    entries = [sent["entry"] for sent, _, _ in hook.taken]
    assert entries
    assert entries == sorted(set(entries))
    assert webhooks(empty_ledger)[0].error is None


def test_by_the_api(client: Any) -> None:
    """Made (the secret is shown once), listed, forgotten; nonsense is refused."""
    made = client.post("/api/v1/webhooks", json={"url": "https://a.example", "asks": {"q": "x"}})
    assert made.status_code == 201
    assert len(made.json()["secret"]) == 48
    (listed,) = client.get("/api/v1/webhooks").json()
    assert listed["secret"] is None
    path = f"/api/v1/webhooks/{listed['id']}"
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert client.post("/api/v1/webhooks", json={"url": "ftp://a"}).status_code == 400
    unknown = {"url": "https://a.example", "asks": {"colour": "red"}}
    assert client.post("/api/v1/webhooks", json=unknown).status_code == 422


def test_inner_addresses_are_not_told(empty_ledger: Ledger, hook: Hook, add: Any) -> None:
    """A webhook cannot reach into the network that the desk runs in."""
    add_webhook(empty_ledger, hook.url, {}, "Ada")
    add("One", STORY.format("nine", "police"))
    with Fetcher() as fetcher:
        for kept in empty_ledger.kept("webhook"):
            Teller(empty_ledger, fetcher).tell(kept)
    assert hook.taken == []
    assert "inner address" in (webhooks(empty_ledger)[0].error or "")
    with pytest.raises(UsageError):
        add_webhook(empty_ledger, "javascript:1", {}, "Ada")


def test_who_may_no_longer_is_told_no_more(
    empty_ledger: Ledger, hook: Hook, tell: Any, add: Any
) -> None:
    """A webhook sends on in its maker's name: it stops when the account is made less."""
    add_account(empty_ledger, "Ada", role="admin", by="tests")
    ed = add_account(empty_ledger, "Ed", role="editor", by="tests")
    add_webhook(empty_ledger, hook.url, {}, "Ed", ed.id)
    change_account(empty_ledger, ed.id, role="reader")
    add("Gazette", STORY.format("nine", "the coast guard"))
    tell()
    assert hook.taken == []
    change_account(empty_ledger, ed.id, role="editor")
    tell()
    assert len(hook.taken) == 1
