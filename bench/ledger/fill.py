"""A ledger grown fast: copies of prepared readings, with the rows that linking would leave.

New ids, addresses, salts and days (of events too); the same rows as any other. Making up a
million claims, and linking them one by one, would take far longer than storing them; what is
measured afterwards is added in the ordinary way.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.ledger.generated import STORY, TOWNS, day_of
from sayso.incidents.frequencies import LedgerFrequencies
from sayso.incidents.packed import pack
from sayso.ledger import Ledger
from sayso.ledger.adding.add import Adder, Prepared, prepare
from sayso.ledger.entries.commit import Commit, Payload, seal
from sayso.ledger.entries.incidents import Step as Placing
from sayso.ledger.entries.incidents import line_values, mention_values, step_wire
from sayso.ledger.layout.instants import now
from sayso.ledger.layout.project import Projection, day_terms
from sayso.ledger.store import chain, engines, schema
from sayso.ledger.store.frequencies import WordCounts
from sayso.ledger.store.postings import PARTS, list_number, number_of
from sayso.linking.incidents.blocks import LIST, post_mention
from sayso.linking.incidents.mentions import Mention
from sayso.record import Reading, When

BATCH = 1_000
CLAIMS = 10  # of one report
MARKS = 90  # of a text of 250 words
BITS = 63
DAY = re.compile(r'(?<=")(\d{4}-\d\d-\d\d)(?=")')


class Dated:
    """A text of JSON whose days can be moved."""

    def __init__(self, text: str, base: date) -> None:
        self.pieces = DAY.split(text)
        self.after = [date.fromisoformat(d) - base for d in self.pieces[1::2]]

    def at(self, base: date) -> str:
        """The text with its days as far from another day as they were from the first."""
        self.pieces[1::2] = [(base + d).isoformat() for d in self.after]
        return "".join(self.pieces)


class Template:
    """A reading with all that is the same in its copies."""

    def __init__(self, reading: Reading, mention: Mention) -> None:
        self.prepared = prepare(reading)
        self.mention = mention
        published = reading.report.published
        base = date.fromisoformat((published and published.start) or "")
        code = chain.unpack(self.prepared.reading_payload.packed).decode()
        self.code = Dated(code, base)
        self.claims = [
            (row, Dated(row.view, base), date.fromisoformat(row.starts or "") - base,
             set(row.terms).difference(day_terms(row.starts, row.ends)))
            for row in self.prepared.projection.claims
        ]  # fmt: skip

    def payload(self, day: date) -> Payload:
        """What a copy of another day says."""
        salt, code = chain.new_salt(), self.code.at(day).encode()
        return Payload(salt, chain.pack(code), chain.commit(salt, code))

    def rows(self, day: date) -> Projection:
        """The rows of a copy of another day."""
        claims = []
        for row, view, after, terms in self.claims:
            on = (day + after).isoformat()
            held = tuple(sorted(terms.union(day_terms(on, on))))
            moved = dataclasses.replace(row, view=view.at(day), starts=on, ends=on, terms=held)
            claims.append(moved)
        return dataclasses.replace(self.prepared.projection, claims=tuple(claims))


class _Keys:
    """`Postings` that only notes the keys."""

    def __init__(self) -> None:
        self.keys: list[int] = []

    def post(self, _list: str, _item: str, keys: Any) -> None:
        self.keys = list(keys)

    def find(self, _list: str, _keys: Any) -> dict[str, int]:
        return {}


class Filler:
    """Grows one ledger."""

    def __init__(self, ledger: Ledger, templates: list[Template]) -> None:
        self.ledger = ledger
        self.templates = templates
        self.pick = random.Random(1)  # noqa: S311 - made-up keys
        self.frequencies = LedgerFrequencies(WordCounts())
        self.home = 0

    def fill(self, have: int, want: int) -> None:
        """From so many claims to so many."""
        for start in range(have // CLAIMS, want // CLAIMS, BATCH):
            numbers = range(start, min(start + BATCH, want // CLAIMS))
            clones = [self._clone(n) for n in numbers]
            with engines.writing(self.ledger.engine) as conn:
                adder = Adder(conn, self.ledger.maker, now(), reread=False)
                adder.linking = _Links(self, numbers)
                adder.add(clones)

    def template(self, number: int) -> Template:
        """The template of the n-th report."""
        return self.templates[number % len(self.templates)]

    def _clone(self, number: int) -> Prepared:
        template = self.template(number)
        each, on = template.prepared, day_of(number)
        day = on.isoformat()
        published = When(day, day, "day", "given")
        report = dataclasses.replace(
            each.reading.report, id=f"report-{number:016x}", published=published,
            url=f"https://clone.example/{number}",
        )  # fmt: skip
        wire = {**each.report_wire, "id": report.id, "url": report.url,
                "published": dataclasses.asdict(published)}  # fmt: skip
        reading = dataclasses.replace(each.reading, report=report)
        return Prepared(reading, wire, seal(wire), template.payload(on), template.rows(on))


class _Links:
    """`Linking` that leaves the rows of stories of three reports, without comparing any."""

    def __init__(self, filler: Filler, numbers: range) -> None:
        self.filler = filler
        self.numbers = numbers

    def prepare(self, reading: Reading) -> None:
        """Nothing."""

    def link(self, batch: Any) -> None:
        """Rows for each fresh reading."""
        commit: Commit = batch.commit
        rows: dict[Any, list[tuple[Any, ...]]] = {}
        for number, fresh in zip(self.numbers, batch.fresh, strict=True):
            for table, row in self._rows(commit, batch.maker, number, fresh):
                rows.setdefault(table, []).append(row)
        rows[schema.posting] = sorted(rows[schema.posting])
        for table, found in rows.items():
            engines.insert_rows(commit.conn, table, found)

    def _rows(
        self, commit: Commit, maker: int, number: int, fresh: Any
    ) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        filler, at = self.filler, commit.at
        template, handle = filler.template(number), f"m{fresh.entry}.0"
        view = {"claims": list(range(CLAIMS)), "type": template.mention.type, "days": None}
        said = {"n": 0, "count": 1, "main": True, "view": view}
        entry = commit.enter("mention", seal(said), maker, fresh.entry)
        about = (fresh.entry, fresh.report)
        day = day_of(number).toordinal()
        mention = dataclasses.replace(template.mention, published=day, days=(day, day))
        yield schema.mention, mention_values(entry, about, said, pack(mention), at, None)
        opens = number % STORY == 0
        if opens:
            filler.home = commit.entry + 1
        id_ = chain.new_id("incident") if opens else None
        step = Placing("opens" if opens else "joins", handle, filler.home)
        entry = commit.enter("placed", seal(step_wire(step, filler.home, id_)), maker)
        if opens:
            yield schema.incident, (entry, id_, at)
        yield schema.member, (entry, fresh.entry, 0, filler.home, False, at, None)
        if number % STORY == STORY - 1:
            line = {
                "incident": filler.home,
                "moved_to": None,
                "line": line_of(template.mention, number),
            }
            entry = commit.enter("line", seal(line), maker)
            yield schema.incident_line, line_values(entry, line, at, None)
        for key in self._keys(mention):
            yield schema.posting, (list_number(LIST), key, number_of(handle))
        for _ in range(MARKS):
            key = filler.pick.getrandbits(BITS)
            yield schema.posting, (list_number("marks"), key, fresh.report * PARTS)

    def _keys(self, mention: Mention) -> list[int]:
        keys = _Keys()
        post_mention(mention, self.filler.frequencies, keys)
        return keys.keys


FLAGGED = {"one_origin": 3, "differs": 4, "disagreement": 10, "denied": 50, "only_parties": 200}


def line_of(mention: Mention, number: int) -> dict[str, Any]:
    """An incident's line as a list shows it; every so manieth has a flag."""
    cells = {p: [3, 4, 9] for p in ("lowest", "highest", "ucdp", "acled", "majority")}
    told = {"counts": "killed", "low": 3, "best": 4, "high": 9, "said": None, "correction": False}
    speakers = [f"the {town} ministry" for town in TOWNS[number % 7 :][:3]]
    return {
        "type": mention.type, "time": None, "place": None, "figures": {"killed": cells},
        "origins": [2, 4], "state": ["dead"], "texts": 3, "counted": 3,
        "stated": [{**told, "words": "4", "speaker": name} for name in speakers],
        "speakers": speakers, "denials": [],
        "flags": [flag for flag, each in FLAGGED.items() if number // STORY % each == 0],
        "actors": [{"name": "troops", "country": "UKR", "kind": "military", "role": "patient"}],
        "least": {"claim": 0.9, "event": 0.7},
    }  # fmt: skip
