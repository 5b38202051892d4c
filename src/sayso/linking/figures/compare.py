"""Two figures side by side: agree, growth, revision, differ, disagree, or no comparison and why."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from sayso.lexicon.load import load_words
from sayso.linking.figures.stated import is_part, order_of
from sayso.record.links import FigureComparison, Statement, Verdict

# Counts that can only rise while they cover the same incident or run since the same day. Troops
# deployed go home, the missing are found.
_RISING = frozenset("killed wounded killed_or_wounded captured arrested abducted".split())
_WITHIN = {("killed", "killed_or_wounded"), ("wounded", "killed_or_wounded")}
# "the bodies of four more people", "recovered eight more bodies", "another five", "8 additional";
# not "a clerk and four others died", which may be the toll, and no wounded beside the dead: "three
# died and another five were hurt"
_ADDED_BEFORE = re.compile(r"\b(?:another|an additional|additional|a further|further) $")
_ADDED_WITHIN = re.compile(r"^(?:another|an additional|a further)\b|\b(?:more|additional)$")
_ADDED_AFTER = re.compile(r"^ (?:more|additional)\b(?! than)")
# "had earlier put the toll at nine", "earlier reports spoke of nine", "the previous count of nine"
_EARLIER = re.compile(
    r"\b(?:earlier|previously|initially|previous|initial)\b[^.;!?\n]{0,40}"
    r"\b(?:toll|count|figure|number|put|said|reports?|reported|spoke|estimate)\b[^.;!?\n]{0,30}$"
)
_SORTS = ("fighters", "civilians")
_NAMES = {"killed_or_wounded": "killed or wounded"}


def compare_figures(
    a: Statement, b: Statement, texts: Mapping[str, str] | None = None
) -> FigureComparison:
    """What can be said of two statements, the earlier first; symmetric in them.

    `texts` holds the texts of reports by their ids: *four more* tells itself by the words around.
    """
    one, other = sorted((a, b), key=lambda s: (*order_of(s), s.ref, s.figure))
    held = texts or {}
    why = _not_comparable(one, other) or _added(one, other, held) or _partial(one, other, held)
    if why:
        return FigureComparison(one, other, "not_comparable", why)
    return FigureComparison(one, other, *_compare_told(one, other, held))


def compare_all(
    statements: Iterable[Statement], texts: Mapping[str, str] | None = None
) -> tuple[FigureComparison, ...]:
    """All pairs of statements that name a number or a vague amount."""
    known = [s for s in statements if s.from_ is not None or s.to is not None]
    return tuple(compare_figures(a, b, texts) for a, b in itertools.combinations(known, 2))


def of_the_toll(
    statements: Iterable[Statement], texts: Mapping[str, str] | None = None
) -> tuple[Statement, ...]:
    """The statements that count the whole of an incident's people, for a policy to choose from.

    An addition to an earlier count is none, nor is a count of other people than those that most
    speakers count: two soldiers killed elsewhere are not two of the passengers.
    """
    whole = [s for s in statements if not is_added(s, texts or {})]
    return tuple(s for s in whole if not _is_beside(s, whole))


def is_added(s: Statement, texts: Mapping[str, str]) -> bool:
    """True for a count that comes on top of an earlier one: *four more people were found*."""
    text = texts.get(s.spot.report)
    if text is None or s.counts == "wounded":
        return False
    before, words, after = _around(s, text)
    return bool(
        _ADDED_BEFORE.search(before) or _ADDED_WITHIN.search(words) or _ADDED_AFTER.search(after)
    )


def _around(s: Statement, text: str) -> tuple[str, str, str]:
    start, end = s.spot.spans[0].start, s.spot.spans[-1].end
    return (
        text[max(0, start - 80) : start].lower(),
        text[start:end].lower(),
        text[end : end + 20].lower(),
    )


def _is_beside(s: Statement, held: Sequence[Statement]) -> bool:
    """True where more speakers count the other sort of people in this measure."""
    sort = _sort_of(s)
    if sort is None:
        return False
    speakers: dict[str | None, set[str]] = {}
    for other in held:
        if other.counts == s.counts:
            speakers.setdefault(_sort_of(other), set()).add(other.speaker)
    rest = [len(names) for other, names in speakers.items() if other not in (None, sort)]
    return max(rest, default=0) > len(speakers[sort])


def _sort_of(s: Statement) -> str | None:
    """Fighters or civilians, None where the words do not tell."""
    words = {w for word in re.findall(r"[a-z]+", s.of.lower()) for w in (word, word[:-1])}
    words.add(_group(s))
    found = [side for side in _SORTS if words & load_words("incidents", "sides", side)]
    return found[0] if len(found) == 1 else None


def _added(a: Statement, b: Statement, texts: Mapping[str, str]) -> str | None:
    if is_added(a, texts) or is_added(b, texts):
        return "an addition to an earlier count"
    return None


def _partial(a: Statement, b: Statement, texts: Mapping[str, str]) -> str | None:
    """Why a part is no rival of what it is a part of: *12 people, four of them children*.

    Two parts are compared where they are of one sort: *including four children*, *five children*.
    """
    if (group := _group(a)) and group == _group(b):
        return None
    parts = [
        s for s in (a, b) if s.spot.report in texts and is_part(texts[s.spot.report], s.spot.spans)
    ]
    if len(parts) == 1 or (len(parts) == 2 and _group(a) != _group(b)):
        return f"{_say(parts[0])} are told as a part of those who are counted"
    return None


def _group(s: Statement) -> str:
    return (s.people or "/").split("/")[1]


def _compare_told(a: Statement, b: Statement, texts: Mapping[str, str]) -> tuple[Verdict, str]:
    """As `_compare`; a lower count that its own words put earlier was left behind.

    *The mayor, who had earlier put the toll at nine* contradicts nobody who says twelve.
    """
    low, high = sorted((a, b), key=lambda s: s.from_ or 0)
    text = texts.get(low.spot.report)
    apart = a.counts == b.counts and not _meet(a, b)
    if apart and text is not None and _EARLIER.search(_around(low, text)[0]):
        return "growth", f"{_say(low)} is told as an earlier count, {_say(high)} came after"
    return _compare(a, b)


def _not_comparable(a: Statement, b: Statement) -> str | None:
    if a.counts != b.counts:
        pair = (a.counts, b.counts)
        if pair in _WITHIN or pair[::-1] in _WITHIN:
            return None
        return f"another measure: {_name(a.counts)} and {_name(b.counts)}"
    if not _same_people(a.people, b.people) or {_sort_of(a), _sort_of(b)} == set(_SORTS):
        return f"of other people: {a.of or a.people}; {b.of or b.people}"
    if a.scope != b.scope:
        return "another scope: the one counts an incident, the other a total over time"
    return None


def _name(counts: str) -> str:
    return _NAMES.get(counts, counts)


def _same_people(a: str | None, b: str | None) -> bool:
    """True where neither country nor group differ; what is not told may be the same."""
    if a is None or b is None:
        return True
    parts = zip(a.split("/"), b.split("/"), strict=True)
    return all(not x or not y or x == y for x, y in parts)


def _compare(a: Statement, b: Statement) -> tuple[Verdict, str]:
    if a.counts != b.counts:
        return _compare_within(a, b)
    if _meet(a, b):
        return "agrees", f"{_say(a)} and {_say(b)} can be one count"
    return _one_speaker(a, b) if a.speaker == b.speaker else _two_speakers(a, b)


def _compare_within(a: Statement, b: Statement) -> tuple[Verdict, str]:
    part, whole = (a, b) if b.counts == "killed_or_wounded" else (b, a)
    least, most = part.from_ or 0, whole.to
    if most is not None and least > most:
        words = f"{_say(part)} {_name(part.counts)} are more than {_say(whole)} killed or wounded"
        return "disagreement", words
    return "not_comparable", f"{_name(part.counts)} lies within killed or wounded, and fits it"


def _meet(a: Statement, b: Statement) -> bool:
    low = max(a.from_ if a.from_ is not None else 0, b.from_ if b.from_ is not None else 0)
    high = min(_end(a), _end(b))
    return low <= high


def _end(statement: Statement) -> float:
    return float("inf") if statement.to is None else statement.to


def _is_later(a: Statement, b: Statement) -> bool | None:
    """True where b was said after a, None where the dates do not settle it."""
    if not (a.said and b.said and a.said.end and b.said.start and a.said.start and b.said.end):
        return None
    if a.said.end[:10] < b.said.start[:10]:
        return True
    return False if b.said.end[:10] < a.said.start[:10] else None


def _one_speaker(a: Statement, b: Statement) -> tuple[Verdict, str]:
    who, rises = a.speaker_name, (a.to or 0) < (b.from_ or 0)
    if b.correction:
        return "revision", f"{who} corrects {_say(a)} to {_say(b)}"
    if _is_later(a, b) is None:
        if a.counts in _RISING:
            return (
                "differs",
                f"{who} says {_say(a)} and {_say(b)}; the dates do not tell which later",
            )
        return "differs", f"{who} says {_say(a)} and {_say(b)} of a count that can rise and fall"
    if not rises:
        return "revision", f"{who} said {_say(a)} and later {_say(b)}: fewer"
    if a.counts in _RISING:
        return "growth", f"{who} said {_say(a)} and later {_say(b)}"
    return "differs", f"{who} said {_say(a)} and later {_say(b)} of a count that can rise and fall"


def _two_speakers(a: Statement, b: Statement) -> tuple[Verdict, str]:
    rises = (a.to or 0) < (b.from_ or 0)
    words = f"{a.speaker_name}: {_say(a)}; {b.speaker_name}: {_say(b)}"
    later = _is_later(a, b)
    if later is None or rises:
        return "differs", f"{words}; growth is not excluded"
    return "disagreement", f"{words}; the later count is the lower"


def _say(s: Statement) -> str:
    if s.vague:
        return s.vague
    if s.best is None:
        return f"{s.low:,.0f} or more" if s.low is not None else f"up to {s.high:,.0f}"
    hedge = {(True, False): "nearly ", (False, True): "at least ", (True, True): "around "}
    return f"{hedge.get((s.low is None, s.high is None), '')}{s.best:,.0f}"
