"""Fixtures that tests of more than one room use, and the option that rewrites golden files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regold`: write the golden files anew instead of comparing with them."""
    parser.addoption("--regold", action="store_true", help="rewrite tests/golden")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder beside the checkout with other people's texts; skips where it is not there."""
    folder = root.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs ../shared, which only developers have")
    return folder


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the model that is installed, loaded once for all tests."""
    return Reader()


@pytest.fixture(scope="session")
def read_file(reader: Reader) -> Callable[[Path], Reading]:
    """A function from a file with one report to its reading."""

    def read(path: Path) -> Reading:
        (report,) = find_reports(make_capture(path.name, path.read_bytes()))
        return reader.read(report)

    return read


Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web server on this machine whose paths do what a test says."""

    def __init__(self) -> None:
        self.paths: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.paths.get(self.path, site.nothing)(self)

            do_POST = do_GET  # noqa: N815 - named by the library

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def nothing(request: BaseHTTPRequestHandler) -> None:
        """404."""
        request.send_response(404)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def say(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        """A path answers with a body and headers (underscores for hyphens)."""
        content = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for key, value in headers.items():
                request.send_header(key.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)

        self.paths[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of this test's own."""
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
