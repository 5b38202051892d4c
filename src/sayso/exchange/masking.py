"""Private people hidden in what leaves: who they are, and their names as blocks.

Until somebody decides person by person, private is whoever a reading took for a person or a
witness and never for an official, and whoever takes part in an event under a name that is
neither a place's nor an institution's. Too many rather than too few.
"""

from __future__ import annotations

import calendar
import dataclasses
import functools
import re
import typing
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

from sayso.ledger import Ledger, SourceAnswer
from sayso.ledger.layout.called import is_anybodys
from sayso.ledger.layout.masking import BLOCK, OURS, mask_wire, masker
from sayso.ledger.layout.masking import NAME as ASCII_NAME
from sayso.lexicon.load import load_table, load_words
from sayso.record import Reading, words_of
from sayso.record.span import Span

PRIVATE = frozenset({"person", "witness"})
UPPER = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
NAME = re.compile(ASCII_NAME.pattern.replace("[A-Z]", UPPER))
ONE_WORD = re.compile(rf"{UPPER}[\w’'-]+")
# of a name that more must stand beside: bounded, or a row of names would be looked through anew
# from each of its words
_WORD = rf"{UPPER}[\w’'-]{{0,40}}"
_SMALL = r"(?:(?!(?:and|at|for|in|of|on|or|the|to)\b)[a-z]{1,3}[ \t]{1,3}){0,2}"  # "van der"
FEW = rf"\b{_WORD}(?:[ \t]{{1,3}}{_SMALL}{_WORD}){{1,4}}"
# Olha Kovalenko, 34, died; Kofi Mensah (34) died
AGED = re.compile(rf"({FEW})(?:, \d{{1,3}}(?=[,.;)])| \(\d{{1,3}}\))")
# "identified the dead woman as Olha Kovalenko"
CALLED = re.compile(rf"\b(?:identified|named|known)\b[^.;,\n]{{0,60}}? as ({FEW})")
DAYS = frozenset(w.casefold() for w in (*calendar.day_name, *calendar.month_name) if w)
APPOSED = re.compile(rf"{NAME.pattern}, (?:an?|the|who) ")
LEAST = 3  # signs of a family name that is sought by itself
WORD = re.compile(r"[^\W_]+")

N = TypeVar("N")
Hide = Callable[[str], str]


def private_names(readings: Iterable[Reading]) -> set[str]:
    """The names of private people in readings, which are looked at one by one.

    Whoever bears a public name is public. A family name alone is the official's of the same report:
    the Marrow who is quoted elsewhere may be anybody, as he may where the mayor's son is told of.
    """
    public = _peoples()
    found: set[str] = set()
    for reading in readings:
        shortened = [words for name in _offices(reading) if _is_capital(words := name.split())]
        public |= {_folded(name) for name in _public(reading)}
        public |= {_folded(" ".join(w[n:])) for w in shortened for n in range(1, len(w) - 1)}
        own = set(people_named(reading))
        alone = {name for name in own if _folded(name) not in public}
        families = {name.split()[-1] for name in alone if " " in name.removeprefix("The ")}
        known = {_folded(last) for *_, last in shortened if last not in families}
        found |= {name for name in alone if _folded(name) not in known}
    return {name for name in found if _folded(name) not in public}


def names_to_hide(ledger: Ledger, reports: Iterable[str]) -> set[str]:
    """The names of private people to hide in what is told of reports, each by its handle.

    All reports of the same incidents are looked at: another may tell that somebody is private.
    """
    return private_names(ledger.reading(report) for report in ledger.reports_beside(reports))


def names_of_sources(sources: Iterable[SourceAnswer]) -> Iterator[str]:
    """The names of sources that are private, or that people joined with one which is.

    Of one without a name those in its words: `a friend of Ilse Marrow`, not `a doctor in Odda`.
    """
    public = _peoples()
    for source in sources:
        keys = (source.key, *source.joined)
        if all(key.rsplit("|", 2)[1] not in PRIVATE for key in keys):
            continue
        if source.named:
            yield from (key.rsplit("|", 2)[0] for key in keys)
        ties = (name for tie in source.ties for name in (tie.name, tie.from_name))
        for name in (source.name, *source.aliases, *ties):
            found = [name] if source.named else [run[0] for run in NAME.finditer(name)]
            yield from (n for n in found if _folded(n) not in public and not is_anybodys(n))


def _offices(reading: Reading) -> Iterator[str]:
    """Names that are told shorter further down: officials', institutions', the publisher's.

    `Mayor Ilse Marrow` is `Ilse Marrow`, and `Marrow`.
    """
    yield from (s.name for s in reading.sources if s.named and s.kind not in PRIVATE)
    yield from (name for name in (reading.report.publisher, reading.report.credit) if name)


def _is_capital(words: Sequence[str]) -> bool:
    """False of `a friend of Ilse Marrow`: the name behind small words is another's."""
    return all(word[:1].isupper() for word in words)


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ").rstrip("'’")


def people_named(reading: Reading) -> Iterator[str]:
    """The names of people who seem private in a reading by itself."""
    for source in reading.sources:
        found = NAME.match(source.name) or ONE_WORD.fullmatch(source.name)
        # "Nils Aldermoor, a baker" may have been taken for a group
        described = source.kind == "group" and source.actor is None and APPOSED.match(source.name)
        if found and source.named and (source.kind in PRIVATE or described):
            yield found[0]
            words = set(found[0].split())  # "Nils Aldermoor" may be "Nils" further down
            yield from {words_of(reading.report.text, m) for m in source.mentions} & words
    for event in reading.events:
        for each in event.participants:
            who = each.actor
            if who is None or (who.country is None and who.kind in (None, "civilians")):
                for run in NAME.finditer(words_of(reading.report.text, each.text)):
                    yield _bare(run[0])
    yield from _named_beside(reading.report.text)


def _named_beside(text: str) -> Iterator[str]:
    """Names that the words beside them make a private person's, whatever else was read there.

    *His neighbour Olha Kovalenko, 34, died*: who undergoes it was read as *his neighbour*.
    """
    people, kin = _before_names()
    for pattern in (AGED, CALLED, people, kin):
        for found in pattern.finditer(text):
            words = _bare(found[1]).split()
            while words and words[-1].casefold() in DAYS:  # "killed a resident Monday"
                words.pop()
            if words:
                yield " ".join(words)


def _bare(name: str) -> str:
    return name.removesuffix("’s").removesuffix("'s")


@functools.cache
def _before_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words before a name of two words or more, and before one of a single word."""
    kin = load_words("roles", "private", "kin")
    people = load_words("roles", "role", "civilians") | load_words("roles", "private", "people")

    def before(words: Iterable[str], name: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})\s+({name})")

    alone = rf"{UPPER}[\w’'-]{{1,40}}(?![\w’'-])(?!\s+{UPPER})"
    return before(people | kin, FEW), before(kin, alone)


def _public(reading: Reading) -> Iterator[str]:
    """Officials, institutions and places."""
    yield from (s.name for s in reading.sources if s.kind not in PRIVATE)
    yield from (p.name for p in reading.places if p.name)
    yield from (name for name in (reading.report.publisher, reading.report.credit) if name)
    for event in reading.events:
        for each in event.participants:
            if each.actor and (each.actor.country or each.actor.kind not in (None, "civilians")):
                yield each.actor.name


def _peoples() -> set[str]:
    """Countries and peoples in small letters: “North Korean” is nobody's name."""
    rows = [row for row in load_table("countries").values() if isinstance(row, dict)]
    return {
        str(name).casefold()
        for row in rows
        for key in ("names", "demonyms", "peoples")
        for name in (row.get("name"), *row.get(key, ()))
        if name
    }


def hide(names: Iterable[str]) -> Hide:
    """A function that hides names in a text, family names by themselves too.

    These with their capital: “may” is not Mr May. A text is looked up word by word, so that a
    thousand names cost it no more than one.
    """
    held = sorted(set(names))
    whole: dict[str, list[tuple[str, set[str]]]] = {}
    alone: dict[str, set[str]] = {}
    for name in held:
        if words := _words(name):  # without accents too: keys of sources are
            forms = [(form, set(words)) for form in dict.fromkeys((name, _plain(name)))]
            whole.setdefault(words[-1], []).extend(forms)
        last = name.split()[-1:]
        if " " in name and len(last[0]) >= LEAST:
            alone.setdefault(_words(last[0])[0], set()).update((last[0], last[0].upper()))

    def hidden(text: str) -> str:
        words = set(_words(text))
        near = (pair for word in words & whole.keys() for pair in whole[word])
        mask = masker(name for name, own in near if own <= words)
        text = mask(text) if mask else text
        ends = sorted(end for word in words & alone.keys() for end in alone[word])
        if not ends:
            return text
        either = "|".join(map(re.escape, ends))
        return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda m: BLOCK * len(m[0]), text)

    return hidden


def hide_in(noun: N, hidden: Hide) -> N:
    """A noun with names hidden in all that a text or a person wrote, however deep it stands."""
    if isinstance(noun, tuple):
        return typing.cast("N", tuple(hide_in(each, hidden) for each in noun))
    if isinstance(noun, (dict, list)):  # a noun of the ledger's answers holds JSON values
        return typing.cast("N", mask_wire(noun, hidden))
    if not dataclasses.is_dataclass(noun) or isinstance(noun, (type, Span)):
        return noun
    new: dict[str, Any] = {}
    for name, is_text in _fields(type(noun)):
        value = getattr(noun, name)
        if value is not None:
            new[name] = _hidden_texts(value, hidden) if is_text else hide_in(value, hidden)
    return typing.cast("N", dataclasses.replace(noun, **new))


def _hidden_texts(value: str | tuple[str, ...], hidden: Hide) -> str | tuple[str, ...]:
    return hidden(value) if isinstance(value, str) else tuple(map(hidden, value))


@functools.cache
def _fields(noun: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a noun in which a name may stand; true for text itself, false for nouns."""
    hints = typing.get_type_hints(noun)
    texts = (str, str | None, tuple[str, ...])
    held = [
        (f.name, hints[f.name] in texts)
        for f in dataclasses.fields(noun)
        if f.name not in OURS and hints[f.name] not in (int, float, bool, float | None)
    ]
    return tuple(held)


def find_in_address(names: Iterable[str]) -> Callable[[str, Iterable[str]], bool]:
    """A function that says whether an address holds a name, whose blocks would lead nowhere.

    Family names count alone, whatever their case and accents. The second argument are names that
    are sought run together too ("nilsaldermoor").
    """
    sought = {words[-1] for name in names if (words := _words(name))}
    sought = {word for word in sought if len(word) >= LEAST}

    def holds(address: str, own: Iterable[str]) -> bool:
        words = _words(address)
        together = "".join(words)
        joined = ("".join(_words(name)) for name in own if " " in name)
        return not sought.isdisjoint(words) or any(name in together for name in joined)

    return holds


def _words(text: str) -> list[str]:
    return WORD.findall(_plain(text))


def _plain(text: str) -> str:
    """Small letters without their accents, codes of addresses read."""
    if "%" in text:
        text = unquote(text)
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ı", "i")
