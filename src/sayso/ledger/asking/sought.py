"""What was sought: values that cannot be are refused, and why nothing was found is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, false, func, select

from sayso.errors import UsageError, nearest
from sayso.ledger.asking.seek import Seeker
from sayso.ledger.asking.sources import keys_like
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.layout.project import source_key
from sayso.ledger.layout.terms import term
from sayso.ledger.seeing.cover import cover_of
from sayso.ledger.store import schema
from sayso.ledger.store.filters import Filters, held_at, singles_of
from sayso.lexicon.events import load_events
from sayso.record import Certainty, Counts, Polarity

Rows = Literal["claims", "incidents", "figures"]
CLOSED: dict[str, tuple[str, ...]] = {
    "measure": get_args(Counts), "certainty": get_args(Certainty), "polarity": get_args(Polarity),
}  # fmt: skip
NEAR, LIKELY = 3, 2_000  # names to offer for one that is not here, of so many that begin alike
COUNTED = 100_000  # rows of one kind; more are not counted
NAMED = 10_000  # sources; the same


def check_filters(conn: Connection, filters: Filters) -> None:
    """Raises UsageError for a value that no claim can have: a misspelt type finds nothing, too.

    Types are those of the ontology, and those that the ledger holds: it may be older, or read by
    somebody with types of their own.
    """
    for name in (f.name for f in dataclasses.fields(filters)):
        value = getattr(filters, name)
        if isinstance(value, str) and not value.strip():
            raise UsageError(f"{name.rstrip('_')} is empty; leave it out, or say what to look for")
        if value is not None and value not in CLOSED.get(name, (value,)):
            raise UsageError(_refusal(name, value, CLOSED[name]))
    if filters.type is not None and not _is_type(conn, filters.type):
        ontology = load_events()
        if filters.type not in ontology.types:
            word = filters.type.casefold()
            telling = {f.type for words in ontology.words.values() for f in words.get(word, ())}
            raise UsageError(_refusal("type", filters.type, sorted(ontology.types), telling))
    if filters.from_ and filters.to and filters.from_ > filters.to:
        raise UsageError(f"from {filters.from_} to {filters.to} there is no day: turn them round")


def _is_type(conn: Connection, name: str) -> bool:
    query = select(schema.facet.c.row).where(schema.facet.c.term == term("type", name)).limit(1)
    return conn.scalar(query) is not None


def _refusal(kind: str, value: str, values: Sequence[str], telling: Iterable[str] = ()) -> str:
    """`no type is called 'captur'; did you mean capture?`, `'killed' is a measure, not a type`."""
    other = next((name for name, held in CLOSED.items() if value in held), None)
    if other:
        return f"{value!r} is a {other}, not a {kind}"
    near = list(dict.fromkeys((*sorted(telling), *nearest(value, values))))[:NEAR]
    mend = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(values)}"
    return f"no {kind} is called {value!r:.60}; {mend}"


def why_nothing(conn: Connection, filters: Filters, rows: Rows) -> str:
    """Why no row fits, in a sentence, and what the ledger holds."""
    clocks = Filters(as_known_at=filters.as_known_at, as_public_at=filters.as_public_at)
    if not _any(conn, clocks):
        return _why_empty(conn, clocks)
    singles = [(_said(s), s) for s in singles_of(filters)]
    unknown = [said for said, s in singles if not _any(conn, s)]
    if unknown:
        why = f"no claim here has {' or '.join(unknown)}"
        if filters.speaker and any(said.startswith("speaker") for said in unknown):
            why += _like(conn, filters.speaker)
    elif len(singles) > 1:
        why = f"{', '.join(said for said, _ in singles)}: each fits some claims, together none"
    elif rows == "figures":
        why = "claims fit, but state no such figure of an incident; `sayso claims` has them"
    else:
        why = "claims fit, but none is of an incident; `sayso claims` has them"
    return f"{why}; {_held(conn)}"


def _any(conn: Connection, filters: Filters) -> bool:
    return bool(Seeker(conn, filters).rows(None, 1, (schema.claim.c.row,)))


def _said(single: Filters) -> str:
    """A question with one filter in words: `place 'Kursk'`, `a day from 2024-12-01`."""
    if single.from_ or single.to:
        ends = (("from", single.from_), ("to", single.to))
        return f"a day {' '.join(f'{word} {day}' for word, day in ends if day)}"
    values = dataclasses.asdict(single)
    name = next(k for k, v in values.items() if v is not None and k != "as_known_at")
    return f"{'the words' if name == 'words' else name} {values[name]!r:.60}"


def _why_empty(conn: Connection, clocks: Filters) -> str:
    """Why there is no claim at all: none was ever read, or none was known or out by then."""
    report = schema.report
    known, out = conn.execute(select(func.min(report.c.since), func.min(report.c.public_at))).one()
    if known is None:
        return "the ledger holds no report yet; `sayso add FILE` reads one into it"
    if _is_before(clocks.as_known_at, known):
        return f"nothing was known then: the first report came in at {to_iso(known)[:19]}Z"
    if _is_before(clocks.as_public_at, out):
        return f"nothing was out by then: the first report here is of {to_iso(out)[:10]}"
    return f"no claim was held then; {_held(conn)}"


def _is_before(at: Instant | None, first: int) -> bool:
    return at is not None and to_micros(at) < first


def _held(conn: Connection) -> str:
    """`held here: 12 incidents of 9 reports, of days from 2023-04-01 to 2024-12-29`."""
    line, claim = schema.incident_line, schema.claim
    reports = _count(conn, select(schema.report.c.entry), "report")
    incidents = select(line.c.entry).where(line.c.until.is_(None), line.c.moved_to.is_(None))
    words = f"held here: {_count(conn, incidents, 'incident')} of {reports}"
    # one by one: SQLite answers one of them by its index, both together by reading all
    first, last = (
        conn.scalar(select(f(claim.c.ends)).where(claim.c.long == false()))
        for f in (func.min, func.max)
    )
    return f"{words}, of days from {first} to {last}" if first else words


def _count(conn: Connection, query: Select[Any], noun: str) -> str:
    count = conn.scalar(select(func.count()).select_from(query.limit(COUNTED).subquery())) or 0
    return _many(count, COUNTED, noun)


def _many(count: int, most: int, noun: str) -> str:
    many = "more than " if count == most else ""
    return f"{many}{count:,} {noun}" + ("" if count == 1 else "s")


def why_no_source(conn: Connection, name: str | None, at: Instant | None) -> str:
    """Why no source has such a name, and how many there are."""
    key = schema.source.c.key
    if not name or conn.scalar(select(key).where(held_at(schema.source, at)).limit(1)) is None:
        return _why_empty(conn, Filters(as_known_at=at))
    # whenever they spoke: which of them hold now, all rows would have to say
    held = _many(len(keys_like(conn, None, None, NAMED)), NAMED, "source")
    return f"no source here has {name!r:.60} in its name{_like(conn, name)}; held here: {held}"


def _like(conn: Connection, name: str) -> str:
    """The names of sources like one; no protected one, since these words end up in logs."""
    cover = cover_of(conn)
    names = dict.fromkeys(key.partition("|")[0] for key in sources_like(conn, name))
    near = [each for each in names if cover is None or not cover.meets(each)]
    return f" (most like it: {', '.join(near)})" if near else ""


def sources_like(conn: Connection, name: str) -> list[str]:
    """The keys of sources with a name, or a word in it, like this one, the likeliest first."""
    column, start = schema.source.c.key, source_key(name)[:1]
    every = select(column).distinct().limit(LIKELY)
    alike = every.where(column >= start, column < start + "~")
    keys: dict[str, str] = {}
    for key in (*conn.scalars(alike), *conn.scalars(every)):
        own = key.partition("|")[0]
        for words in (key, own, *own.split()):
            keys.setdefault(words, key)
    return list(dict.fromkeys(keys[words] for words in nearest(source_key(name), keys)))
