"""Names hidden: each character of a name is one █, so that spans keep their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

BLOCK = "█"
BETWEEN = r"(?:[\W_]|%20)+"  # the words of a name: "jane-roe", "Jane%20Roe", "jane_roe.txt"
# "Ada de la Cruz", "Mahmoud al-Najjar"
_NAME_WORD = r"(?:[a-z]{1,3}[-’'])?[A-Z][\w’'-]*"
NAME = re.compile(
    rf"(?<!\w)(?<!\w[-’']){_NAME_WORD}(?:[ \t]+(?:[a-z]{{1,3}}[ \t]+){{0,2}}{_NAME_WORD})+"
)
# keys whose values are ours, not a text's: Mr "May" must not break a precision of "day"
OURS = frozenset(
    "id kind type certainty polarity quotation bound counts scope precision basis role as timex "
    "start end schema country language action path field source_id attribution within".split()
)
PEOPLE = frozenset({"person", "official", "witness"})


# a word may begin behind a letter's code too: "with%20Jane%20Roe"
BEGINS = r"(?:(?<![^\W_])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
ENDS = r"(?![^\W_])"


def masker(names: Iterable[str]) -> Callable[[str], str] | None:
    """A function that hides names in a text; None for no names.

    Whatever their case and what stands between their words: an address has "jane-roe".
    """
    patterns = [
        BETWEEN.join(re.escape(word) for word in name.split())
        for name in sorted(set(names), key=len, reverse=True)
        if name.strip()
    ]
    if not patterns:
        return None
    pattern = re.compile(f"{BEGINS}(?:{'|'.join(patterns)}){ENDS}", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: BLOCK * len(found[0]), text)


def mask_wire(value: Any, mask: Callable[[str], str]) -> Any:
    """JSON values with the names hidden in every string that is not one of our own words."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [mask_wire(item, mask) for item in value]
    if isinstance(value, dict):
        return {k: v if k in OURS else mask_wire(v, mask) for k, v in value.items()}
    return value


def tells_of(names: Iterable[str]) -> Callable[[Any], bool]:
    """A function that says whether a name stands in JSON values, our own words aside."""
    mask = masker(names)
    if mask is None:
        return lambda _: False
    return lambda said: bool(mask_wire(said, mask) != said)


def names_gone(old: dict[str, Any], old_reading: dict[str, Any], new_text: str) -> list[str]:
    """The names of people in an old version whose last word the new one does not hold.

    Names are what reading took for people, and runs of capitalised words that it took for
    nothing. Too many rather than too few: a person may lift each again.
    """
    left = set(re.findall(r"\w+", new_text.casefold()))
    known = _not_people(old_reading)
    found = []
    for name in dict.fromkeys([*_people(old_reading), *_runs(old)]):
        last = re.findall(r"\w+", name.casefold())[-1:]
        if last and last[0] not in left and name.casefold() not in known:
            found.append(name)
            found.append(name.split()[-1])  # later mentions say the family name alone
    return list(dict.fromkeys(found))


def _runs(report: dict[str, Any]) -> Iterator[str]:
    """Runs of capitalised words, headlines aside: there every word may be one."""
    heads = [(b["start"], b["end"]) for b in report["blocks"] if b["kind"] == "headline"]
    for found in NAME.finditer(report["text"]):
        if not any(start <= found.start() < end for start, end in heads):
            yield found[0].removesuffix("’s").removesuffix("'s")


def _people(reading: dict[str, Any]) -> Iterator[str]:
    for source in reading["sources"]:
        if source["named"] and source["kind"] in PEOPLE and NAME.fullmatch(source["name"]):
            yield source["name"]


def _not_people(reading: dict[str, Any]) -> set[str]:
    """Folded names that reading took for places or institutions."""
    places = [p["name"] for p in reading["places"] if p["name"]]
    sources = [s["name"] for s in reading["sources"] if s["named"] and s["kind"] not in PEOPLE]
    actors = [
        p["actor"]["name"] for e in reading["events"] for p in e["participants"] if p["actor"]
    ]
    institutions = [n.removeprefix("the ").removeprefix("The ") for n in [*sources, *actors]]
    return {n.casefold() for n in [*places, *institutions]}
