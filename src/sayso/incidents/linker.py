"""The incident linker over a ledger: the same decisions as in memory, on what is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.incidents.candidates import Cache, Candidates, HeldMentions
from sayso.incidents.frequencies import LedgerFrequencies
from sayso.incidents.packed import report_of
from sayso.ledger import LinkBatch
from sayso.ledger.incidents import Step
from sayso.linking.incidents import Decision, Fit, IncidentLinker
from sayso.linking.incidents_blocks import post_mention
from sayso.linking.incidents_mentions import Mention

SETTLED = 40  # mentions beside the new ones that are looked at again after a batch
AGAIN = 10  # of one incident
NEARLY, BESIDE = -2.0, 4  # incidents that fit a new mention so well, and how many of them


class LedgerLinker(IncidentLinker):
    """Links the mentions of one batch. Incidents of the ledger are `i17` here, new ones else."""

    def __init__(self, batch: LinkBatch, cache: Cache, frequencies: LedgerFrequencies) -> None:
        self._batch = batch
        self._held = HeldMentions(batch, cache)
        self._words = frequencies
        self._ages: dict[str, int] = {}
        self._nearly: dict[str, list[str]] = {}
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
        new = grouping.load(handles)
        members = {num: grouping.members(num) for num in sorted(new)}
        self._take([*handles, *(m for held in members.values() for m in held)])
        self._held.load([*handles, *(m for held in members.values() for m in held[-AGAIN:])])

    def _take(self, mentions: Iterable[str]) -> None:
        places = self._batch.grouping.places
        for mention in mentions:
            if mention in self._incident or mention not in places:
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
        for decision in self.log:
            if decision.step == "merges" and decision.other == incident:
                incident = decision.incident
        return incident

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
        """Look again at new mentions, and at some of those beside them."""
        new = list(dict.fromkeys(mentions))
        homes = [self._incident[n] for n in new]
        beside = [incident for n in new for incident in self._nearly.get(n, ())]
        near = [m for incident in dict.fromkeys([*homes, *beside])
                for m in self._members.get(incident, ())[-AGAIN:]]  # fmt: skip
        for mention in dict.fromkeys([*new, *near[: SETTLED + 2 * len(new)]]):
            self._look_again(self.mentions[mention])

    def _fits(self, mention: Mention) -> list[Fit]:
        """As in memory; incidents that nearly fit are noted, to be looked at again."""
        fits = super()._fits(mention)
        self._nearly[mention.id] = [f.incident for f in fits[:BESIDE] if f.score > NEARLY]
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
            num = self._batch.grouping.say_step(_step(decision, names, by or {}))
            names[decision.incident] = num


def _step(decision: Decision, names: dict[str, int], by: dict[str, Any]) -> Step:
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
        True if decision.step == "judged" else None, view,
    )  # fmt: skip
