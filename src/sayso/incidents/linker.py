"""The incident linker over a ledger: the same decisions as in memory, on what is looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from sayso.incidents.candidates import Cache, Candidates, HeldMentions
from sayso.incidents.frequencies import LedgerFrequencies
from sayso.incidents.packed import report_of
from sayso.ledger import LinkBatch
from sayso.ledger.entries.followed import twin_readings
from sayso.ledger.entries.incidents import NEWEST, Step, handle_order
from sayso.ledger.store import schema
from sayso.linking.incidents.blocks import post_mention
from sayso.linking.incidents.link import IncidentLinker
from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.steps import Decision, Fit
from sayso.linking.incidents.together import group_anew
from sayso.record import make_id

SETTLED = 40  # mentions beside the new ones that are linked anew after a batch
AGAIN = 10  # of one incident that is too large to be linked anew
NEARLY, BESIDE = -2.0, 4  # incidents that fit a new mention so well, and how many of them
PLAINLY = 2.0  # one that fits so well, alone, leaves nothing to weigh again


class LedgerLinker(IncidentLinker):
    """Links the mentions of one batch. Incidents of the ledger are `i17` here, new ones else."""

    def __init__(self, batch: LinkBatch, cache: Cache, frequencies: LedgerFrequencies) -> None:
        self._batch = batch
        self._held = HeldMentions(batch, cache)
        self._words = frequencies
        self._ages: dict[str, int] = {}
        self._merged: dict[str, str] = {}  # incidents that are no more, with what they went into
        self._nearly: dict[str, dict[str, float]] = {}  # by new mention: incidents, how well
        self.follows: dict[str, int | None] = {}  # the judgements that placed what was read before
        self.twins = twin_readings(batch.conn)  # which are placed with their reports
        super().__init__(Candidates(batch, self._load), self._held, frequencies)

    def add_words(self, mentions: Iterable[Mention]) -> None:
        """Learn from mentions that are yet to come: from all, in a large ledger from some."""
        super().add_words(m for m in mentions if self._words.wants(m.id))

    def look_up(self, mentions: Iterable[str]) -> None:
        """Take in where mentions now are."""
        self._load(list(mentions))

    def look_up_incident(self, num: int) -> str:
        """An incident of the ledger with its members, by its name here."""
        self._batch.grouping.load_incidents([num])
        self._take(self._batch.grouping.members(num))
        self._ages.setdefault(f"i{num}", num)
        self._members[f"i{num}"]  # it is known, though empty
        return f"i{num}"

    def _load(self, handles: list[str]) -> None:
        grouping = self._batch.grouping
        members = grouping.load(handles)
        self._take([*handles, *(m for held in members.values() for m in held)])
        self._held.load([*handles, *(m for held in members.values() for m in held[-AGAIN:])])

    def _take(self, mentions: Iterable[str]) -> None:
        places = self._batch.grouping.places
        for mention in mentions:
            if mention in self._incident or mention not in places:
                continue
            if handle_order(mention)[0] in self.twins:
                continue
            place = places[mention]
            home = self._now(f"i{place.incident}")
            self._ages.setdefault(home, place.incident)
            self._incident[mention] = home
            self._members[home].append(mention)
            if place.judged:
                self._judged.add(mention)

    def _now(self, incident: str) -> str:
        """Where an incident went that this batch merged."""
        while incident in self._merged:
            incident = self._merged[incident]
        return incident

    def _unite(self, mention: Mention, old: str, young: str, fit: Fit) -> None:
        super()._unite(mention, old, young, fit)
        self._merged.pop(old, None)  # a person may have placed something there again
        self._merged[young] = old

    def _tells_another(self, mention: Mention, members: Iterable[str]) -> bool:
        """As in memory; here handles tell it, and no mention need be looked up."""
        own = report_of(mention.id)
        return any(report_of(m) == own for m in members)

    def _age_of(self, incident: str) -> int:
        """Incidents of the ledger are older than those of the batch."""
        if incident in self._ages:
            return self._ages[incident]
        return (1 << 60) + super()._age_of(incident)

    def refresh(self, mention: Mention) -> None:
        """Take in what a mention now says, and move it where that fits better."""
        self._held[mention.id] = mention
        self._weighed.pop(mention.id, None)
        post_mention(mention, self.frequencies, self.postings)
        self.look_up([mention.id])
        if mention.id in self._incident:
            self._look_again(mention)
        else:
            self.add_mentions([mention])

    def settle_near(self, mentions: Iterable[str]) -> None:
        """Link new mentions and what is near them anew, so that their order changes nothing.

        What a person placed is left as it is, with the incident that it is in.
        """
        new = [m for m in dict.fromkeys(mentions) if not self._is_plain(m)]
        near = self._near(new) if new else []
        judged = {self._incident[m] for m in self._judged}
        near = [m for m in near if self._incident[m] not in judged]
        chosen = set(near)
        held = {
            m: self._incident[m] for m in near
            if not chosen.issuperset(self._members[self._incident[m]])
        }  # fmt: skip
        found = [self.mentions[m] for m in near]
        self._adopt(group_anew(found, held, self.frequencies, self.weights))

    def _is_plain(self, mention: str) -> bool:
        """True of a new mention that fits one incident well and no other nearly, or none nearly."""
        nearly = self._nearly.get(mention)
        if nearly is None or self._words.mentions_here <= SETTLED:
            return False
        return not nearly or (len(nearly) == 1 and next(iter(nearly.values())) > PLAINLY)

    def _near(self, new: list[str]) -> list[str]:
        """New mentions with their incidents, and those that nearly fit; all in a small ledger."""
        most = SETTLED + 2 * len(new)
        if self._words.mentions_here <= most and (held := self._all_held(most)) is not None:
            self.look_up(held)
            return sorted(self._incident, key=handle_order)
        incidents = dict.fromkeys(self._incident[n] for n in new)
        incidents |= dict.fromkeys(i for n in new for i in self._nearly.get(n, ()))
        found: dict[str, None] = {}
        for incident in incidents:
            members = self._members.get(incident, [])
            whole = len(found) + len(members) <= most and len(members) < NEWEST
            found |= dict.fromkeys(members if whole else members[-AGAIN:])
            if len(found) >= most:
                break
        found |= dict.fromkeys(new)
        return sorted(found, key=handle_order)

    def _all_held(self, most: int) -> list[str] | None:
        """The mentions of a ledger that holds few; None where there are more than `most`.

        Words say how many there are, and after an erasure they are yet to be counted anew.
        """
        table = schema.member
        query = select(table.c.reading, table.c.n).where(table.c.until.is_(None))
        rows = self._batch.conn.execute(query.limit(most + 1)).all()
        return None if len(rows) > most else [f"m{r.reading}.{r.n}" for r in rows]

    def _adopt(self, groups: list[tuple[str | None, list[str]]]) -> None:
        """Make the incidents those groups: each keeps the oldest that it has most of."""
        most: dict[str, tuple[int, int]] = {}
        for n, (name, members) in enumerate(groups):
            for incident, count in Counter(self._incident[m] for m in members).items():
                share = (len(self._incident) if name == incident else count, -n)
                most[incident] = max(most.get(incident, share), share)
        for n, (name, members) in enumerate(groups):
            own = sorted((i for i, (_, g) in most.items() if -g == n), key=self._age_of)
            left = [i for m in members if set(self._members[i := self._incident[m]]) <= {*members}]
            new = make_id("incident", members[0], len(self.log))
            self._gather(name or next(iter([*own, *left]), new), members)

    def _gather(self, target: str, members: list[str]) -> None:
        """Bring mentions into an incident: whole incidents as one, others one by one."""
        wanted = set(members)
        for member in members:
            home = self._incident[member]
            if home == target:
                continue
            there = self._members.get(target, [])[-AGAIN:]
            rest = there or [m for m in self._members[home] if m != member][-AGAIN:]
            fit = self._fit(self.mentions[member], target, rest)
            if there and wanted.issuperset(self._members[home]):
                self._unite(self.mentions[member], target, home, fit)
            else:
                self._move(self.mentions[member], target, fit)

    def _fits(self, mention: Mention) -> list[Fit]:
        """As in memory; incidents that nearly fit are noted, to be looked at again."""
        fits = super()._fits(mention)
        self._nearly[mention.id] = {f.incident: f.score for f in fits[:BESIDE] if f.score > NEARLY}
        return fits

    def members_of(self, incident: str) -> list[str]:
        """The members of an incident as they now are."""
        return list(self._members.get(incident, ()))

    def is_held(self, incident: str) -> bool:
        """True for an incident that the ledger knew before this batch."""
        return incident in self._ages

    def say(self, reuse: dict[str, int], by: dict[str, Any] | None = None) -> None:
        """Enter all decisions; `reuse` are new incidents' names that take an old one's number."""
        names = {**reuse, **self._ages}
        for decision in self.log:
            about = self.follows.get(decision.mention) if decision.step == "judged" else None
            num = self._batch.grouping.say_step(_step(decision, names, by or {}, about))
            names[decision.incident] = num


def _step(decision: Decision, names: dict[str, int], by: dict[str, Any], about: int | None) -> Step:
    view = {
        "score": decision.score,
        "closest": decision.closest,
        "features": dict(decision.features),
        "words": decision.words,
        **by,
    }
    return Step(
        decision.step, decision.mention, names.get(decision.incident),
        names.get(decision.other) if decision.other else None,
        True if decision.step == "judged" else None, view, about,
    )  # fmt: skip
