"""Who did it, and how sure the report is of that: names of groups and words for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.reading.grounding.actors.roles import find_groups

FACT = "REPORTED AS FACT"
CLAIMED = "CLAIMED OR ADMITTED"
ACCUSED = "SUSPECTED OR ACCUSED"
BY_AUTHORITIES = "SUSPECTED OR ACCUSED BY AUTHORITIES"
POSSIBLE = "POSSIBLE"
AUTHORITIES = frozenset({"government", "military", "police", "intelligence", "judiciary"})

_BRACKETS = re.compile(r"[(\[]([A-Z][A-Z0-9-]{1,7})[)\]]")
_BEFORE = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SMALL = frozenset({"of", "the", "for", "and", "de", "del", "la", "y"})
_ARMED = re.compile(
    r"(?i)\b(?:front|liberation|revolutionary|movement|guerrilla|commandos?|cartel|death squads?|"
    r"resistance|insurgent|rebel|armed group|patriotic)\b"
)
_SQUADS = re.compile(
    r"(?i)\b(?:death squads?|paramilitary groups?|extreme (?:right|left)(?:ist)?(?: groups)?|"
    r"(?:drug|cocaine)(?:[- ]traffick(?:ing|ers))?'? (?:mafia|cartel|gang|ring)s?)\b"
)
_FORCES = re.compile(
    r"(?i)\b(?:armed forces|army|air force|military|battalion|brigade|national guard|"
    r"treasury police|national police|government|security forces)\b"
)


@dataclass(slots=True)
class Groups:
    """The groups that a report may name, each with its wordings."""

    text: str
    made: dict[str, set[str]] = field(default_factory=dict)  # acronym -> wordings

    def __post_init__(self) -> None:
        for match in _BRACKETS.finditer(self.text):
            full = _stands_for(self.text[max(0, match.start() - 90) : match.start()], match[1])
            if full and _ARMED.search(full):
                self.made.setdefault(match[1], {match[1]}).add(full)

    def named_in(self, words: str) -> Iterator[tuple[str, list[str]]]:
        """(key, wordings) of each armed group that the words name."""
        seen = False
        for group in find_groups(words):
            if group.kind in {"rebels", "criminals"}:
                seen = True
                yield group.name, [words[group.start : group.end], group.name]
        for key, wordings in self.made.items():
            is_named = any(re.search(rf"(?i)\b{re.escape(w)}\b", words) for w in wordings)
            if is_named and not seen:
                yield key, sorted(wordings)
        for match in _SQUADS.finditer(words):
            yield match.group().lower().rstrip("s"), [match.group()]

    def state_in(self, words: str) -> tuple[str, list[str]] | None:
        """(key, wordings) of a force of the state that the words name."""
        match = _FORCES.search(words)
        return (match.group().lower(), [words]) if match else None


def _stands_for(before: str, acronym: str) -> str | None:
    """The words right before an acronym whose first letters it is made of."""
    words = list(_BEFORE.finditer(before))
    wanted = [c for c in acronym if c.isalpha()]
    for word in reversed(words):
        if word.group().lower() in _SMALL:
            continue
        if not wanted or word.group()[0].upper() != wanted[-1]:
            return None
        wanted.pop()
        if not wanted:
            return before[word.start() :].strip()
    return None


@dataclass(slots=True)
class Perpetrators:
    """Groups with the words that tell how sure it is, and people by their words."""

    names: dict[str, list[str]] = field(default_factory=dict)
    told: dict[str, Counter[str]] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)

    def add(self, key: str, wordings: list[str], confidence: str) -> None:
        """Hold that a group did it, as sure as that."""
        known = self.names.setdefault(key, [])
        known += [w for w in wordings if w not in known]
        self.told.setdefault(key, Counter())[confidence] += 1

    def add_people(self, words: str) -> None:
        """Hold that people of these words did it."""
        if not any(words.lower() == p.lower() for p in self.people):
            self.people.append(words)

    def fills(self) -> list[dict[str, object]]:
        """The groups as fills, each with the confidence that weighs most."""
        return [
            {"name": self.names[key], "confidence": _weigh(counts)}
            for key, counts in self.told.items()
        ]


def _weigh(counts: Counter[str]) -> str:
    """A claim of one's own settles it; then what is accused, since it tells who doubts."""
    for confidence in (CLAIMED, BY_AUTHORITIES, ACCUSED, POSSIBLE):
        if counts[confidence]:
            return confidence
    return FACT
