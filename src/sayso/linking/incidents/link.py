"""Reports to incidents, one report after the other, each decision logged with its features.

A report's mentions are each compared with few others (blocks.py), joined to the incident
whose mentions speak for it most, or open one of their own. Then what was touched is looked at
again: two incidents that a mention holds together become one, a mention that no longer fits leaves.
Every such step is a `Decision`: replayed in their order (the ledger does), they give any earlier
grouping.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from sayso.linking.incidents.blocks import find_candidates, post_mention
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.score import (
    Pair,
    Weighed,
    Weights,
    compare,
    kind_of,
    load_weights,
    terms_of,
    weigh,
)
from sayso.linking.incidents.steps import Decision, Fit, Incident, Step, say
from sayso.linking.incidents.words import Frequencies, load_frequencies
from sayso.linking.index import MemoryPostings
from sayso.record import Reading, make_id
from sayso.record.links import Postings

_COMPARED = 10  # mentions of an incident that a new one is compared with
_CLOSEST = 0.3  # share of the closest pair in an incident's score, the mean has the rest
_MERGE = 0.5  # two incidents become one only where they fit clearly better than not
_SPLIT = -0.5  # one incident becomes two only where its parts fit each other worse than not
_LEAVE = -1.5  # a mention leaves only where it fits clearly worse than not
_BACKGROUND = 1.0  # what a background mention must have on top: its words are few
_ONE_REPORT = -20.0  # two mentions of one report are never one incident
_CACHED = 50_000  # mentions whose weighed words are kept at hand
_PAIRS = 100_000  # pairs whose scores are
_REWEIGH = 1.25  # weights of words are made anew when so many times more mentions are held


class IncidentLinker:
    """Links mentions to incidents as they come.

    `postings` and `mentions` may be a ledger's; in memory where not given. `frequencies` are those
    of words so far (`add_words` teaches them a batch beforehand, so that order matters less).
    """

    def __init__(
        self,
        postings: Postings | None = None,
        mentions: MutableMapping[str, Mention] | None = None,
        frequencies: Frequencies | None = None,
        weights: Mapping[str, Weights] | None = None,
    ) -> None:
        self.postings = MemoryPostings() if postings is None else postings
        self.mentions: MutableMapping[str, Mention] = {} if mentions is None else mentions
        self.frequencies = load_frequencies() if frequencies is None else frequencies
        self.weights = load_weights() if weights is None else weights
        self.log: list[Decision] = []
        self._incident: dict[str, str] = {}
        self._members: dict[str, list[str]] = defaultdict(list)
        self._weighed: dict[str, Weighed] = {}
        self._pairs: dict[tuple[str, str], Pair] = {}
        self._weighed_at = 0
        self._learnt: set[str] = set()
        self._judged: set[str] = set()
        self._round_ups: set[str] = set()

    def add_words(self, mentions: Iterable[Mention]) -> None:
        """Learn how common words are from mentions that are yet to come."""
        for mention in mentions:
            if mention.id not in self._learnt:
                self._learnt.add(mention.id)
                self.frequencies.add(terms_of(mention))

    def add(self, reading: Reading) -> list[Decision]:
        """The decisions on a report's mentions; a report already held changes nothing."""
        return self.add_mentions(read_mentions(reading))

    def add_mentions(self, mentions: Iterable[Mention]) -> list[Decision]:
        """The decisions on mentions, in their order."""
        start = len(self.log)
        for mention in mentions:
            if mention.id not in self._incident:
                self._add(mention)
        return self.log[start:]

    def incident_of(self, mention: str) -> str:
        """The incident that a mention now belongs to."""
        return self._incident[mention]

    def incidents(self) -> Iterator[Incident]:
        """All incidents as they now stand, in the order in which they were opened."""
        for incident, members in self._members.items():
            yield Incident(incident, tuple(self.mentions[m] for m in members))

    def judge(self, mention: str, incident: str, words: str) -> Decision:
        """Place a mention by a person's word: no later look moves it or merges its incident."""
        home = self._incident[mention]
        self._members[home].remove(mention)
        if not self._members[home]:
            del self._members[home]
        self._incident[mention] = incident
        self._members[incident].append(mention)
        self._judged.add(mention)
        other = home if home != incident else None
        decision = Decision(len(self.log) + 1, "judged", mention, incident, other, words=words)
        self.log.append(decision)
        return decision

    def hold(self, mention: Mention, incident: str) -> None:
        """Take in a mention where it is known to be: it stays there."""
        self.mentions[mention.id] = mention
        self._incident[mention.id] = incident
        self._members[incident].append(mention.id)
        self._judged.add(mention.id)
        post_mention(mention, self.frequencies, self.postings)

    def settle(self) -> list[Decision]:
        """Look at all again after a batch: what came early knew less than what came late."""
        start = len(self.log)
        for mention in list(self._incident):
            self._look_again(self.mentions[mention])
        for incident in list(self._members):
            self._split(incident)
        return self.log[start:]

    def _add(self, mention: Mention) -> None:
        self.add_words([mention])
        self.mentions[mention.id] = mention
        self._reweigh()
        fits = self._fits(mention)
        if self._tells_of_two(mention, fits):
            self._round_ups.add(mention.id)
            fits = self._fits(mention)
        post_mention(mention, self.frequencies, self.postings)
        if fits and fits[0].score > 0:
            self._place(mention, "joins", fits[0].incident, fits[0])
            self._merge(mention, fits)
            self._shed(self._incident[mention.id], mention)
            self._split(self._incident[mention.id])
        else:
            new = make_id("incident", mention.id)
            self._place(mention, "opens", new, fits[0] if fits else None)

    def _look_again(self, mention: Mention) -> None:
        """Move a mention to where it now fits best, if that is elsewhere."""
        if mention.id in self._judged:
            return
        fits = self._fits(mention)
        home = self._incident[mention.id]
        if self._tells_of_two(mention, fits):
            self._round_ups.add(mention.id)
            if len(self._members[home]) > 1:
                home = make_id("incident", mention.id, len(self.log))
                self._move(mention, home, fits[0])
            fits = self._fits(mention)
        rest = [m for m in self._members[home] if m != mention.id][-_COMPARED:]
        own = self._fit(mention, home, rest) if rest else None
        alone = not rest
        best = fits[0] if fits else None
        if (
            best
            and best.score > 0
            and best.incident != home
            and (own is None or best.score > own.score)
        ):
            if alone:
                self._join_incidents(mention, best)
            else:
                self._move(mention, best.incident, best)
        elif not alone and own and own.score < _LEAVE:
            self._move(mention, make_id("incident", mention.id, len(self.log)), own)

    def _fits(self, mention: Mention) -> list[Fit]:
        """The incidents that share a key with a mention, the best fitting first."""
        found = find_candidates(mention, self.frequencies, self.postings)
        incidents = dict.fromkeys(self._incident[c] for c in found if c in self._incident)
        hits = {c: i for i, c in enumerate(found)}
        fits = []
        for incident in incidents:
            members = [m for m in self._members[incident] if self._may_be_with(mention.id, m)]
            if not members or self._tells_another(mention, members):
                continue
            members.sort(key=lambda m: hits.get(m, len(hits)))
            fits.append(self._fit(mention, incident, members[:_COMPARED]))
        return sorted(fits, key=lambda f: (-f.score, f.incident))

    def _tells_another(self, mention: Mention, members: Iterable[str]) -> bool:
        """True where an incident holds another mention of a mention's report."""
        return any(self.mentions[m].report == mention.report for m in members)

    def _may_be_with(self, mention: str, member: str) -> bool:
        """False for itself; a round-up is with nothing but others of its kind."""
        return member != mention and (mention in self._round_ups) == (member in self._round_ups)

    def _tells_of_two(self, mention: Mention, fits: list[Fit]) -> bool:
        """True of a round-up, which counts the people of two incidents that cannot be one.

        *Nineteen died in raids on Barga and Koro*, twelve in the one and seven in the other.
        """
        good = [f.closest for f in fits if f.score > 0][:2]
        if len(good) < 2 or not self._pair(*good).barred:
            return False
        a, b = (self.mentions[m].people for m in good)
        return bool(a and b) and mention.people >= a + b

    def _fit(self, mention: Mention, incident: str, members: list[str]) -> Fit:
        """How well a mention fits members of an incident; one that cannot be of it decides."""
        scored = [(self._pair(mention.id, m), m) for m in members]
        best, closest = max(scored, key=lambda s: (s[0].score, s[1]))
        mean = sum([pair.score for pair, _ in scored]) / len(scored)
        fit = _CLOSEST * best.score + (1 - _CLOSEST) * mean
        worst = min([pair.score for pair, _ in scored if pair.barred], default=fit)
        return Fit(incident, min(fit, worst), closest, best.parts())

    def _score(self, a: str, b: str) -> float:
        return self._pair(a, b).score

    def _pair(self, a: str, b: str) -> Pair:
        """How well two mentions fit: kept while their words weigh the same, settling asks again."""
        key = (a, b) if a < b else (b, a)
        found = self._pairs.get(key)
        if found is None:
            if len(self._pairs) >= _PAIRS:
                self._pairs.clear()
            found = self._pairs[key] = self._compare(*key)
        return found

    def _compare(self, a: str, b: str) -> Pair:
        m, n = self._weigh(a), self._weigh(b)
        weights = self.weights[kind_of(m.mention, n.mention)]
        if m.mention.report == n.mention.report:
            return Pair(_ONE_REPORT, weights, None)  # which parted them because they differ
        bar = weights.join + _BACKGROUND * (not m.mention.main) + _BACKGROUND * (not n.mention.main)
        features = compare(m, n)
        return Pair(weights.sum(features) - bar, weights, features)

    def _merge(self, mention: Mention, fits: list[Fit]) -> None:
        """Join to a mention's incident the others that it fits too, where they fit each other."""
        home = self._incident[mention.id]
        for fit in fits[1:3]:
            home = self._incident[mention.id]
            if fit.score <= 0 or fit.incident == home or fit.incident not in self._members:
                continue
            others = self._members[fit.incident][-_COMPARED:]
            mine = self._members[home][-_COMPARED:]
            if any(self._tells_another(self.mentions[m], others) for m in self._members[home]):
                continue
            scores = [self._score(a, b) for a in mine for b in others]
            if sum(scores) / len(scores) > _MERGE:
                self._join_incidents(mention, fit)

    def _join_incidents(self, mention: Mention, fit: Fit) -> None:
        """Empty the younger of a mention's incident and a fitting one into the older one.

        Not where a person placed a mention of either.
        """
        home = self._incident[mention.id]
        if self._judged.intersection(self._members[home] + self._members[fit.incident]):
            return
        old, young = sorted((home, fit.incident), key=self._age_of)
        self._unite(mention, old, young, fit)

    def _unite(self, mention: Mention, old: str, young: str, fit: Fit) -> None:
        for member in self._members.pop(young):
            self._incident[member] = old
            self._members[old].append(member)
        self._note("merges", mention, old, young, fit)

    def _age_of(self, incident: str) -> int:
        """A number by which incidents sort as they were opened."""
        return next(i for i, other in enumerate(self._members) if other == incident)

    def _shed(self, incident: str, new: Mention) -> None:
        """Let go of mentions that no longer fit an incident that grew."""
        members = self._members[incident]
        if not 3 <= len(members) <= _COMPARED:
            return
        for member in list(members):
            rest = [m for m in self._members[incident] if m != member]
            if member == new.id or member in self._judged or len(rest) < 2:
                continue
            fit = self._fit(self.mentions[member], incident, rest)
            if fit.score < _LEAVE:
                away = make_id("incident", member, len(self.log))
                self._move(self.mentions[member], away, fit)

    def _split(self, incident: str) -> None:
        """Part an incident in two where it holds two that fit badly, each with those closer to it.

        What was joined while words were little known comes apart again when more is known.
        """
        members = self._members[incident]
        if not 4 <= len(members) <= _COMPARED or self._judged.intersection(members):
            return
        scores = {
            frozenset((a, b)): self._score(a, b) for a, b in itertools.combinations(members, 2)
        }
        a, b = sorted(min(scores.items(), key=lambda kv: (kv[1], sorted(kv[0])))[0])
        away = [b] + [
            m for m in members
            if m not in (a, b) and scores[frozenset((m, b))] > scores[frozenset((m, a))]
        ]  # fmt: skip
        across = [scores[frozenset((m, n))] for m in away for n in members if n not in away]
        if sum(across) / len(across) >= _SPLIT:
            return
        new = make_id("incident", away[0], len(self.log))
        for member in away:
            rest = [m for m in members if m not in away]
            self._move(self.mentions[member], new, self._fit(self.mentions[member], incident, rest))

    def _place(self, mention: Mention, step: Step, incident: str, fit: Fit | None) -> None:
        self._incident[mention.id] = incident
        self._members[incident].append(mention.id)
        self._note(step, mention, incident, None, fit)

    def _move(self, mention: Mention, incident: str, fit: Fit) -> None:
        home = self._incident[mention.id]
        self._members[home].remove(mention.id)
        self._incident[mention.id] = incident
        self._members[incident].append(mention.id)
        self._note("leaves", mention, incident, home, fit)

    def _note(
        self, step: Step, mention: Mention, incident: str, other: str | None, fit: Fit | None
    ) -> None:
        self.log.append(
            Decision(
                number=len(self.log) + 1,
                step=step,
                mention=mention.id,
                incident=incident,
                other=other,
                score=round(fit.score, 2) if fit else None,
                closest=fit.closest if fit else None,
                features=fit.features if fit else {},
                words=say(step, fit),
            )
        )

    def _weigh(self, mention: str) -> Weighed:
        if mention not in self._weighed:
            if len(self._weighed) >= _CACHED:
                self._weighed.clear()
            self._weighed[mention] = weigh(self.mentions[mention], self.frequencies)
        return self._weighed[mention]

    def _reweigh(self) -> None:
        """Forget the weights of words when many more mentions than then are known."""
        if self.frequencies.mentions > self._weighed_at * _REWEIGH:
            self._weighed.clear()
            self._pairs.clear()
            self._weighed_at = self.frequencies.mentions
