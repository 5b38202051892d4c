"""The desk's pages of partners: how each stands, what they were sent, bound by clearance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.desk.accounts.account import add_account
from sayso.desk.accounts.tokens import make_token
from sayso.desk.app import create_app
from sayso.desk.rights import SCOPES
from sayso.desk.settings import Settings
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.outbox import send
from sayso.exchange.partners.partner import Partner, add_partner, forget_partner

if TYPE_CHECKING:
    from sayso.ledger import Ledger

SETTINGS = Settings(by="Ada", hosts=("testserver",), cost=(1, 8, 1))


@pytest.fixture
def partner(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Partner:
    """One who was sent two reports, of which the first was then corrected."""
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))
    made = add_partner(ledger, "Harbour <Desk>", own_key("another").public, url="https://a.example")
    first, second = [r.report for r in ledger.reports().rows][:2]
    send(ledger, made, [first, second], by="Ada")
    claim = next(c.claim for c in ledger.claims(limit=100).rows if c.report.report == first)
    ledger.judge("correct", claim, by="Ada", reason="x", field="certainty", new="confirmed")
    return made


def test_each_partner_is_listed_with_how_they_stand(
    client: TestClient, ledger: Ledger, partner: Partner
) -> None:
    """Name, key, clearance, the last number; and, on its page, what became of what was sent."""
    html = client.get("/partners").text
    assert "Harbour &lt;Desk&gt;" in html
    assert partner.key.fingerprint in html
    assert "sent up to 2" in html
    assert "nothing taken in yet" in html
    own = client.get(f"/partners/{partner.id}").text
    assert own.count(">stands<") == 2
    assert "not told yet" in own
    send(ledger, partner, [], by="Ada")
    own = client.get(f"/partners/{partner.id}").text
    assert (own.count(">stands<"), own.count(">replaced<")) == (2, 1)
    assert client.get("/partners/x").status_code == 404
    forget_partner(ledger, partner.name)
    assert "No partner is known" in client.get("/partners").text


def test_a_long_list_goes_on(ledger: Ledger, partner: Partner) -> None:
    """The newest number first, and further by the cursor."""
    small = Settings(by="Ada", hosts=("testserver",), pages=1)
    with TestClient(create_app(ledger, small)) as client:
        newest = client.get(f"/partners/{partner.id}").text
        assert "<td>2</td>" in newest
        assert "<td>1</td>" not in newest
        older = client.get(f"/partners/{partner.id}", params={"cursor": "2"}).text
        assert "<td>1</td>" in older
        assert 'id="next"' not in older


def test_what_is_not_seen_is_neither_listed_nor_counted(ledger: Ledger, partner: Partner) -> None:
    """An editor who is cleared for less reads of no report above that, and no number."""
    report = next(r.report for r in ledger.reports().rows)
    ledger.judge("mark", report, by="Ada", reason="not out", marking="amber")
    app = create_app(ledger, SETTINGS)
    add_account(ledger, "root", role="admin", by="tests", hash_="x")
    for clearance, shown in (("green", False), ("amber", True)):
        account = add_account(
            ledger, clearance, role="editor", by="tests", clearance=clearance, hash_="x"
        )
        clock = app.state.desk.door.clock()
        _, words = make_token(ledger, account.id, "all", list(SCOPES), now=clock, days=1)
        client = TestClient(app, headers={"authorization": f"Bearer {words}"})
        assert ("sent up to 2" in client.get("/partners").text) == shown
        assert (f"/reports/{report}" in client.get(f"/partners/{partner.id}").text) == shown
