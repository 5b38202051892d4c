"""The store: engines, transactions, bulk rows, and errors in words.

What differs between SQLite and PostgreSQL stands here and in `words.py`; all else is one code.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    any_,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError

from sayso.errors import (
    LedgerFullError,
    LedgerLostError,
    LedgerUrlError,
)
from sayso.ledger.store import schema
from sayso.ledger.store.refusals import ROOM, in_words

BUSY_SECONDS = 30
CHUNK = 2_000  # values of one question
BEGIN = "sayso_begin"  # how SQLite begins; PostgreSQL does not care


def parse_url(url: str) -> URL:
    """The store's address; raises LedgerUrlError where it is no SQLite file and no PostgreSQL."""
    mend = "write sqlite:///FILE or postgresql://USER@HOST/NAME"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        raise LedgerUrlError(f"{url!r} is no address of a ledger", mend) from None
    kind = parsed.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise LedgerUrlError(f"a ledger cannot be kept in {kind!r}", mend)
    if "?" in url:  # SQLAlchemy would cut the name there, and hand on what it knows of the rest
        raise LedgerUrlError(
            f"{url}: the address of a file takes no options, and its name no question mark",
            "write sqlite:///FILE; a file that may not be written is only read",
        )
    if not parsed.database or parsed.database == ":memory:":
        raise LedgerUrlError("a ledger needs a file", mend)
    return parsed


def make_engine(url: str) -> Engine:
    """The engine of a store, with the settings that the ledger rests on.

    Parameters are hidden: no error may hold a text or a name that was being written.
    """
    parsed = parse_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "")
            if _is_kept_from_writing(path):
                engine = create_engine(
                    parsed, creator=lambda: _connect_to_read(path), hide_parameters=True
                )
            else:
                engine = create_engine(
                    parsed, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
                )
                event.listen(engine, "connect", lambda raw, _: _check_ours(raw, path))
                event.listen(engine, "connect", _set_up_sqlite)
                _hold_to_file(engine, path)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise LedgerUrlError(
            "PostgreSQL needs a driver that is not installed", "pip install 'sayso[postgres]'"
        ) from None


def _hold_to_file(engine: Engine, path: Path) -> None:
    """Refuse to go on where the file was moved away or another lies in its place.

    SQLite would write on into a file without a name, or make an empty one.
    """
    held: set[str] = set()  # "file", once there was one

    def connect(*_: Any) -> None:
        if held and not path.exists():
            raise LedgerLostError(f"{path}: the file is gone", BACK)

    def check_out(_raw: Any, record: Any, _proxy: Any) -> None:
        try:
            found = path.stat()
        except FileNotFoundError:
            raise LedgerLostError(f"{path}: the file is gone", BACK) from None
        held.add("file")
        which = (found.st_dev, found.st_ino)
        if record.info.setdefault("file", which) != which:
            raise DisconnectionError  # the pool makes a new connection, to the file that is there

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", check_out)


BACK = "put it back where it was: what was acknowledged is in it"


def _is_kept_from_writing(path: Path) -> bool:
    """True for a file that this process may only read, or whose folder takes no file beside it."""
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection to somebody else's ledger, or to one on a disc that takes nothing.

    Without a log beside it nobody writes it now, and what we read does not change.
    """
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    address = f"{path.resolve().as_uri()}?{how}"
    # one of the pool's, which gives it to one thread at a time
    return sqlite3.connect(
        address, BUSY_SECONDS, isolation_level=None, uri=True, check_same_thread=False
    )


def is_sqlite(conn: Connection) -> bool:
    """True where the store is an SQLite file."""
    return conn.dialect.name == "sqlite"


def _check_ours(raw: sqlite3.Connection, path: Path) -> None:
    """Raises LedgerUrlError for a file of another program: ours would stand among its tables.

    Before anything is set, which would be written into it.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [name for (name,) in raw.execute(query)]
    if tables and schema.head.name not in tables:
        raise LedgerUrlError(
            f"sqlite:///{path}: another program's database (it has the table {tables[0]!r:.60})",
            "name another file: a ledger is kept in one of its own",
        )


def _set_up_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # we say BEGIN, see _begin_sqlite
    for pragma in (
        "journal_mode = WAL",  # readers never wait for the writer
        "synchronous = FULL",  # what was acknowledged outlives a power cut
        "secure_delete = ON",  # freed pages are zeroed: `erase` rests on it
        "wal_autocheckpoint = 8000",  # 32 MB: pages that each batch touches are written home once
        "cache_size = -65536",
        "temp_store = MEMORY",  # sorting leaves no words in temporary files
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    # IMMEDIATE: a writer waits its turn at the start; one that asks later, after reading, would
    # be told "database is locked" at once, whatever the timeout.
    begin = conn.get_execution_options().get(BEGIN, "BEGIN")
    if begin:
        conn.exec_driver_sql(begin)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the store throughout."""
    with _in_words(engine), engine.connect() as conn:
        if conn.dialect.name == "postgresql":
            conn = conn.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
        with conn.begin():
            yield conn


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: it holds the head's row till its end."""
    with _in_words(engine), engine.connect() as conn:
        conn = conn.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})  # noqa: PLW2901
        with conn.begin():
            if conn.dialect.name == "postgresql":
                conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            yield conn


@contextmanager
def outside(engine: Engine) -> Iterator[Connection]:
    """A connection without a transaction, for VACUUM and its like."""
    with _in_words(engine), engine.connect() as conn:
        if conn.dialect.name == "postgresql":
            yield conn.execution_options(isolation_level="AUTOCOMMIT")
        else:
            yield conn.execution_options(**{BEGIN: ""})


@contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        plain = engine.url.set(drivername=engine.url.get_backend_name())  # as people write it
        raise in_words(error, plain.render_as_string()) from error
    except OSError as error:
        raise LedgerFullError(f"the ledger could not be written: {error}", ROOM) from error


def insert_rows(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows at once, values in the order of the table's columns."""
    if not rows:
        return
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    if is_sqlite(conn):
        marks = ", ".join("?" * len(table.columns))
        # names: our own tables
        sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
        conn.exec_driver_sql(sql, list(rows))
        return
    raw = conn.connection.cursor()
    with raw.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def look_up(conn: Connection) -> None:
    """Have PostgreSQL find rows one by one by their index, in this transaction.

    Knowing nothing of a term (statistics would outlive an erasure), it takes each for common and
    reads a table from its end until it meets one: half a second for what is years old.
    """
    if not is_sqlite(conn):
        conn.exec_driver_sql(
            "SET LOCAL enable_mergejoin = off; SET LOCAL enable_hashjoin = off;"
            " SET LOCAL max_parallel_workers_per_gather = 0"
        )


def refresh_plans(engine: Engine, link: int) -> None:
    """Tell PostgreSQL how the tables have grown, each time that the chain's length doubled.

    Until it knows (its own routine comes once a minute at best), it sorts whole tables.
    """
    if engine.dialect.name != "postgresql" or link.bit_count() != 1:
        return
    with outside(engine) as conn:
        for table in (schema.claim, schema.facet, schema.figure, schema.report, schema.reading):
            conn.exec_driver_sql(f'ANALYZE "{table.name}"')
        conn.exec_driver_sql("ANALYZE claim_words")


def in_chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The values in lists that fit one statement."""
    chunk: list[Any] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def among(
    conn: Connection, column: ColumnElement[Any], values: Sequence[Any]
) -> ColumnElement[bool]:
    """The condition that a column holds one of the values, which go as one parameter.

    SQLAlchemy writes a list out value by value, which took longer than to find the rows.
    """
    if is_sqlite(conn):
        return _among_listed(column, json.dumps(list(values)))
    return column == any_(bindparam(None, list(values), ARRAY(column.type), unique=True))


def _among_listed(
    column: ColumnElement[Any], values: str | BindParameter[str]
) -> ColumnElement[bool]:
    listed = func.json_each(values).table_valued("value")
    return column.in_(select(listed.c.value))


def rows_where(conn: Connection, table: Table, column: str, values: Iterable[Any]) -> Iterator[Any]:
    """All rows of a table whose column holds one of the values."""
    sqlite = is_sqlite(conn)
    query = _rows_among(table, column, sqlite=sqlite)
    for chunk in in_chunks(values):
        # all at once: row by row SQLAlchemy takes twice as long
        listed = json.dumps(chunk) if sqlite else chunk
        yield from conn.execute(query, {"listed": listed}).all()


@functools.lru_cache(256)
def _rows_among(table: Table, column: str, *, sqlite: bool) -> Select[Any]:
    """The question, put together once: that took half as long as to ask it."""
    of = table.c[column]
    if sqlite:
        return select(table).where(_among_listed(of, bindparam("listed")))
    return select(table).where(of == any_(bindparam("listed", type_=ARRAY(of.type))))


@dataclass(frozen=True)
class Newest:
    """Of each value of a column the `most` newest rows by `order`; `also` what else must hold.

    The stores differ in how one asks that for many values: SQLite has no LATERAL, and needs none,
    since a question costs it no way to a server.
    """

    table: Table
    column: str
    order: str
    most: int

    def rows(self, conn: Connection, values: Sequence[int], **also: int | None) -> Iterator[Any]:
        """The rows, value by value."""
        names = tuple(c.name for c in self.table.columns)
        yield from map(_row_of(self.table), self._ask(conn, names, values, also))

    def orders(self, conn: Connection, values: Sequence[int], **also: int | None) -> Iterator[int]:
        """What the rows have in the column `order`, alone: half as dear as the rows."""
        yield from itertools.chain.from_iterable(self._ask(conn, (self.order,), values, also))

    def _ask(
        self, conn: Connection, wanted: Sequence[str], values: Sequence[int],
        also: Mapping[str, int | None],
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        names = ", ".join(f'"{name}"' for name in wanted)
        where = "".join(
            f' AND "{name}" ' + ("IS NULL" if value is None else f"= {int(value)}")
            for name, value in also.items()
        )
        # names and numbers: our own
        rest = f'{where} ORDER BY "{self.order}" DESC LIMIT {self.most}'
        one = f'SELECT {names} FROM "{self.table.name}" WHERE "{self.column}" = '  # noqa: S608
        if is_sqlite(conn):
            ask = conn.connection.cursor()
            for value in values:
                yield from ask.execute(f"{one}?{rest}", (value,))
            return
        each = f"CROSS JOIN LATERAL ({one}v.x{rest}) p"
        sql = f"SELECT p.* FROM unnest(%s::bigint[]) v(x) {each}"  # noqa: S608
        for chunk in in_chunks(values):
            yield from map(tuple, conn.exec_driver_sql(sql, (chunk,)))


def _row_of(table: Table) -> Callable[[Iterable[Any]], Any]:
    """What makes a named tuple of a table's row."""
    make = _row_types(table.name, tuple(c.name for c in table.columns))
    return lambda row: make(*row)


@functools.cache
def _row_types(name: str, columns: tuple[str, ...]) -> Any:
    return namedtuple(name, columns)  # noqa: PYI024 - made from the table


def delete_where(conn: Connection, table: Table, column: str, values: Iterable[Any]) -> None:
    """No row left whose column holds one of the values."""
    for chunk in in_chunks(values):
        conn.execute(table.delete().where(table.c[column].in_(chunk)))


def lock_head(conn: Connection) -> Any:
    """The head's row, ours until the transaction ends (SQLite: BEGIN IMMEDIATE did it)."""
    return conn.execute(select(schema.head).with_for_update()).one()
