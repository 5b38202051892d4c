"""The desk's interface by its own description, for everybody who may ask, on a marked ledger.

Schemathesis makes right and wrong requests for each operation; each role signed in, and a token of
each scope, asks them. Whatever is asked: no 5xx, an answer as described, and no word of a report that
is marked above who asks.
"""

from __future__ import annotations

import re
import shutil
import warnings
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from attack.desk import CHEAP
from attack.tally import Size, Tally
from sayso.desk.accounts.account import ROLES, add_account
from sayso.desk.accounts.tokens import make_token
from sayso.desk.app import create_app
from sayso.desk.rights import SCOPES
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.record.marking import MARKINGS
from tests.ledger.conftest import said_by

PASSWORD = "nine herons over the weir"  # noqa: S105 - of a desk that lives for this attack
STREAMS = ("/api/v1/events", "/api/v1/partners/stream")  # never end
CLEARED = "green"  # everybody who asks: amber and red are above
HIDDEN = ("Amberley", "Strickland", "Redfern", "Quickfall")
SEEN = ("Clearwater", "Greenhalgh")


def fill(store: str) -> None:
    """A ledger with a report of each marking, and one of a source that is protected."""
    with Ledger.open(store, linking=Linking()) as ledger:
        for level, name in zip(MARKINGS, (*SEEN, *HIDDEN[:3]), strict=True):
            words, url = f"Four soldiers were killed, {name} said", f"https://paper.example/{level}"
            ledger.add([said_by(f"Maud {name}", words, url=url)], marking=level)
        other = "https://paper.example/other"
        ledger.add([said_by("Ottoline Quickfall", "Nine soldiers were killed", url=other)])
        (key,) = {s.key for s in ledger.sources("quickfall").rows}
        ledger.judge("protect", key, by="Ada", reason="asked for")


def askers(app: Any, ledger: Ledger) -> dict[str, dict[str, str]]:
    """By who asks, what they send along: a session's cookie and seal, or a token."""
    door = app.state.desk.door
    add_account(ledger, "root", role="admin", by="attack", hash_="x")
    found: dict[str, dict[str, str]] = {"nobody": {}}
    for role in ROLES:
        hash_ = door.passwords.hash(PASSWORD)
        account = add_account(
            ledger, f"a {role}", role=role, by="attack", clearance=CLEARED, hash_=hash_
        )
        client = TestClient(app)
        said = {"name": f"a {role}", "password": PASSWORD, "back": "/account"}
        seal = re.search(r'name="seal" content="(\w+)"', client.post("/sign-in", data=said).text)
        cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
        found[role] = {"cookie": cookie, "x-sayso-seal": seal[1] if seal else ""}
        if role == "admin":
            for scope in SCOPES:
                words = make_token(ledger, account.id, scope, [scope], now=door.clock(), days=1)[1]
                found[f"a token for {scope}"] = {"authorization": f"Bearer {words}"}
    return found


def attack(tally: Tally, size: Size, folder: Path) -> None:
    """Each operation, for each who asks, right and wrong."""
    with warnings.catch_warnings():  # schemathesis's own
        warnings.simplefilter("ignore")
        try:
            import schemathesis  # noqa: PLC0415 - a tool of developers
        except ImportError:
            tally.left_out.append("the interface by its description: Schemathesis is not installed")
            return
        fill(f"sqlite:///{folder / 'marked.db'}")
        shutil.copyfile(folder / "marked.db", folder / "api.db")
        with Ledger.open(f"sqlite:///{folder / 'api.db'}", linking=Linking()) as ledger:
            app = create_app(ledger, Settings(by="Ada", hosts=("testserver",), cost=CHEAP))
            held = askers(app, ledger)
            described = TestClient(app).get("/openapi.json", headers=held["admin"]).json()
            schema = schemathesis.openapi.from_dict(described)
            schema.app = app
            each = _Each(tally, schemathesis, app)
            for n, (path, methods) in enumerate(described["paths"].items()):
                if path in STREAMS:
                    continue
                for method in methods:
                    for m, (name, headers) in enumerate(held.items()):
                        # the short form asks each operation as some of them, in turn
                        if size.name == "full" or (n + m) % 5 == 0:
                            each.ask(schema[path][method.upper()], name, headers, size)
            _seen(tally, app, held)


class _Each:
    """One operation at a time."""

    def __init__(self, tally: Tally, schemathesis: Any, app: Any) -> None:
        self.tally, self.schemathesis, self.app = tally, schemathesis, app

    def ask(self, operation: Any, name: str, headers: dict[str, str], size: Size) -> None:
        """Requests that fit the description, and requests that do not."""
        for mode in self.schemathesis.GenerationMode:
            given(case=operation.as_strategy(generation_mode=mode))(
                settings(
                    max_examples=2 if size.name == "short" else 10, deadline=None, database=None,
                    derandomize=True, phases=[Phase.explicit, Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )(lambda case: self._hold(case, name, headers))
            )()  # fmt: skip

    def _hold(self, case: Any, name: str, headers: dict[str, str]) -> None:
        where = f"{case.method} {case.path} as {name}"
        checks = self.schemathesis.checks
        answer = case.call(app=self.app, headers={"host": "testserver", **headers})
        said = (answer.content or b"").decode("utf-8", "replace") + str(dict(answer.headers))
        told = [word for word in HIDDEN if word.casefold() in said.casefold()]
        self.tally.tried += 2
        if told:
            self.tally.leaks.append(f"{where}: told of {told[0]}")
        if answer.status_code >= 500:
            self.tally.faults.append(f"{where}: {answer.status_code} {said[:100]}")
        try:
            case.validate_response(
                answer,
                excluded_checks=[checks.positive_data_acceptance, checks.negative_data_rejection],
            )
        except Exception as error:  # noqa: BLE001 - a group of what does not hold
            what = f"{where}: {' '.join(str(error).split())}"[:300]
            if what[:120] not in {f[:120] for f in self.tally.faults}:
                self.tally.faults.append(what)


def _seen(tally: Tally, app: Any, held: dict[str, dict[str, str]]) -> None:
    """What is not above them, they see: else nothing was looked through."""
    client = TestClient(app)
    text = client.get("/api/v1/claims", headers=held["reader"]).text
    tally.expect(all(name in text for name in SEEN), "who may see a report does not")
