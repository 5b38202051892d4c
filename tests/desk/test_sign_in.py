"""Signing in and out, and all that somebody who means ill may try at the door."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.desk.accounts import account as kept
from sayso.desk.accounts import sessions, tokens
from sayso.desk.accounts.door import Caller, Door
from sayso.desk.accounts.tries import BY_NAME
from sayso.desk.app import create_app
from sayso.desk.pages.page import POSTED, templates
from sayso.desk.settings import Settings
from sayso.ledger import Ledger

PASSWORD, OTHER = "nine herons over the weir", "ten otters under the mill"
FIRST, SECOND = ("203.0.113.7", 4000), ("198.51.100.9", 4000)


class Desk:
    """A desk with accounts, and its visitors."""

    def __init__(self, ledger: Ledger, **more: Any) -> None:
        settings = Settings(by="Ada", hosts=("testserver",), cost=(1, 8, 1), **more)
        self.ledger = ledger
        self.app = create_app(ledger, settings)
        self.door: Door = self.app.state.desk.door
        self.now = time.time()
        self.door.clock = lambda: self.now
        self.hash = self.door.passwords.hash(PASSWORD)

    def account(self, name: str, role: str, **more: Any) -> kept.Account:
        """A new account."""
        return kept.add_account(
            self.ledger, name, role=role, by="tests", hash_=self.hash, **more
        )  # fmt: skip

    def visitor(self, address: tuple[str, int] = FIRST, scheme: str = "http") -> TestClient:
        """A new browser."""
        return TestClient(
            self.app, f"{scheme}://testserver", client=address, follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip

    def inside(self, name: str, **more: Any) -> TestClient:
        """The browser of somebody who signed in; it sends the seal with all that it sends."""
        client = self.visitor(**more)
        assert sign_in(client, name).status_code == 303
        client.headers["x-sayso-seal"] = seal_of(client)
        return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD, back: str = "/") -> Any:
    """The answer to a sign-in."""
    return client.post("/sign-in", data={"name": name, "password": password, "back": back})


def seal_of(client: TestClient) -> str:
    """The seal in the pages of a browser."""
    found = re.search(r'<meta name="seal" content="(\w+)">', client.get("/account").text)
    assert found
    return found[1]


@pytest.fixture
def desk(empty_ledger: Ledger) -> Desk:
    """A desk on an empty ledger, with an admin, a coder and a reader."""
    made = Desk(empty_ledger)
    for name, role in (("Ada", "admin"), ("Bo", "coder"), ("Cy", "reader")):
        made.account(name, role)
    return made


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is noted beside a request is noted before it goes on."""

    def note(door: Door, id_: str, touch: Callable[[Ledger, str, float], None]) -> None:
        touch(door.ledger, id_, door.clock())

    monkeypatch.setattr(Door, "_note_use", note)


# -- with and without accounts ----------------------------------------------------------------


def test_without_accounts_all_is_as_it_was(empty_client: TestClient) -> None:
    """Whoever sits there may do all, under the name that they give; a first account ends it."""
    me = empty_client.get("/api/v1/me").json()
    assert (me["name"], me["role"], me["clearance"]) == ("Ada", None, "red")
    assert "command line" in empty_client.get("/accounts").text
    assert empty_client.get("/account").status_code == 409
    made = empty_client.post("/accounts", data={"name": "Mal", "role": "admin"})
    assert made.status_code == 409


def test_the_first_account_closes_a_desk_that_runs(
    empty_client: TestClient, empty_ledger: Ledger
) -> None:
    """Made by the command while the desk is open: the next request must sign in."""
    assert empty_client.get("/incidents").status_code == 200
    kept.add_account(empty_ledger, "Ada", role="admin", by="tests")
    assert empty_client.get("/api/v1/incidents").status_code == 401
    assert "Sign in" in empty_client.get("/incidents").text


def test_a_desk_that_others_reach_is_never_open(empty_ledger: Ledger) -> None:
    """Not when its accounts are gone, either."""
    desk = Desk(empty_ledger, alone=False)
    assert desk.visitor().get("/api/v1/incidents").status_code == 401
    assert desk.visitor().get("/static/desk.css").status_code == 200


# -- in and out -------------------------------------------------------------------------------


def test_one_signs_in_and_out(desk: Desk) -> None:
    """The page that was asked for comes after the sign-in; after the sign-out nothing does."""
    client = desk.visitor()
    asked = client.get("/log?act=report")
    assert asked.headers["location"] == "/sign-in?back=/log%3Fact%3Dreport"
    form = client.get(asked.headers["location"]).text
    assert 'name="back" value="/log?act=report"' in form
    done = sign_in(client, "ada", back="/log?act=report")
    assert done.headers["location"] == "/log?act=report"
    page = client.get("/log").text
    assert "Ada" in page
    held = dict(client.cookies)
    out = client.post("/sign-out", data={"seal": seal_of(client)})
    assert out.headers["clear-site-data"] == '"cache"'
    client.cookies.update(held)
    assert client.get("/log").headers["location"].startswith("/sign-in")


def test_what_is_decided_bears_the_account(desk: Desk) -> None:
    """Whatever the browser's old cookie says."""
    client = desk.inside("Bo")
    client.cookies.set("sayso_by", "Mal")
    client.post("/api/v1/views", json={"name": "all", "asks": {}})
    assert client.get("/api/v1/views").json()[0]["by"] == "Bo"


@pytest.mark.usefixtures("at_once")
def test_a_session_expires(desk: Desk) -> None:
    """After half a day without use, after a week in any case."""
    client = desk.inside("Cy")
    for _ in range(7 * 3 - 1):
        desk.now += 8 * 3600
        assert client.get("/api/v1/me").status_code == 200
    desk.now += 9 * 3600
    assert client.get("/api/v1/me").status_code == 401
    client = desk.inside("Cy")
    desk.now += 12 * 3600 + 1
    assert client.get("/api/v1/me").status_code == 401


def test_a_new_password_ends_all_other_sessions(desk: Desk) -> None:
    """Not one's own, which is a new one; the old password opens nothing."""
    here, there = desk.inside("Bo"), desk.inside("Bo")
    wrong = here.post("/account/password", data={"old": OTHER, "new": OTHER, "again": OTHER})
    assert wrong.status_code == 400
    before = here.cookies["sayso_session"]
    done = here.post("/account/password", data={"old": PASSWORD, "new": OTHER, "again": OTHER})
    assert done.status_code == 303
    assert here.get("/api/v1/me").status_code == 200
    assert here.cookies["sayso_session"] != before
    assert there.get("/api/v1/me").status_code == 401
    assert sign_in(desk.visitor(), "Bo").status_code == 401
    assert sign_in(desk.visitor(), "Bo", OTHER).status_code == 303


def test_one_sees_where_one_is_signed_in_and_ends_it(desk: Desk) -> None:
    """By its address; ending one ends that one, ending all others leaves this one."""
    here, there = desk.inside("Cy"), desk.inside("Cy", address=SECOND)
    page = here.get("/account").text
    assert FIRST[0] in page
    assert SECOND[0] in page
    cy = kept.named(desk.ledger, "Cy")
    other = next(s for s in sessions.sessions_of(desk.ledger, cy.id) if s.address == SECOND[0])
    stranger = desk.inside("Bo")
    stranger.post("/account/sessions", data={"id": other.id})
    assert there.get("/api/v1/me").status_code == 200
    here.post("/account/sessions", data={"id": other.id})
    assert there.get("/api/v1/me").status_code == 401
    third = desk.inside("Cy")
    here.post("/account/sessions", data={})
    assert [c.get("/api/v1/me").status_code for c in (here, third)] == [200, 401]


def test_disabled_and_demoted_from_the_next_request_on(desk: Desk) -> None:
    """Sessions and tokens alike."""
    client, bo = desk.inside("Bo"), kept.named(desk.ledger, "Bo")
    _, words = tokens.make_token(desk.ledger, bo.id, "x", ["add"], now=desk.now, days=1)
    bearer = {"authorization": f"Bearer {words}"}
    kept.change_account(desk.ledger, bo.id, role="reader")
    assert client.get("/add").status_code == 403
    assert desk.visitor().post("/api/v1/reports", headers=bearer).status_code == 403
    kept.change_account(desk.ledger, bo.id, disabled=True)
    assert client.get("/api/v1/me").status_code == 401
    assert desk.visitor().get("/api/v1/me", headers=bearer).status_code == 401
    assert sign_in(desk.visitor(), "Bo").status_code == 401


def test_a_password_that_was_given_is_changed_first(desk: Desk) -> None:
    """An admin makes it, it is shown once, and opens nothing but its own change."""
    admin = desk.inside("Ada")
    made = admin.post("/accounts", data={"name": "Di", "role": "coder", "clearance": "green"})
    password = re.findall(r'<p class="mono">([\w-]{24})</p>', made.text)[0]
    assert made.headers["cache-control"] == "no-store"
    assert password not in admin.get("/accounts").text
    client = desk.visitor()
    sign_in(client, "Di", password)
    assert client.get("/incidents").headers["location"] == "/account"
    assert client.get("/api/v1/incidents").status_code == 403
    data = {"old": password, "new": OTHER, "again": OTHER, "seal": seal_of(client)}
    client.post("/account/password", data=data)
    assert client.get("/api/v1/me").json()["clearance"] == "green"


# -- programs and feeds -----------------------------------------------------------------------


@pytest.mark.usefixtures("at_once")
def test_a_token_asks_in_an_accounts_name_within_its_scopes(desk: Desk) -> None:
    """No form's seal is needed; what lacks a scope is said, and where it is to be had."""
    client = desk.inside("Bo")
    page = client.post("/account/tokens", data={"name": "x", "scope": ["read", "save", "watch"]})
    words = re.findall(r"token-\w{16}\.[\w-]{43}", page.text)[0]
    program = desk.visitor()
    program.headers["authorization"] = f"Bearer {words}"
    assert program.get("/api/v1/me").json()["may"] == ["read", "save"]  # a coder watches nothing
    assert program.post("/api/v1/views", json={"name": "a", "asks": {}}).status_code == 201
    refused = program.post("/api/v1/tables/sources")
    assert refused.status_code == 403
    assert "export" in refused.json()["detail"]
    assert "/account" in refused.json()["mend"]
    assert program.get("/account").status_code == 403
    assert "never used" not in client.get("/account").text
    desk.now += 31 * 86400
    assert program.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("said", ["Bearer", "Bearer x", "Basic QWRhOng=", "Bearer token-0.x", "x"])
def test_a_wrong_authorization_is_no_session(said: str, desk: Desk) -> None:
    """It is told how to ask; a session beside it does not count."""
    client = desk.inside("Ada")
    answer = client.get("/api/v1/incidents", headers={"authorization": said})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="sayso", error="invalid_token"'
    bare = desk.visitor().get("/api/v1/incidents")
    assert bare.headers["www-authenticate"] == 'Bearer realm="sayso"'
    assert bare.headers["content-type"] == "application/problem+json"


def test_the_address_of_a_feed_reads_one_view(desk: Desk) -> None:
    """Not another, not the past, not the API; forgotten, nothing."""
    client = desk.inside("Cy")
    page = client.post("/views/feed", data={"asks": "type=strike&q=dam"}).text
    address = re.findall(r'<p class="mono">http://testserver(.+?)</p>', page)[0].replace(
        "&amp;", "&"
    )
    reader = desk.visitor()
    assert reader.get(address).status_code == 200
    assert "token-" not in reader.get(address).text
    key = address.partition("key=")[2]
    for wrong in (
        f"/incidents.atom?key={key}", f"/incidents.atom?type=strike&key={key}",
        f"/incidents.atom?type=strike&q=dam&type=&key={key}",
        f"/incidents.atom?type=strike&q=dam&at=2024-01-01&key={key}",
        f"/incidents.atom?type=strike&q=dam&flag=denied&key={key}",
        f"/incidents?type=strike&q=dam&key={key}",
    ):  # fmt: skip
        assert reader.get(wrong).status_code == 303, wrong
    bearer = {"authorization": f"Bearer {key}"}
    assert reader.get("/api/v1/incidents", headers=bearer).status_code == 401
    cy = kept.named(desk.ledger, "Cy")
    client.post("/account/tokens/forget", data={"id": tokens.tokens_of(desk.ledger, cy.id)[0].id})
    assert reader.get(address).status_code == 303


# -- who means ill ----------------------------------------------------------------------------


def test_a_session_cannot_be_fixed(desk: Desk) -> None:
    """What a browser brought to the sign-in is not what it holds after it."""
    mine = desk.inside("Cy").cookies["sayso_session"]
    victim = desk.visitor()
    victim.cookies.set("sayso_session", mine)
    sign_in(victim, "Ada")
    assert {c.value for c in victim.cookies.jar if c.name == "sayso_session"} != {mine}
    spy = desk.visitor()
    spy.cookies.set("sayso_session", mine)
    assert spy.get("/api/v1/me").json()["name"] == "Cy"


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil",
     "/\r\nSet-Cookie: a=b", "javascript:alert(1)", "///evil.example", "\\/evil.example"],
)  # fmt: skip
def test_a_sign_in_leads_to_no_other_site(back: str, desk: Desk) -> None:
    """Nor does the form hold the other site's address."""
    client = desk.visitor()
    assert "evil" not in client.get("/sign-in", params={"back": back}).text
    assert sign_in(client, "Ada", back=back).headers["location"] == "/"


def test_what_changes_something_needs_the_seal_of_the_session(desk: Desk) -> None:
    """No seal, another's, or one of an older session: refused, in forms and in JSON."""
    client = desk.inside("Ada")
    own = client.headers.pop("x-sayso-seal")
    others = [desk.inside("Ada").headers["x-sayso-seal"], "", "x", "ä"]
    for seal in others:
        form = client.post("/views", data={"name": "x", "asks": "q=dam", "seal": seal})
        assert form.status_code == 403, seal
    said = {"name": "x", "asks": {}}
    assert client.post("/api/v1/views", json=said | {"seal": own}).status_code == 403
    assert client.post("/incidents/seen").status_code == 403
    assert client.get("/api/v1/views").json() == []
    assert client.post("/views", data={"name": "x", "seal": own}).status_code == 303
    elsewhere = {"origin": "https://evil.example"}
    forged = client.post("/views", data={"name": "y", "seal": own}, headers=elsewhere)
    assert forged.status_code == 403


def test_no_form_of_any_template_lacks_its_seal() -> None:
    """The seal is put in as the template is read: each form by POST is found."""
    loader = templates().loader
    assert loader
    forms = 0
    for name in loader.list_templates():
        source = loader.get_source(templates(), name)[0]
        assert len(POSTED.findall(source)) == source.count('method="post"'), name
        forms += source.count('method="post"')
    assert forms > 25


def test_cookies_are_kept_from_scripts_and_over_https_from_other_hosts(desk: Desk) -> None:
    """HttpOnly always; Secure and __Host- where the desk is reached by https."""
    plain = sign_in(desk.visitor(), "Ada").headers.get_list("set-cookie")
    assert all("HttpOnly" in each and "Domain" not in each for each in plain)
    assert any(e.startswith("sayso_session=") and "SameSite=lax" in e for e in plain)
    assert any(e.startswith("sayso_device=") and "SameSite=strict" in e for e in plain)
    secure = sign_in(desk.visitor(scheme="https"), "Ada").headers.get_list("set-cookie")
    assert all(e.startswith("__Host-") and "Secure" in e and "Path=/" in e for e in secure)
    client = desk.visitor(scheme="https")
    client.cookies.set("sayso_session", desk.inside("Ada").cookies["sayso_session"])
    assert client.get("/api/v1/me").status_code == 401  # one that a plain page could have set


def test_wrong_passwords_wait_and_lock_nobody_out(desk: Desk) -> None:
    """Who guesses must wait; Ada elsewhere, and her known browser beside the guesser, need not."""
    known = desk.visitor()
    sign_in(known, "Ada")
    for _ in range(BY_NAME):
        assert sign_in(desk.visitor(), "Ada", "guess").status_code == 401
    waits = sign_in(desk.visitor(), "Ada")
    assert waits.status_code == 429
    assert int(waits.headers["retry-after"]) >= 1
    assert sign_in(desk.visitor(SECOND), "Ada").status_code == 303
    known.cookies.delete("sayso_session")
    assert sign_in(known, "Ada").status_code == 303
    stolen = desk.visitor()
    stolen.cookies.set("sayso_device", known.cookies["sayso_device"])
    assert sign_in(stolen, "Bo", "guess").status_code == 401  # it is no device of Bo's
    desk.now += 2
    assert sign_in(desk.visitor(), "Ada").status_code == 303


def test_many_addresses_are_no_faster_each(desk: Desk) -> None:
    """Each of a hundred addresses has its few tries; Ada signs in, and sees that somebody tried."""
    for n in range(20):
        place = (f"192.0.2.{n}", 1)
        answers = [sign_in(desk.visitor(place), "Ada", "guess").status_code for _ in range(7)]
        assert answers == [401] * BY_NAME + [429] * 2
    client = desk.inside("Ada", address=SECOND)
    assert re.search(r"of late: 100, from 20 addresses", client.get("/account").text)


def test_an_unknown_name_is_told_by_nothing(desk: Desk) -> None:
    """Unknown, disabled, wrong: one status, one sentence; as many hashes are made."""
    kept.change_account(desk.ledger, kept.named(desk.ledger, "Cy").id, disabled=True)
    said, hashes = set(), []
    verify = desk.door.passwords._hasher.verify

    class Counting:
        """Counts what is compared."""

        def verify(self, *args: str) -> bool:
            hashes.append(1)
            return verify(*args)

    desk.door.passwords._hasher = Counting()  # type: ignore[assignment]
    for n, (name, password) in enumerate(
        (("Ada", "guess"), ("Nobody", "guess"), ("Cy", "guess"), ("Cy", PASSWORD), ("", "guess"))
    ):
        answer = sign_in(desk.visitor((f"192.0.2.{n}", 1)), name, password)
        said.add((answer.status_code, *re.findall(r'role="alert">(.+?)</p>', answer.text)))
        assert len(hashes) == n + 1
    assert said == {(401, "The name or the password is not right.")}


def test_an_unknown_name_takes_as_long(empty_ledger: Ledger) -> None:
    """With a hash that takes its time, the median of both is the same within a third."""
    settings = Settings(by="Ada", hosts=("testserver",), cost=(3, 4096, 1))
    door: Door = create_app(empty_ledger, settings).state.desk.door
    kept.add_account(
        empty_ledger, "Ada", role="admin", by="tests", hash_=door.passwords.hash(PASSWORD)
    )  # fmt: skip
    held = kept.named(empty_ledger, "Ada").hash
    took: dict[str | None, list[float]] = {held: [], None: []}
    for hash_ in (held, None) * 15:
        begun = time.process_time()
        assert not door.passwords.is_right("guess", hash_)
        took[hash_].append(time.process_time() - begun)
    known, unknown = (median(each) for each in took.values())
    assert abs(known - unknown) < known / 3


def test_an_answer_that_is_held_is_not_another_accounts(desk: Desk) -> None:
    """One browser, two people after one another: the first one's answer is not the second's."""
    ada = desk.inside("Ada").get("/api/v1/incidents").headers["etag"]
    same = desk.inside("Ada").get("/api/v1/incidents", headers={"if-none-match": ada})
    assert same.status_code == 304
    other = desk.inside("Cy").get("/api/v1/incidents", headers={"if-none-match": ada})
    assert other.status_code == 200


def test_nothing_is_read_of_who_may_not(desk: Desk) -> None:
    """A body that would be refused, or is huge, is not looked at before the right is."""
    for body in (b"{", b"x" * 2_000_000):
        answer = desk.visitor().post(
            "/api/v1/reports", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 401
    assert desk.inside("Cy").post("/add", data={"text": "x"}).status_code == 403


def test_a_refusal_says_what_is_missing_and_who_can_give_it(desk: Desk) -> None:
    """On the page and as a problem; what may not be done is not offered."""
    client = desk.inside("Cy")
    page = client.get("/add")
    assert page.status_code == 403
    assert "add reports" in page.text
    assert "Ada can give" in page.text
    problem = client.post("/api/v1/feeds", json={"url": "https://a.example/rss"}).json()
    assert "editor or admin" in problem["mend"]
    shown = client.get("/watch").text
    assert 'method="post" action="/watch"' not in shown
    assert '<a href="/add"' not in shown
    assert "/accounts" not in shown


def test_names_of_private_people_leave_with_an_editor_alone(desk: Desk) -> None:
    """A coder takes tables along with the names hidden."""
    desk.account("Ed", "editor")
    coder, editor = desk.inside("Bo"), desk.inside("Ed")
    for path in ("/tables/sources", "/api/v1/tables/sources"):
        shown: dict[str, Any] = {"params": {"names": "shown"}, "data": {"names": "shown"}}
        assert coder.post(path, **shown).status_code == 403
        assert editor.post(path, **shown).status_code == 200
    assert coder.post("/tables/sources", data={"names": "hidden"}).status_code == 200


def test_a_stream_ends_with_its_session(desk: Desk) -> None:
    """Who signed out, was disabled, or whose token went, is told nothing more on an open line."""
    bo = kept.named(desk.ledger, "Bo")
    first, second = (desk.door.let_in(bo, Caller(""), "tests").session for _ in range(2))
    one, two = desk.door.by_session(first), desk.door.by_session(second)
    token, words = tokens.make_token(desk.ledger, bo.id, "x", ["read"], now=desk.now, days=1)
    three = desk.door.by_token(words)
    assert one
    assert two
    assert three
    desk.door.sign_out(one)
    tokens.forget_token(desk.ledger, token.id)
    assert [desk.door.is_still(who) for who in (one, two, three)] == [False, True, False]
    kept.change_account(desk.ledger, bo.id, disabled=True)
    assert not desk.door.is_still(two)


def test_no_password_and_no_secret_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Nor kept, where it was right, wrong, or typed into the wrong field."""
    caplog.set_level(0)
    sign_in(desk.visitor(), "Ada")
    sign_in(desk.visitor(), "Ada", OTHER)
    sign_in(desk.visitor(), PASSWORD, "x")
    said = caplog.text + str(desk.ledger.kept("try")) + str(desk.ledger.kept("session"))
    assert PASSWORD not in said
    assert OTHER not in said
