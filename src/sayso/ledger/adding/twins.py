"""Reports without a protected name, for whoever may not see it.

Whoever is cleared for red reads a report as it is. For all others a twin stands in its place: a
report of its own, with its own text, offsets and ids, in which a label stands where the name does.
It is made of what the report was last read and corrected to say, and made anew when that changes.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.ledger.adding.add import Adder, enter_twin, prepare
from sayso.ledger.entries.commit import Commit, Maker, contents
from sayso.ledger.entries.linking import Linking, Relink
from sayso.ledger.entries.readings import load_readings, rejected_claims
from sayso.ledger.judging.marks import mark_anew
from sayso.ledger.seeing.behind import last_twins, reports_behind, twins_of
from sayso.ledger.seeing.cover import Cover, cover_of, decisions_with, held_decisions
from sayso.ledger.seeing.shade import NOTHING, shade
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks, rows_where
from sayso.record import Reading
from sayso.record.links import ClaimRef
from sayso.record.rewrite import rewrite
from sayso.record.wire import to_wire

STEP = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Hand:
    """With what twins are made: who signs for it, what links, the instant."""

    maker: Maker
    linking: Linking | None
    relink: Relink
    at: int


@dataclasses.dataclass(frozen=True, slots=True)
class Looked:
    """What was found before the store was held: the reports, up to an entry, in which forms stand.

    To look through all reports takes long, and nobody could write meanwhile.
    """

    forms: frozenset[str]
    last: int
    naming: frozenset[int]


def look_through(conn: Connection, names: Iterable[str]) -> Looked:
    """The reports in which names stand, or those that are protected already."""
    held = cover_of(conn)
    forms = frozenset(names) | (held.forms if held else frozenset())
    last = conn.scalar(select(func.max(schema.report.c.entry))) or 0
    return Looked(forms, last, frozenset(_naming(conn, Cover(dict.fromkeys(forms, "")), 0)))


def protect_anew(conn: Connection, hand: Hand, looked: Looked | None = None) -> None:
    """Bring all reports under the names that are protected now, or are no more.

    Those that were looked through before are not read again. Where names are protected no more,
    only what stood in a report's place can change.
    """
    cover = cover_of(conn)
    had = set(conn.scalars(select(schema.twin.c.of).distinct()))
    naming = decisions_with(conn, cover) if cover else set()
    told = {report for some in reports_behind(conn, naming).values() for report in some}
    if cover and looked:
        known = cover.forms <= looked.forms  # else another name was protected meanwhile
        told |= set(_naming(conn, cover, looked.last if known else 0))
        told |= looked.naming if known else set()
    renew(conn, had | told, hand)
    shade(conn, held_decisions(conn) | naming)


def covered(conn: Connection, names: Collection[str] = ()) -> dict[int, int | None]:
    """The reports in which a protected name stands now, and their twins; of some `names` alone."""
    ever = conn.scalars(select(schema.twin.c.of).distinct())
    found: dict[int, int | None] = {
        of: twin for of, twin in last_twins(conn, ever).items() if twin is not None
    }
    if names:
        cover = Cover(dict.fromkeys(names, ""))
        said = contents(conn, sorted(found))
        own = {of for of in found if of in said and cover.meets(said[of])}
        own |= _named_by_hand(conn, found.keys() - own, cover)
        found = {of: twin for of, twin in found.items() if of in own}
    return found


def words_beside(conn: Connection, names: Collection[str], words: Sequence[str]) -> dict[str, int]:
    """In how many reports words stand alone, where no form of a name does; none stand nowhere."""
    forms = Cover(dict.fromkeys(names, ""))
    covers = {word: Cover({word: ""}) for word in words}
    found: Counter[str] = Counter()
    for said in _texts(conn) if words else ():
        text = forms.reword(f"{said['title'] or ''}\n{said['text']}")
        found.update(word for word, cover in covers.items() if cover.cuts(text))
    return {word: found[word] for word in words if found[word]}


def _texts(conn: Connection) -> Iterator[dict[str, Any]]:
    """What reports say, twins aside, by the step."""
    table, last = schema.report, 0
    twins = {r for r in conn.scalars(select(schema.twin.c.report)) if r}
    query = select(table.c.entry).order_by(table.c.entry).limit(STEP)
    while entries := list(conn.scalars(query.where(table.c.entry > last))):
        held = contents(conn, entries)
        yield from (said for entry, said in held.items() if entry not in twins)
        last = entries[-1]


def _naming(conn: Connection, cover: Cover, last: int) -> Iterator[int]:
    """The reports behind an entry in which a name stands."""
    table = schema.report
    twins = {r for r in conn.scalars(select(schema.twin.c.report)) if r}
    query = select(table.c.entry).order_by(table.c.entry).limit(STEP)
    while entries := list(conn.scalars(query.where(table.c.entry > last))):
        for entry, said in contents(conn, entries).items():
            if entry not in twins and cover.meets(said):
                yield entry
        last = entries[-1]


def _named_by_hand(conn: Connection, reports: Iterable[int], cover: Cover) -> set[int]:
    """Those that name somebody by what people corrected or added in them."""
    rows = rows_where(conn, schema.reading, "report", sorted(reports))
    held = load_readings(conn, [r.entry for r in rows if r.until is None])
    of = {r.entry: r.report for r in rows_where(conn, schema.reading, "entry", sorted(held))}
    return {of[entry] for entry, reading in held.items() if cover.meets(to_wire(reading))}


def renew(conn: Connection, reports: Iterable[int], hand: Hand) -> None:
    """Have the twins of reports say what their reports say now; a twin of what has none, none."""
    cover, wanted = cover_of(conn), set(reports)
    of = twins_of(conn, wanted)
    wanted = {of.get(report, report) for report in wanted}
    last = last_twins(conn, wanted)
    if cover is None and not any(twin is not None for twin in last.values()):
        return
    rows = {r.entry: r for r in rows_where(conn, schema.report, "entry", sorted(wanted))}
    said = contents(conn, sorted(rows))
    naming = {r for r in rows if cover and r in said and cover.meets(said[r])}
    naming |= _named_by_hand(conn, rows.keys() - naming, cover) if cover else set()
    free = {r for r in rows.keys() - naming if last.get(r) is not None}
    ended = {r for r in naming if rows[r].until is not None and last.get(r) is None}
    if free or ended:
        commit = Commit(conn, hand.at)
        for report in sorted(free | ended):
            enter_twin(
                commit, commit.maker(hand.maker), report, NOTHING if report in ended else None
            )
        hand.relink(commit, None, mark_anew(commit, free | ended))
        commit.close()
    if cover:
        current = sorted(r for r in naming if rows[r].until is None)
        for some in in_chunks(current, STEP):
            _make(conn, some, cover, hand)


def _make(conn: Connection, reports: Sequence[int], cover: Cover, hand: Hand) -> None:
    """Twins of reports that hold, where they would say something new."""
    readings = {r.report: r.entry for r in rows_where(conn, schema.reading, "report", reports)
                if r.until is None}  # fmt: skip
    held = load_readings(conn, readings.values())
    gone = rejected_claims(conn, held, None)
    last = last_twins(conn, reports)
    # two reports may say the same once names are gone: each has a twin of its own
    secrets = {r.entry: r.salt.hex() for r in rows_where(conn, schema.payload, "entry", readings)}
    prepared, of = [], {}
    for report, entry in sorted(readings.items()):
        twin = masked(without(held[entry], gone), cover, secrets[report])
        if not _says(conn, last.get(report), twin):
            prepared.append(prepare(twin, hand.linking))
            of[twin.report.id] = report
    if prepared:
        adder = Adder(conn, hand.maker, hand.at, reread=True, linking=hand.linking)
        adder.twins = of
        adder.add(prepared)


def without(reading: Reading, gone: frozenset[ClaimRef]) -> Reading:
    """The reading without claims that somebody rejected."""
    claims = tuple(c for c in reading.claims if ClaimRef(reading.report.id, c.id) not in gone)
    return dataclasses.replace(reading, claims=claims)


def masked(reading: Reading, cover: Cover, secret: str = "") -> Reading:
    """The reading with labels for names, over a text of its own; its address is left out.

    Its id hangs on the `secret` too, so that no two are one. Who is protected is an unnamed source:
    neither a country nor an office tells more of it.
    """
    bare = dataclasses.replace(reading.report, url=None)
    text = reading.report.text
    new = rewrite(dataclasses.replace(reading, report=bare), cover.cuts(text), cover.reword, secret)
    sources = tuple(
        dataclasses.replace(s, kind="unnamed", named=False, actor=None, alias=None)
        if cover.is_label(s.name)
        else s
        for s in new.sources
    )
    return dataclasses.replace(new, sources=sources)


def _says(conn: Connection, twin: int | None, reading: Reading) -> bool:
    """True where a twin says that already."""
    if not twin:
        return False
    rows = [r for r in rows_where(conn, schema.reading, "report", [twin]) if r.until is None]
    wire = to_wire(reading)
    report = wire.pop("report")
    wire.pop("schema")
    said = contents(conn, [twin, *(r.entry for r in rows)])
    return said.get(twin) == report and any(said.get(r.entry) == wire for r in rows)
