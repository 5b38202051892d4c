"""Whether two sentences make the same claim: a logistic regression over what can be counted.

The weights (`paraphrase.json`) are plain numbers, one a feature, made by training/paraphrase.
Nothing is looked up but the words: shared runs, numbers, names, negation, order, length.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from sayso.linking.numerals import NUMBERS

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATION = frozenset(
    "not no never neither nor none nobody nothing without cannot deny denied denies".split()
)
_STOP = frozenset(
    "the a an of in on at to for and or but with by from as that this it its is was were are be"
    " been has have had he she they his her their who which will would said says saying also"
    " than more after about into up out over i we you not".split()
)
_SUFFIXES = "ations ation ings ing edly ed ers er ies es s ly e".split()
_BENT = (
    "1-grams of the shorter", "1-grams of the longer", "order of the shorter",
    "order of the longer", "letters of the longer",
)  # fmt: skip
_MOST = 120  # words of a sentence that are looked at: the alignment costs their square


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its words, stems, numbers and names."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negations: int


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@functools.lru_cache(maxsize=4096)
def take_apart(text: str) -> Sentence:
    """The words of a sentence and what is counted of them."""
    tokens = _TOKEN.findall(text)[:_MOST]
    words = tuple(t.lower() for t in tokens)
    stems = tuple(str(NUMBERS[w]) if w in NUMBERS else _stem(w) for w in words)
    numbers = frozenset(s.replace(",", "") for s in stems if s[0].isdigit())
    names = frozenset(
        t.lower() for i, t in enumerate(tokens) if i and t[0].isupper() and t.lower() not in _STOP
    )
    content = frozenset(s for w, s in zip(words, stems, strict=True) if w not in _STOP)
    negations = sum(w in _NEGATION or w.endswith(("n't", "n’t")) for w in words)
    return Sentence(words, stems, content, numbers, names, negations)


def _grams(items: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(items[i : i + n]) for i in range(len(items) - n + 1))


def _both_ways(a: Counter[tuple[str, ...]], b: Counter[tuple[str, ...]]) -> tuple[float, float]:
    """The share of the smaller and of the larger that is shared."""
    shared = sum((a & b).values())
    sizes = sorted((sum(a.values()), sum(b.values())))
    return shared / max(1, sizes[0]), shared / max(1, sizes[1])


def _common_order(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def _agreement(a: frozenset[str], b: frozenset[str]) -> tuple[float, float, float]:
    """Overlap of two sets, how many of the smaller lack, and whether both differ in kind."""
    if not a and not b:
        return 1.0, 0.0, 0.0
    only_a, only_b = len(a - b), len(b - a)
    return len(a & b) / len(a | b), float(min(only_a, only_b)), float(only_a > 0 and only_b > 0)


def features(one: str, other: str) -> dict[str, float]:
    """What is counted of a pair of sentences; the same for the pair turned round."""
    a, b = take_apart(one), take_apart(other)
    found = {**_shared_runs(a, b), **_lacking(a, b), **_agreements(a, b), **_shape(a, b)}
    for name in _BENT:  # what one more shared word tells depends on how many are shared already
        for bend in (0.5, 0.65, 0.8):
            found[f"{name} beyond {bend}"] = max(0.0, found[name] - bend)
    return found


def _shared_runs(a: Sentence, b: Sentence) -> dict[str, float]:
    """Shared runs of stems, of content words, of letters, and the longest common order."""
    content = [tuple(x for x in s.stems if x not in _STOP) for s in (a, b)]
    letters = ["".join(s.stems) for s in (a, b)]
    runs = {f"{n}-grams": (_grams(a.stems, n), _grams(b.stems, n)) for n in (1, 2, 3, 4)}
    runs |= {f"content {n}-grams": (_grams(content[0], n), _grams(content[1], n)) for n in (1, 2)}
    runs["words"] = (_grams(a.words, 1), _grams(b.words, 1))
    runs["letters"] = (_grams(letters[0], 4), _grams(letters[1], 4))
    found: dict[str, float] = {}
    for name, (one, other) in runs.items():
        small, large = _both_ways(one, other)
        found[f"{name} of the shorter"], found[f"{name} of the longer"] = small, large
    lengths, order = sorted((len(a.words), len(b.words))), _common_order(a.stems, b.stems)
    found["order of the shorter"] = order / max(1, lengths[0])
    found["order of the longer"] = order / max(1, lengths[1])
    return found


def _lacking(a: Sentence, b: Sentence) -> dict[str, float]:
    """Content words of one that the other lacks, even in another form (the first four letters)."""
    begins = [{w[:4] for w in s.content} for s in (a, b)]
    lacks = (
        [w for w in a.content if w[:4] not in begins[1]],
        [w for w in b.content if w[:4] not in begins[0]],
    )
    found: dict[str, float] = {}
    counts = sorted(float(len(x)) for x in lacks)
    shares = sorted(len(x) / max(1, len(s.content)) for x, s in zip(lacks, (a, b), strict=True))
    letters = sorted(float(sum(map(len, x))) for x in lacks)
    for name, pair in (("words", counts), ("share", shares), ("letters", letters)):
        found[f"lacking {name} at least"], found[f"lacking {name} at most"] = pair
    found["lacking in both"] = math.log(1 + len(a.content - b.content) * len(b.content - a.content))
    return found


def _agreements(a: Sentence, b: Sentence) -> dict[str, float]:
    """Whether content, numbers, names and negation agree."""
    found: dict[str, float] = {}
    for name, one, other in (
        ("content", a.content, b.content),
        ("numbers", a.numbers, b.numbers),
        ("names", a.names, b.names),
    ):
        overlap, lacking, differ = _agreement(one, other)
        found[name], found[f"{name} lacking"], found[f"other {name}"] = overlap, lacking, differ
        found[f"{name} in one"] = float(len(one ^ other))
    found["no numbers"] = float(not a.numbers and not b.numbers)
    found["numbers in one only"] = float(bool(a.numbers) != bool(b.numbers))
    found["negation"] = float((a.negations > 0) != (b.negations > 0))
    return found


def _shape(a: Sentence, b: Sentence) -> dict[str, float]:
    """Lengths, and whether the sentences begin and end alike."""
    short, long = sorted((len(a.words), len(b.words)))
    return {
        "length": short / max(1, long),
        "longer by": float(long - short),
        "long": math.log(1 + short),
        "first word": float(a.stems[:1] == b.stems[:1]),
        "last word": float(a.stems[-1:] == b.stems[-1:]),
    }


@functools.cache
def _weights() -> Mapping[str, float]:
    file = resources.files("sayso.linking").joinpath("paraphrase.json")
    weights: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return weights


def score_same(one: str, other: str) -> float:
    """How likely two sentences make the same claim, 0..1."""
    weights = _weights()
    total = weights["base"] + sum(weights[k] * v for k, v in features(one, other).items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


@functools.lru_cache(maxsize=16_384)  # an incident's sentences are compared each time it grows
def is_same(one: str, other: str) -> bool:
    """True where two sentences more likely than not make the same claim."""
    return score_same(one, other) >= 0.5
