"""The table of rights: every route, for everybody who may ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from sayso.desk.accounts.account import ROLES, accounts, add_account
from sayso.desk.accounts.tokens import make_token
from sayso.desk.app import create_app
from sayso.desk.gate import rights_of
from sayso.desk.rights import OF_ROLE, SCOPES, Rights, Rule, rules
from sayso.desk.settings import Settings
from sayso.ledger import Ledger

PASSWORD = "nine herons over the weir"
CHEAP = (1, 8, 1)
REFUSED = {401, 403}
SETTINGS = Settings(by="Ada", hosts=("testserver",), cost=CHEAP)
# of a path's parts, what may be asked for
PARTS = {"policy": "ucdp", "table": "figures", "report": "r1", "old": "r2", "claim": "c1.1",
         "path": "desk.css", "entry": "e1"}  # fmt: skip


@dataclass
class Asker:
    """Somebody who asks: what they send with each request, and what they may do."""

    client: TestClient
    may: frozenset[str]
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, rule: Rule) -> int:
        """The status of a request for a route."""
        path = re.sub(r"\{(\w+?)(?::path)?\}", lambda part: PARTS.get(part[1], "x"), rule.path)
        headers = dict(self.headers)
        if path.endswith("/events"):
            headers["last-event-id"] = "none"  # refused: a stream would not end
        answer = self.client.request(rule.method, path, headers=headers, follow_redirects=False)
        if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
            return 303 if rule.path == "/sign-out" and self.may else 401
        return answer.status_code


def sign_in(client: TestClient, name: str) -> str:
    """The seal of the session that a client holds from now on."""
    answer = client.post(
        "/sign-in", data={"name": name, "password": PASSWORD, "back": "/account"}
    )  # fmt: skip
    found = re.search(r'<meta name="seal" content="(\w+)">', answer.text)
    assert found, answer.text
    return found[1]


@pytest.fixture
def make_asker(empty_ledger: Ledger) -> Callable[[str], Asker]:
    """A function from a name to somebody who asks: nobody, a role, or a token with scopes."""
    app = create_app(empty_ledger, SETTINGS)
    door = app.state.desk.door
    for role in reversed(ROLES):
        add_account(
            empty_ledger, role, role=role, by="tests", hash_=door.passwords.hash(PASSWORD)
        )  # fmt: skip
    admin = next(a.id for a in accounts(empty_ledger) if a.role == "admin")

    def make(name: str) -> Asker:
        client = TestClient(app, raise_server_exceptions=False)
        if name == "nobody":
            return Asker(client, frozenset())
        if name in ROLES:
            return Asker(client, OF_ROLE[name], {"x-sayso-seal": sign_in(client, name)})
        scopes = name.split()[1:]
        _, words = make_token(empty_ledger, admin, name, scopes, now=door.clock(), days=1)
        may: frozenset[str] = frozenset(scopes)
        return Asker(client, may, {"authorization": f"Bearer {words}"})

    return make


ASKERS = ("nobody", *ROLES, *(f"token {scope}" for scope in SCOPES), "token read judge add")


@pytest.mark.parametrize("name", ASKERS)
def test_every_route_is_refused_to_who_may_not_and_to_nobody_else(
    name: str, make_asker: Callable[[str], Asker]
) -> None:
    """Who did not sign in: 401 or the sign-in; who lacks the right: 403; all others are heard."""
    asker = make_asker(name)
    wrong = []
    # the sign-out last: it ends what the others need
    for rule in sorted(rules(), key=lambda r: r.path == "/sign-out"):
        status = asker.ask(rule)
        if rule.permission is None:
            fine = status < 500  # heard by all, and looked at there: a password, a signature
        elif rule.permission in asker.may:
            fine = status not in REFUSED
        else:
            fine = status == (401 if name == "nobody" else 403)
        if not fine:
            wrong.append(f"{rule.method} {rule.path}: {status}")
    assert wrong == []


def test_only_the_sign_in_and_our_own_files_are_open() -> None:
    """Nothing of a ledger is: what needs no sign-in is named here, not only in the table.

    What partners ask is signed, and tested where they are.
    """
    opened = [r for r in rules() if r.permission is None]
    named = {f"{r.method} {r.path}" for r in opened if not r.path.startswith("/api/v1/partners/")}
    assert named == {
        "GET /static/{path:path}", "GET /sign-in", "POST /sign-in",
        "GET /sign-in/oidc", "GET /sign-in/oidc/done",  # to a provider and back
    }  # fmt: skip


def test_what_changes_a_ledger_is_for_no_reader() -> None:
    """A reader's rights reach no decision, report, feed, webhook, file or account."""
    free = {f"{r.method} {r.path}" for r in rules()
            if r.method != "GET" and r.permission in OF_ROLE["reader"]}  # fmt: skip
    assert free == {
        "POST /incidents/seen", "POST /me", "POST /sign-out", "POST /views/feed",
        "POST /account/password", "POST /account/sessions", "POST /account/tokens",
        "POST /account/tokens/forget",
    }  # fmt: skip


def test_roles_grow() -> None:
    """Each role may all that the one before it may."""
    held = [OF_ROLE[role] for role in ROLES]
    assert all(less < more for less, more in pairwise(held))


def nothing() -> None:
    """Nothing."""


def test_a_route_without_a_rule_keeps_the_desk_from_starting(empty_ledger: Ledger) -> None:
    """Whoever adds a route must say who may use it; a rule whose route went is said too."""
    app = create_app(empty_ledger, SETTINGS)
    more = APIRouter()
    more.get("/nobody-thought-of-it")(nothing)
    app.include_router(more)
    with pytest.raises(RuntimeError, match="no line for GET /nobody-thought-of-it"):
        rights_of(app)
    with pytest.raises(RuntimeError, match="a line for no route"):
        Rights([("GET", "/log")])


def test_a_page_that_there_is_not_says_so_only_to_who_signed_in(
    make_asker: Callable[[str], Asker],
) -> None:
    """Whoever did not learns nothing about what there is."""
    unknown = Rule("GET", "/api/v1/no", "read")
    assert make_asker("nobody").ask(unknown) == 401
    assert make_asker("reader").ask(unknown) == 404
    assert make_asker("reader").ask(Rule("DELETE", "/log", "read")) == 405
