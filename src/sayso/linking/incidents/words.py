"""The words of a mention that tell it from others: plain words, names, ages, numbers, passages."""

from __future__ import annotations

import itertools
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
# "a 32-year-old man", "John Smith, 32, of Dayton", "aged 32", "32 years old"
_AGES = (
    re.compile(r"\b(\d{1,3})[- ](?:year|yr)s?[- ]old"),
    re.compile(r"\b(\d{1,2})[- ]months?[- ]old"),
    re.compile(r"[a-z][.]?,? \(?(\d{1,2})\)?[,)]"),
    re.compile(r"\baged? (\d{1,3})\b"),
)
# Days, months, and how datelines shorten a state ("MILTON BEND, Ore. -"), where places tell more.
_NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december a an the i ala ariz ark calif colo conn del fla
    ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis
    wyo
    """.split()
)
_SENTENCE_END = frozenset('.!?:\n"“”|•')
_SUFFIXES = ("ings", "ing", "ers", "er", "ed", "es", "s")
_STEM_LEAST = 4
_HELD = 2_000_000
LINE = 70  # a mention of fewer words is a line (a claim, a context paragraph)
_RUN = 6  # words of a passage
_SAMPLE = 8  # one passage in so many is kept


def stem(word: str) -> str:
    """A word without case, possessive and common endings ("shootings", "shooting": "shoot")."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM_LEAST:
            return word[: -len(suffix)]
    return word


@dataclass(frozen=True, slots=True)
class Wording:
    """What a stretch of text says in words that linking compares.

    `words` count stems, `names` are capitalised words (lower case), `people` runs of two or more
    of them ("john smith"), `ages` as written, `passages` a sample of the runs of six words.
    """

    words: Mapping[str, int]
    names: frozenset[str]
    people: frozenset[str]
    ages: frozenset[str]
    passages: frozenset[int]
    size: int


def read_wording(text: str) -> Wording:
    """The wording of a text."""
    tokens = list(_WORD.finditer(text))
    stems = [stem(m[0]) for m in tokens]
    names, people = _names(text, tokens)
    return Wording(
        Counter(stems), names, people, frozenset(_ages(text)),
        _passages(stems), len(stems),
    )  # fmt: skip


def _ages(text: str) -> Iterable[str]:
    for number, pattern in enumerate(_AGES):
        unit = "m" if number == 1 else ""
        for match in pattern.finditer(text):
            yield match[1] + unit


def _names(text: str, tokens: list[re.Match[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Capitalised words inside sentences, and the runs that they form.

    A sentence's first word is a name only where the run goes on ("John Smith was …").
    """
    names: set[str] = set()
    people: set[str] = set()
    run: list[re.Match[str]] = []
    for token in [*tokens, None]:
        if token and token[0][0].isupper() and (not run or _joined(text, run[-1], token)):
            run.append(token)
            continue
        _close(text, run, names, people)
        run = [token] if token and token[0][0].isupper() else []
    return frozenset(names), frozenset(people)


def _close(text: str, run: list[re.Match[str]], names: set[str], people: set[str]) -> None:
    if not run or (len(run) == 1 and _opens_sentence(text, run[0].start())):
        return
    plain = [t[0].lower().replace("’", "'").removesuffix("'s") for t in run]
    names.update(word for word in plain if len(word) > 1 and word not in _NO_NAMES)
    for first, last in itertools.pairwise(plain):
        people.add(f"{first} {last}")


def _joined(text: str, before: re.Match[str], token: re.Match[str]) -> bool:
    """True where only spaces, or an initial's point, stand between two capitalised words."""
    between = text[before.end() : token.start()]
    return between.isspace() or (between.strip() == "." and len(before[0]) == 1)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_END


def _passages(stems: list[str]) -> frozenset[int]:
    runs = (" ".join(stems[i : i + _RUN]) for i in range(len(stems) - _RUN + 1))
    hashes = (zlib.crc32(run.encode()) for run in runs)
    return frozenset(h for h in hashes if h % _SAMPLE == 0)


@dataclass(slots=True)
class Frequencies:
    """In how many mentions each word stands: learnt as mentions come, begun from a shipped list.

    So "police" weighs little from the first report on, and a town's name less where many reports
    are of that town.
    """

    mentions: int = 0
    held: Counter[str] = field(default_factory=Counter)

    def add(self, words: Iterable[str]) -> None:
        """Count one mention's words; what was met once is forgotten when too many are held."""
        self.mentions += 1
        self.held.update(set(words))
        if len(self.held) > _HELD:  # lossy counting (Manku and Motwani 2002): bounded memory
            self.held = Counter({word: n for word, n in self.held.items() if n > 1})

    def weight(self, word: str) -> float:
        """How distinctive a word is: 0 where every mention has it."""
        return math.log((self.mentions + 1) / (self.held[word] + 0.5))

    @property
    def weights(self) -> Callable[[str], float]:
        """`weight`, for whoever asks for those of many words."""
        return self.weight


def load_frequencies() -> Frequencies:
    """Frequencies to begin with: how common the commonest words of news are."""
    text = (
        resources.files("sayso.linking.incidents").joinpath("frequencies.json").read_text("utf-8")
    )
    row = json.loads(text)
    return Frequencies(row["mentions"], Counter(row["held"]))
