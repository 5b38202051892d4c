"""The incidents of one reading: which events are meant, of what type, who was harmed, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bench.quality.muc4.names import (
    names_behind,
    names_included,
    names_listed,
    names_missed,
)
from bench.quality.muc4.perpetrators import (
    ACCUSED,
    AUTHORITIES,
    BY_AUTHORITIES,
    CLAIMED,
    FACT,
    POSSIBLE,
    Perpetrators,
)
from bench.quality.muc4.reading import DOERS, HARM, Json, Read
from bench.quality.muc4.victims import Victim, Victims, is_told, number_of
from bench.quality.muc4.words import (
    BARE,
    BLAMES,
    CLAIM,
    DID,
    FIGHTERS,
    HEDGE,
    MAY,
    NEAR,
    NO_HUMAN,
    NO_PERSON,
    NOBODY,
    NOUN,
    OF,
    PEOPLE,
    PLURAL,
    UNSURE,
)

_KINDS = {"bombing": "BOMBING", "abduction": "KIDNAPPING"}
_FIGHTS = frozenset({"clash", "advance", "deployment", "control", "withdrawal", "shelling"})
_CIVIL = re.compile(
    r"(?i)\b(?:residences?|homes?|houses?|embass\w+|offices?|newspaper|radio|banks?|stores?|"
    r"bus(?:es)?|pipelines?|towers?|church|university|pylons?|poles?|consulate|headquarters)$"
)
_OLD = 75  # days: the task asks for what happened lately


@dataclass
class Incidents(Read):
    """What one reading tells of incidents, by rule."""

    victims: Victims = field(default_factory=Victims)
    doers: Perpetrators = field(default_factory=Perpetrators)
    told: list[tuple[str, list[Victim], bool]] = field(default_factory=list)

    def found(self) -> list[Json]:
        """The incidents of the reading, none where it tells of none that counts."""
        counted = [e for e in self.reading["events"] if self._counts(e)]
        for event in counted:
            if event["type"] in HARM:
                self._take_harm(event)
        types = list(dict.fromkeys(self._types()))
        if not types:
            return []
        self._take_named(counted)
        for event in self.reading["events"]:
            self._take_doers(event)
        if not self.doers.told:
            self._take_mentioned(counted)
        slots = {
            "perp_individual": [[p] for p in self.doers.people],
            "perp_org": self.doers.fills(),
            "victims": [v.as_fill() for v in self.victims.found if is_told(v)],
        }
        none: Json = {key: [] for key in slots}
        return [{"type": t, **(slots if i == 0 else none)} for i, t in enumerate(types)]

    def _types(self) -> Iterator[str]:
        """The type of each incident that harms someone, or a thing of peace outside a war."""
        at_war = self._is_of_war()
        for kind, victims, hits_peace in self.told:
            if any(is_told(v) for v in victims) or (hits_peace and not at_war):
                yield kind

    def _is_of_war(self) -> bool:
        """True for a report of fighting, whose bombs and attacks are no terror."""
        types = [e["type"] for e in self.reading["events"]]
        fights = sum(t in _FIGHTS for t in types)
        return fights >= 3 or (fights > 0 and fights >= sum(t in HARM for t in types))

    # -- which events

    def _counts(self, event: Json) -> bool:
        if event["negated"] or event["hypothetical"] or self._is_old(event):
            return False
        return event["type"] not in {"death", "injury", "casualties"} or not self._of_fight(event)

    def _is_old(self, event: Json) -> bool:
        time = event["time"]
        if not time or not time["end"] or self.published is None:
            return False
        return (self.published - date.fromisoformat(time["end"][:10])).days > _OLD

    def _of_fight(self, event: Json) -> bool:
        start, end = self.sentence(event["trigger"][0][0])
        return any(
            e["type"] == "clash" and start <= e["trigger"][0][0] < end
            for e in self.reading["events"]
        )

    # -- who was harmed

    def _take_harm(self, event: Json) -> None:
        role, effect = HARM[event["type"]]
        befallen = [p for p in event["participants"] if p["role"] == role]
        victims = [v for p in befallen if (v := self._take_victim(event, p, effect))]
        victims += self._take_counted(event, effect)
        kind = _KINDS.get(event["type"], "ATTACK")
        things = [self.words(p["text"]) for p in befallen]
        hits_peace = kind == "BOMBING" or any(_CIVIL.search(t) for t in things)
        self.told.append((kind, victims, hits_peace))

    def _take_victim(self, event: Json, participant: Json, effect: str | None) -> Victim | None:
        words = OF.sub("", self.words(participant["text"]))
        if BARE.match(words) and event["type"] in {"death", "injury", "abduction"}:
            number = self.number(event, participant, words)
            victim = self.victims.add(self._elided(event), number, effect)
            if victim is not None and not victim.is_one:  # "twelve were injured": the injured
                victim.names.append(self.words(event["trigger"]))
            return victim
        if not self._is_harmed(event, participant, words):
            return None
        number = self.number(event, participant, words)
        victim = self.victims.add(words, number, effect)
        self._take_named_behind(participant["text"][-1][1], victim, effect)
        if victim is not None and event["type"] == "abduction":
            victim.is_taken = True
        return victim

    def _take_named_behind(self, end: int, victim: Victim | None, effect: str | None) -> None:
        """Names behind a mention: one is the same person, several are among the counted."""
        for name in names_behind(self.text, end) if victim else ():
            if victim is not None and victim.is_one:
                victim.names.append(name)
            else:
                self.victims.add(name, "1", effect)

    def _take_named(self, counted: list[Json]) -> None:
        """Those whom other words of the report name: among the dead, listed, or only meant."""
        events = [e for e in counted if e["type"] in {"death", "injury"}]
        for event in events:
            for name in names_included(self.sentence_of(event)):
                self._add_named(name, HARM[event["type"]][1])
        for at, is_hurt, names in names_listed(self.text):
            before = [e for e in events if 0 <= at + 20 - e["trigger"][0][0] < NEAR]
            for name in names if before else ():
                self._add_named(name, "INJURY" if is_hurt else HARM[before[-1]["type"]][1])
        for event in counted:
            if event["type"] in {"attack", "bombing", "shooting"}:
                for name in names_missed(self.sentence_of(event)):
                    self._add_named(name, None)

    def _add_named(self, name: str, effect: str | None) -> None:
        """Adds a person of this name, unless it is a place's or a hospital's."""
        if NO_PERSON.search(name) or any(
            name.lower() in p or p in name.lower() for p in self.places
        ):
            return
        self.victims.add(name, "1", effect)

    def _elided(self, event: Json) -> str:
        """The noun that a bare number leaves out: "two people were killed and nine wounded"."""
        start, end = self.sentence(event["trigger"][0][0])
        nouns: list[str] = NOUN.findall(self.text[start:end])
        return nouns[0] if nouns else self.words(event["trigger"])

    def _is_harmed(self, event: Json, participant: Json, words: str) -> bool:
        if NOBODY.match(words) or FIGHTERS.search(words) or NO_HUMAN.search(words):
            return False
        kind = (participant.get("actor") or {}).get("kind")
        if kind in {"rebels", "criminals"} or any(self.groups.named_in(words)):
            return False
        if event["type"] in {"attack", "bombing"}:
            named = re.search(r"[A-Z]\w+ [A-Z]\w+", words)
            return bool(kind not in {None, "military"} or (named and PLURAL.search(words) is None))
        return True

    def _take_counted(self, event: Json, effect: str | None) -> list[Victim]:
        """Those who are only counted: a figure of the event that no participant holds."""
        taken: list[Victim] = []
        spans = [s for p in event["participants"] for s in p["text"]]
        for key in event["figures"]:
            figure = self.figures[key]
            if figure["counts"] not in {"killed", "wounded", "abducted"}:
                continue
            if any(a <= figure["span"][0][0] < b for a, b in spans):
                continue
            words = OF.sub("", self.words(figure["of"] or figure["span"]))
            if FIGHTERS.search(words) or NO_HUMAN.search(words) or figure["scope"] != "incident":
                continue
            name = "" if NOBODY.match(words) else words
            victim = self.victims.add(name, number_of(figure), effect)
            if victim is not None:
                taken.append(victim)
        return taken

    # -- who did it

    def _take_doers(self, event: Json) -> None:
        if event["negated"] or event["hypothetical"] or self._is_old(event):
            return
        if event["type"] == "responsibility":
            self._take_blamed(event)
            return
        if event["type"] not in {*HARM, "destruction", "strike", "shelling"}:
            return
        for participant in event["participants"]:
            if participant["role"] in DOERS:
                self._take_doer(event, participant)

    def _groups_of(self, participant: Json) -> list[tuple[str, list[str]]]:
        """The groups that a participant's words name.

        A name may go on behind them: "the army of national liberation".
        """
        start, end = participant["text"][0][0], participant["text"][-1][1]
        longer = self.text[start : end + 60]
        close = [
            (key, wordings)
            for key, wordings in self.groups.named_in(longer)
            if any(0 <= longer.find(w) <= end - start + 2 for w in wordings)
        ]
        return close or list(self.groups.named_in(self.words(participant["text"])))

    def _take_doer(self, event: Json, participant: Json) -> None:
        words = self.words(participant["text"])
        named = self._groups_of(participant)
        for key, wordings in named:
            self.doers.add(key, wordings, self._confidence(event, key))
        if named and not FIGHTERS.search(words):
            return
        state = self.groups.state_in(words)
        if state and event["type"] in {"death", "abduction", "injury"}:
            self.doers.add(*state, self._confidence(event, state[0]))
        elif FIGHTERS.search(words) or PEOPLE.search(words):
            self.doers.add_people(words)

    def _take_mentioned(self, counted: list[Json]) -> None:
        """Adds a group where no event names one as its doer.

        "Guerrillas" are the only group's that there is; else a sentence that blames names it.
        """
        only = dict(self.groups.named_in(self.text))
        if len(only) == 1 and any(FIGHTERS.search(p) for p in self.doers.people):
            for key, wordings in only.items():
                self.doers.add(key, wordings, FACT)
            return
        for event in counted:
            start, end = self.sentence(event["trigger"][0][0])
            if event["type"] in {*HARM, "responsibility"} and BLAMES.search(self.text[start:end]):
                for key, words in self.groups.named_in(self.text[start:end]):
                    self.doers.add(key, words, self._confidence(event, key))

    def _take_blamed(self, event: Json) -> None:
        trigger = self.words(event["trigger"])
        says = [p for p in event["participants"] if p["role"] == "who says so"]
        blamed = [p for p in event["participants"] if p["role"] == "who is held responsible"]
        if DID.search(trigger):
            for participant in says:
                self._take_doer(event, participant)
            return
        if CLAIM.search(trigger):
            for participant in says:
                for key, wordings in self._groups_of(participant):
                    self.doers.add(key, wordings, CLAIMED)
            return
        official = any((p.get("actor") or {}).get("kind") in AUTHORITIES for p in says)
        official = official or self.is_official(event)
        end = self.sentence(event["trigger"][0][0])[1]
        named = [g for p in blamed for g in self._groups_of(p)] or list(
            self.groups.named_in(self.text[event["trigger"][0][0] : end])
        )
        states = (self.groups.state_in(self.words(p["text"])) for p in blamed)
        for key, wordings in (*named, *(s for s in states if s)):
            self.doers.add(key, wordings, BY_AUTHORITIES if official else ACCUSED)

    def _confidence(self, event: Json, key: str) -> str:
        source = self.source(event)
        if source is not None and any(k == key for k, _ in self.groups.named_in(source["name"])):
            return CLAIMED
        start, end = self.sentence(event["trigger"][0][0])
        sentence = self.text[start:end]
        claim = self.claims.get(event["id"])
        if HEDGE.search(sentence) or (claim and claim["certainty"] in UNSURE):
            return BY_AUTHORITIES if self.is_official(event) else ACCUSED
        return POSSIBLE if MAY.search(sentence) else FACT
