"""The desk on a ledger of our examples: in this process, as a running server, in a browser."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import socket
import subprocess
import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed: pip install 'sayso[desk]'")
import uvicorn
from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

FORMS = {".txt", ".html", ".pdf"}
SCENARIOS = ("05", "07", "08", "14", "27", "48")  # a denial, a retraction, a circle, copies …
BY = "Ada"
CHEAP = (1, 8, 1)  # of a password's hash: tests sign in often
# as root Chromium wants no sandbox; the rest keeps it from calling its maker
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def scenario_lines(path: Path) -> Iterator[str]:
    """The reports of a scenario, one JSON object a line."""
    for report in tomllib.loads(path.read_text("utf-8"))["report"]:
        told = {k: str(v) for k, v in report.items() if k in ("text", "publisher", "url", "title")}
        if "published" in report:
            told["published"] = str(report["published"])
        yield json.dumps({"id": f"{path.stem}-{report['id']}", **told})


@pytest.fixture(scope="session")
def example_readings(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """Our stories and some scenarios, read once."""
    stories = sorted((root / "examples" / "stories").rglob("*"))
    files = [str(p) for p in stories if p.suffix in FORMS]
    chosen = [p for n in SCENARIOS for p in (root / "examples" / "scenarios").glob(f"{n}-*.toml")]
    lines = tmp_path_factory.mktemp("scenarios") / "scenarios.jsonl"
    lines.write_text("\n".join(line for p in chosen for line in scenario_lines(p)), "utf-8")
    return [o for o in read_all([*files, str(lines)], Ask()) if isinstance(o, Reading)]


@pytest.fixture(scope="session")
def example_file(example_readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the examples; copied for each test, never changed."""
    path = tmp_path_factory.mktemp("ledger") / "examples.db"
    with Ledger.open(f"sqlite:///{path}", maker="tests", linking=Linking()) as ledger:
        ledger.add(example_readings)
    return path


@pytest.fixture
def open_desk_ledger(tmp_path: Path) -> Iterator[Callable[[Path | None], Ledger]]:
    """A function that opens a copy of a ledger, or an empty one."""
    with contextlib.ExitStack() as stack:

        def open_copy(source: Path | None) -> Ledger:
            path = tmp_path / f"desk-{'empty' if source is None else 'filled'}.db"
            if source is not None:
                shutil.copyfile(source, path)
            url = f"sqlite:///{path}"
            return stack.enter_context(Ledger.open(url, maker="tests", linking=Linking()))

        yield open_copy


@pytest.fixture
def ledger(open_desk_ledger: Callable[[Path | None], Ledger], example_file: Path) -> Ledger:
    """An open copy of the examples' ledger."""
    return open_desk_ledger(example_file)


@pytest.fixture
def empty_ledger(open_desk_ledger: Callable[[Path | None], Ledger]) -> Ledger:
    """An open ledger with nothing in it."""
    return open_desk_ledger(None)


def client_of(ledger: Ledger, **more: Any) -> TestClient:
    """A client of a desk on a ledger; errors are answered as they would be."""
    settings = Settings(by=BY, hosts=("testserver",), cost=CHEAP, **more)
    return TestClient(create_app(ledger, settings), raise_server_exceptions=False)


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    """A client of the desk on the examples."""
    with client_of(ledger) as client:
        yield client


@pytest.fixture
def empty_client(empty_ledger: Ledger) -> Iterator[TestClient]:
    """A client of the desk on an empty ledger."""
    with client_of(empty_ledger) as client:
        yield client


@contextlib.contextmanager
def served(ledger: Ledger, **more: Any) -> Iterator[str]:
    """The address of a running desk; `more` are settings."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(ledger, Settings(by=BY, cost=CHEAP, **more))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture
def served_desk() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """A function from a ledger and settings to a running desk, which gives its address."""
    return served


@pytest.fixture
def live(ledger: Ledger) -> Iterator[str]:
    """The address of a running desk on the examples."""
    with served(ledger) as address:
        yield address


@pytest.fixture
def live_empty(empty_ledger: Ledger) -> Iterator[str]:
    """The address of a running desk on an empty ledger."""
    with served(empty_ledger) as address:
        yield address


# -- the browser ------------------------------------------------------------------------------


@functools.cache
def find_browser() -> str | None:
    """A browser's path: the one named, one on PATH, Playwright's own, else Debian's, installed."""
    named = os.environ.get("SAYSO_TEST_BROWSER")
    names = (named, "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found or named:
        return found
    own = sorted((Path.home() / ".cache/ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    if own:
        return str(own[-1])
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        wait = "DPkg::Lock::Timeout=240"  # another process of the tests may be installing it
        command = ["apt-get", "install", "-y", "-qq", "-o", wait, "--no-install-recommends"]
        with contextlib.suppress(subprocess.SubprocessError):
            subprocess.run([*command, "chromium"], check=True, capture_output=True, timeout=300)
        return shutil.which("chromium")
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser; skips where none is found and none can be installed."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = find_browser()
    if path is None:
        pytest.skip("no browser: install chromium, or name one in SAYSO_TEST_BROWSER")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A browser page and all that went wrong on it: console, policy, requests elsewhere."""

    page: Any
    address: str
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note what goes wrong from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"request elsewhere: {request.url}")

    def open(self, path: str) -> Any:
        """The page at a path, loaded; the answer too."""
        return self.page.goto(self.address + path, wait_until="load")


@pytest.fixture
def open_browser(browser: Any) -> Iterator[Callable[..., Watched]]:
    """A function from an address (and width, scheme, …) to a watched page of a new visitor."""
    with contextlib.ExitStack() as stack:

        def make(
            address: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True
        ) -> Watched:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=scripts,
                has_touch=width < 600,
            )
            stack.callback(context.close)
            watched = Watched(context.new_page(), address)
            watched.watch()
            return watched

        yield make


@pytest.fixture
def second_page() -> Callable[[Watched], Watched]:
    """A function from a watched page to another one of the same visitor."""

    def make(first: Watched) -> Watched:
        second = Watched(first.page.context.new_page(), first.address)
        second.watch()
        return second

    return make
