"""The words of roles and the names of organisations in a phrase, from lexicon/roles.toml."""

from __future__ import annotations

import functools
import re
import typing
from dataclasses import dataclass
from typing import Literal

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.reading.grounding.names import fold_name
from sayso.record import ActorKind

# How far a word tells a kind: `role` does, `wide` where no role does (rebel forces), an office
# alone (officials) or only with a country (the Ukrainian side).
Strength = Literal["role", "wide", "alone", "with_country"]
GROUP_TAILS = frozenset(
    "run controlled held backed affiliated linked led aligned appointed installed inspired".split()
)
_KINDS = frozenset(typing.get_args(ActorKind))
_WORD = re.compile(r"[^\W_]+(?:[.'’/][^\W_]+)*\.?|-")
_MOST_WORDS = 8
_SMALL = ("al-", "al ", "dpa")  # names that begin with a small letter


@dataclass(frozen=True, slots=True)
class Role:
    """A word for a role: `[start, end)` of the phrase, the kind and how far it tells it."""

    start: int
    end: int
    kind: ActorKind
    strength: Strength


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation named in a phrase; `is_tail` where it only describes (`Hamas-run`)."""

    start: int
    end: int
    name: str
    kind: ActorKind
    country: str | None
    is_tail: bool = False


def _as_kind(kind: str, key: str) -> ActorKind:
    if kind not in _KINDS:
        raise LexiconError(
            "roles.toml", None, f"{key}: {kind!r} is no kind of actor",
            f"take one of {', '.join(sorted(_KINDS))}",
        )  # fmt: skip
    return typing.cast("ActorKind", kind)


@functools.cache
def _roles() -> dict[str, tuple[ActorKind, Strength]]:
    table = load_table("roles")
    words: dict[str, tuple[ActorKind, Strength]] = {}
    for strength in ("alone", "with_country"):
        for word in table["office"][strength]:
            words[word] = ("government", strength)
    for section in ("wide", "role"):
        for kind, listed in table[section].items():
            for word in listed:
                words[word] = (_as_kind(kind, section), section)
    return words


@functools.cache
def _last_words() -> frozenset[str]:
    return frozenset(role.rpartition(" ")[2] for role in _roles())


@functools.cache
def _of_a_body() -> re.Pattern[str]:
    bodies = "|".join(re.escape(word) for word in load_table("roles")["office"]["bodies"])
    return re.compile(
        rf"\s{{1,9}}of\s+(?:(?:the|a|an|its|their)\s+)?(?:[\w'’-]+\s+){{0,4}}(?:{bodies})\b"
    )


def _is_of_a_body(phrase: str, role: Role) -> bool:
    """True for the head of what is no state's: `president of the dockers' union`."""
    return role.kind == "government" and bool(_of_a_body().match(phrase.lower(), role.end))


@functools.cache
def _groups() -> tuple[dict[str, Group], dict[str, Group]]:
    """Organisations by folded name, and those in capitals by the letters themselves."""
    folded: dict[str, Group] = {}
    exact: dict[str, Group] = {}
    for key, row in load_table("roles")["group"].items():
        try:
            group = Group(0, 0, row["name"], _as_kind(row["kind"], key), row.get("country"))
        except KeyError as error:
            raise LexiconError(
                "roles.toml", None, f"group.{key} lacks {error}", "give it a name and a kind"
            ) from error
        for name in (row["name"], *row.get("names", ())):
            if name.isupper():
                exact[name.replace(".", "")] = group
            else:
                folded[fold_name(name)] = group
    return folded, exact


def _singulars(word: str) -> tuple[str, ...]:
    """The word and what may be its singular: `ministries`, `churches`, `soldiers`."""
    word = word.removesuffix("'s")
    found = [word]
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("s"):
        found.append(word[:-1])
    return tuple(found)


def find_roles(phrase: str) -> list[Role]:
    """The words for roles in a phrase, longest first at each place, none overlapping."""
    tokens = [(m.start(), m.end()) for m in _WORD.finditer(phrase)]
    words = [phrase[a:b].lower().replace("’", "'").rstrip(".") for a, b in tokens]
    roles, lasts = _roles(), _last_words()
    # most words end no role's name
    ends = [[last for last in _singulars(word) if last in lasts] for word in words]
    found: list[Role] = []
    i = 0
    while i < len(words):
        for length in range(min(4, len(words) - i), 0, -1):
            if not ends[i + length - 1]:
                continue
            front = " ".join(words[i : i + length - 1])
            hit = next(
                (
                    roles[name]
                    for last in ends[i + length - 1]
                    if (name := f"{front} {last}".strip()) in roles
                ),
                None,
            )
            if hit:
                role = Role(tokens[i][0], tokens[i + length - 1][1], *hit)
                found += [] if _is_of_a_body(phrase, role) else [role]
                i += length - 1
                break
        i += 1
    return found


def find_groups(phrase: str) -> list[Group]:
    """The organisations named in a phrase, longest first at each place, none overlapping."""
    tokens = [(m.start(), m.end()) for m in _WORD.finditer(phrase)]
    found: list[Group] = []
    i = 0
    while i < len(tokens):
        may_start = phrase[tokens[i][0]].isupper() or phrase[tokens[i][0] :][:3] in _SMALL
        for length in range(min(_MOST_WORDS, len(tokens) - i), 0, -1) if may_start else ():
            start, end = tokens[i][0], tokens[i + length - 1][1]
            if phrase[start:end].endswith("-"):
                continue
            group = find_group(phrase[start:end])
            if group:
                tail = phrase[end:].removeprefix("-").split(" ", 1)[0].lower()
                is_tail = phrase[end : end + 1] == "-" and tail in GROUP_TAILS
                found.append(Group(start, end, group.name, group.kind, group.country, is_tail))
                i += length - 1
                break
        i += 1
    return found


def find_group(words: str) -> Group | None:
    """The organisation that the words as a whole name, None where they name none."""
    folded, exact = _groups()
    bare = words.removesuffix("'s").removesuffix("’s")
    if bare.isupper() and (group := exact.get(bare.replace(".", ""))):
        return group
    if not (bare[:1].isupper() or bare[:3] in _SMALL):
        return None
    return folded.get(fold_name(bare))
