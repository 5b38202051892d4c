"""The word index: FTS5 on SQLite, a GIN index over a tsvector on PostgreSQL, the same questions.

Both index the words that `terms.words_of` finds, so that both stores answer alike. A question is
words that must all occur; `"in quotes"` in that order, `captur*` by how it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    MetaData,
    Subquery,
    Table,
    cast,
    column,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from sayso.errors import UsageError
from sayso.ledger.layout.terms import words_of
from sayso.ledger.store.engines import among, insert_rows, is_sqlite
from sayso.ledger.store.schema import Number

# what a tsvector holds
MOST_PLACES, MOST_TIMES, MOST_LETTERS = 16_383, 255, 500
GAP = 100  # rows between two that are read along: an index costs as much to open
PART = re.compile(r'"([^"]*)"|(\S+)')
# not in schema.metadata: SQLite's is a virtual table, which migrations make by hand
_sqlite = table("claim_words", column("rowid"), column("claim_words"))
POSTGRES = Table(
    "claim_words",
    MetaData(),
    Column("row", Number, primary_key=True, quote=True),
    Column("words", TSVECTOR),
)


def enter(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Enter rows with the text by which each is to be found."""
    folded = [(row, " ".join(words_of(words))) for row, words in rows]
    if not folded:
        return
    if is_sqlite(conn):
        conn.exec_driver_sql("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", folded)
        return
    insert_rows(conn, POSTGRES, [(row, _vector(words.split())) for row, words in folded])


def _vector(words: list[str]) -> str:
    """The tsvector of words, written out: PostgreSQL's own parser would cut some otherwise."""
    places: dict[str, list[str]] = {}
    for n, word in enumerate(words[:MOST_PLACES], 1):
        places.setdefault(word[:MOST_LETTERS], []).append(str(n))
    return " ".join(f"'{word}':{','.join(at[:MOST_TIMES])}" for word, at in places.items())


def _execute_many(conn: Connection, sql: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(text(sql), rows)


def remove(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Take rows out again; the text must be the one they were entered with."""
    if is_sqlite(conn):
        folded = [("delete", row, " ".join(words_of(words))) for row, words in rows]
        if folded:
            conn.exec_driver_sql(
                "INSERT INTO claim_words (claim_words, rowid, words) VALUES (?, ?, ?)", folded
            )
        return
    _execute_many(
        conn, 'DELETE FROM claim_words WHERE "row" = :row', [{"row": row} for row, _ in rows]
    )


def clear(conn: Connection) -> None:
    """An empty index."""
    if is_sqlite(conn):
        conn.exec_driver_sql("INSERT INTO claim_words (claim_words) VALUES ('delete-all')")
    else:
        conn.exec_driver_sql("DELETE FROM claim_words")


def scrub(conn: Connection) -> None:
    """Nothing left in the index of what was removed: FTS5 keeps removed words until it merges."""
    if is_sqlite(conn):
        conn.exec_driver_sql("INSERT INTO claim_words (claim_words) VALUES ('optimize')")


def _parts(question: str) -> list[tuple[list[str], bool]]:
    parts = []
    for phrase, word in PART.findall(question):
        words = words_of(phrase or word)
        if words:
            parts.append((words, word.endswith("*")))
    if not parts:
        raise UsageError(f"{question!r} holds no word to look for")
    return parts


def _sqlite_question(question: str) -> str:
    # in quotes, so that no word of the user is one of FTS5's own (AND, NEAR)
    return " AND ".join(
        '"' + " ".join(words) + '"' + ("*" if starts else "") for words, starts in _parts(question)
    )


def _postgres_question(question: str) -> str:
    return " & ".join(
        "(" + " <-> ".join(f"'{w[:MOST_LETTERS]}'" for w in words) + (":*)" if starts else ")")
        for words, starts in _parts(question)
    )


def holding(conn: Connection, question: str, rows: Iterable[int]) -> set[int]:
    """Those of some rows that hold the words."""
    wanted = sorted(rows)
    if not is_sqlite(conn):
        some = fenced(among(conn, POSTGRES.c.row, wanted))
        return set(conn.scalars(select(some.c.row).where(matching(some.c.words, question))))
    # by runs: FTS5 finds the place of a row in the list of a word at once, but for one range
    # alone; of a set it reads the whole list
    ask = conn.connection.cursor()
    sql = "SELECT rowid FROM claim_words WHERE claim_words MATCH ? AND rowid BETWEEN ? AND ?"
    match, held = _sqlite_question(question), set[int]()
    for first, last in _runs(wanted):
        held.update(row for (row,) in ask.execute(sql, (match, first, last)))
    return held.intersection(wanted)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of rows that stand together."""
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or rows[n] > rows[n - 1] + GAP:
            yield rows[start], rows[n - 1]
            start = n


def hits(conn: Connection, question: str) -> tuple[FromClause, ColumnElement[int], Any]:
    """Where to select from, the column with the claim's row, and the condition."""
    if is_sqlite(conn):
        match = literal_column("claim_words").op("MATCH")(_sqlite_question(question))
        return _sqlite, _sqlite.c.rowid, match
    return POSTGRES, POSTGRES.c.row, matching(POSTGRES.c.words, question)


def matching(column: ColumnElement[Any], question: str) -> ColumnElement[bool]:
    """PostgreSQL's condition that a column of words holds those that are asked for."""
    return column.op("@@")(cast(_postgres_question(question), TSQUERY))


def fenced(*conditions: ColumnElement[bool]) -> Subquery:
    """PostgreSQL's rows by these conditions alone: what else must hold is asked of them after.

    It keeps no statistics of words (they would outlive an erasure), and so cannot tell which
    index finds fewer rows.
    """
    return select(POSTGRES).where(*conditions).offset(0).subquery()
