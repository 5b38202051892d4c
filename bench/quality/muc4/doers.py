"""Who did it in one reading: groups and people, each with signs of guilt and of its degree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.quality.muc4.perpetrators import AUTHORITIES
from bench.quality.muc4.reading import DOERS, HARM, Json, Read
from bench.quality.muc4.words import (
    BLAMES,
    CLAIM,
    DID,
    FIGHTERS,
    HEDGE,
    MAY,
    PEOPLE,
    UNSURE,
)  # fmt: skip

_ACTS = frozenset({*HARM, "destruction", "strike", "shelling"})
_WORD = re.compile(r"\b[a-z]+\b")  # no names
_NOT = re.compile(r"(?i)\b(?:not|no|den(?:y|ies|ied)|reject\w*|condemn\w*|repudiat\w*)\b")


@dataclass(slots=True)
class Doer:
    """A group or people who may have done it: wordings, and signs from all mentions."""

    key: str
    is_group: bool
    names: list[str] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    mentions: int = 0
    ends: list[int] = field(default_factory=list)

    def add(self, wordings: list[str], signs: set[str]) -> None:
        """Hold one more mention."""
        self.names += [w for w in wordings if w and w not in self.names]
        self.signs |= signs
        self.mentions += 1


@dataclass
class Doers:
    """Collects them from one reading."""

    read: Read
    known: dict[str, Doer] = field(default_factory=dict)

    def found(self) -> list[Doer]:
        """Groups wherever they are named, then people whom an event has as its doers."""
        for start, end in self.read.sentences:
            self._take_sentence(start, end)
        for event in self.read.events:
            if event["type"] in _ACTS:
                for participant in event["participants"]:
                    if participant["role"] in DOERS:
                        self._take_people(event, participant)
        groups = [d for d in self.known.values() if d.is_group]
        kinds = {
            f"harm by {kind}"
            for event in self.read.events
            if event["type"] in HARM and not (event["negated"] or event["hypothetical"])
            for kind in self.read.kinds_of_doers(event)
        }
        for doer in self.known.values():
            doer.signs |= {f"mentions {min(doer.mentions, 4)}", f"groups {min(len(groups), 4)}"}
            if not doer.is_group:
                continue
            state = "state" in doer.signs
            most = max(d.mentions for d in groups if ("state" in d.signs) == state)
            first = "the most" if doer.mentions == most else "not the most"
            doer.signs |= {first, *(f"{k}, {state}, {first}" for k in kinds)}
        return list(self.known.values())

    # -- groups

    def _take_sentence(self, start: int, end: int) -> None:
        text = self.read.text[start:end]
        held = [(key, names, False) for key, names in self.read.groups.named_in(text)]
        state = self.read.groups.state_in(text)
        if state:
            held.append((state[0], [state[0]], True))
        for key, names, is_state in held:
            at = max((text.lower().find(n.lower()) for n in names), default=-1)
            long = max((n for n in names if n.lower() in text.lower()), key=len, default="")
            at = text.lower().find(long.lower()) if long else 0
            doer = self.known.setdefault(key, Doer(key, is_group=True))
            signs = self._signs(start, start + at, start + at + len(long))
            doer.add(names, signs | {"state" if is_state else "armed group"})

    def _signs(self, start: int, at: int, stop: int) -> set[str]:
        read = self.read
        end = read.sentence(start)[1]
        text = read.text[start:end]
        signs = {f"first {min(read.nth(start), 6)}"} | _signs_of_context(read.text, start, at, stop)
        for event in read.events:
            place = event["trigger"][0][0]
            if not start <= place < end or event["type"] not in {*_ACTS, "responsibility", "clash"}:
                continue
            signs |= {f"with {event['type']}", f"with age {read.age(event)}"}
            signs |= set(self._signs_of_event(event, at, stop))
        for name, pattern in (("hedge", HEDGE), ("may", MAY), ("blames", BLAMES), ("not", _NOT),
                              ("claims", CLAIM)):  # fmt: skip
            if pattern.search(text):
                signs.add(f"sentence {name}")
        return signs

    def _signs_of_event(self, event: Json, at: int, stop: int) -> Iterator[str]:
        read = self.read
        source = read.source(event)
        claim = read.claims.get(event["id"])
        role = next(
            (p["role"] for p in event["participants"]
             if any(a <= at + 1 < b + 3 or at <= a < stop for a, b in p["text"])), "none",
        )  # fmt: skip
        yield f"role {role}"
        if role == "none":
            yield f"beside {event['type']}"
            return
        word = read.words(event["trigger"]).lower()
        if event["type"] == "responsibility":
            kind = "did" if DID.search(word) else "claims" if CLAIM.search(word) else "blamed"
            yield f"role {role} {kind}"
            says = [p for p in event["participants"] if p["role"] == "who says so"]
            official = any((p.get("actor") or {}).get("kind") in AUTHORITIES for p in says)
            yield f"role {role} {kind} official {official or read.is_official(event)}"
        else:
            yield f"does {event['type']}"
        yield f"age {read.age(event)}"
        if event["negated"] or event["hypothetical"]:
            yield "unreal"
        if source is not None:
            mine = any(n.lower() in source["name"].lower() for n in (read.text[at:stop],) if n)
            official = read.is_official(event)
            yield "said by itself" if mine else f"said official {official}"
        else:
            yield "said by nobody"
        if claim:
            yield f"certainty {claim['certainty']}"
            if claim["certainty"] in UNSURE:
                yield f"unsure official {read.is_official(event)}"

    # -- people

    def _take_people(self, event: Json, participant: Json) -> None:
        words = self.read.words(participant["text"])
        if not (FIGHTERS.search(words) or PEOPLE.search(words)):
            return
        doer = self.known.setdefault(words.lower(), Doer(words.lower(), is_group=False))
        at, stop = participant["text"][0][0], participant["text"][-1][1]
        signs = {f"word {w.lower()}" for w in _WORD.findall(words)}
        signs |= set(self._signs_of_event(event, at, stop))
        signs |= {f"kind {(participant['actor'] or {}).get('kind')}",
                  f"first {min(self.read.nth(at), 6)}"}  # fmt: skip
        doer.add([words], signs)


def _signs_of_context(text: str, start: int, at: int, stop: int) -> set[str]:
    """The words right before and behind a mention: "attributed to the", "guerrillas attacked"."""
    before = [w.lower() for w in _WORD.findall(text[max(start, at - 40) : at])]
    behind = [w.lower() for w in _WORD.findall(text[stop : stop + 40])]
    signs = {f"before {w}" for w in before[-3:]} | {f"behind {w}" for w in behind[:3]}
    if before:
        signs.add(f"right before {before[-1]}")
    if behind:
        signs.add(f"right behind {behind[0]}")
    return signs
