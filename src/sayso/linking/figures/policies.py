"""Named policies that make one cell of many statements, on demand, each with its claims.

Nothing is averaged. `lowest`, `highest`; `ucdp`: least, best supported and most; `acled`: the most
conservative, *dozens* 12 and *hundreds* 100; `majority`: what most speakers say; `most_recent`: the
last word of each speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sayso.lexicon.load import load_table
from sayso.linking.figures.stated import order_of
from sayso.record.links import Cell, Policy, Statement


def fill_cells(statements: Iterable[Statement]) -> Mapping[str, Mapping[str, Cell]]:
    """By measure and policy the cell; a measure that nobody counted has none.

    `killed_or_wounded` is a measure of its own and never fills a fatality cell.
    """
    by_measure: dict[str, list[Statement]] = {}
    for statement in statements:
        if _low(statement) is not None:
            by_measure.setdefault(statement.counts, []).append(statement)
    return {
        measure: {name: policy(_tolls(held)) for name, policy in POLICIES.items()}
        for measure, held in sorted(by_measure.items())
    }


def _low(s: Statement) -> float | None:
    return s.from_ if s.best is None else s.best


def _value(s: Statement) -> float:
    """The number that a statement stands for; a vague one's is its least."""
    return s.best if s.best is not None else s.from_ or 0


def _tolls(statements: Iterable[Statement]) -> list[Statement]:
    """Of one speaker's figures in one report the greatest: the others are parts of it.

    *Five people were killed, two of them children* states one toll.
    """
    found: dict[tuple[str, str], Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.ref, s.figure)):
        key = (statement.ref.report, statement.speaker)
        held = found.get(key)
        if held is None or _value(statement) > _value(held):
            found[key] = statement
    return list(found.values())


def _cell(policy: str, rests_on: Sequence[Statement], best: float | None) -> Cell:
    lows = [_low_end(s) for s in rests_on]
    refs = tuple(dict.fromkeys(s.ref for s in rests_on))
    return Cell(rests_on[0].counts, policy, min(lows), best, _high_end(rests_on), refs)


def _high_end(rests_on: Sequence[Statement]) -> float | None:
    """The highest end; None, for open, where *at least nine* is the most that anybody states."""
    closed = [s.to if s.to is not None else _value(s) for s in rests_on if not is_open(s)]
    most = max(closed, default=None)
    reached = max((_value(s) for s in rests_on if is_open(s)), default=None)
    return most if reached is None or (most is not None and most > reached) else None


def is_open(s: Statement) -> bool:
    """True where the words leave the upper end open."""
    return s.low is not None and s.high is None and s.vague is None


def _low_end(s: Statement) -> float:
    return s.from_ if s.from_ is not None else _value(s)


def _lowest(held: Sequence[Statement]) -> Cell:
    least = min(_value(s) for s in held)
    return _cell("lowest", [s for s in held if _value(s) == least], least)


def _highest(held: Sequence[Statement]) -> Cell:
    most = max(_value(s) for s in held)
    return _cell("highest", [s for s in held if _value(s) == most], most)


def _ucdp(held: Sequence[Statement]) -> Cell:
    """Low and high are the ends of all that is stated; best is what most speakers support."""
    return _cell("ucdp", held, _supported(held))


def _supported(held: Sequence[Statement]) -> float:
    """The value that most speakers last gave; of equals the lower, as UCDP's coders tend to."""
    last = last_words(held)
    support: dict[float, int] = {}
    for statement in last:
        support[_value(statement)] = support.get(_value(statement), 0) + 1
    return min(support, key=lambda v: (-support[v], v))


def _acled(held: Sequence[Statement]) -> Cell:
    vague: Mapping[str, float] = load_table("hedges")["width"]["acled"]

    def least(s: Statement) -> float:
        if s.best is None and s.vague is not None and s.vague in vague:
            return vague[s.vague]
        return min(_value(s), s.low if s.low is not None else _value(s))

    value = min(least(s) for s in held)
    rests_on = [s for s in held if least(s) == value]
    cell = _cell("acled", rests_on, value)
    return Cell(cell.measure, "acled", value, value, value, cell.claims)  # one number, no range


def _majority(held: Sequence[Statement]) -> Cell:
    """The value of more than half of the speakers by their last word, none where there is none."""
    last = last_words(held)
    value = _supported(held)
    agreeing = [s for s in last if _value(s) == value]
    if len(agreeing) * 2 <= len(last):
        return Cell(held[0].counts, "majority", None, None, None, ())
    return _cell("majority", agreeing, value)


def _most_recent(held: Sequence[Statement]) -> Cell:
    """Best is the latest statement; low and high span the last word of every speaker."""
    last = last_words(held)
    latest = max(last, key=lambda s: (order_of(s), _value(s), s.ref))
    return _cell("most_recent", [latest, *(s for s in last if s is not latest)], _value(latest))


def last_words(held: Iterable[Statement]) -> list[Statement]:
    """Of each speaker and measure the last statement; of two at once the greater, its whole."""
    found: dict[tuple[str, str], Statement] = {}
    for statement in sorted(held, key=lambda s: (order_of(s), _value(s), s.ref)):
        found[statement.counts, statement.speaker] = statement
    return list(found.values())


POLICIES: Mapping[Policy, Callable[[Sequence[Statement]], Cell]] = {
    "lowest": _lowest,
    "highest": _highest,
    "ucdp": _ucdp,
    "acled": _acled,
    "majority": _majority,
    "most_recent": _most_recent,
}
