"""A database that goes away under a desk, and comes again, while pages are asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from bench.ledger.generated import generate
from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

PATHS = ("/incidents", "/sources", "/log", "/api/v1/incidents", "/api/v1/claims", "/incidents.atom")


@pytest.mark.slow
def test_a_server_that_goes_and_comes_in_the_middle_of_pages(
    server: Any, record_property: Callable[[str, object], None]
) -> None:
    """Every page is whole, or says in words that the ledger is away; then all are whole again."""
    testing = pytest.importorskip("starlette.testclient")
    if server.control is None:
        pytest.skip("the server is not ours to restart")
    answers: list[tuple[str, int, str]] = []
    done = threading.Event()
    with Ledger.open(server.database(), linking=Linking()) as ledger:
        ledger.add(generate(40, claims=4))
        app = create_app(ledger, Settings(by="Ada", hosts=("testserver",)))
        client = testing.TestClient(app, raise_server_exceptions=False)
        whole = {path: client.get(path) for path in PATHS}

        def ask() -> None:
            own = testing.TestClient(app, raise_server_exceptions=False)
            while not done.is_set():
                for path in PATHS:
                    answer = own.get(path)
                    answers.append((path, answer.status_code, answer.text))

        asking = [threading.Thread(target=ask) for _ in range(3)]
        for each in asking:
            each.start()
        for action in ("kill", "stop", "kill"):
            time.sleep(0.7)
            server.control(action)
            time.sleep(0.5)
            server.control("start")
        time.sleep(0.7)
        done.set()
        for each in asking:
            each.join()
        after = {path: client.get(path) for path in PATHS}
    server.drop()
    assert {path for path, status, _ in answers if status == 200} == set(PATHS)
    assert {status for _, status, _ in answers} == {200, 503}
    for path, status, text in answers:
        if status == 503:
            assert "PostgreSQL" in text or "server" in text, text[:500]
        else:
            assert len(text) > len(whole[path].text) // 2
    assert all(answer.status_code == 200 for answer in after.values())
    record_property("faults", 3)
