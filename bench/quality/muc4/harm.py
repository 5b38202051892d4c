"""Who was harmed in one reading: each mention with signs by which a victim can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bench.quality.muc4.names import names_behind, names_included, names_listed, names_missed
from bench.quality.muc4.reading import HARM, Json, Read
from bench.quality.muc4.victims import Victim, Victims, number_of
from bench.quality.muc4.words import (
    BARE,
    FIGHTERS,
    NAMED,
    NEAR,
    NO_HUMAN,
    NO_PERSON,
    NOBODY,
    NOUN,
    OF,
    SOLDIERS,
)  # fmt: skip

_NAME = re.compile(r"[A-Z]\w+ (?:de |del |la )*[A-Z]\w+")
_THEM = re.compile(r"(?i)(?:they|them)$")
_HE = re.compile(r"(?i)(?:he|she|him|her)$")
_BACK = 300  # characters in which the person is named whom a pronoun means
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_SMALL, _LARGE = 20, 100
# Told of as freed, held or threatened, people may be victims of what the report is about.
WHOM = HARM | {
    "release": ("released", None), "capture": ("captive", None), "threat": ("threatened", None),
}  # fmt: skip
_COUNTED = frozenset({"killed", "wounded", "abducted", "killed_or_wounded"})


@dataclass
class Harm:
    """Collects the victims of one reading."""

    read: Read
    victims: Victims = field(init=False)

    def __post_init__(self) -> None:
        self.victims = Victims(self.read.text)

    def found(self) -> list[Victim]:
        """Those whom the events befall, then those whom other words name beside them."""
        for event in self.read.events:
            if event["type"] in WHOM:
                self._take(event)
        self._take_named([e for e in self.read.events if not e["negated"]])
        return self.victims.found

    def _take(self, event: Json) -> None:
        role, effect = WHOM[event["type"]]
        for participant in event["participants"]:
            if participant["role"] == role:
                self._take_participant(event, participant, effect)
        self._take_counted(event, effect)

    def _add(
        self, event: Json, words: str, number: str, effect: str | None, how: set[str]
    ) -> Victim | None:
        if event["negated"] or event["hypothetical"]:
            effect = None
        victim = self.victims.add(words, number, effect)
        if victim is not None:
            victim.mentions += 1
            victim.signs |= how | self._signs_of(event) | signs_of_words(words, number)
            if event["type"] == "abduction":
                victim.is_taken = True
        return victim

    def _signs_of(self, event: Json) -> set[str]:
        read, at = self.read, event["trigger"][0][0]
        claim = read.claims.get(event["id"])
        start, end = read.sentence(at)
        near = {e["type"] for e in read.events if start <= e["trigger"][0][0] < end}
        signs = {
            f"type {event['type']}", f"by {read.words(event['trigger']).lower()}",
            f"age {read.age(event)}", f"nth {min(read.nth(at), 8)}",
            f"certainty {claim['certainty'] if claim else 'none'}",
            f"said {'official' if read.is_official(event) else bool(read.source(event))}",
            *(f"doer {kind}" for kind in read.kinds_of_doers(event)),
            *(f"near {kind}" for kind in near - {event["type"]}),
        }  # fmt: skip
        signs |= {key for key in ("negated", "hypothetical") if event[key]}
        return signs

    def _take_participant(self, event: Json, participant: Json, effect: str | None) -> None:
        words = OF.sub("", self.read.words(participant["text"]))
        number = self.read.number(event, participant, words)
        how = {"participant", f"actor {(participant['actor'] or {}).get('kind')}"}
        if BARE.match(words):
            victim = self._add(event, self._elided(event), number, effect, {*how, "bare"})
            if victim is not None and not victim.is_one:  # "twelve were injured": the injured
                victim.names.append(self.read.words(event["trigger"]))
            return
        if _HE.match(words) and not any(v.is_one for v in self.victims.found):
            words = self._before(participant["text"][0][0])  # "Ana Diaz resisted; they shot her"
            how.add("meant")
        if (NOBODY.match(words) and not _THEM.match(words)) or NO_HUMAN.search(words):
            return
        if any(self.read.groups.named_in(words)):
            how.add("a group")
        victim = self._add(event, words, number, effect, how)
        for name in names_behind(self.read.text, participant["text"][-1][1]) if victim else ():
            if victim is not None and victim.is_one and not NAMED.search(words):
                victim.names.append(name)
                victim.signs.add("named behind")
            else:
                self._add(event, name, "1", effect, {"behind"})

    def _before(self, at: int) -> str:
        """The last person named before a place, "it" for none."""
        names: list[str] = _NAME.findall(self.read.text[max(0, at - _BACK) : at])
        people = (n for n in reversed(names) if n.lower() not in self.read.places)
        return next(people, "it")

    def _elided(self, event: Json) -> str:
        """The noun that a bare number leaves out: "two people were killed and nine wounded"."""
        nouns: list[str] = NOUN.findall(self.read.sentence_of(event))
        return nouns[0] if nouns else self.read.words(event["trigger"])

    def _take_counted(self, event: Json, effect: str | None) -> None:
        """Those who are only counted: a figure of the event that no participant holds."""
        spans = [s for p in event["participants"] for s in p["text"]]
        for key in event["figures"]:
            figure = self.read.figures[key]
            if figure["counts"] not in _COUNTED:
                continue
            if any(a <= figure["span"][0][0] < b for a, b in spans):
                continue
            words = OF.sub("", self.read.words(figure["of"] or figure["span"]))
            if NO_HUMAN.search(words):
                continue
            name = "" if NOBODY.match(words) else words
            how = {"counted", f"scope {figure['scope']}"}
            self._add(event, name, number_of(figure), effect, how)

    # -- named beside the event

    def _take_named(self, told: list[Json]) -> None:
        """Those whom other words of the report name: among the dead, listed, or only meant."""
        read = self.read
        events = [e for e in told if e["type"] in {"death", "injury"} and not e["hypothetical"]]
        for event in events:
            for name in names_included(read.sentence_of(event)):
                self._add_named(event, name, HARM[event["type"]][1], "included")
        for at, is_hurt, names in names_listed(read.text):
            before = [e for e in events if 0 <= at + 20 - e["trigger"][0][0] < NEAR]
            for name in names if before else ():
                effect = "INJURY" if is_hurt else HARM[before[-1]["type"]][1]
                self._add_named(before[-1], name, effect, "listed")
        for event in told:
            if event["type"] in {"attack", "bombing", "shooting"}:
                for name in names_missed(read.sentence_of(event)):
                    self._add_named(event, name, None, "missed")

    def _add_named(self, event: Json, name: str, effect: str | None, how: str) -> None:
        """Adds a person of this name, unless it is a place's or a hospital's."""
        lower = name.lower()
        if NO_PERSON.search(name) or any(lower in p or p in lower for p in self.read.places):
            return
        self._add(event, name, "1", effect, {how})


def signs_of_words(words: str, number: str) -> set[str]:
    """Signs of a mention's own words."""
    signs = {f"word {w}" for w in _LOWER.findall(words)}
    signs.add(f"number {_size(number)}")
    if _NAME.search(words):
        signs.add("named")
    elif words[:1].isupper():
        signs.add("capital")
    if FIGHTERS.search(words):
        signs.add("fighters")
    if SOLDIERS.search(words):
        signs.add("soldiers")
    return signs


def _size(number: str) -> str:
    digits = re.findall(r"\d+", number)
    if not digits:
        return number
    n = int(digits[-1])
    return "1" if n == 1 else "few" if n < _SMALL else "many" if n < _LARGE else "hundreds"


def signs_of_victim(victim: Victim, all_found: list[Victim]) -> set[str]:
    """The signs of an entry: of its mentions, its fate, and those beside it."""
    alike = [v for v in all_found if v.effect == victim.effect]
    signs = {*victim.signs, f"effect {victim.effect}", f"mentions {min(victim.mentions, 4)}"}
    signs |= {f"alike {min(len(alike), 6)}", f"entry {min(alike.index(victim), 4)}"}
    signs |= {f"size {_size(victim.number)}", f"size {_size(victim.number)} {victim.effect}"}
    if not victim.names or not victim.names[0]:
        signs.add("nameless")
    if victim.is_taken:
        signs.add("taken")
    return signs
