"""Who was harmed: mentions of the same people, by rough rules, as one entry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bench.quality.muc4.words import ANYBODY, MANY, NAMED, PLURAL, SOLDIERS

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    "the a an of some several one two three four five six seven eight nine ten his her its their "
    "this that these those other another former unidentified".split()
)
_TITLES = frozenset(
    "president senator mayor judge general gen colonel col lieutenant lt major maj captain capt "
    "minister dr mr mrs msgr bishop archbishop father priest magistrate deputy governor leader "
    "professor policeman officer journalist former don attorney councilman congressman party "
    "union ambassador national liberal police army director member sister u s".split()
)
_DEFINITE = re.compile(r"(?i)^(?:the|this|that|these|those|both|all|whose)\b")
_S = "'s "
_NOT_THEIRS = r"(?!(?:his|her|their|and)\b)"
_ONE = re.compile(r"(?i)^(?:he|she|him|her|his|who|whom|whose|me|i|my)$")
_THEM = re.compile(r"(?i)^(?:they|them|their)$")
_RANK = {None: 0, "INJURY": 1, "DEATH": 2}

_TOKEN = re.compile(r"[\w,'-]+")
_FAR = 7  # characters of a number in digits
_NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        start=2,
    )
}
_DOZENS = re.compile(r"(?i)(?:dozens|hundreds|thousands|several|many|some|a group|a number)\b")


@dataclass(slots=True)
class Victim:
    """One entry: the names that it goes by, a number in the task's notation, what befell it."""

    names: list[str]
    number: str
    effect: str | None
    is_taken: bool = False  # held by force, which is neither death nor injury
    signs: set[str] = field(default_factory=set)
    mentions: int = 0

    @property
    def is_one(self) -> bool:
        """True for a single person."""
        return self.number == "1"

    def as_fill(self) -> dict[str, object]:
        """The entry in the form that the scorer reads."""
        return {"name": self.names, "number": self.number, "effect": self.effect}


@dataclass(slots=True)
class Victims:
    """The entries of a report, in the order of their first mention."""

    text: str = ""
    found: list[Victim] = field(default_factory=list)

    def add(self, words: str, number: str, effect: str | None) -> Victim | None:
        """The entry that a mention belongs to, a new one where it fits none."""
        if _ONE.match(words) or _THEM.match(words):
            is_one = bool(_ONE.match(words))
            last = next((v for v in reversed(self.found) if v.is_one == is_one), None)
            return self._raise(last, effect) if last else None
        for victim in reversed(self.found):
            if _may_meet(victim, number, effect) and self._is_same(victim, words, number):
                if words not in victim.names:
                    victim.names.append(words)
                if victim.number == "PLURAL":
                    victim.number = number
                return self._raise(victim, effect)
        self.found.append(Victim([words] if words else [], number, effect))
        return self.found[-1]

    def _raise(self, victim: Victim, effect: str | None) -> Victim:
        if _RANK[effect] > _RANK[victim.effect]:
            victim.effect = effect
        return victim

    def _is_same(self, victim: Victim, words: str, number: str) -> bool:
        mine = _content(words)
        if any(mine and (mine <= (o := _content(n)) or (o and o <= mine)) for n in victim.names):
            return not (victim.is_one and any(_owns(words, n) for n in victim.names))
        if victim.is_one and number == "1":
            names = _names(words)
            if names:
                return any(_is_one_person(names, _names(n)) for n in victim.names)
            return bool(_DEFINITE.match(words)) and self._has_role(victim, words)
        if number == "PLURAL":
            return bool(_DEFINITE.match(words)) and not victim.is_one
        return number == victim.number

    def _has_role(self, victim: Victim, words: str) -> bool:
        """True where the text puts a role beside a name: "Ana Diaz, the mayor" is "the mayor"."""
        role = re.escape(words.rsplit(maxsplit=1)[-1])
        for name in victim.names:
            last = re.escape(name.rsplit(maxsplit=1)[-1]) if _names(name) else ""
            behind = rf"{last}\W+(?:{_NOT_THEIRS}\w+\W+){{0,6}}{role}\b"
            before = rf"\b{role}\W+(?:{_NOT_THEIRS}\w+\W+){{0,5}}{last}\b"
            if last and re.search(f"(?i){behind}|{before}", self.text):
                return True
        return False


def _may_meet(victim: Victim, number: str, effect: str | None) -> bool:
    """True where number and fate allow one entry: two killed are not the two wounded."""
    both_one = victim.is_one and number == "1"
    if not both_one and effect and victim.effect and effect != victim.effect:
        return False
    if both_one or victim.number == number:
        return True
    return "PLURAL" in (victim.number, number) and not (victim.is_one or number == "1")


def _owns(words: str, name: str) -> bool:
    """True for the mayor beside "the mayor's son": one of the two is another's."""
    return (_S in words) != (_S in name)


def _is_one_person(names: list[str], others: list[str]) -> bool:
    """True for "Ana Diaz Gil" and "Diaz Gil", not for two who share a name."""
    if not others:
        return False
    return set(names) <= set(others) or set(others) <= set(names)


def _content(words: str) -> set[str]:
    return {w.lower() for w in _WORD.findall(words)} - _EMPTY


def _names(words: str) -> list[str]:
    """Words that are likely a name's: capitals, titles left out."""
    own = words.rpartition(_S)[2]
    found = [w.lower() for w in _WORD.findall(own) if w[0].isupper() and len(w) > 2]
    return [w for w in found if w not in _TITLES | _EMPTY]


def is_told(victim: Victim) -> bool:
    """True for a victim that the task would list: named or counted, and no army's losses."""
    if not victim.names:
        return False
    if victim.number == "PLURAL":
        return victim.is_taken and not ANYBODY.match(victim.names[0])
    if victim.effect is None and not victim.is_taken:
        return any(NAMED.search(n) and not ANYBODY.search(n) for n in victim.names)
    many = MANY.match(victim.number)
    return not many and not all(SOLDIERS.search(n) for n in victim.names)


def number_of(figure: dict[str, Any]) -> str:
    """A figure in the task's notation: `6`, `~40`, `5-`, `-139`, `8 - 10`, PLURAL."""
    low, best, high, bound = figure["low"], figure["best"], figure["high"], figure["bound"]
    if bound == "exact" and best is not None:
        return f"{best:.0f}"
    if bound == "range" and low is not None and high is not None:
        return f"{low:.0f} - {high:.0f}"
    if bound == "above" and low is not None:
        return f"{low:.0f}-"
    if bound == "below" and high is not None:
        return f"-{high:.0f}"
    if bound == "about" and best is not None:
        return f"~{best:.0f}"
    return "PLURAL"


def number_in(words: str) -> str:
    """The number that a mention's own words tell: "six monks", "the Jesuits", "a nun"."""
    first, *rest = _TOKEN.findall(words) or [""]
    if first.lower() in {"the", "these", "those", "all", "both"} and rest:
        first = rest[0]
    digits: str = _NUMBERS.get(first.lower(), first.replace(",", ""))
    if digits.isdigit() and len(digits) < _FAR:
        return digits
    if _DOZENS.match(words):
        return "PLURAL"
    last = words.split(" of ", 1)[0].rsplit(maxsplit=1)[-1]
    is_name = last[:1].isupper() and not words.startswith(("the ", "The "))
    return "PLURAL" if PLURAL.search(last) and not is_name else "1"
