"""A ledger as somebody with a clearance sees it: the tables without what they may not see.

On each connection of theirs, a view of the same name lies over each table that tells of reports:
both stores look among a session's own temporary views first. So every question, whoever writes it,
is asked of what they may see, and none can forget to.
"""

from __future__ import annotations

import math
import threading
import time
from typing import Any

from sqlalchemy import Engine, event

from sayso.ledger.seeing.behind import any_twins
from sayso.ledger.store import schema
from sayso.ledger.store.engines import make_engine, reading
from sayso.record.marking import Marking, level_of

LOOK_SECONDS = 1.0  # between two looks whether another process protected a source

# by table the column with the entry whose shade binds a row
KEYS = {
    "report": "entry",
    "reading": "entry",
    "claim": "report",
    "source": "reading",
    "mention": "report",
    "member": "reading",
    "mask": "report",
    "export": "report",
}
BOUND = "(s.level > {level} OR s.below <= {level})"
# a value and no join: PostgreSQL would make an anti join of NOT EXISTS, and read whole tables for
# the least key
HIDDEN = "(SELECT 1 FROM {of}shade s WHERE s.entry = {entry} AND {bound} LIMIT 1)"
SEEN = "SELECT {columns} FROM {of}{table} t WHERE {hidden} IS NULL"
# the rows of a claim are bound by its report
OF_CLAIM = (
    "SELECT {columns} FROM {of}{table} t WHERE (SELECT 1 FROM {of}claim c "
    'JOIN {of}shade s ON s.entry = c.report WHERE c."row" = t."row" AND {bound} LIMIT 1) IS NULL'
)
LINES = (
    "{seen} UNION ALL SELECT entry, incident, CAST(NULL AS BIGINT) AS moved_to, view, doubt, "
    "cells, since, until FROM {of}line_below b WHERE b.level <= {level} AND {level} < b.below"
)
# What tells of no report: the chain's links, makers, linking's own, what lies beside the chain; a
# test holds that each table is bound or named here.
OPEN = frozenset({
    "head", "batch", "maker", "pending", "frequency", "posting", "kept", "seen", "listed",
    "listed_name", "shade", "line_below", "twin",
})  # fmt: skip
# an incident of which something was ever seen
INCIDENTS = (
    "SELECT {columns} FROM {of}incident t WHERE EXISTS (SELECT 1 FROM {of}incident_line l WHERE "
    "l.incident = t.num AND {hidden} IS NULL) OR EXISTS (SELECT 1 FROM {of}line_below b "
    "WHERE b.incident = t.num AND b.level <= {level})"
)
# what is said of sources tells that they speak: all must be heard in what is seen
JUDGEMENTS = (
    "{seen} AND (t.target NOT LIKE '%|%' OR EXISTS (SELECT 1 FROM source v WHERE v.key = t.target))"
    " AND NOT EXISTS (SELECT 1 FROM {of}link l WHERE l.entry = t.entry AND l.kind IN "
    "('join', 'split') AND NOT EXISTS (SELECT 1 FROM source v WHERE v.key = l.member))"
)
# with a judgement that is not seen, what took it back is not
ENTRIES = (
    "{seen} AND NOT EXISTS (SELECT 1 FROM {of}judgement j WHERE j.entry IN (t.id, t.about) AND NOT "
    "EXISTS (SELECT 1 FROM judgement k WHERE k.entry = j.entry))"
)
AS_ENTRY = (
    "SELECT {columns} FROM {of}{table} t WHERE EXISTS (SELECT 1 FROM entry v WHERE v.id = t.entry)"
)


class Veils:
    """A store as each clearance sees it: an engine each, made when it is first asked."""

    def __init__(self, whole: Engine) -> None:
        self.whole = whole
        self._engines: dict[Marking, Engine] = {}
        self._lock = threading.Lock()
        self._looked = -math.inf  # when it was last asked whether there are twins

    def engine(self, clearance: Marking) -> Engine:
        """The engine to read by: what the clearance may not see is not in its tables."""
        found = self._engines.get(clearance)
        if found is not None:
            return found
        if clearance == "red" and not self._has_twins():
            return self.whole
        with self._lock:
            if clearance not in self._engines:
                self._engines[clearance] = _veiled(self.whole, level_of(clearance))
            return self._engines[clearance]

    def _has_twins(self) -> bool:
        """True where some reports are there twice: whoever may see all is not to see both."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            with reading(self.whole) as conn:
                if any_twins(conn):
                    return True
            self._looked = time.monotonic()
        return False

    def look_again(self) -> None:
        """A source was protected just now."""
        self._looked = -math.inf

    def close(self) -> None:
        """Let the store go."""
        for engine in (*self._engines.values(), self.whole):
            engine.dispose()


def _veiled(whole: Engine, level: int) -> Engine:
    engine = make_engine(whole.url.render_as_string(hide_password=False))
    event.listen(engine, "connect", lambda raw, _: _lay(raw, engine.dialect.name, level))
    return engine


def _lay(raw: Any, dialect: str, level: int) -> None:
    """Lay the views over the tables of a connection."""
    cursor = raw.cursor()
    of = "main."
    if dialect == "postgresql":
        cursor.execute("SELECT quote_ident(current_schema())")
        of = f"{cursor.fetchone()[0]}."
    for name, query in _views(of, level):
        cursor.execute(f'CREATE TEMPORARY VIEW "{name}" AS {query}')
    cursor.close()
    raw.commit()


def _views(of: str, level: int) -> list[tuple[str, str]]:
    """The views by name, those that others rest on first."""
    bound = BOUND.format(level=level)

    def hidden(entry: str) -> str:
        return HIDDEN.format(of=of, entry=entry, bound=bound)

    def seen(table: str, key: str) -> str:
        return SEEN.format(of=of, table=table, columns=_columns(table), hidden=hidden(f"t.{key}"))

    said: dict[str, Any] = {"of": of, "level": level, "bound": bound}
    views = [(table, seen(table, key)) for table, key in KEYS.items()]
    views += [
        (t, OF_CLAIM.format(table=t, columns=_columns(t), **said)) for t in ("facet", "figure")
    ]
    views += [
        (
            "incident",
            INCIDENTS.format(hidden=hidden("l.entry"), columns=_columns("incident"), **said),
        ),
        ("incident_line", LINES.format(seen=seen("incident_line", "entry"), **said)),
        ("judgement", JUDGEMENTS.format(seen=seen("judgement", "entry"), of=of)),
        ("entry", ENTRIES.format(seen=seen("entry", "id"), of=of)),
    ]
    views += [
        (t, AS_ENTRY.format(table=t, columns=_columns(t), of=of)) for t in ("payload", "link")
    ]
    return views


def _columns(table: str) -> str:
    """The columns by name: in a store that grew by migrations they stand in another order."""
    return ", ".join(f't."{column.name}"' for column in schema.metadata.tables[table].columns)
