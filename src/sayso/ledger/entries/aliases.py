"""Sources that people joined, or said are not one: who is one with whom, at an instant.

A source is known by its key: name, kind and country. Rows of `link` say which keys a judgement is
about, its target first; who decided it and why stands in the judgement alone.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger.layout.instants import Instant
from sayso.ledger.layout.masking import BLOCK
from sayso.ledger.layout.project import key_of
from sayso.ledger.layout.terms import words_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, in_chunks, insert_rows
from sayso.ledger.store.filters import held_at
from sayso.record import Alias, Reading, Tie

SourceAction = Literal["join", "split"]
JOIN: SourceAction = "join"
SPLIT: SourceAction = "split"
ACTIONS = (JOIN, SPLIT)
BAR = "|"  # stands in each key of a source, and in no other target of a judgement


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on two sources: that they are one, or that they are not."""

    entry: int
    action: SourceAction
    a: str
    b: str
    by: str
    at: int
    reason: str

    def said(self) -> str:
        """It as the ground of a join."""
        return f"joined by {self.by}: {self.reason}"


class Groups:
    """Which sources are one, by the words that hold on them, in the order in which they came.

    The key that stands for a group is the one that others were joined to.
    """

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.words = tuple(sorted(words, key=lambda w: w.entry))
        self._head: dict[str, str] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        for word in self.words:
            a, b = self.head(word.a), self.head(word.b)
            if word.action == JOIN and a != b:
                self._groups[a] = self.group(a) + self.group(b)
                self._head |= dict.fromkeys(self.group(b), a)

    def head(self, key: str) -> str:
        """The key that stands for all that are one with this."""
        return self._head.get(key, key)

    def group(self, key: str) -> tuple[str, ...]:
        """All that are one with a source, itself too, the one that stands for them first."""
        head = self.head(key)
        return self._groups.get(head, (head,))

    def on(self, key: str) -> tuple[Word, ...]:
        """The words on a source or one that it is one with."""
        own = set(self.group(key))
        return tuple(w for w in self.words if w.a in own or w.b in own)

    def apart(self, key: str) -> dict[str, Word]:
        """The groups that somebody said a source is not of, by the keys that stand for them."""
        own = self.head(key)
        found: dict[str, Word] = {}
        for word in self.words:
            sides = self.head(word.a), self.head(word.b)
            if word.action == SPLIT and own in sides:
                found[sides[sides[0] == own]] = word
        return found

    def alias(self, key: str) -> Alias | None:
        """What people said of a source, None where they said nothing."""
        ties = tuple(
            Tie(w.b if w.a == key else w.a, f"e{w.entry}", w.said())
            for w in self.words
            if w.action == JOIN and key in (w.a, w.b)
        )
        apart = frozenset(self.apart(key))
        return Alias(key, self.head(key), ties, apart) if ties or apart else None


def is_source(target: str) -> bool:
    """True of a judgement's target that is the key of a source."""
    return BAR in target


def groups_of(conn: Connection, keys: Iterable[str], at: Instant | None) -> Groups:
    """The groups of sources and of those that somebody said they are not, at an instant."""
    seen: set[str] = set()
    found: dict[int, list[Word]] = {}
    new = set(keys) if _any(conn) else set()
    while new:
        seen |= new
        entries = _entries(conn, sorted(new), at) - found.keys()
        for word in _words(conn, sorted(entries)):
            found.setdefault(word.entry, []).append(word)
        new = {k for some in found.values() for w in some for k in (w.a, w.b)} - seen
    return Groups(w for some in found.values() for w in some)


def _any(conn: Connection) -> bool:
    """True where anybody ever joined or split sources: in most ledgers nobody did."""
    table = schema.link
    return conn.scalar(select(table.c.entry).where(table.c.kind.in_(ACTIONS)).limit(1)) is not None


def _entries(conn: Connection, keys: Sequence[str], at: Instant | None) -> set[int]:
    table, found = schema.link, set[int]()
    for chunk in in_chunks(keys):
        query = select(table.c.entry).where(
            among(conn, table.c.member, chunk), table.c.kind.in_(ACTIONS), held_at(table, at)
        )
        found |= set(conn.scalars(query))
    return found


def _words(conn: Connection, entries: Sequence[int]) -> Iterable[Word]:
    table, judgement = schema.link, schema.judgement
    for chunk in in_chunks(entries):
        query = (
            select(table.c.entry, table.c.kind, table.c.member, judgement.c.view, judgement.c.since)
            .join(judgement, judgement.c.entry == table.c.entry)
            .where(among(conn, table.c.entry, chunk), table.c.kind.in_(ACTIONS))
            .order_by(table.c.entry, table.c.n)
        )
        first: Any = None
        for row in conn.execute(query).all():
            if first is None or row.entry != first.entry:
                first = row
                continue
            view = json.loads(row.view)
            yield Word(
                row.entry, JOIN if row.kind == JOIN else SPLIT, first.member, row.member,
                view["by"], row.since, view["reason"],
            )  # fmt: skip


def with_aliases(
    conn: Connection, readings: Mapping[int, Reading], at: Instant | None
) -> dict[int, Reading]:
    """Readings whose sources carry what people said of them at an instant."""
    keys = {e: [_key(s) for s in r.sources] for e, r in readings.items()}
    groups = groups_of(conn, {k for some in keys.values() for k in some}, at)
    if not groups.words:
        return dict(readings)
    found = {}
    for entry, reading in readings.items():
        aliases = [groups.alias(key) for key in keys[entry]]
        if any(aliases):
            sources = zip(reading.sources, aliases, strict=True)
            named = tuple(dataclasses.replace(s, alias=alias) for s, alias in sources)
            reading = dataclasses.replace(reading, sources=named)  # noqa: PLW2901
        found[entry] = reading
    return found


def _key(source: Any) -> str:
    return key_of(source.name, source.kind, source.actor.country if source.actor else None)


# -- deciding ----------------------------------------------------------------------------------


def keys_in(action: str, target: str, detail: Mapping[str, Any]) -> list[str]:
    """The keys that a judgement on sources names, its target first.

    Raises UsageError where it names none beside that.
    """
    named = [detail.get("other")] if action == JOIN else list(detail.get("apart") or ())
    if not named or not all(isinstance(key, str) and is_source(key) for key in named):
        raise UsageError(f"{action} of a source takes the key of another one")
    if detail.get("into"):
        raise UsageError("into goes with incidents: who is another source is one already")
    return [target, *dict.fromkeys(map(str, named))]


def check(conn: Connection, action: str, keys: Sequence[str]) -> None:
    """Raises UsageError where what is said was said before, or the contrary was."""
    target, *others = keys
    groups = groups_of(conn, keys, None)
    for key in others:
        if key == target:
            raise UsageError("name two sources: this is one")
        if BLOCK in f"{key}{target}":
            raise UsageError("whose name is hidden can be anybody: let it show first")
        parted = groups.apart(target).get(groups.head(key))
        if parted is not None and action == SPLIT:
            raise UsageError(f"e{parted.entry} says so already")
        if parted is not None:
            raise UsageError(f"e{parted.entry} says that they are not one: undo it first")
        if groups.head(key) == groups.head(target):
            made = _between(groups, target, key)
            if action == JOIN:
                raise UsageError(f"they are one already, by e{made}")
            raise UsageError(f"e{made} made them one: undo it, and they are not")


def _between(groups: Groups, a: str, b: str) -> int:
    """The entry of the last word without which two sources would not be one."""
    joins = [w for w in groups.words if w.action == JOIN]
    for word in reversed(joins):
        rest = Groups(w for w in joins if w is not word)
        if rest.head(a) != rest.head(b):
            return word.entry
    return 0


def enter(conn: Connection, entry: int, action: str, keys: Sequence[str], since: int) -> set[int]:
    """The incidents in which a new judgement on sources changes what is counted."""
    touched = where_both_speak(conn, [(keys[0], key) for key in keys[1:]])
    insert_rows(conn, schema.link, link_rows(entry, action, keys, since, None))
    return touched


def end(conn: Connection, entry: int, at: int) -> set[int]:
    """The same for a judgement on sources that no longer holds."""
    table = schema.link
    conn.execute(table.update().where(table.c.entry == entry).values(until=at))
    return where_both_speak(conn, pairs_of(conn, [entry]))


def pairs_of(conn: Connection, entries: Iterable[int]) -> list[tuple[str, str]]:
    """The sources that judgements are about, two by two; nothing of other entries."""
    return [(word.a, word.b) for word in _words(conn, sorted(entries))]


def link_rows(
    entry: int, action: str, keys: Sequence[str], since: int, until: int | None
) -> list[tuple[Any, ...]]:
    """The rows of `link` that a judgement on sources has."""
    return [(entry, n, action, f"e{entry}", key, "{}", since, until) for n, key in enumerate(keys)]


def where_both_speak(conn: Connection, pairs: Iterable[tuple[str, str]]) -> set[int]:
    """The incidents whose reports have a source of either group, while no word makes them one.

    Nothing is counted otherwise where only one of them speaks.
    """
    return {num for a, b in pairs for num in _where_both_speak(conn, a, b)}


def _where_both_speak(conn: Connection, a: str, b: str) -> set[int]:
    groups = groups_of(conn, [a, b], None)
    told = []
    for key in (a, b):
        member, source = schema.member, schema.source
        told.append(
            select(member.c.incident)
            .join(source, source.c.reading == member.c.reading)
            .where(source.c.key.in_(groups.group(key)), member.c.until.is_(None))
        )
    return set(conn.scalars(told[0].intersect(told[1])))


def naming(conn: Connection, keys: Iterable[str]) -> set[int]:
    """The judgements, whether they hold or not, that join or split sources of these keys."""
    table, found = schema.link, set[int]()
    for chunk in in_chunks(sorted(set(keys))):
        query = select(table.c.entry).where(
            among(conn, table.c.member, chunk), table.c.kind.in_(ACTIONS)
        )
        found |= set(conn.scalars(query))
    return found


def holding(conn: Connection, hide: Callable[[str], str]) -> set[int]:
    """The judgements that join or split a source whose key holds a name that is to be hidden."""
    table = schema.link
    query = select(table.c.entry, table.c.member).where(table.c.kind.in_(ACTIONS))
    return {row.entry for row in conn.execute(query) if hide(row.member) != row.member}


def also_called(conn: Connection, name: str, at: Instant | None) -> list[str]:
    """The keys of sources that are one with one of a name, where their own names do not hold it."""
    table = schema.link
    query = select(table.c.member).where(table.c.kind == JOIN, held_at(table, at))
    joined = set(conn.scalars(query))
    asked = words_of(name)
    called = {key for key in joined if _is_called(key, asked)}
    groups = groups_of(conn, called, at)
    found = {key for each in called for key in groups.group(each)}
    return sorted(found - called)


def _is_called(key: str, asked: list[str]) -> bool:
    """True where the words asked for stand in a source's name, or are its country."""
    name, _, country = key.rsplit(BAR, 2)
    own = words_of(name)
    stands = any(own[i : i + len(asked)] == asked for i in range(len(own)))
    return stands or words_of(country) == asked
