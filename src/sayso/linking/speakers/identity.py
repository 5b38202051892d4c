"""Who a source is: names, institutions, descriptions.

A speaker is a person by name, an institution (an organ of a country, an organisation by name, a
publisher), or is not told apart: officials, residents, *a security source*.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from sayso.lexicon.load import load_table, load_words
from sayso.lexicon.publishers import find_by_name
from sayso.record import Actor, Alias, Reading, Source

Form = Literal["person", "institution", "medium", "vague"]

NAMES = 10_000  # folded names at hand: an incident asks for each of its own some twenty times
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_MINISTRY = re.compile(
    r"\b(?:ministry|minister|ministers|secretary|department) (?:of|for) (?:the )?(?P<of>[a-z]+)"
    r"|\b(?P<before>[a-z]+) (?:ministry|minister|ministers|ministry's|minister's)\b"
)
_NO_MINISTRY = frozenset("prime deputy first the a former chief cabinet state junior".split())
_SPELLED = {"defense": "defence", "interior": "interior", "affairs": "foreign", "home": "interior"}
_EMPTY = frozenset("the a an of in for and its their his her to at from this that s".split())
_CAPITAL_RUN = re.compile(
    # words of bounded length: a name of a thousand capitals took a thousand times a thousand steps
    r"[A-ZÀ-Þ][\w'’.-]{1,60}(?: (?:(?:al|bin|van|de|von|el|da)[ -])?[A-ZÀ-Þ][\w'’.-]{1,60})+"
)
CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_TITLE = re.compile(
    r"(?i)^(?:dr|mr|mrs|ms|prof|gen|col|capt|lt|sgt|maj|rev|sir|lady|lord|father)\.? "
)
_PRONOUNS = frozenset("he she they it we who one some others".split())
_WHOSE = frozenset("its his her their".split())
STATE = frozenset("government intelligence military police judiciary legislature".split())


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a speaker apart. `organ` is what a country has one of; `words` describe.

    `group` is the organisation of lexicon/roles.toml that the name holds ("SOHR"), `alias` what
    people said of it.
    """

    form: Form
    name: str
    person: tuple[str, ...] = ()
    organ: str | None = None
    country: str | None = None
    kind: str | None = None
    words: frozenset[str] = frozenset()
    group: str | None = None
    speaks: bool = False
    plural: bool = False
    apart: bool = False
    actor: Actor | None = None
    alias: Alias | None = None

    @property
    def is_told_apart(self) -> bool:
        """True for all but those that are only described."""
        return self.form != "vague"

    @property
    def is_head(self) -> bool:
        """True for the one by whose name people know it and those that they joined with it."""
        return bool(self.alias and self.alias.ties and self.alias.key == self.alias.group)


@functools.lru_cache(NAMES)
def fold(name: str) -> str:
    """A name without accents, case, articles and punctuation."""
    flat = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    words = re.findall(r"[^\W_]+", "".join(c for c in flat if not unicodedata.combining(c)))
    return " ".join(w for w in words if w not in ("the", "s"))


def _singular(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'").strip(".")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def institution_words(section: str, key: str) -> frozenset[str]:
    """Words of lexicon/institutions.toml: those of a key in a section."""
    return load_words("institutions", section, key)


def names_organisation(words: Iterable[str]) -> bool:
    """True where words of a name make it an organisation's and not a person's: *press service*."""
    return not institution_words("names", "organisation").isdisjoint(w.lower() for w in words)


@functools.cache
def _organs() -> tuple[tuple[str, str], ...]:
    """(words, organ), the longest words first: *national police* before *police*."""
    table: dict[str, list[str]] = load_table("institutions")["organ"]
    pairs = [(words, organ) for organ, listed in table.items() for words in listed]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


@functools.cache
def _organs_in_singular() -> tuple[tuple[str, str], ...]:
    """The same, as `find_organ` looks for them."""
    return tuple((f" {' '.join(map(_singular, words.split()))} ", o) for words, o in _organs())


@functools.lru_cache(NAMES)
def find_organ(name: str) -> str | None:
    """The organ of a state that a name holds: "health ministry" for a health minister too."""
    low = " ".join(_singular(w) for w in _WORD.findall(name))
    padded = f" {low} "
    for words, organ in _organs():
        if words.endswith("minister") and f" {words} " in padded:
            return organ
    match = _MINISTRY.search(low)
    if match:
        area = match["of"] or match["before"]
        area = _SPELLED.get(area, area)
        if area not in _NO_MINISTRY:
            return f"{area} ministry"
    found = next((organ for words, organ in _organs_in_singular() if words in padded), "none")
    return None if found == "none" else found


@functools.cache
def _groups() -> tuple[tuple[str, str], ...]:
    """(name as written, organisation), the longest names first; its own members before all."""
    rows: dict[str, dict[str, Any]] = load_table("roles")["group"]
    members: dict[str, list[str]] = load_table("institutions")["members"]
    pairs = [(n, r["name"]) for r in rows.values() for n in (r["name"], *r.get("names", ()))]
    own = [(alias, name) for name, aliases in members.items() for alias in aliases]
    return (*own, *sorted(pairs, key=lambda p: -len(p[0])))


def find_group(name: str) -> str | None:
    """The organisation that a name holds as a whole word, in its own capitals: "SOHR" is one."""
    padded = f" {' '.join(_WORD.findall(name))} "
    return next((group for alias, group in _groups() if f" {alias} " in padded), None)


def _person_in(name: str, actor: Actor | None, kind: str) -> tuple[str, ...]:
    """The words of a person's name that a source holds, folded; none where it names none."""
    own = actor.name if actor else ""
    words = own.split()
    if (
        words
        and kind in ("official", "person", "witness", "unnamed", "agency")
        and len(own) < len(name.removeprefix("the ").removeprefix("The "))
        and all(w[0].isupper() or w in ("al", "bin", "van", "de", "von") for w in words)
        and not names_organisation(words)
    ):
        return tuple(fold(_TITLE.sub("", own)).split())
    titled = _named_beside_role(name)
    if titled:
        return titled
    if kind in ("person", "witness"):
        run = _CAPITAL_RUN.search(_TITLE.sub("", name))
        if run and not names_organisation(run[0].split()):
            return tuple(fold(run[0]).split())
        if kind == "person" and name[:1].isupper() and len(name.split()) == 1:
            return tuple(fold(name).split())
    return ()


def _issuer(name: str) -> str:
    """Who made what is cited: of "satellite images from Salt Imaging" the firm; else the name."""
    found = _ISSUED_BY.fullmatch(name)
    return found[1] if found else name


_ISSUED_BY = re.compile(
    r"(?:[a-z-]+ ){1,3}(?:taken |released |provided |published )?(?:from|by) (?:the )?"
    r"([A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*)*)"
)


def _named_beside_role(name: str) -> tuple[str, ...]:
    """The name in "the director of the Salt Hospital, Ada Holm", "Ada Holm, mayor of Oxhill"."""
    parts = [p.strip() for p in name.split(",")]
    for one, other in itertools.pairwise(parts):
        for person, role in ((one, other), (other, one)):
            run = _CAPITAL_RUN.fullmatch(_TITLE.sub("", person))
            roles = {_singular(w) for w in _WORD.findall(role)}
            if run and roles & (
                institution_words("speaks_for", "words") | institution_words("vague", "unnamed")
            ):
                return () if names_organisation(run[0].split()) else _folded(run[0])
    return ()


def _folded(person: str) -> tuple[str, ...]:
    return tuple(fold(person).split())


@functools.lru_cache(maxsize=8192)
def _identify(name: str, kind: str, named: bool, actor: Actor | None) -> Identity:  # noqa: FBT001 - cached by all four
    if kind == "document":
        name = _issuer(name)
    words = frozenset(_singular(w) for w in _WORD.findall(name)) - _EMPTY
    tokens = [w.lower() for w in _WORD.findall(name)]
    head = _head(tokens)
    actor_kind = actor.kind if actor else None
    who = Identity(
        "institution",
        name,
        organ=find_organ(name) if actor_kind in (None, *STATE) else None,
        group=find_group(name),
        country=actor.country if actor else None,
        kind=actor_kind,
        words=words,
        speaks="spokes" in name.lower() or bool(words & institution_words("speaks_for", "offices")),
        plural=head != _singular(head),
        apart=bool(words & institution_words("vague", "apart")),
        actor=actor,
    )
    person = _person_in(name, actor, kind)
    if person:
        speaks = who.speaks or bool(words & institution_words("speaks_for", "words"))
        organ = who.organ if speaks else None
        group = who.group if speaks and organ is None else None
        return replace(who, form="person", person=person, organ=organ, group=group, speaks=speaks)
    only_described = who.organ is None and not CAPITAL.search(name[1:])
    if len(tokens) == 1 and (named or kind == "media") and name[:1].isupper():
        only_described = False  # "Hamas" opens a sentence with the capital that "Medics" has
    if only_described or _is_vague(tokens, kind, named=named):  # before media: "reports on X"
        # local media have it from whoever they have it from
        kind_of = None if kind == "media" or actor_kind in ("media", "agency") else actor_kind
        return replace(who, form="vague", organ=None, group=None, kind=kind_of)
    if kind == "media" or find_by_name(name):
        return replace(who, form="medium", organ=None)
    return who


def _head(tokens: list[str]) -> str:
    """The word that a noun phrase is about: the last before *of*, *in*, *with* and the like."""
    stops = {"of", "in", "with", "from", "at", "who", "that", "for", "on", "near", "to", "by"}
    before: list[str] = []
    for token in tokens:
        if token in stops and before:
            break
        before.append(token)
    return before[-1] if before else ""


def _is_vague(tokens: list[str], kind: str, *, named: bool) -> bool:
    if not tokens or kind == "unnamed" or (len(tokens) == 1 and tokens[0] in _PRONOUNS):
        return True
    if tokens[0] in _WHOSE or (kind == "document" and tokens[0] in ("a", "an")):
        return True  # "its spokesman", "a photo posted on Telegram": whose?
    head = _head(tokens)
    single = _singular(head)
    if single in institution_words("vague", "collective") and (
        head != single or single == "people"
    ):
        return True
    if kind == "witness" and not named:
        return True
    return tokens[0] in ("a", "an", "another", "one") and single in institution_words(
        "vague", "unnamed"
    )


def names_of_joined(readings: Iterable[Reading]) -> dict[str, str]:
    """Under which name those are shown that people joined, where several speak: by their group.

    Under that of the source that stands for them, where it speaks here.
    """
    names: dict[str, dict[str, str]] = {}
    for source in (s for reading in readings for s in reading.sources):
        if source.alias and source.alias.ties:
            names.setdefault(source.alias.group, {}).setdefault(source.alias.key, source.name)
    return {
        group: held.get(group, held[min(held)]) for group, held in names.items() if len(held) > 1
    }


def identify(source: Source | None) -> Identity:
    """Who a source is; an unnamed hop (*it was reported that*) is nobody told apart."""
    if source is None:
        return Identity("vague", "an unnamed source", apart=False)
    who = _identify(source.name, source.kind, source.named, source.actor)
    return who if source.alias is None else replace(who, alias=source.alias)
