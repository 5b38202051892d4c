"""Who speaks: lists by name, and one of them; those that people joined are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)

from sayso.errors import NotInLedgerError
from sayso.ledger.asking.claims import check_limit, judgements
from sayso.ledger.entries.aliases import JOIN, Groups, Word, groups_of
from sayso.ledger.entries.commit import contents
from sayso.ledger.layout.answers import Judged, Page, SourceAnswer, SourceTie
from sayso.ledger.layout.called import is_pronoun
from sayso.ledger.layout.instants import Instant, to_iso
from sayso.ledger.layout.masking import masker
from sayso.ledger.layout.terms import fold
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, rows_where
from sayso.ledger.store.filters import held_at

WALKED = 20_000  # keys of sources that are stepped through one by one
LATEST = 3  # reports of a source whose words for it are listed


@dataclass(frozen=True, slots=True)
class _Told:
    """A source: its rows, a key each, that which stands for it first; where a list met it."""

    met: str
    parts: tuple[Any, ...]
    reports: int

    @property
    def keys(self) -> list[str]:
        return [part.key for part in self.parts]


def find_sources(
    conn: Connection, name: str | None, at: Instant | None, limit: int, cursor: str | None
) -> Page[SourceAnswer]:
    """A page of sources by name: who speaks, in how many reports, with which grade."""
    found: list[_Told] = []
    most = check_limit(limit) + 1
    while len(found) < most:
        keys = keys_like(conn, name, cursor, most)
        found += _told(conn, keys, name, at)
        if len(keys) < most:
            break
        cursor = keys[-1]
    page = found[:limit]
    more = page[-1].met if len(found) > limit else None
    return Page(_answer(conn, page, at, _last_rows(conn, page)), more)


def keys_like(conn: Connection, name: str | None, after: str | None, most: int) -> list[str]:
    """The next keys that hold a name, of the index alone: whether they hold now is asked later.

    Where few speak often, stepping from key to key is quickest; else all rows are gone through.
    """
    key = schema.source.c.key
    walk = select(func.min(key).label("key"), literal(1).label("n")).where(key > (after or ""))
    steps = walk.cte("steps", recursive=True)
    further = select(func.min(key)).where(key > steps.c.key).correlate(steps).scalar_subquery()
    seen = steps.union_all(
        select(further, steps.c.n + 1).where(steps.c.key.is_not(None), steps.c.n < WALKED)
    )
    rows = list(conn.execute(  # in the order of the steps, and no further than they are needed
        select(seen.c.key, seen.c.n).where(seen.c.key.is_not(None))
        .where(or_(_holds(seen.c.key, name), seen.c.n == WALKED)).limit(most)
    ))  # fmt: skip
    found = [row.key for row in rows if row.n < WALKED]
    if not rows or rows[-1].n < WALKED:
        return found
    rest = select(key).distinct().where(key >= rows[-1].key, _holds(key, name)).order_by(key)
    return found + list(conn.scalars(rest.limit(most - len(found))))


def _holds(key: ColumnElement[str], name: str | None) -> ColumnElement[bool]:
    return key.contains(_folded(name), autoescape=True) if name else true()


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def _told(
    conn: Connection, keys: Sequence[str], name: str | None, at: Instant | None
) -> list[_Told]:
    """The sources that keys lead to, each at one key alone."""
    groups = groups_of(conn, keys, at)
    met = {key: groups.group(key) for key in keys if _stands_at(groups.group(key), name) == key}
    rows = _rows(conn, [key for some in met.values() for key in some], at)
    found = []
    for key, some in met.items():
        parts = tuple(rows[k] for k in some if k in rows)
        if parts:
            found.append(_Told(key, parts, _reports(conn, parts, at)))
    return found


def _stands_at(group: Sequence[str], name: str | None) -> str:
    """At which of its keys a list has a source: that which stands for it, where the name fits it.

    Who looks for another of its names finds it by that.
    """
    asked = _folded(name or "")
    fits = [key for key in group if asked in key] or [key for key in group if asked in key.lower()]
    return group[0] if group[0] in fits or not fits else min(fits)


def _rows(conn: Connection, keys: Sequence[str], at: Instant | None) -> dict[str, Any]:
    """What the tables hold of each key."""
    table = schema.source
    query = (
        select(
            table.c.key,
            func.min(table.c.name).label("name"),
            func.count(table.c.reading.distinct()).label("reports"),
            func.sum(table.c.claims).label("claims"),
            func.max(table.c.reading).label("last"),
            func.max(cast(table.c.named, Integer)).label("named"),
            func.min(schema.report.c.public_at).label("first"),
        )
        .join(schema.reading, schema.reading.c.entry == table.c.reading)
        .join(schema.report, schema.report.c.entry == schema.reading.c.report)
        .where(held_at(table, at), table.c.key.in_(keys))
        .group_by(table.c.key)
    )
    return {row.key: row for row in conn.execute(query)}


def _reports(conn: Connection, parts: Sequence[Any], at: Instant | None) -> int:
    """In how many reports a source speaks: under two names in one report, in one."""
    if len(parts) == 1:
        return int(parts[0].reports)
    table = schema.source
    query = select(func.count(table.c.reading.distinct())).where(
        table.c.key.in_([part.key for part in parts]), held_at(table, at)
    )
    return conn.scalar(query) or 0


def find_source(conn: Connection, key: str, at: Instant | None) -> SourceAnswer:
    """A source by its key, or that of another which is one with it.

    Raises NotInLedgerError where nobody of that key speaks.
    """
    group = groups_of(conn, [key], at).group(key)
    rows = _rows(conn, group, at)
    parts = tuple(rows[k] for k in group if k in rows)
    if not parts:
        raise NotInLedgerError(f"nobody called {key!r:.80} speaks here", "see the sources")
    told = _Told(key, parts, _reports(conn, parts, at))
    return _answer(conn, [told], at, {parts[0].key: _latest_rows(conn, told.keys, at)})[0]


def _answer(
    conn: Connection, told: Sequence[_Told], at: Instant | None, latest: dict[str, list[Any]]
) -> tuple[SourceAnswer, ...]:
    """Sources with what they are called in the rows that are their latest."""
    keys = [key for each in told for key in each.keys]
    judged = judgements(conn, keys, at)
    groups = groups_of(conn, keys, at)
    words = _names_in(conn, latest)
    names = _names(conn, {k for w in groups.words for k in (w.a, w.b)}, at)
    return tuple(_source(each, words[each.keys[0]], judged, groups, names) for each in told)


def _names(conn: Connection, keys: Iterable[str], at: Instant | None) -> dict[str, str]:
    """What sources that speak are called."""
    table = schema.source
    query = select(table.c.key, func.min(table.c.name).label("name"))
    query = query.where(table.c.key.in_(sorted(keys)), held_at(table, at)).group_by(table.c.key)
    return {row.key: row.name for row in conn.execute(query)} if keys else {}


def _rows_of() -> Select[Any]:
    table = schema.source
    return select(table.c.key, table.c.reading, table.c.n, schema.reading.c.report).join(
        schema.reading, schema.reading.c.entry == table.c.reading
    )


def _latest_rows(conn: Connection, keys: Sequence[str], at: Instant | None) -> list[Any]:
    """Where a source speaks in its latest reports."""
    table = schema.source
    query = _rows_of().where(table.c.key.in_(keys), held_at(table, at))
    return list(conn.execute(query.order_by(table.c.reading.desc()).limit(LATEST)))


def _last_rows(conn: Connection, told: Sequence[_Told]) -> dict[str, list[Any]]:
    """Where each of many sources speaks in the last report of each of its keys, asked at once."""
    table = schema.source
    last = {part.key: part.last for each in told for part in each.parts}
    query = _rows_of().where(table.c.key.in_(last), among(conn, table.c.reading, [*last.values()]))
    found: dict[str, list[Any]] = {}
    for row in conn.execute(query):
        if row.reading == last[row.key]:
            found.setdefault(row.key, []).append(row)
    return {e.keys[0]: [row for key in e.keys for row in found.get(key, ())] for e in told}


def _names_in(conn: Connection, rows: dict[str, list[Any]]) -> dict[str, tuple[str, ...]]:
    """What sources are called in rows of theirs, names hidden where they must be."""
    every = [row for some in rows.values() for row in some]
    said = contents(conn, sorted({e for row in every for e in (row.reading, row.report)}))
    hidden: dict[int, list[str]] = {}
    for mask in rows_where(conn, schema.mask, "report", {row.report for row in every}):
        if mask.until is None:
            hidden.setdefault(mask.report, []).append(mask.name)
    return {key: _aliases(some, said, hidden) for key, some in rows.items()}


def _aliases(
    rows: Sequence[Any], said: dict[int, Any], hidden: dict[int, list[str]]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        mask = masker(hidden.get(row.report, ()))
        text = said[row.report]["text"]
        held = said[row.reading]["sources"]
        if row.n >= len(held):
            continue  # whom a person put in another's place is called nothing in the text
        for spans in held[row.n]["mentions"]:
            words = " ".join(" ".join(text[start:end].split()) for start, end in spans)
            if not is_pronoun(words):  # "She" may be anybody
                found[mask(words) if mask else words] = None
    return tuple(found)


def _source(
    told: _Told, words: Iterable[str], judged: dict[str, tuple[Judged, ...]], groups: Groups,
    names: dict[str, str],
) -> SourceAnswer:  # fmt: skip
    first, *others = told.parts
    _, kind, country = first.key.rsplit("|", 2)
    on = sorted(
        (j for key in told.keys for j in judged.get(key, ())), key=lambda j: int(j.entry[1:])
    )
    grades = [j.detail["grade"] for j in on if j.action == "grade"]
    own = _plain(first.name)
    called = {_plain(name): name for name in (*words, *(part.name for part in others))}
    aliases = tuple(name for plain, name in called.items() if plain != own)
    return SourceAnswer(
        first.key, first.name, kind, bool(max(p.named for p in told.parts)), country or None,
        told.reports, sum(int(p.claims) for p in told.parts),
        to_iso(min(p.first for p in told.parts)), aliases, grades[-1] if grades else "F",
        tuple(on), tuple(part.key for part in others),
        tuple(_ties(first.key, groups, names)),
    )  # fmt: skip


def _plain(name: str) -> str:
    """A name as all write it: *Seoul’s spies* are *Seoul's spies*."""
    return name.replace("’", "'")


def _ties(key: str, groups: Groups, names: dict[str, str]) -> Iterator[SourceTie]:
    """What people said of whom it is one with; nothing of anybody who does not speak here."""
    own = groups.group(key)
    for word in groups.on(key):
        away = word.action != JOIN and word.a not in own
        one, other = (word.a, word.b) if away else (word.b, word.a)
        if one in names and other in names:
            yield _tie(word, (one, names[one]), (other, names[other]))


def _tie(word: Word, one: tuple[str, str], other: tuple[str, str]) -> SourceTie:
    when = to_iso(word.at)
    return SourceTie(f"e{word.entry}", word.action, *one, *other, word.by, when, word.reason)
