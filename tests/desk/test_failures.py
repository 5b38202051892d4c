"""What a desk says when something fails: what it is, what to do, and what had been typed."""

from __future__ import annotations

import html
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.answers import adding
from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.ledger.seeing.veil import Veils
from sayso.ledger.store import engines
from sayso.pipeline.read import Failed

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TEXT = "SEAPORT - A ferry sank off Seaport and nine people drowned, the coast guard said."
PAGES = ("/", "/incidents", "/incidents.atom", "/incidents/r1", "/reports/r1", "/sources",
         "/review", "/views", "/watch", "/log")  # fmt: skip
ROUTES = ("incidents", "news", "figures", "figures/ucdp", "incidents/r1", "reports", "reports/r1",
          "claims", "sources", "review", "views", "webhooks", "feeds", "log", "events")  # fmt: skip
Open = Callable[..., Any]


@pytest.fixture
def open_desk(example_file: Path, tmp_path: Path) -> Iterator[tuple[Any, Path]]:
    """A client of a desk on a file that a test may move or lock."""
    testing = pytest.importorskip("starlette.testclient")
    path = tmp_path / "desk.db"
    shutil.copyfile(example_file, path)
    with Ledger.open(f"sqlite:///{path}", maker="tests", linking=Linking()) as ledger:
        app = create_app(ledger, Settings(by="Ada", hosts=("testserver",)))
        yield testing.TestClient(app, raise_server_exceptions=False), path


def all_say(client: Any, status: int, *words: str) -> None:
    """Every page and route answers with a status, and words of what is wrong and what to do."""
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == status, path
        assert "<h1>" in answer.text, path
        assert all(each in html.unescape(answer.text) for each in words), path
    for route in ROUTES:
        answer = client.get(f"/api/v1/{route}")
        assert answer.status_code == status, route
        assert answer.headers["content-type"] == "application/problem+json", route
        said = answer.json()
        assert all(each in said["detail"] + said["mend"] for each in words), route
        assert answer.headers["retry-after"] == "2"


def test_a_file_that_is_gone_is_said_and_comes_back(open_desk: tuple[Any, Path]) -> None:
    """Moved away while the desk runs: 503 everywhere, no file is made; put back, all goes on."""
    client, path = open_desk
    assert client.get("/incidents").status_code == 200
    path.rename(path.with_name("elsewhere.db"))
    all_say(client, 503, "the file is gone", "put it back")
    answer = client.post("/add", data={"text": TEXT})
    assert answer.status_code == 503
    assert TEXT in html.unescape(answer.text)
    assert not path.exists()
    path.with_name("elsewhere.db").rename(path)
    assert client.get("/incidents").status_code == 200
    assert client.post("/views", data={"name": "kept"}).status_code == 200


def test_another_file_in_its_place_is_what_is_read(
    open_desk: tuple[Any, Path], example_file: Path
) -> None:
    """A copy put in the ledger's place, not the file without a name that was open before."""
    client, path = open_desk
    client.post("/views", data={"name": "of the old file"})
    for each in path.parent.glob("desk.db*"):
        each.unlink()
    shutil.copyfile(example_file, path)
    assert client.get("/api/v1/views").json() == []
    assert client.get("/incidents").status_code == 200


def test_a_server_that_is_gone_is_said(ledger: Ledger, client: TestClient) -> None:
    """Nobody answers at the PostgreSQL server's address: 503, with what to do."""
    pytest.importorskip("psycopg")
    held, veils = ledger.whole, ledger.veils
    ledger.whole = engines.make_engine("postgresql://ada:secret@127.0.0.1:1/ledger")
    ledger.veils = Veils(ledger.whole)
    try:
        all_say(client, 503, "cannot be reached", "see that it runs")
        answer = client.post("/add", data={"text": TEXT})
        assert TEXT in html.unescape(answer.text)
        assert "secret" not in answer.text
    finally:
        ledger.whole.dispose()
        ledger.whole, ledger.veils = held, veils


def test_a_ledger_that_another_writes_is_read_all_the_same(
    example_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is locked pages show; what would be entered is given back, and taken later."""
    testing = pytest.importorskip("starlette.testclient")
    path = tmp_path / "locked.db"
    shutil.copyfile(example_file, path)
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.1)
    with Ledger.open(f"sqlite:///{path}", maker="tests", linking=Linking()) as ledger:
        app = create_app(ledger, Settings(by="Ada", hosts=("testserver",)))
        client = testing.TestClient(app, raise_server_exceptions=False)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/incidents").status_code == 200
        for address, typed in (("/add", {"text": TEXT}), ("/views", {"name": "precious"})):
            answer = client.post(address, data=typed)
            assert answer.status_code == 503
            assert "try again" in answer.text
            assert all(value in html.unescape(answer.text) for value in typed.values())
        answer = client.post("/api/v1/reports", json={"reports": [{"text": TEXT}]})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        other.execute("ROLLBACK")
        other.close()
        assert client.post("/api/v1/reports", json={"reports": [{"text": TEXT}]}).is_success


@pytest.mark.parametrize("path", ["/incidents/incident-0000", "/incidents/r999", "/reports/r999",
                                  "/reports/x", "/sources/nobody|person|", "/no-such-page",
                                  "/claims/c9.9"])  # fmt: skip
def test_unknown_ids_are_said(client: TestClient, path: str) -> None:
    """404 with a way on, as a page and by the API."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "What to do" in answer.text
    assert 'href="/incidents' in answer.text
    by_api = client.get(f"/api/v1{path}")
    assert by_api.status_code == 404
    assert by_api.json()["mend"]


def test_a_body_that_is_too_large_is_said(ledger: Ledger) -> None:
    """413 with what to do, whether its length is told or not; nothing of it is kept."""
    testing = pytest.importorskip("starlette.testclient")
    app = create_app(ledger, Settings(by="Ada", hosts=("testserver",), most_body=2_000))
    client = testing.TestClient(app, raise_server_exceptions=False)
    before = ledger.head().entries
    for path, more in (("/add", {"data": {"text": TEXT * 100}}),
                       ("/add", {"files": {"files": ("a.txt", b"x" * 5_000)}}),
                       ("/api/v1/reports", {"json": {"reports": [{"text": TEXT * 100}]}}),
                       ("/api/v1/feeds.opml", {"content": iter([b"x" * 1_500] * 3)})):  # fmt: skip
        answer = client.post(path, **more)
        assert answer.status_code == 413, path
        assert "fewer" in answer.text
    assert ledger.head().entries == before


def test_a_reading_that_fails_gives_the_text_back(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect in reading one text is said, without its words; the text stays in the box."""
    monkeypatch.setattr(
        adding, "read_given", lambda captures, _: [_failed(each.name) for each in captures]
    )
    answer = client.post("/add", data={"text": TEXT, "published": "2031-05-06"})
    assert answer.status_code == 200
    assert TEXT in html.unescape(answer.text)
    assert "2031-05-06" in answer.text
    by_api = client.post("/api/v1/reports", json={"reports": [{"text": TEXT}]})
    assert by_api.status_code == 422
    assert by_api.json()["detail"]


def _failed(name: str) -> Failed:
    return Failed(f"{name}: reading it failed", "")


@pytest.mark.parametrize("path", ["/incidents?at=yesterday", "/incidents?cursor=x", "/log?act=x",
                                  "/incidents?flag=nothing", "/incidents?type=atack",
                                  "/incidents?from=soon", "/incidents?q=%00",
                                  "/incidents?at=2099-01-01"])  # fmt: skip
def test_bad_requests_are_said(client: TestClient, path: str) -> None:
    """400 with what is wrong."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert "<h1>" in answer.text
    assert client.get(f"/api/v1{path}").status_code in (400, 422)
