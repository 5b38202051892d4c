"""Two figures side by side: agree, growth, revision, differ, disagree, or no comparison and why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from sayso.linking.figures import order_of
from sayso.record.links import FigureComparison, Statement, Verdict

# Counts that can only rise while they cover the same incident or run since the same day. Troops
# deployed go home, the missing are found.
_RISING = frozenset("killed wounded killed_or_wounded captured arrested abducted".split())
_WITHIN = {("killed", "killed_or_wounded"), ("wounded", "killed_or_wounded")}
_NAMES = {"killed_or_wounded": "killed or wounded"}


def compare_figures(a: Statement, b: Statement) -> FigureComparison:
    """What can be said of two statements, the earlier first; symmetric in them."""
    one, other = sorted((a, b), key=lambda s: (*order_of(s), s.ref, s.figure))
    why = _not_comparable(one, other)
    if why:
        return FigureComparison(one, other, "not_comparable", why)
    return FigureComparison(one, other, *_compare(one, other))


def compare_all(statements: Iterable[Statement]) -> tuple[FigureComparison, ...]:
    """All pairs of statements that name a number or a vague amount."""
    known = [s for s in statements if s.from_ is not None or s.to is not None]
    return tuple(compare_figures(a, b) for a, b in itertools.combinations(known, 2))


def _not_comparable(a: Statement, b: Statement) -> str | None:
    if a.counts != b.counts:
        pair = (a.counts, b.counts)
        if pair in _WITHIN or pair[::-1] in _WITHIN:
            return None
        return f"another measure: {_name(a.counts)} and {_name(b.counts)}"
    if not _same_people(a.people, b.people):
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
