"""Who publishes: names, hosts and families of agencies, papers and broadcasters.

The table is `publishers.toml`; a user adds an entry in their own folder (`load.py`). Ownership
joins feeds of one owner into a family: one owner's feeds with one text are one text.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from sayso.errors import LexiconError
from sayso.lexicon.load import line_of, load_table

KINDS: Final = (
    "wire", "paper", "broadcaster", "state", "online", "magazine", "aggregator", "institution",
)  # fmt: skip
KEEPS: Final = ("full", "quotes", "none")
_FIELDS: Final = {"name", "aliases", "hosts", "kind", "country", "owner", "keep", "wire"}
_FILE: Final = "publishers.toml"
_FOLD = re.compile(r"[\W_]+")
# What parts the names in a byline; "in Seoul" and "for Reuters" too.
_PARTS = re.compile(
    r"[,;/&|()\[\]\n•·–—]|\s-\s|\b(?:and|with|in|for|from|by|via|of the|at|source|sources|"
    r"additional reporting|inputs?|reporting|report|contributed|photos?|additional|"
    r"material|files?)\b:?",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\s(?:staff|writers?|staff writers?|correspondents?|reporters?|newsroom|bureau|"
    r"wire|services?)$",
    re.IGNORECASE,
)
# "Meridian News Agency" is an agency, whether or not the table has it.
_CALLS_ITSELF_ONE = re.compile(
    r"(?:The )?(?:[A-ZÀ-Þ][\w'’&-]{1,30} ){1,3}(?:(?:News|Press|Information) Agency|Newswire)"
)
_EDGE = " \t\r\n.:*\"'“”’"
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class Publisher:
    """One publisher: how it is called, where it publishes, what kind it is, who owns it.

    `is_wire` is true for one whose texts others carry (a state agency too). `keep` says how much
    of its text may travel in a bundle: full, quotes or none. `country` is ISO 3166 alpha-3, ""
    where it has none.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    kind: str
    country: str
    owner: str
    keep: str
    is_wire: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)


def _fail(key: str, what: str, mend: str) -> LexiconError:
    text = resources.files("sayso.lexicon").joinpath(_FILE).read_text(encoding="utf-8")
    return LexiconError(_FILE, line_of(text, key), f"publisher {key}: {what}", mend)


def _strings(key: str, entry: dict[str, Any], name: str) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not (isinstance(value, list) and all(isinstance(v, str) and v for v in value)):
        raise _fail(key, f"{name} is {value!r:.40}", f'write a list: {name} = ["…"]')
    return tuple(value)


def read_publisher(key: str, entry: object) -> Publisher:
    """One entry of the table; raises LexiconError with its line and how to mend it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"]:
        raise _fail(key, "no name", 'add name = "…"')
    unknown = sorted(set(entry) - _FIELDS)
    if unknown:
        raise _fail(key, f"unknown field {unknown[0]!r}", f"use {', '.join(sorted(_FIELDS))}")
    kind, keep = entry.get("kind", "paper"), entry.get("keep", "quotes")
    country = entry.get("country", "")
    if kind not in KINDS:
        raise _fail(key, f"kind is {kind!r}", f"write one of {', '.join(KINDS)}")
    if keep not in KEEPS:
        raise _fail(key, f"keep is {keep!r}", f"write one of {', '.join(KEEPS)}")
    if not isinstance(country, str) or not re.fullmatch(r"(?:[A-Z]{3})?", country):
        raise _fail(key, f"country is {country!r}", "write an ISO 3166 alpha-3 code, such as FRA")
    hosts = _strings(key, entry, "hosts")
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise _fail(key, f"host {host!r}", "write a host in lower case, such as afp.com")
    owner = entry.get("owner", entry["name"])
    wire = entry.get("wire", kind == "wire")
    if not isinstance(owner, str) or not isinstance(wire, bool):
        raise _fail(key, "owner or wire is wrong", 'write owner = "…", wire = true or false')
    return Publisher(
        key, entry["name"], _strings(key, entry, "aliases"), hosts, kind, country, owner, keep, wire
    )


@dataclass(frozen=True, slots=True)
class _Index:
    hosts: dict[str, Publisher]
    names: dict[str, Publisher]


@functools.cache
def load_publishers() -> tuple[Publisher, ...]:
    """All publishers, the user's laid over the package's."""
    table = load_table("publishers")
    entries = table.get("publisher")
    if not isinstance(entries, dict):
        raise LexiconError(_FILE, None, "no [publisher] table", "start it with [publisher]")
    return tuple(read_publisher(key, entry) for key, entry in entries.items())


def _fold(name: str) -> str:
    folded = _FOLD.sub("", name.casefold())
    return folded.removeprefix("the") if len(folded) > 6 else folded


@functools.cache
def _index() -> _Index:
    publishers = load_publishers()
    hosts: dict[str, Publisher] = {}
    names: dict[str, Publisher] = {}
    for publisher in publishers:
        for host in publisher.hosts:
            if hosts.setdefault(host, publisher) is not publisher:
                raise _fail(publisher.key, f"host {host} is another's too", "keep it at one")
        for name in publisher.names:
            if names.setdefault(_fold(name), publisher) is not publisher:
                raise _fail(publisher.key, f"name {name!r} is another's too", "keep it at one")
    return _Index(hosts, names)


def find_publisher(host: str) -> Publisher | None:
    """The publisher at a host or a part of it (`edition.cnn.com` is at `cnn.com`), if known."""
    host = host.strip().lower().rstrip(".").partition(":")[0]
    labels = host.split(".")[-8:]
    for start in range(len(labels) - 1):
        found = _index().hosts.get(".".join(labels[start:]))
        if found:
            return found
    return None


def find_by_name(name: str) -> Publisher | None:
    """The publisher that a name or an alias is, whatever its case, article and punctuation."""
    return _index().names.get(_fold(name)) if name else None


def find_agency(name: str) -> Publisher | None:
    """The agency that a name is: one that is known, or one that calls itself a news agency."""
    found = find_by_name(name)
    if found is None and _CALLS_ITSELF_ONE.fullmatch(name):
        return Publisher(_fold(name), name, (), (), "wire", "", name, "quotes", is_wire=True)
    return found if found and found.is_wire else None


def is_wire(name: str) -> bool:
    """True where a name is that of an agency whose texts others carry."""
    return find_agency(name) is not None


def wires_in(words: str) -> tuple[Publisher, ...]:
    """The agencies that a byline or a credit line names, in order, each once.

    "Ann Roe, with AFP and Reuters in Seoul" names two. Only a whole part of the line counts: Petra
    is Jordan's agency, "Petra Novak" a reporter.
    """
    parts = (part.strip(_EDGE) for part in _PARTS.split(words[:600]))
    found = (find_agency(_STAFF.sub("", part)) for part in parts if 1 < len(part) < 60)
    return tuple(dict.fromkeys(p for p in found if p))
