"""The event ontology of events.toml: its types, and the words that tell of them."""

from __future__ import annotations

import functools
import os
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from sayso.errors import LexiconError
from sayso.lexicon.load import line_of, load_table
from sayso.record import Counts

FILE = "events.toml"
PartOfSpeech = Literal["verb", "noun", "adjective"]
_PARTS: tuple[PartOfSpeech, ...] = ("verb", "noun", "adjective")
# Names that a model gives to words, rather than lists of words; `none`, `number` and `pronoun`
# stand for what is there instead of a noun.
KINDS = frozenset({"person", "place", "group", "event"})
STANDINS = frozenset({"none", "number", "pronoun"})
_WORDY = frozenset({
    "object", "subject", "prep", "prep_object", "governor", "modifier", "head", "possessed",
    "particle", "with", "report", "report_main",
})  # fmt: skip
_FLAGS = frozenset({
    "passive", "number", "plural", "existential", "predicate", "definite", "future", "xcomp",
    "no_event",
})  # fmt: skip
_TYPE_KEYS = frozenset({
    "means", "family", "general", "counts", "roles", "plover", "acled", "verbs",
    "verbs_of_subject", "nouns", "adjectives", "phrases", "phrases_of_subject", "frames",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand in a place of a frame: lemmas, kinds of name, families of event, stand-ins."""

    lemmas: frozenset[str]
    kinds: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    standins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """A word that tells of a type in the company that it names; a frame without tests always does.

    `wants` and `bars` map a place (object, subject, prep …) to what must and must not stand there;
    `flags` holds what must be so (passive, number …). `of_subject`: its subject undergoes it.
    """

    type: str
    wants: Mapping[str, Words] = field(default_factory=dict)
    bars: Mapping[str, Words] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    of_subject: bool = False

    @property
    def weight(self) -> int:
        """How much company the frame asks for; of several that fit, the most exact one wins."""
        return len(self.wants) * 2 + len(self.bars) + len(self.flags) * 2

    @property
    def looks_round(self) -> bool:
        """True where the frame asks what else the report tells of."""
        return any("report" in key for key in (*self.wants, *self.bars))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that together tell of a type, or (type None) of no event; None in parts is a gap."""

    type: str | None
    parts: tuple[frozenset[str] | None, ...]
    of_subject: bool = False


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: what it holds, what a number of people in it counts, its names elsewhere."""

    name: str
    means: str
    family: str
    general: bool
    counts: Counts
    roles: tuple[str, str, str]
    plover: str
    acled: str


@dataclass(frozen=True, slots=True)
class Generic:
    """Company in which a noun tells of no event that happened ("to counter attacks")."""

    verbs: frozenset[str]
    prepositions: frozenset[str]
    nouns: frozenset[str]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types, and the words that tell of them, by lemma; phrases by their first word."""

    types: Mapping[str, EventType]
    words: Mapping[PartOfSpeech, Mapping[str, tuple[Frame, ...]]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    classes: Mapping[str, frozenset[str]]
    instruments: Mapping[str, str]
    generic: Generic
    families: Mapping[str, frozenset[str]]

    def family(self, name: str) -> str:
        """The family of a type."""
        return self.types[name].family


def load_events() -> Ontology:
    """The ontology of events.toml with a user's own laid over it; read once a folder."""
    return _load(os.environ.get("SAYSO_LEXICON") or "")


@functools.lru_cache(maxsize=4)
def _load(folder: str) -> Ontology:
    del folder  # the key: load_table reads the folder itself
    return make_ontology(load_table("events"))


def make_ontology(table: Mapping[str, Any]) -> Ontology:
    """The ontology that a table in the form of events.toml holds; raises LexiconError."""
    return _Maker(table).make()


def _fail(key: str, what: str, mend: str) -> typing.NoReturn:
    folder = os.environ.get("SAYSO_LEXICON")
    for path in (Path(folder) / FILE if folder else None, resources.files("sayso.lexicon") / FILE):
        if path is None or not path.is_file():
            continue
        line = line_of(path.read_text(encoding="utf-8"), key)
        if line:
            raise LexiconError(str(path) if isinstance(path, Path) else FILE, line, what, mend)
    raise LexiconError(FILE, None, what, mend)


def _strings(value: Any, key: str) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        _fail(key, f"{key!r} is no list of words", f'write {key} = ["word", "word"]')
    return values


class _Maker:
    """Builds an ontology from its table, checking each value where it is used."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        types = table.get("types")
        if not isinstance(types, dict) or not types:
            _fail("types", "no [types.NAME] in it", "add at least one type")
        self.classes = {
            name: frozenset(_strings(words, name))
            for name, words in table.get("classes", {}).items()
        }
        self.types = {name: self._type(name, row) for name, row in types.items()}
        self.family_names = {t.family for t in self.types.values()}
        self.words: dict[PartOfSpeech, dict[str, list[Frame]]] = {p: {} for p in _PARTS}
        self.phrases: dict[str, list[Phrase]] = {}

    def make(self) -> Ontology:
        for name, row in self.table["types"].items():
            self._take_words(name, row)
        for phrase in _strings(self.table.get("idioms", {}).get("phrases", []), "idioms"):
            self._take_phrase(None, phrase)
        generic = self.table.get("generic", {})
        return Ontology(
            types=self.types,
            words={p: {w: tuple(f) for w, f in self.words[p].items()} for p in _PARTS},
            phrases={w: tuple(found) for w, found in self.phrases.items()},
            classes=self.classes,
            instruments=self._instruments(),
            generic=Generic(*(
                frozenset(_strings(generic.get(key, []), key))
                for key in ("verbs", "prepositions", "nouns", "heads")
            )),
            families=self._families(),
        )  # fmt: skip

    def _type(self, name: str, row: Any) -> EventType:
        if not isinstance(row, dict):
            _fail(name, f"type {name!r} is no table", f"write [types.{name}] above its keys")
        if unknown := sorted(set(row) - _TYPE_KEYS):
            _fail(unknown[0], f"type {name!r} has an unknown key {unknown[0]!r}",
                  f"use one of {', '.join(sorted(_TYPE_KEYS))}")  # fmt: skip
        counts = row.get("counts", "other")
        if counts not in typing.get_args(Counts):
            _fail(str(counts), f"type {name!r} counts {counts!r}",
                  f"use one of {', '.join(typing.get_args(Counts))}")  # fmt: skip
        roles = tuple(_strings(row.get("roles", ["agent", "patient", "means"]), "roles"))
        if len(roles) != len(("subject", "object", "means")):
            _fail(
                name, f"type {name!r} has {len(roles)} roles", "name three: subject, object, means"
            )
        return EventType(
            name, str(row.get("means", "")), str(row.get("family", name)), bool(row.get("general")),
            counts, typing.cast("tuple[str, str, str]", roles),
            str(row.get("plover", "")), str(row.get("acled", "")),
        )  # fmt: skip

    def _take_words(self, name: str, row: Mapping[str, Any]) -> None:
        lists: tuple[tuple[str, PartOfSpeech, bool], ...] = (
            ("verbs", "verb", False), ("verbs_of_subject", "verb", True), ("nouns", "noun", False),
            ("adjectives", "adjective", False),
        )  # fmt: skip
        for key, part, of_subject in lists:
            for word in _strings(row.get(key, []), key):
                self._add(part, word, Frame(name, of_subject=of_subject))
        for key in ("phrases", "phrases_of_subject"):
            for phrase in _strings(row.get(key, []), key):
                self._take_phrase(name, phrase, of_subject=key != "phrases")
        for frame in row.get("frames", []):
            self._take_frame(name, frame)

    def _add(self, part: PartOfSpeech, word: str, frame: Frame) -> None:
        self.words[part].setdefault(word.lower(), []).append(frame)

    def _take_phrase(self, name: str | None, phrase: str, *, of_subject: bool = False) -> None:
        parts = tuple(
            None if part == "..." else frozenset(part.lower().split("|")) for part in phrase.split()
        )
        if parts[0] is None or parts[-1] is None:
            _fail(
                phrase, f"phrase {phrase!r} begins or ends with a gap", "begin and end with a word"
            )
        for first in parts[0]:
            self.phrases.setdefault(first, []).append(Phrase(name, parts, of_subject))

    def _take_frame(self, name: str, row: Any) -> None:
        part = next((p for p in _PARTS if isinstance(row, dict) and p in row), None)
        if part is None:
            _fail(f"types.{name}", f"a frame of {name!r} names no verb, noun or adjective",
                  'write { verb = "…", object = […] }')  # fmt: skip
        wants: dict[str, Words] = {}
        bars: dict[str, Words] = {}
        flags: set[str] = set()
        for key, value in row.items():
            place = key.removeprefix("not_")
            if key in (part, "patient"):
                continue
            if key in _FLAGS and value is True:
                flags.add(key)
            elif key == "without":
                bars["with"] = self._place(value, key)
            elif place in _WORDY:
                (wants if place == key else bars)[place] = self._place(value, key)
            else:
                keys = ", ".join(sorted(_WORDY | _FLAGS))
                what = f"a frame of {name!r} has an unknown key {key!r}"
                _fail(key, what, f"use one of {keys}, or not_ before it")
        frame = Frame(name, wants, bars, frozenset(flags), row.get("patient") == "subject")
        for word in _strings(row[part], part):
            self._add(part, word, frame)

    def _place(self, value: Any, key: str) -> Words:
        lemmas: set[str] = set()
        kinds: set[str] = set()
        families: set[str] = set()
        standins: set[str] = set()
        names = _strings(value, key)
        for word in names:
            name = word.removeprefix("@")
            if word == name:
                (standins if word in STANDINS else lemmas).add(word.lower())
            elif name in self.classes:
                lemmas |= self.classes[name]
            elif name in KINDS:
                kinds.add(name)
            elif name in self.family_names:
                families.add(name)
            else:
                _fail(word, f"no class {word!r}", "add it to [classes], or name one that is there")
        if key.endswith(("report", "report_main")):
            families |= lemmas
        return Words(*map(frozenset, (lemmas, kinds, families, standins)))

    def _instruments(self) -> dict[str, str]:
        found = {}
        for name, words in self.table.get("instruments", {}).items():
            if name not in self.types:
                _fail(name, f"instruments of an unknown type {name!r}", "name one of [types]")
            found.update(dict.fromkeys(_strings(words, name), name))
        return found

    def _families(self) -> dict[str, frozenset[str]]:
        """The families of event that a noun can tell of, for frames that hold an event."""
        named = frozenset().union(*self.classes.values())
        return {
            word: frozenset(self.types[f.type].family for f in frames)
            for word, frames in self.words["noun"].items()
            if word not in named or any(not f.weight for f in frames)
        }
