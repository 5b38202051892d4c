"""Corrections: which value of a reading a person means, and the reading with it changed."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sayso.errors import NotInLedgerError, UsageError, WireError
from sayso.ledger.layout.values import check_place, check_type, check_when, counts_people
from sayso.record.ids import make_id
from sayso.record.wire import SCHEMA_NAME, from_wire

Wire = dict[str, Any]
Path = tuple[str | int, ...]
ENDS = ("low", "best", "high")  # of a figure, as they must go up
FIGURE = frozenset((*ENDS, *"bound counts scope since".split()))
EVENT = frozenset("type negated hypothetical time place".split())
MEND = "fields: certainty, polarity, speaker, figure.N.FIELD, event.N.FIELD"


@dataclass(frozen=True, slots=True)
class Correction:
    """One value changed, from an instant on; `until` where it was withdrawn.

    `also` are other numbers of the same figure, changed with it.
    """

    path: Path
    new: Any
    since: int
    until: int | None = None
    also: Mapping[str, Any] = field(default_factory=dict)

    def holds_at(self, at: int) -> bool:
        """True from its entry on until its withdrawal."""
        return self.since <= at and (self.until is None or at < self.until)


def path_of(reading: Wire, n: int, field: str) -> Path:
    """The path of a claim's field in its reading ("figure.0.best": the claim's first figure).

    Raises UsageError for a field that cannot be corrected.
    """
    if not 0 <= n < len(reading["claims"]):
        raise NotInLedgerError(f"the reading has no claim {n}", "see `sayso claims`")
    claim = reading["claims"][n]
    kind, *rest = field.split(".")
    if field in ("certainty", "polarity"):
        return ("claims", n, field)
    if field == "speaker":
        _speaker(reading, claim)
        return ("claims", n, "speaker")
    if len(rest) == 2 and rest[0].isdecimal():
        if kind == "figure" and rest[1] in FIGURE:
            return (
                "figures",
                _nth(reading["figures"], figures_of(reading, claim), rest[0]),
                rest[1],
            )
        if kind == "event" and rest[1] in EVENT:
            return ("events", _nth(reading["events"], claim["events"], rest[0]), rest[1])
    raise UsageError(f"{field!r} cannot be corrected; {MEND}")


def figures_of(reading: Wire, claim: Wire) -> list[str]:
    """The ids of a claim's figures, its events' too, in the order in which they are shown."""
    by_event = {e["id"]: e["figures"] for e in reading["events"]}
    of_events = [f for e in claim["events"] for f in by_event.get(e, [])]
    known = {f["id"] for f in reading["figures"]}
    return [f for f in dict.fromkeys([*claim["figures"], *of_events]) if f in known]


def _nth(things: list[Wire], ids: list[str], n: str) -> int:
    if int(n) >= len(ids):
        raise NotInLedgerError(f"the claim has no number {n} of these", "they count from 0")
    return next(i for i, thing in enumerate(things) if thing["id"] == ids[int(n)])


def _speaker(reading: Wire, claim: Wire) -> tuple[Wire, Wire]:
    """The attribution of a claim and who speaks there."""
    own = next((a for a in reading["attributions"] if a["id"] == claim["attribution"]), None)
    who = own and next((s for s in reading["sources"] if s["id"] == own["source_id"]), None)
    if own is None or who is None:
        raise UsageError("the claim has no named speaker to correct")
    return own, who


def _is_speaker(path: Path) -> bool:
    """True of the speaker of one claim; an older ledger holds paths of a source, for all of its."""
    return path[0] == "claims" and path[-1] == "speaker"


def value_at(reading: Wire, path: Path) -> Any:
    """The value that stands at a path."""
    value: Any = reading
    if _is_speaker(path):
        return _speaker(reading, reading["claims"][path[1]])[1]["name"]
    for step in path:
        value = value[step]
    return value


def _set_speaker(reading: Wire, n: int, name: str) -> None:
    """One claim said by somebody else; who said it so far goes on to say the others.

    Somebody of that name who speaks elsewhere in the report, else somebody of whom only the name
    is known. The claim's attribution becomes its own, under an id that is made from the claim's.
    """
    claim = reading["claims"][n]
    own, who = _speaker(reading, claim)
    id_ = make_id("attribution", claim["id"], "corrected")
    folded = str(name).casefold()
    source = next((s for s in reading["sources"] if s["name"].casefold() == folded), None)
    if source is None:
        id_new = make_id("source", claim["id"], name)
        source = {**who, "id": id_new, "name": name, "actor": None, "mentions": []}
        reading["sources"].append(source)
    rest = [a for a in reading["attributions"] if a["id"] != id_]
    reading["attributions"] = [*rest, {**own, "id": id_, "source_id": source["id"]}]
    claim["attribution"] = id_


def corrected(reading: Wire, corrections: Iterable[Correction]) -> Wire:
    """The reading with each correction applied in turn; the same object where there is none.

    A type that a person set has no score: that was of the reader's.
    """
    found = reading
    for each in corrections:
        found = copy.deepcopy(reading) if found is reading else found
        if _is_speaker(each.path):
            _set_speaker(found, int(each.path[1]), each.new)
            continue
        holder = value_at(found, each.path[:-1])
        holder[each.path[-1]] = each.new
        holder.update(each.also)
        if each.path[-1] == "type":
            holder.pop("score", None)
    return found


def together(values: Mapping[str, Any]) -> list[Wire]:
    """Fields with their new values as corrections: the numbers of one figure are one of them.

    One by one, 9 where 3 to 5 stood would first be more than the most.
    """
    groups: dict[str, dict[str, Any]] = {}
    for name, new in values.items():
        thing, _, end = name.rpartition(".")
        groups.setdefault(thing if end in ENDS else name, {})[name] = new
    found = []
    for thing, own in groups.items():
        name = f"{thing}.best" if f"{thing}.best" in own else next(iter(own))
        also = {n.rpartition(".")[2]: new for n, new in own.items() if n != name}
        found.append({"field": name, "new": own[name], **({"also": also} if also else {})})
    return found


def plan(report: Wire, now: Wire, n: int, said: Mapping[str, Any]) -> Wire:
    """What the correction of a claim enters: field, path, old and new value, what goes with it.

    `now` is the reading as it stands. Raises UsageError for what no claim has, for no change, and
    for a figure whose numbers would not go up.
    """
    if "new" not in said:
        raise UsageError("a correction needs its new value")
    name, new = str(said.get("field")), said["new"]
    path = path_of(now, n, name)
    old, ends = value_at(now, path), said.get("also")
    check_value(path, new)
    also = _asked(path, ends) if ends else also_moved(now, path, new)
    figure: Wire = value_at(now, path[:-1]) if also else {}
    if new == old and all(figure[end] == value for end, value in also.items()):
        raise UsageError(f"{name} is {new!r} already")
    after = corrected(now, [Correction(path, new, 0, also=also)])
    check(report, after)
    if wrong := disorder(after, path):
        thing = name.rpartition(".")[0]
        rest = [f"{thing}.{end}" for end in wrong if end not in also and end != path[-1]]
        too = f": correct {' and '.join(rest)} with it" if rest else ""
        raise UsageError(f"{figure_words(after, path)} do not go up{too}")
    detail: Wire = {"field": name, "path": list(path), "old": old, "new": new}
    return {**detail, "also": also} if also else detail


def _asked(path: Path, also: Any) -> dict[str, Any]:
    """The other numbers of a figure that somebody gives with one."""
    others = {*ENDS} - {path[-1]}
    if not isinstance(also, Mapping) or not _is_number(path) or not also.keys() <= others:
        raise UsageError(f"`also` holds other numbers of a figure: {', '.join(sorted(others))}")
    for end, value in also.items():
        check_value((*path[:-1], end), value)
    return dict(also)


def also_moved(now: Wire, path: Path, new: Any) -> dict[str, Any]:
    """What goes with a number of a figure: with the best of an exact one, the whole of it.

    "Fourteen died" corrected to 12 is twelve, not "12, at least 14".
    """
    if not _is_number(path) or path[-1] != "best":
        return {}
    low, best, high = (value_at(now, (*path[:-1], end)) for end in ENDS)
    return {"low": new, "high": new} if low == best == high and best is not None else {}


def disorder(reading: Wire, path: Path) -> list[str]:
    """The ends of a figure that do not go up, of those that are not open; none elsewhere."""
    if not _is_number(path):
        return []
    known = {end: value_at(reading, (*path[:-1], end)) for end in ENDS}
    pairs = combinations([end for end in ENDS if known[end] is not None], 2)
    wrong = {end for pair in pairs if known[pair[0]] > known[pair[1]] for end in pair}
    return [end for end in ENDS if end in wrong]


def figure_words(reading: Wire, path: Path) -> str:
    """The numbers of a figure: `low 14, best 12, high open`."""
    ends = [(end, value_at(reading, (*path[:-1], end))) for end in ENDS]
    return ", ".join(f"{end} {'open' if n is None else int(n)}" for end, n in ends)


def _is_number(path: Path) -> bool:
    return path[0] == "figures" and path[-1] in ENDS


def check_value(path: Path, new: Any) -> None:
    """Raises UsageError for a value that no claim has, though the wire would take it."""
    last = path[-1]
    if _is_speaker(path) and not (isinstance(new, str) and new.strip()):
        raise UsageError("a speaker has a name")
    if _is_number(path) and not counts_people(new):
        raise UsageError(f"{new!r:.40} is no number of people; write 12, or null where it is open")
    if path[0] == "events" and last == "type":
        check_type(new)
    if last == "place":
        check_place(new)
    if last in ("time", "since"):
        check_when(new)


def check(report: Wire, reading: Wire) -> None:
    """Raises UsageError where a corrected reading no longer is one."""
    try:
        from_wire({"schema": SCHEMA_NAME, "report": report, **reading})
    except WireError as error:
        raise UsageError(f"the new value does not fit: {error}") from error
