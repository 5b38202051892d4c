"""Linking as the ledger runs it: each batch of fresh readings, inside the ledger's transaction."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.incidents.candidates import Cache, LikelyCopies, mentions_of
from sayso.incidents.frequencies import LedgerFrequencies
from sayso.incidents.glance import glance_at
from sayso.incidents.lines import (
    Line,
    basis_of,
    copies_of,
    facts_about,
    in_report,
    make_line,
)
from sayso.incidents.linker import AGAIN, LedgerLinker
from sayso.incidents.packed import pack
from sayso.ledger import Fresh, Judged, LinkBatch
from sayso.ledger.entries.below import Below, weigh_below
from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.incidents import members_at
from sayso.ledger.entries.readings import load_readings, rejected_claims
from sayso.ledger.judging.redirects import lead_on
from sayso.ledger.judging.row_corrections import corrected_fields, corrected_line, corrections_of
from sayso.ledger.seeing.shade import (
    ALL,
    Reach,
    any_shade,
    held_reaches,
    ranges_below,
    reaches,
    sees,
)
from sayso.ledger.store.frequencies import WordCounts
from sayso.linking.copies import CopyFinder, Fingerprint, fingerprint_of
from sayso.linking.figures.policies import POLICIES
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.record import Reading
from sayso.record.marking import TOP

COUNTED = 30  # reports up to which an incident's line is made anew each time one comes
GROWTH = 1.2  # larger ones: when so many times more have come
NEWEST = 150  # reports that a line is made of, of those that hold more
PRINTS = 500  # fingerprints kept at hand


@dataclass(frozen=True, slots=True)
class Found:
    """What can be worked out of a reading before the ledger is held."""

    mentions: tuple[Mention, ...]
    fingerprint: Fingerprint


def find_in(reading: Reading) -> Found:
    """The mentions of a reading, and its text's fingerprint."""
    return Found(tuple(read_mentions(reading)), fingerprint_of(reading.report))


class Linking:
    """`sayso.ledger.Linking` by the rules of `sayso.linking`; one may serve many ledgers' batches.

    What it remembers between batches only spares looking it up again.
    """

    def __init__(self) -> None:
        self._words = WordCounts()
        self._mentions = Cache()
        self._prints: OrderedDict[str, Fingerprint] = OrderedDict()
        self._ledger: str | None = None
        self._lock = threading.Lock()

    def prepare(self, reading: Reading) -> Found:
        """What can be worked out before the ledger is held."""
        return find_in(reading)

    def link(self, batch: LinkBatch) -> None:
        """Link the fresh readings, and say what changed."""
        with self._lock:
            self._meet(batch.commit.head.ledger)
            try:
                _Run(batch, self._words, self._mentions, self._prints).run()
            except BaseException:
                self._words.forget()
                raise

    def _meet(self, ledger: str) -> None:
        if ledger != self._ledger:
            self._words.forget()
            self._mentions.clear()
            self._prints.clear()
            self._ledger = ledger


class _Run:
    """One batch."""

    def __init__(
        self, batch: LinkBatch, words: WordCounts, mentions: Cache,
        prints: OrderedDict[str, Fingerprint],
    ) -> None:  # fmt: skip
        self.batch = batch
        self.words = words
        self.prints = prints
        words.refresh(batch.conn)
        self.frequencies = LedgerFrequencies(words)
        self.linker = LedgerLinker(batch, mentions, self.frequencies)
        self.readings = batch.aliased({f.entry: f.reading for f in batch.fresh})

    def run(self) -> None:
        by_date = sorted(self.batch.fresh, key=_by_date)
        found: list[tuple[Fresh, Found]] = [(f, f.prepared or find_in(f.reading)) for f in by_date]
        said = [(f, self._say_mentions(f, each.mentions)) for f, each in found]
        self._link(said)
        self.batch.grouping.write()
        lead_on(self.batch.grouping)
        for fresh, each in found:
            if not fresh.again:
                self._find_copies(fresh, each.fingerprint)
        self._say_lines()
        self.words.learn(self.batch.conn, self.frequencies.new, self.frequencies.taught)

    def _say_mentions(self, fresh: Fresh, found: Sequence[Mention]) -> list[Mention]:
        mentions = mentions_of(fresh.entry, found)
        numbers = {c.id: n for n, c in enumerate(fresh.reading.claims)}
        grouping = self.batch.grouping
        if fresh.again:
            grouping.close_from(fresh.entry, len(mentions))
            self.batch.postings.take_out(fresh.entry)
        for n, mention in enumerate(mentions):
            said = {"n": n, "count": len(mentions), "main": mention.main,
                    "view": _view(mention, numbers)}  # fmt: skip
            packed = pack(mention)
            grouping.say_mention(fresh.entry, fresh.report, said, packed, again=fresh.again)
        return mentions

    def _link(self, every: Sequence[tuple[Fresh, list[Mention]]]) -> None:
        said = [(f, mentions) for f, mentions in every if f.entry not in self.linker.twins]
        new = [m for f, mentions in said if not f.again for m in mentions]
        self.linker.add_words(new)
        lost = [self.linker.look_up_incident(num) for num in self.batch.grouping.touched]
        for fresh, mentions in said:
            if fresh.again:
                for mention in mentions:
                    self.linker.refresh(mention)
            else:
                self.linker.add_mentions(mentions)
                self._stay(fresh, mentions)
        if not self.batch.settles:
            lost = []
        left = [m for incident in lost for m in self.linker.members_of(incident)[-AGAIN:]]
        self.linker.settle_near([*left, *(m.id for m in new)])
        self.linker.say(self._taken_over(said))
        self.batch.grouping.lead_twins(f.entry for f, _ in every if f.entry in self.linker.twins)

    def _stay(self, fresh: Fresh, mentions: Sequence[Mention]) -> None:
        """Leave what is read anew where a person placed it as it was read before."""
        replaced = self.batch.replaced.get(fresh.entry, ())
        old = self.batch.place_of(replaced)
        if old is not None and old.judged:
            self._place(mentions[0], old.incident, old.entry)
        free = dict(enumerate(mentions[1:], 1))
        for n, view, incident, entry in self.batch.judged_places(replaced):
            same = [k for k, m in free.items() if _alike(m, view)]
            if same:
                self._place(free.pop(min(same, key=lambda k: abs(k - n))), incident, entry)

    def _place(self, mention: Mention, incident: int, entry: int) -> None:
        """As a judgement placed what was read before, by an entry: it is undone with that."""
        home = self.linker.look_up_incident(incident)
        self.linker.follows[mention.id] = self.batch.judgement_of(entry)
        self.linker.judge(mention.id, home, "a person placed it here as it was read before")

    def _taken_over(self, said: Sequence[tuple[Fresh, list[Mention]]]) -> dict[str, int]:
        """New incidents that are what is left of an old one: a page's new version keeps its id."""
        names: dict[str, int] = {}
        for fresh, mentions in said:
            old = self.batch.place_of(self.batch.replaced.get(fresh.entry, ()))
            home = self.linker.incident_of(mentions[0].id)
            if old is None or self.linker.is_held(home) or home in names:
                continue
            if not self.linker.members_of(self.linker.look_up_incident(old.incident)):
                names[home] = old.incident
        return names

    def _find_copies(self, fresh: Fresh, print_: Fingerprint) -> None:
        report = f"r{fresh.report}"
        self._keep_print(report, print_)
        finder = CopyFinder(LikelyCopies(self.batch), self._print_of)
        self.batch.say_copies(finder.add(report, print_))

    def _print_of(self, report: str) -> Fingerprint:
        if report not in self.prints:
            self._keep_print(report, fingerprint_of(self.batch.report(report)))
        self.prints.move_to_end(report)
        return self.prints[report]

    def _keep_print(self, report: str, print_: Fingerprint) -> None:
        self.prints[report] = print_
        while len(self.prints) > PRINTS:
            self.prints.popitem(last=False)

    def _say_lines(self) -> None:
        grouping = self.batch.grouping
        held = members_at(self.batch.conn, grouping.touched, None)
        before = self.batch.lines(grouping.touched)
        undone = self.batch.undone()
        joined = self._joined(held)
        fixes = corrections_of(self.batch.conn, grouping.touched)
        reach = self._reaches(held)
        for num in sorted(grouping.touched):
            every, fixed, last = held.get(num, []), fixes.get(num, ()), before.get(num)
            rows = [r for r in every if sees(reach.get(r.reading, ALL), TOP)]
            # what a person said, or took back, shows at once
            told = not self.batch.settles or num in self.batch.commit.anew
            if last and (told or last.get("corrected", {}) != corrected_fields(fixed)):
                last = None
            line = self._line(rows, last, undone) if rows else {}
            if line and num in joined:
                line["least"]["join"] = joined[num]
            if line:
                line = corrected_line(line, fixed, POLICIES)
            if line is not None:
                below = weigh_below(self.batch.conn, num, self._below(every, reach, undone, fixed))
                grouping.say_line(num, line, empty=not every, kept=below.kept)
                for each in below.new:
                    grouping.say_below(num, each)

    def _reaches(self, held: Mapping[int, Sequence[Any]]) -> dict[int, Reach]:
        """Who may see the readings of incidents; nothing where all is for all."""
        if not any_shade(self.batch.conn):
            return {}
        return held_reaches(self.batch.conn, (r.reading for rows in held.values() for r in rows))

    def _below(
        self, rows: Sequence[Any], reach: Mapping[int, Reach], undone: frozenset[str],
        fixed: Sequence[Judged],
    ) -> Iterator[Below]:  # fmt: skip
        """The line for each clearance that sees some of an incident, and not as red sees it."""
        ranges = ranges_below({r.reading: reach[r.reading] for r in rows if r.reading in reach})
        entries = {j.entry: int(j.entry[1:]) for j in fixed} if ranges else {}
        fixes = reaches(self.batch.conn, entries.values()) if entries else {}
        for level, below in ranges:
            some = [r for r in rows if sees(reach[r.reading], level)]
            seen = [j for j in fixed if sees(fixes.get(entries[j.entry], ALL), level)]
            if line := self._line(some, None, undone) if some else None:
                for fits in self._joined({0: some}).values():
                    line["least"]["join"] = fits
                yield Below(corrected_line(line, seen, POLICIES), level, below)

    def _joined(self, held: Mapping[int, Sequence[Any]]) -> dict[int, float]:
        """How likely it is that the least fitting report of each incident belongs there.

        What a person placed fits; what opened the incident was not joined.
        """
        self.batch.commit.flush()
        placed = [r for rows in held.values() if len(rows) > 1 for r in rows[-NEWEST:]]
        said = contents(self.batch.conn, sorted({r.entry for r in placed if not r.judged}))
        fits: dict[int, list[float]] = {}
        for row in placed:
            score = said.get(row.entry, {}).get("score")
            if score is not None:
                fits.setdefault(row.incident, []).append(1 / (1 + math.exp(-score)))
        return {num: round(min(some), 2) for num, some in fits.items()}

    def _line(
        self, rows: Sequence[Any], before: Line | None, undone: frozenset[str]
    ) -> Line | None:
        """The line of an incident; None where a large one has not grown enough."""
        reports = len({r.reading for r in rows})
        counted = before.get("counted", 0) if before else 0
        if reports > COUNTED and counted < reports < counted * GROWTH:
            return None
        rows = rows[-NEWEST:]
        missing = {r.reading for r in rows} - self.readings.keys()
        self.readings |= self.batch.aliased(load_readings(self.batch.conn, missing))
        handles = [f"m{r.reading}.{r.n}" for r in rows]
        self.linker.look_up(handles)
        pairs = [
            (
                in_report(self.linker.mentions[h], self.readings[r.reading]),
                self.readings[r.reading],
            )
            for h, r in zip(handles, rows, strict=True)
        ]
        readings = {r.reading: self.readings[r.reading] for r in rows}
        rejected = rejected_claims(self.batch.conn, readings, None)
        basis = basis_of(pairs, rejected, undone, self._reports(rows))
        facts = facts_about(basis, copies_of(basis, self.batch.copies(basis.handles.values())))
        return make_line(basis, facts) | glance_at(basis, facts.origins)

    def _reports(self, rows: Sequence[Any]) -> dict[str, str]:
        """The handles of members' reports, by the reports' own ids."""
        of = self.batch.reports_of(r.reading for r in rows)
        return {self.readings[entry].report.id: f"r{report}" for entry, report in of.items()}


def _view(mention: Mention, numbers: dict[str, int]) -> Line:
    """What the ledger says of a mention: its claims by number, its type and time."""
    return {
        "claims": sorted(numbers[c] for c in mention.claims if c in numbers),
        "type": mention.type,
        "days": list(mention.days) if mention.days else None,
    }


def _alike(mention: Mention, view: Line) -> bool:
    """True where a mention is of the type and the days that were said of an earlier one."""
    own = _view(mention, {})
    return all(own[key] == view.get(key) for key in ("type", "days"))


def _by_date(fresh: Fresh) -> tuple[str, str]:
    """By date, then by the text's hash, as in memory: the order of a batch changes nothing."""
    report = fresh.reading.report
    published = report.published.start if report.published else None
    return published or "", hashlib.sha256(report.text.encode("utf-8", "replace")).hexdigest()
