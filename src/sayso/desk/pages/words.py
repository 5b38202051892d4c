"""The filters of the templates: values of the wire format in the words that all screens share."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from sayso.incidents.words import (
    NO_DATE,
    VERDICTS,
    flag_words,
    measure_name,
    origins_words,
    said_as,
    stated_words,
    title_words,
)
from sayso.ledger.layout.instants import to_iso
from sayso.record import Place, When
from sayso.record.claim_words import published_words
from sayso.record.clean import clean_line
from sayso.record.words import number_words, place_words, shorten_name, when_words

_CODE = re.compile(r"`([^`]+)`")
Said = tuple[str, list[str], str]  # a count, its speakers, the words of the first


def when_of(when: dict[str, Any] | When | None) -> str:
    """A time in words; one that is not known says so."""
    return when_words(When(**when) if isinstance(when, dict) else when) or NO_DATE


def place_of(place: dict[str, Any] | Place | None) -> str:
    """A place in words."""
    return place_words(Place((), **place) if isinstance(place, dict) else place)


def instant_of(stamp: str | None) -> str:
    """A moment of the ledger's clock: `24 Nov 2026, 18:05`."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp)
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def moment_of(seconds: float | None) -> str:
    """The same of seconds since 1970."""
    return instant_of(to_iso(int(seconds * 1_000_000))) if seconds else ""


def for_input(stamp: str | None) -> str:
    """The same as an input field takes it: `2026-11-24T18:05:30`."""
    return stamp[:19] if stamp else ""


def type_words(type_: str | None) -> str:
    """An event type for people: `air strike`."""
    return (type_ or "not told").replace("_", " ")


def count_words(number: int, one: str, many: str | None = None) -> str:
    """`1 report`, `12 reports`."""
    return f"{number_words(number)} {one if number == 1 else many or one + 's'}"


def plain_lines(text: str) -> str:
    """A report's words with their lines, acting characters made visible."""
    return "\n".join(map(clean_line, text.split("\n")))


def with_code(words: str) -> Markup:
    """Words of a message with its commands set as such: see `sayso claims`."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))  # noqa: S704 - escaped before


def value_words(value: Any) -> str:
    """A value that was corrected, in words."""
    match value:
        case None | "":
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return number_words(value)
        case {"basis": _}:
            return when_of(value)
        case {"name": _}:
            return place_of({"reads_as" if k == "as" else k: v
                             for k, v in value.items() if k != "span"})  # fmt: skip
        case _:
            return str(value).replace("_", " ")


def field_words(field: str) -> str:
    """A field of a claim that can be corrected, in words: `figure 1, best`."""
    kind, *rest = field.split(".")
    return f"{kind} {int(rest[0]) + 1}, {rest[1]}" if len(rest) == 2 else kind


def by_measure(stated: Sequence[dict[str, Any]]) -> list[tuple[str, list[Said]]]:
    """The figures of a row: each measure with its counts, and who states each of them."""
    found: dict[str, dict[str, Said]] = {}
    for each in stated:
        words = stated_words(each)
        count = words[:1].lower() + words[1:]  # it began a sentence there: *Nearly 3,000 …*
        told = found.setdefault(each["counts"], {})
        _, speakers, _ = told.setdefault(count, (count, [], each["words"]))
        speakers.append(shorten_name(each["speaker"]))
    return [(measure, list(told.values())) for measure, told in found.items()]


FILTERS: dict[str, Callable[..., Any]] = {
    "when": when_of,
    "place": place_of,
    "instant": instant_of,
    "moment": moment_of,
    "for_input": for_input,
    "type_words": type_words,
    "measure": measure_name,
    "number": number_words,
    "said_as": said_as,
    "short_name": shorten_name,
    "origins": origins_words,
    "title_of": title_words,
    "counted": count_words,
    "flag_words": flag_words,
    "by_measure": by_measure,
    "published": published_words,
    "plain": clean_line,
    "plain_lines": plain_lines,
    "value_words": value_words,
    "with_code": with_code,
    "field_words": field_words,
    "verdict": VERDICTS.__getitem__,
    "key_path": functools.partial(quote, safe=""),
}
